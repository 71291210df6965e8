import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// I2: nothing leaves the office for a node but its own streams and log, and of an appeal only what the role that it has
/// at that moment may see, in the epoch that is.
enum I02NoLeak: ReplyChecker {
    static let name = "I2 no leak"

    static func judge(_ response: WireResponse, to request: WireRequest, of site: Site, in city: City) throws {
        guard response.status == 200 else { return }
        if request.call == .operations { return try judgeOperations(request, of: site, in: city) }
        guard request.call?.repliesWithRows == true, let stream = request["stream"] else { return }
        guard [Space.slice(site.name), Space.node(site.name), Space.reference].contains(stream) else {
            throw violation("\(site.name) was let into \(stream)")
        }
        let lines = Lines.split(response.body)
        if let last = lines.last, request.call != .fetch {
            let epoch = last.withUnsafeBufferPointer { bytes in
                let walker = JSONWalker(bytes)
                return walker.value(of: "reply", in: walker.root).flatMap { walker.value(of: "epoch", in: $0) }
                    .flatMap { walker.string(at: $0) }
            }
            guard try epoch == city.officeStore.read({ try $0.value(Values.epoch) }) else {
                throw violation("\(site.name) was answered in the epoch \(epoch ?? "-")")
            }
        }
        guard stream == Space.slice(site.name) else { return }
        for line in lines.dropLast() { try judgeLine(line, of: site, in: city) }
    }

    /// One line with a row: every name in it, found without building a tree.
    private static func judgeLine(_ line: ArraySlice<UInt8>, of site: Site, in city: City) throws {
        try line.withUnsafeBufferPointer { bytes in
            let walker = JSONWalker(bytes)
            guard let row = walker.value(of: "row", in: walker.root),
                let id = walker.value(of: "id", in: row).flatMap({ walker.string(at: $0) })
            else { return }
            guard let holding = try holding(of: id, site.name, city) else {
                throw violation("\(site.name) was sent \(id) without a ground")
            }
            var sections = walker.members(of: row)
            while let section = sections.next() {
                let sectionName = walker.text(section.key)
                if sectionName == "id" { continue }
                var items = walker.members(of: section.value)
                while let item = items.next() {
                    let name = walker.text(item.key)
                    guard holding.maySee(sectionName, name) else {
                        throw violation("\(site.name) was sent \(name) of \(id) as \(holding.role)")
                    }
                }
            }
        }
    }

    /// What the department holds of an appeal as it is at the office now; remembered until the appeal changes.
    private static func holding(of id: String, _ department: String, _ city: City) throws -> Holding? {
        guard let row = try city.officeStore.read({ try $0.row(Space.appeals, generation: 0, key: id) }) else {
            return nil
        }
        let today = Today.date(city.now)
        let projections = city.projections
        let key = Watch.Reading(
            department: department,
            digest: row.digest,
            today: today,
            versions: projections.map(\.version)
        )
        if let known = city.watch.holdings[key] { return known }
        let found = Holding(department, try city.watch.read.aggregate(row), today: today, by: projections)
        if city.watch.holdings.count > 2_000 { city.watch.holdings = [:] }
        city.watch.holdings[key] = .some(found)
        return found
    }

    /// Signed operations are shown of the own logs, and of appeals that the node holds.
    private static func judgeOperations(_ request: WireRequest, of site: Site, in city: City) throws {
        if let origin = request["origin"], Origin(origin)?.node != site.name {
            throw violation("\(site.name) was shown the log of \(origin)")
        }
        if let appeal = request["appeal"], try holding(of: appeal, site.name, city) == nil {
            throw violation("\(site.name) was shown the operations on \(appeal) without a ground")
        }
    }
}

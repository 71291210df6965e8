import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// I1: on a quiet network every copy is the office's state as its reader may see it, and the digests agree.
enum I01Convergence: QuietChecker {
    static let name = "I1 convergence"

    static func whenQuiet(_ city: City) throws {
        let appeals = try city.officeStore.read { reading in
            try reading.rows(Space.appeals, generation: 0, after: "", limit: .max).map {
                try city.watch.read.aggregate($0)
            }
        }
        for site in city.judged {
            try site.store.read { reading in
                try slice(of: site, appeals, reading, city)
                try same(Space.reference, site, reading, city)
                try same(Space.node(site.name), site, reading, city)
            }
        }
    }

    private static func slice(
        of site: Site,
        _ appeals: [Appeals.Aggregate],
        _ reading: any StoreReading,
        _ city: City
    ) throws {
        guard let record = try reading.stream(Space.slice(site.name)) else {
            throw City.Violation(invariant: I12Liveness.name, seen: "\(site.name) never read its slice")
        }
        let rows = try reading.rows(record.name, generation: record.generation, after: "", limit: .max)
        var left = Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0) })
        let today = Today.date(city.now)
        for appeal in appeals {
            let row = left.removeValue(forKey: appeal.id)
            guard let holding = Holding(site.name, appeal, today: today, by: city.projections) else {
                if row != nil { throw violation("\(site.name) still has \(appeal.id) without a ground") }
                continue
            }
            guard let row else { throw violation("\(site.name) lacks \(appeal.id), which it holds as \(holding.role)") }
            if let difference = difference(try city.watch.read.aggregate(row), appeal, holding) {
                throw violation("\(site.name) has of \(appeal.id) (tenure \(row.tenure)): \(difference)")
            }
        }
        if let key = left.keys.min() { throw violation("\(site.name) has \(key), the office shows nothing") }
        var sum = SHA256Digest.zero
        for row in rows { sum.add(SHA256.hash(row.bytes)) }
        guard sum == record.digest, Int64(rows.count) == record.rows else {
            throw violation("\(site.name)'s digest is not that of its rows")
        }
    }

    /// What a copy has more, less or other than the office's state as it may be seen; nil if nothing.
    static func difference(_ copy: Appeals.Aggregate, _ appeal: Appeals.Aggregate, _ holding: Holding) -> String? {
        for section in Section.allCases {
            let own = copy.items(section)
            let wanted = appeal.items(section).filter { holding.maySee(section.rawValue, $0.name) }
            for (one, other) in zip(own, wanted) where one.name != other.name || one.item != other.item {
                return "\(section.rawValue) \(one.name) \(one.item.json.canonicalText) here, "
                    + "\(other.name) \(other.item.json.canonicalText) at the office"
            }
            guard own.count == wanted.count else {
                let longer = own.count > wanted.count ? own : wanted
                return "\(section.rawValue) \(longer[min(own.count, wanted.count)].name) is only "
                    + (own.count > wanted.count ? "here" : "at the office")
            }
        }
        return nil
    }

    /// A stream without roles: row for row the same.
    private static func same(_ stream: String, _ site: Site, _ reading: any StoreReading, _ city: City) throws {
        let generation = try reading.stream(stream)?.generation ?? 0
        let copy = try reading.rows(stream, generation: generation, after: "", limit: .max)
        let office = try city.officeStore.read { try $0.rows(stream, generation: 0, after: "", limit: .max) }
        guard copy.map(\.key) == office.map(\.key) else {
            throw violation("\(site.name) has \(copy.count) rows of \(stream), the office \(office.count)")
        }
        for (one, other) in zip(copy, office) where one.bytes != other.bytes {
            throw violation("\(site.name) has another \(one.key) of \(stream) than the office")
        }
    }
}

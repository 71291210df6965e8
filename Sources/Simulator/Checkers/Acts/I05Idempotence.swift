import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// I5: however often an operation arrives, it is there once; a log that is sent again gets the outcomes that it had and
/// changes nothing.
enum I05Idempotence: QuietChecker {
    static let name = "I5 idempotence"

    static func whenQuiet(_ city: City) throws {
        try once(city)
        guard let scratch = Scratch(city) else { return }
        for site in city.judged { try again(site, scratch, city) }
    }

    /// What was saved once stands once on its appeal, under one name.
    private static func once(_ city: City) throws {
        for found in try twice(city) where !isOfTwoHands(found.name, city) {
            if try isSameAct(found.name, found.other, city) { continue }
            throw violation("\(found.token) stands twice on \(found.appeal): as \(found.other) and as \(found.name)")
        }
    }

    /// Words of one act under two names.
    ///
    /// Judged after the read: a store on a disk has one transaction at a time.
    private static func twice(_ city: City) throws -> [(appeal: String, token: String, name: String, other: String)] {
        var twice: [(appeal: String, token: String, name: String, other: String)] = []
        try city.officeStore.read { reading in
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                let appeal = try city.watch.read.aggregate(row)
                var places: [String: String] = [:]
                for (name, item) in appeal.items(.facts)
                where ["note", "feedback", "answer"].contains(Holding.bare(Holding.parted(name).full)) {
                    guard let words = item.value["text"]?.string ?? item.value["words"]?.string else { continue }
                    for token in Tokens.found(in: Array(words.utf8)) {
                        if let other = places[token] { twice.append((row.key, token, name, other)) }
                        places[token] = name
                    }
                }
            }
        }
        return twice
    }

    /// Of a key in two hands a restored office may have either log.
    private static func isOfTwoHands(_ name: String, _ city: City) -> Bool {
        let node = WriteName(Holding.parted(name).write)?.origin.node
        return city.sites.contains { $0.name == node && city.mayLack($0) }
    }

    /// Whether two facts are one act under two names, which nothing tells the office.
    ///
    /// A node that was put back twice issues its branch again twice. Or an effect came back from a reader after a restore
    /// while its operation, unreadable on its author's disk or behind such a one, was issued again: then the office's log
    /// has no operation of the first name. Or a copy of its disk took what was not yet sent for its own branch, and the
    /// original sent it after all.
    private static func isSameAct(_ one: String, _ other: String, _ city: City) throws -> Bool {
        let found = try [one, other].compactMap { name -> SignedOperation? in
            guard let write = WriteName(Holding.parted(name).write),
                let record = try city.officeStore.read({ try $0.operation(write.origin, write.number) }),
                !record.bytes.isEmpty
            else { return nil }
            return try city.watch.read.signed(record)
        }
        if found.count == 1 { return found[0].operation.reissues != nil }
        guard found.count == 2 else { return false }
        let mayBeOriginal = city.weather.twoHands.contains(found[0].operation.origin.node)
        guard mayBeOriginal || found.allSatisfy({ $0.operation.reissues != nil }) else { return false }
        let former = try city.formerIDs()
        return origin(of: found[0].id, former) == origin(of: found[1].id, former)
    }

    /// The id under which an act was written at first: a branch is issued again each time its node was put back.
    private static func origin(of id: String, _ former: [String: String]) -> String {
        var id = id
        while let before = former[id] { id = before }
        return id
    }

    /// The end of a log is sent once more, to a copy of the office.
    private static func again(_ site: Site, _ scratch: Scratch, _ city: City) throws {
        let before = try state(scratch.store)
        for origin in try scratch.store.read({ try $0.origins(node: site.name) }) where origin.state == .open {
            let records = try scratch.store.read {
                try $0.operations(origin.origin, after: max(0, origin.last - 20), limit: .max)
            }
            guard records.allSatisfy({ !$0.bytes.isEmpty }) else { continue }
            let epoch = try scratch.store.read { try $0.value(Values.epoch) ?? "" }
            // One at a time: a page of this office may be small.
            for record in records {
                let request = WireRequest(
                    .push,
                    query: [("origin", origin.origin.description), ("epoch", epoch), ("chain", origin.chain)],
                    body: record.bytes + [10]
                )
                let response = try scratch.ask(request, as: site.name)
                guard response.status == 200, Lines.split(response.body).first.map(Array.init) == record.outcome else {
                    let what = "\(origin.origin):\(record.number) again and got another outcome (\(response.status))"
                    throw violation("\(site.name) sent \(what)")
                }
            }
        }
        guard try state(scratch.store) == before else {
            throw violation("what \(site.name) sent again changed something")
        }
    }

    private static func state(_ store: any Store) throws -> [String] {
        try store.read { reading in
            try reading.rows(Space.appeals, generation: 0, after: "", limit: .max).map(\.digest.hex)
                + reading.streams().map { "\($0.name) \($0.head)" }
        }
    }
}

import Appeals
import CanonicalJSON
import Replication

/// I14: whoever takes a snapshot now, and whoever goes on from an old copy, has the same rows as who has read all
/// along, wherever the office cuts its log.
///
/// Tried on copies, with the product's own machines.
///
/// One site a run, since it is dear; in memory only.
enum I14AnyCut: QuietChecker {
    static let name = "I14 any cut gives the same"

    static func whenQuiet(_ city: City) throws {
        guard city.corrupted == 0, let site = city.judged.min(by: { $0.life < $1.life }) else { return }
        for keep in [Int64(0), 7] {
            guard let scratch = Scratch(city, draws: UInt64(keep) + 3) else { return }
            _ = try scratch.office.upkeep(now: city.now, keep: keep, absence: keep == 0 ? 0 : 1 << 40)
            try fresh(site, scratch, city)
        }
        guard let scratch = Scratch(city, draws: 9) else { return }
        try old(site, scratch, city)
    }

    private static func fresh(_ site: Site, _ scratch: Scratch, _ city: City) throws {
        let store = MemoryStore()
        let department = scratch.department(site.name, store)
        try department.initialize(office: "office", officeKey: TwinSigner("office").publicKey)
        guard try scratch.read(department, store: store) else {
            throw violation("a fresh reader of \(site.name) never gets to the head")
        }
        try compare(store, with: site, "a fresh reader")
    }

    /// A copy of the disk from before, of the same epoch: it reads on from where it stood.
    private static func old(_ site: Site, _ scratch: Scratch, _ city: City) throws {
        // A copy made while somebody lied holds what the digest had yet to mend; one whose log somebody else went on with
        // says its own once more.
        guard case .memory(let backup)? = site.backups.first, city.weather.liedTo.isEmpty,
            !city.weather.twoHands.contains(site.name)
        else { return }
        let epoch = try scratch.store.read { try $0.value(Values.epoch) }
        guard try backup.read({ try $0.stream(Space.slice(site.name))?.epoch }) == epoch else { return }
        guard try !says(backup, site, city) else { return }
        let store = backup.copy()
        guard try scratch.read(scratch.department(site.name, store), store: store) else {
            // Its log went another way: it is found to be a second copy.
            if try scratch.store.read({ try $0.node(site.name)?.state }) == .frozen { return }
            throw violation("an old copy of \(site.name) never gets to the head")
        }
        try compare(store, with: site, "an old copy")
    }

    /// Whether a copy would send what its node lost when it was put back: then both have other rows than before.
    private static func says(_ backup: MemoryStore, _ site: Site, _ city: City) throws -> Bool {
        let own = try backup.read { reading in
            try reading.origins(node: site.name).flatMap { try reading.operations($0.origin, after: 0, limit: .max) }
        }
        return try city.officeStore.read { reading in
            try own.contains { try reading.operation($0.origin, $0.number)?.id != $0.id }
        }
    }

    static func compare(_ store: any Store, with site: Site, _ who: String) throws {
        for stream in [Space.slice(site.name), Space.node(site.name), Space.reference] {
            let theirs = try rows(store, stream), ours = try rows(site.store, stream)
            for key in Set(theirs.keys).union(ours.keys).sorted() where theirs[key] != ours[key] {
                throw violation(
                    "\(who) of \(site.name) \(theirs[key] == nil ? "lacks" : ours[key] == nil ? "has" : "has another") "
                        + "\(key) of \(stream)\(try difference(theirs[key], ours[key]))"
                )
            }
        }
    }

    /// The first names in which two rows differ.
    private static func difference(_ one: [UInt8]?, _ other: [UInt8]?) throws -> String {
        guard let one = try one.map({ try Aggregate(parsing: $0) }),
            let other = try other.map({ try Aggregate(parsing: $0) })
        else { return "" }
        let names = Set(one.allNames).union(other.allNames).sorted().filter { one[$0] != other[$0] }
        return ": "
            + names.prefix(3).map { name in
                "\(name) \(one[name]?.json.canonicalText ?? "-"), not \(other[name]?.json.canonicalText ?? "-")"
            }.joined(separator: "; ")
    }

    private static func rows(_ store: any Store, _ stream: String) throws -> [String: [UInt8]] {
        try store.read { reading in
            let generation = try reading.stream(stream)?.generation ?? 0
            let rows = try reading.rows(stream, generation: generation, after: "", limit: .max)
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.bytes) })
        }
    }
}

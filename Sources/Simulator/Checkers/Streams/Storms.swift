import Cryptography
public import Replication

/// No lane of a link asks on and on, or only wakes on and on, without a pause while nothing moves: no news, no progress,
/// no person.
enum Storms: Checker {
    static let name = "no storms"

    static func asked(_ lane: Lane, by site: Site) throws {
        if let storm = try site.storms.asked(lane, by: site.link, on: site.store) {
            throw violation("\(site.name): \(storm)")
        }
    }

    static func paused(_ lane: Lane, of site: Site, for time: Int64) throws {
        if let storm = try site.storms.paused(lane, for: time, by: site.link, on: site.store) {
            throw violation("\(site.name): \(storm)")
        }
    }
}

/// What each lane of a link has asked since it last paused, and how often it woke and asked nothing.
///
/// A long run of requests is none if each finds the node elsewhere: pages of a snapshot, of a log, of a list; nor are wakes
/// in which rows of a former generation go.
public struct StormWatch {
    /// Requests, or wakes for none, without a pause after which the judge looks where the lane stands.
    static let patience = 24
    /// How often it may be found at the same place then.
    static let repeats = 8
    /// A shorter wait is none (ms).
    static let pause: Int64 = 100

    /// What a lane did in turn without a pause, and where it was found then.
    private struct Run {
        var count = 0
        var places: [String: Int] = [:]

        /// Goes on; says for how long it has, if nothing moves.
        mutating func goesOn(_ place: () throws -> String) throws -> Int? {
            count += 1
            guard count > patience else { return nil }
            let place = try place()
            places[place, default: 0] += 1
            return places[place, default: 0] > repeats ? count : nil
        }
    }

    private var requests: [Lane: Run] = [:]
    private var wakes: [Lane: Run] = [:]

    public init() {}

    /// A lane waits for so many milliseconds; says what is wrong with that.
    public mutating func paused(
        _ lane: Lane,
        for time: Int64,
        by link: Link,
        on store: any Store
    ) throws -> String? {
        guard time < Self.pause else {
            requests[lane] = nil
            wakes[lane] = nil
            return nil
        }
        let storm = try wakes[lane, default: Run()].goesOn { try Self.place(link, store) }
        guard let count = storm else { return nil }
        return "\(lane.rawValue) woke \(count) times without a pause, asked nothing and is where it was: \(link.place)"
    }

    /// A lane sends a request; says what is wrong with that.
    public mutating func asked(_ lane: Lane, by link: Link, on store: any Store) throws -> String? {
        wakes[lane] = nil
        let storm = try requests[lane, default: Run()].goesOn { try Self.place(link, store) }
        guard let count = storm else { return nil }
        return "\(lane.rawValue) asked \(count) times without a pause and is where it was: \(link.place)"
    }

    private static func place(_ link: Link, _ store: any Store) throws -> String {
        try store.read { link.place + (try progress(link.node, $0)) }
    }

    /// What moves when a node gets on: positions, rows, logs, lists that are told page by page, work that waits.
    private static func progress(_ node: String, _ reading: any StoreReading) throws -> String {
        var parts: [String] = []
        for name in [Space.reference, Space.slice(node), Space.node(node)] {
            if let stream = try reading.stream(name) {
                parts.append("\(stream.epoch) \(stream.head) \(stream.generation) \(stream.commit)")
                parts.append(stream.digest.hex)
            }
            let drop = Values.drop(name)
            for key in [Values.stagedAfter(name).key, Values.setAsideAfter(name).key, drop.key] {
                parts.append(try reading.value(key) ?? "")
            }
            if let former = try reading.value(drop) {
                parts.append(try reading.rows(name, generation: former, after: "", limit: 1).first?.key ?? "")
            }
        }
        for key in [Values.refetching.key, Values.erasuresTold.key, Values.erasuresLearnt.key, Values.epoch.key] {
            parts.append(try reading.value(key) ?? "")
        }
        for origin in try reading.origins(node: node) {
            parts.append("\(origin.last) \(origin.acknowledged) \(origin.durable) \(origin.state.rawValue)")
        }
        for kind in [TrayKind.setAside, .offered, .differs] {
            parts.append("\(try reading.tray(kind: kind, after: 0, limit: 1).first?.id ?? 0)")
        }
        for kind in [DebtRecord.Kind.receipt, .secondReceipt] {
            let owed = try reading.debts(DebtFilter(kind: kind, node: node), after: 0, limit: 1).first
            parts.append("\(owed?.id ?? 0) \(owed?.bytes.count ?? 0)")
        }
        return parts.joined(separator: "\n")
    }
}

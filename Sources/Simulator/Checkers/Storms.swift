import Cryptography
public import Replication

/// No lane of a link asks on and on, without a pause, while nothing moves: no news, no progress, no person.
enum Storms: Checker {
    static let name = "no storms"

    static func asked(_ lane: Lane, by site: Site) throws {
        if let storm = try site.storms.asked(lane, by: site.link, on: site.store) {
            throw violation("\(site.name): \(storm)")
        }
    }
}

/// What each lane of a link has asked since it last paused.
///
/// A long run of requests is none if each finds the node elsewhere: pages of a snapshot, of a log, of a list.
public struct StormWatch {
    /// Requests without a pause after which the judge looks where the lane stands.
    static let patience = 24
    /// How often it may be found at the same place then.
    static let repeats = 8
    /// A shorter wait is none (ms).
    static let pause: Int64 = 100

    private var runs: [Lane: (requests: Int, places: [String: Int])] = [:]

    public init() {}

    /// A lane waits for so many milliseconds.
    public mutating func paused(_ lane: Lane, for time: Int64) {
        if time >= Self.pause { runs[lane] = nil }
    }

    /// A lane sends a request; says what is wrong with that.
    public mutating func asked(_ lane: Lane, by link: Link, on store: any Store) throws -> String? {
        var run = runs[lane] ?? (0, [:])
        run.requests += 1
        defer { runs[lane] = run }
        guard run.requests > Self.patience else { return nil }
        let place = try store.read { link.place + (try Self.progress(link.node, $0)) }
        run.places[place, default: 0] += 1
        guard run.places[place, default: 0] > Self.repeats else { return nil }
        return "\(lane.rawValue) asked \(run.requests) times without a pause and is where it was: \(link.place)"
    }

    /// What moves when a node gets on: positions, rows, logs, lists that are told page by page, work that waits.
    private static func progress(_ node: String, _ reading: any StoreReading) throws -> String {
        var parts: [String] = []
        for name in [Space.reference, Space.slice(node), Space.node(node)] {
            if let stream = try reading.stream(name) {
                parts.append("\(stream.epoch) \(stream.head) \(stream.generation) \(stream.commit)")
                parts.append(stream.digest.hex)
            }
            for key in ["stagedAfter/", "setAsideAfter/", "drop/"] { parts.append(try reading.value(key + name) ?? "") }
        }
        for key in ["adopting", "erasuresTold", "erasuresLearnt", "epoch"] {
            parts.append(try reading.value(key) ?? "")
        }
        for origin in try reading.origins(node: node) {
            parts.append("\(origin.last) \(origin.acknowledged) \(origin.durable) \(origin.state.rawValue)")
        }
        for kind in ["setAside", "offered", "differs"] {
            parts.append("\(try reading.tray(kind: kind, after: 0, limit: 1).first?.id ?? 0)")
        }
        for kind in [DebtRecord.Kind.receipt, .secondReceipt] {
            let owed = try reading.debts(DebtFilter(kind: kind, node: node), after: 0, limit: 1).first
            parts.append("\(owed?.id ?? 0) \(owed?.bytes.count ?? 0)")
        }
        return parts.joined(separator: "\n")
    }
}

import Cryptography
import Replication

/// I17: the same seed gives the same trace and the same end, to the byte.
///
/// Judged from outside, over the reports of two runs.
enum I17SameTrace: Checker {
    static let name = "I17 same trace"

    /// What two reports of one seed differ in; nil if in nothing.
    static func difference(_ one: Simulation.Report, _ other: Simulation.Report) -> String? {
        for (place, lines) in zip(one.trace, other.trace).enumerated() where lines.0 != lines.1 {
            return "line \(place + 1): “\(lines.0)”, then “\(lines.1)”"
        }
        if one.trace.count != other.trace.count { return "\(one.trace.count) lines, then \(other.trace.count)" }
        if one.verdict != other.verdict { return "\(one.verdict), then \(other.verdict)" }
        if one.counts != other.counts { return "what came is counted otherwise" }
        return one.fingerprint == other.fingerprint ? nil : "the stores hold other bytes at the end"
    }

    /// SHA-256 over the trace, the counts, and every row, operation and position of every store.
    static func fingerprint(_ city: City) throws -> String {
        var hash = SHA256()
        func add(_ text: String) { hash.update(Array(text.utf8) + [10]) }
        for line in city.trace { add(line) }
        for (name, count) in city.totals.sorted(by: { $0.key < $1.key }) { add("\(name) \(count)") }
        for (name, store) in [("office", city.officeStore)] + city.sites.map({ ($0.name, $0.store) }) {
            add(name)
            try store.read { reading in
                for stream in try reading.streams() {
                    add("\(stream.name) \(stream.epoch) \(stream.head) \(stream.mark) \(stream.digest.hex)")
                    let rows = try reading.rows(stream.name, generation: stream.generation, after: "", limit: .max)
                    for row in rows { add(row.key + row.digest.hex) }
                }
                for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                    add(row.key + row.digest.hex)
                }
                for node in city.nodeNames {
                    for origin in try reading.origins(node: node) {
                        add("\(origin.origin) \(origin.last) \(origin.lastID)")
                        for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                            add(record.id)
                            hash.update(record.outcome ?? [])
                        }
                    }
                }
            }
        }
        return hash.finish().hex
    }
}

extension Simulation {
    /// Runs the seed twice; what the second run did otherwise, nil if nothing.
    public func repeatsItself() -> String? {
        var simulation = self
        simulation.keepsTrace = true
        simulation.takesFingerprint = true
        return I17SameTrace.difference(simulation.run(), simulation.run())
    }
}

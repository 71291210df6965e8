import Replication

/// What must hold of a link and of records at every moment, in the words that stand at their fields.
enum Invariants: CommitChecker {
    static let name = "invariants of records"

    /// After every step of a department's link.
    static func step(_ site: Site) throws {
        if let problem = site.link.problem { throw violation("\(site.name)'s link: \(problem)") }
        let sent = Set(Lane.allCases.filter { site.link.isWaiting(for: $0) })
        guard sent == site.asking || site.isStopped else {
            throw violation("\(site.name) waits for \(sent.map(\.rawValue)), sent are \(site.asking.map(\.rawValue))")
        }
        try site.store.read { reading in
            for record in try reading.origins(node: site.name) {
                if let problem = record.problem { throw violation("\(site.name): \(problem)") }
            }
            for record in try reading.streams() {
                if let problem = record.problem { throw violation("\(site.name): \(problem)") }
            }
        }
    }

    /// After every commit of the office.
    static func judge(_ committed: Committed, in city: City) throws {
        try city.officeStore.read { reading in
            for origin in Set(committed.operations.map(\.record.origin)) {
                if let problem = try reading.origin(origin)?.problem { throw violation("office: \(problem)") }
            }
            for record in try reading.streams() {
                if let problem = record.problem { throw violation("office: \(problem)") }
            }
        }
    }
}

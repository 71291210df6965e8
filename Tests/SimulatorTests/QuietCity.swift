import Appeals
import CanonicalJSON
import Cryptography
import Testing

@testable import Replication
@testable import Simulator

/// A city without faults in which people worked for a while and everything has been said: what a wrong is planted in.
struct QuietCity {
    let city: City
    var roads: Site { city.sites[0] }

    init(seed: UInt64 = 12, steps: Int = 90, profile: Simulation.Profile = .fast) throws {
        city = try City(seed: seed, departments: 3, profile: profile, faults: Faults.none)
        for _ in 0..<steps {
            try city.act()
            try city.run(until: city.now + 300)
        }
        try city.run(until: city.now + 60_000)
    }

    /// The invariant that a judge names; nil if it has nothing to say.
    static func named(_ judge: () throws -> Void) throws -> String? {
        do { try judge() } catch let violation as City.Violation { return violation.invariant }
        return nil
    }

    // MARK: what is there

    func appeals() throws -> [Appeals.Aggregate] {
        try city.officeStore.read {
            try $0.rows(Space.appeals, generation: 0, after: "", limit: .max).map { try $0.aggregate() }
        }
    }

    func holds(_ site: Site) throws -> Bool {
        try site.store.read { try $0.stream(Space.slice(site.name))?.rows ?? 0 } > 0
    }

    /// A row that a department holds, with its stream.
    func held(by site: Site, where fits: (Appeals.Aggregate) -> Bool = { _ in true }) throws -> Row {
        try site.store.read { reading in
            let stream = try #require(try reading.stream(Space.slice(site.name)))
            let rows = try reading.rows(stream.name, generation: stream.generation, after: "", limit: .max)
            return try #require(try rows.first { fits(try $0.aggregate()) })
        }
    }

    /// The decided operations of a log, as the judges of commits get them.
    func decided(of node: String, where fits: (OperationRecord) -> Bool) throws -> Decided {
        try city.officeStore.read { reading in
            for origin in try reading.origins(node: node) {
                for record in try reading.operations(origin.origin, after: 0, limit: .max).reversed() where fits(record)
                {
                    let line = try #require(record.outcome)
                    return Decided(
                        record: record,
                        operation: try SignedOperation(stored: record.bytes).operation,
                        outcome: try #require(Outcome(try JSON(parsing: line)))
                    )
                }
            }
            throw Missing()
        }
    }

    struct Missing: Error {}

    // MARK: what is planted

    func plant(_ appeal: Appeals.Aggregate, at site: Site? = nil) throws {
        guard let site else {
            return try city.officeStore.write { try $0.putRow(Space.appeals, generation: 0, Row(appeal)) }
        }
        try site.store.write { transaction in
            let stream = try #require(try transaction.stream(Space.slice(site.name)))
            let tenure = try transaction.row(stream.name, generation: stream.generation, key: appeal.id)?.tenure ?? 1
            try transaction.putRow(stream.name, generation: stream.generation, Row(appeal, tenure: tenure))
        }
    }

    func plant(_ kind: TrayKind, _ text: String, at site: Site) throws {
        try site.store.write {
            try $0.addTray(TrayRecord(kind: kind, subject: "x", text: text, bytes: Array(text.utf8), at: 1))
        }
    }
}

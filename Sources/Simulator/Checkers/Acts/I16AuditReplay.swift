import Appeals
import CanonicalJSON
import Replication

/// I16: an audit that judges the office's whole log again, in the order of its commits and from nothing, comes to the same
/// outcomes and rows; erased appeals excepted.
///
/// Not after a restore: what came back then was not judged. What the office's own rules cannot see of themselves
/// (`Judge` on both sides) the oracle of I3 sees at every commit.
enum I16AuditReplay: QuietChecker {
    static let name = "I16 audit replay"

    static func whenQuiet(_ city: City) throws {
        guard city.officeRestores == 0 else { return }
        try city.officeStore.read { reading in
            let world = ReplayWorld(
                epoch: try reading.value(Values.epoch) ?? "",
                referenceFloor: try reading.stream(Space.reference)?.floor ?? 0,
                today: Today.date(city.now)
            )
            for record in try log(reading, city) {
                let signed = try city.watch.read.signed(record)
                guard let told = try record.outcome.flatMap({ Outcome(try JSON(parsing: $0)) }) else {
                    throw violation("\(record.origin):\(record.number) has no outcome")
                }
                let status = try world.judge(signed, as: told, today: Today.date(record.at))
                guard status == record.status else {
                    throw violation(
                        "\(record.origin):\(record.number) \(record.kind) is \(record.outcomeText), "
                            + "judged again it is \(status.rawValue)"
                    )
                }
            }
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                guard let again = world.appeals[row.key] else { throw violation("no log makes \(row.key)") }
                if again.bytes == row.bytes { continue }
                let appeal = try city.watch.read.aggregate(row)
                var names = Set(appeal.allNames).union(again.allNames)
                // An index that an erased appeal had was taken then.
                if world.unnumbered.contains(row.key) || !city.ledger.erased.isEmpty {
                    names.subtract(["index", "formerIndex"].map { ItemName(.registers, $0) })
                }
                if let name = names.sorted().first(where: { appeal[$0] != again[$0] }) {
                    throw violation("\(row.key) has another \(name) than its log makes")
                }
            }
        }
    }

    /// All operations but those on erased appeals, whose content is gone.
    private static func log(_ reading: any StoreReading, _ city: City) throws -> [OperationRecord] {
        var log: [OperationRecord] = []
        for node in city.nodeNames {
            for origin in try reading.origins(node: node) {
                for record in try reading.operations(origin.origin, after: 0, limit: .max) where !record.bytes.isEmpty {
                    if let appeal = record.appeal, try reading.isErased(appeal) { continue }
                    log.append(record)
                }
            }
        }
        return log.sorted { ($0.commit, $0.origin, $0.number) < ($1.commit, $1.origin, $1.number) }
    }
}

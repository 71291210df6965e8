import Appeals
import CanonicalJSON
import Replication

/// I4: no value that its replacer had not seen goes without a trace: whichever of two is not in force is a row of conflict
/// that names it.
enum I04NoSilentOverwrite: CommitChecker, QuietChecker {
    static let name = "I4 no silent overwrite"

    /// What decides about others' work had both values before its eyes.
    private static let settlements: Set<String> = [
        "held.adopted", "held.declined", "conflict.settled", "disagreement.settled",
    ]

    /// Registers that say what others say already, and follow them: who is barred by a complaint and since when, and with it an
    /// appointment of that person (C13).
    private static func isDerived(_ name: String, _ item: Item) -> Bool {
        [Complaint.barred, "complainedSince"].contains(name) || Names.bare(name) == "person" && item.value.isNull
    }

    static func judge(_ committed: Committed, in city: City) throws {
        for (id, change) in committed.appeals.sorted(by: { $0.key < $1.key }) where !change.isRecovered {
            guard let before = change.before, let after = change.after else { continue }
            let operations = committed.operations.filter { $0.operation.appeal == id }
            // Of several in one step the oracle knows the states between; here one is looked at alone.
            guard operations.count == 1, let decided = operations.first, !settlements.contains(decided.operation.kind)
            else { continue }
            for full in after.difference(from: before).changed
            where full.section == .registers {
                let name = full.name
                guard let item = after[full], let former = before[full], former.write != item.write,
                    former.value != item.value, !isDerived(name, item),
                    try !Oracle(city).saw(name, decided.operation, former)
                else { continue }
                guard after[.conflicts, "\(name) \(former.write)"] != nil else {
                    throw violation("\(item.write) replaced \(name) of \(former.write) on \(id) without having seen it")
                }
            }
        }
    }

    static func whenQuiet(_ city: City) throws {
        try city.officeStore.read { reading in
            for node in city.nodeNames {
                for origin in try reading.origins(node: node) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max)
                    where record.status == .conflict { try judge(record, reading, city) }
                }
            }
        }
    }

    /// What lost is a row that names it, or says what is in force anyway.
    private static func judge(_ record: OperationRecord, _ reading: any StoreReading, _ city: City) throws {
        guard let id = record.appeal, let line = record.outcome, let outcome = Outcome(try JSON(parsing: line)),
            let row = try reading.row(Space.appeals, generation: 0, key: id)
        else { return }
        let appeal = try city.watch.read.aggregate(row)
        let lost = outcome.registers.filter { $0.value == .conflict }.map(\.key)
        let names = appeal.items(.conflicts).contains { Holding.parted($0.name).write == outcome.write }
        guard lost.isEmpty || names || outcome.reason == .follows else {
            throw violation("\(outcome.write) lost \(lost.sorted()) on \(id), and no row says so")
        }
    }
}

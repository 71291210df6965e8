import Appeals
import CanonicalJSON
import Replication

/// Held work waits on its appeal, or beside it before the office's people, and never on a card that is another's.
enum WaitingHasAPlace: QuietChecker {
    static let name = "held work has a place"

    static func whenQuiet(_ city: City) throws {
        try city.officeStore.read { reading in
            for node in city.nodeNames {
                for origin in try reading.origins(node: node) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max)
                    where record.status == .held { try judge(record, reading, city) }
                }
            }
        }
    }

    private static func judge(_ record: OperationRecord, _ reading: any StoreReading, _ city: City) throws {
        // Of an erased appeal nobody decides anything.
        if let appeal = record.appeal, try reading.isErased(appeal) { return }
        let write = WriteName(origin: record.origin, number: record.number).description
        let row = try record.appeal.flatMap { try reading.row(Space.appeals, generation: 0, key: $0) }
        let item = try row.map { try city.watch.read.aggregate($0) }?[.held, write]
        let isOwed = try reading.debt(.decision, node: record.origin.node, subject: write)?.state == .open
        if item != nil, record.outcome.flatMap({ Outcome(line: $0) })?.reason == .appealExists {
            throw violation("\(write) met the card \(record.appeal ?? "") and waits on it")
        }
        let isOnCard = item?.value["state"]?.string == "waiting"
        guard record.decision != nil || isOnCard || isOwed else {
            throw violation("\(write) is held, and nobody can decide about it")
        }
        guard record.decision == nil || !isOwed else { throw violation("\(write) is decided, and still owed") }
    }
}

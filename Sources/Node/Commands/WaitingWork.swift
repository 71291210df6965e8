import Appeals
import CanonicalJSON
import Replication

/// Work that waits and has no item on an appeal: it can only be declined.
struct WaitingWork {
    let record: OperationRecord
    let reason: Reason?
    private var write: String { WriteName(origin: record.origin, number: record.number).description }

    init(_ record: OperationRecord) {
        self.record = record
        reason = record.outcome.flatMap { Outcome(line: $0) }?.reason
    }

    /// Nil if this operation does not wait, or is about no appeal.
    init?(_ write: String, _ reading: any StoreReading) throws {
        guard let name = WriteName(write), let record = try reading.operation(name.origin, name.number),
            record.status == .held, record.decision == nil, record.appeal != nil
        else { return nil }
        self.init(record)
    }

    var json: JSON {
        [
            "held": .string(write), "appeal": .string(record.appeal ?? ""), "kind": .string(record.kind),
            "reason": .string(reason?.rawValue ?? ""), "at": .string(KyivTime.rfc3339(record.at) ?? ""),
        ]
    }

    func lines(_ call: Call) -> [String] {
        [
            "\(write)  \(call.say(Label(uk: reason?.ukrainian ?? "", en: reason?.english ?? ""))), \(call.ago(record.at))",
            "    kartoteka held decline \(record.appeal ?? "") --held \(write)",
        ]
    }
}

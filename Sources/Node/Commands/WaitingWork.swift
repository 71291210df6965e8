import Appeals
import CanonicalJSON
import Replication

/// Work that waits and has no item on an appeal: it can only be declined.
struct WaitingWork {
    let record: OperationRecord
    let reason: Reason?
    private var write: String { WriteName(origin: record.origin, number: record.number).description }

    /// A page of it, at the office of all nodes, at a department of its own.
    static func page(_ call: Call, after: Int64, limit: Int, _ reading: any StoreReading) throws -> [WaitingWork] {
        guard call.isOffice else {
            let spaces = try call.spaces(reading)
            let held = try reading.operations(status: .held, node: call.context.node, limit: limit)
            return try held.filter { record in
                let write = WriteName(origin: record.origin, number: record.number).description
                let row = try record.appeal.flatMap {
                    try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: $0)
                }
                return try row?.aggregate()[.held, write] == nil && !call.isKept(record.appeal ?? "", reading)
            }.map(WaitingWork.init)
        }
        return try reading.debts(DebtFilter(kind: .decision), after: after, limit: limit).compactMap { debt in
            guard try !call.isKept(subject: debt.subject, reading) else { return nil }
            return try WriteName(debt.subject).flatMap { try reading.operation($0.origin, $0.number) }
                .map(WaitingWork.init)
        }
    }

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

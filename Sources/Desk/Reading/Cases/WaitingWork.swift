package import Appeals
import CanonicalJSON
package import Replication

/// Work that waits and has no item on an appeal: it can only be declined.
package struct WaitingWork {
    package let record: OperationRecord
    package let reason: Reason?
    package var write: String { WriteName(origin: record.origin, number: record.number).description }

    package init(_ record: OperationRecord) {
        self.record = record
        reason = record.outcome.flatMap { Outcome(line: $0) }?.reason
    }

    /// Nil if this operation does not wait, or is about no appeal.
    package init?(_ write: String, _ reading: any StoreReading) throws {
        guard let name = WriteName(write), let record = try reading.operation(name.origin, name.number),
            record.status == .held, record.decision == nil, record.appeal != nil
        else { return nil }
        self.init(record)
    }
}

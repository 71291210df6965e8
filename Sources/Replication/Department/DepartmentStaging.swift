import Appeals
import CanonicalJSON
import Cryptography

/// What an unfinished snapshot has staged.
extension Department {
    /// Whether the snapshot that begins here is the one that is shown already, with nothing staged beside it.
    func isSettled(_ stream: StreamRecord, _ begun: Position, _ reading: any StoreReading) throws -> Bool {
        guard stream.epoch == begun.epoch, stream.head == begun.sequence, stream.mark == begun.mark else {
            return false
        }
        return try reading.value(Values.stagedAfter(stream.name)) == nil
    }

    /// Where an interrupted snapshot of this epoch resumes; if there is none, staged rows are deleted, a chunk at a
    /// time.
    func staged(of stream: String, in epoch: String) throws -> (begun: Position, after: String, commit: Int64)? {
        let left: (begun: Position, after: String, commit: Int64)? = try store.read { reading in
            guard let begun = try reading.value(Values.stagedBegun(stream), as: { Position($0) }), begun.epoch == epoch,
                let after = try reading.value(Values.stagedAfter(stream))
            else { return nil }
            return (begun, after, try reading.value(Values.stagedCommit(stream)) ?? 0)
        }
        if let left { return left }
        // First the note that a snapshot can be resumed, then the rows, which may take several steps.
        try store.write { try forgetStaged(stream, $0) }
        while try store.write({ transaction in
            let generation = try position(stream, transaction).generation + 1
            return try transaction.deleteRows(stream, generation: generation, limit: rules.sizes.chunk) > 0
        }) {}
        return nil
    }

    /// Forgets where a snapshot was left; the staged rows themselves are deleted apart, a chunk at a time.
    func forgetStaged(_ stream: String, _ transaction: any StoreTransaction) throws {
        try transaction.setValue(Values.staged(stream), nil)
        try transaction.setValue(Values.stagedRows(stream), nil)
        try transaction.setValue(Values.stagedAfter(stream), nil)
        try transaction.setValue(Values.stagedBegun(stream), nil)
        try transaction.setValue(Values.stagedCommit(stream), nil)
    }
}

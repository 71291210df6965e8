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
        return try reading.value("stagedAfter/" + stream.name) == nil
    }

    private static let staging = ["staged/", "stagedRows/", "stagedAfter/", "stagedBegun/", "stagedCommit/"]

    /// Where a snapshot goes on if one of this epoch was left; else what was staged is deleted, a chunk at a time.
    func staged(of stream: String, in epoch: String) throws -> (begun: Position, after: String, commit: Int64)? {
        let left: (begun: Position, after: String, commit: Int64)? = try store.read { reading in
            guard let text = try reading.value("stagedBegun/" + stream),
                let begun = Position(try JSON(parsing: Array(text.utf8))), begun.epoch == epoch,
                let after = try reading.value("stagedAfter/" + stream)
            else { return nil }
            return (begun, after, try reading.number("stagedCommit/" + stream) ?? 0)
        }
        if let left { return left }
        // First the word that there is something to go on with, then the rows: they may not all go in one step.
        try store.write { try forgetStaged(stream, $0) }
        while try store.write({ transaction in
            let generation = try position(stream, transaction).generation + 1
            return try transaction.deleteRows(stream, generation: generation, limit: rules.sizes.chunk) > 0
        }) {}
        return nil
    }

    /// Forgets where a snapshot was left; the staged rows themselves are deleted apart, a chunk at a time.
    func forgetStaged(_ stream: String, _ transaction: any StoreTransaction) throws {
        for key in Self.staging { try transaction.setValue(key + stream, nil) }
    }
}

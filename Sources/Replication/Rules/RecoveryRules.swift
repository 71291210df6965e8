import Appeals

/// What becomes of rows when the office was restored or a snapshot replaces them (DESIGN.md "A restore of the office").
///
/// How many schedules go wrong without each: DESIGN.md "What breaks without a rule".
extension Rules {
    // MARK: the office

    /// The commit from which a new epoch numbers: beyond every former epoch's.
    ///
    /// Without it new commits take the places of lost ones, and what comes back is merged in a wrong order.
    func commitBase(after through: Int64, now: Int64) -> Int64 {
        commitsBeyondFormer ? Office.commitBase(after: through, now: now) : through
    }

    /// Whether what comes back is the office's own word: it carries the office's seal.
    ///
    /// Without it a department forges acts of the office.
    func isSealed(_ mark: String, as seal: String) -> Bool { seal == mark || !sealAsked }

    // MARK: a department

    /// The first own operation whose outcome may have changed with the restore.
    ///
    /// Without it a node shows an outcome that the office has decided otherwise since.
    func toRefresh(_ first: () throws -> Int64?) rethrows -> Int64? { outcomesRefreshed ? try first() : nil }

    /// Whether a row that the snapshot lacks is set aside to be offered: if it is news to the office.
    ///
    /// Without it what the office forgot is deleted where it was still known.
    func isSetAside(_ isNews: @autoclosure () throws -> Bool) rethrows -> Bool { try setAsideOffered && isNews() }

    /// Whether a former generation has to be dropped: whenever one is here, also where a failure interrupted that.
    ///
    /// Without it copies stay on disk of what has left this node.
    func isToDrop(formerGeneration isHere: Bool) -> Bool { isHere && formerGenerationGoes }

    /// Deletes a row of the generation that a snapshot has replaced: what it does not list is gone.
    ///
    /// Without it stale and erased rows stay.
    func drop(
        _ row: Row,
        ofFormer generation: Int64,
        in name: String,
        _ department: Department,
        _ transaction: any StoreTransaction
    ) throws {
        if !snapshotDeletesUnlisted, var stream = try transaction.stream(name),
            try transaction.row(name, generation: stream.generation, key: row.key) == nil
        {
            try department.replace(nil, with: row, in: &stream, transaction)
            try transaction.putStream(stream)
        }
        try transaction.deleteRow(name, generation: generation, key: row.key)
    }
}

import Appeals
import Replication

extension SQLiteTransaction {
    // MARK: operations

    func putOperation(_ operation: OperationRecord) throws {
        // Of an operation whose content is destroyed only its place stays.
        if operation.bytes.isEmpty { isRemoving = true }
        try connection.run(
            """
            INSERT INTO operation (origin, number, id, appeal, kind, bytes, outcome, status, at_commit, at, decision,
                command)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (origin, number) DO UPDATE SET id = excluded.id, appeal = excluded.appeal, kind = excluded.kind,
                bytes = excluded.bytes, outcome = excluded.outcome, status = excluded.status,
                at_commit = excluded.at_commit, at = excluded.at, decision = excluded.decision,
                command = excluded.command
            """,
            [
                .origin(operation.origin), .integer(operation.number), .text(operation.id), .optional(operation.appeal),
                .text(operation.kind), .blob(operation.bytes), .optional(operation.outcome),
                .optional(operation.status?.rawValue), .integer(operation.commit), .integer(operation.at),
                .optional(operation.decision), .optional(operation.command),
            ]
        )
    }

    func setOutcome(_ outcome: Outcome, as line: [UInt8]) throws -> Bool {
        try connection.run(
            """
            UPDATE operation SET outcome = ?, status = ?, at_commit = ?
            WHERE origin = ? AND number = ? AND id = ? AND at_commit <= ?
            """,
            [
                .blob(line), .text(outcome.status.rawValue), .integer(outcome.commit), .origin(outcome.origin),
                .integer(outcome.number), .text(outcome.id), .integer(outcome.commit),
            ]
        )
        return try connection.changes > 0 || operation(outcome.origin, outcome.number)?.id == outcome.id
    }

    func putOrigin(_ origin: OriginRecord) throws {
        try connection.run(
            """
            INSERT OR REPLACE INTO origin (origin, key, last, last_id, state, chain, seen_epoch, seen_slice,
                seen_reference, durable, acknowledged, ends)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .origin(origin.origin), .blob(origin.key), .integer(origin.last), .text(origin.lastID),
                .text(origin.state.rawValue), .text(origin.chain), .text(origin.seen.epoch),
                .integer(origin.seen.slice),
                .integer(origin.seen.reference), .integer(origin.durable), .integer(origin.acknowledged),
                .integer(origin.end),
            ]
        )
    }

    func deleteOrigin(_ origin: Origin) throws {
        try connection.run("DELETE FROM origin WHERE origin = ?", [.origin(origin)])
    }

    // MARK: nodes and readers

    func putNode(_ node: NodeRecord) throws {
        try connection.run(
            "INSERT OR REPLACE INTO node (node, key, state, token, former_token, contact) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(node.node), .text(node.key), .text(node.state.rawValue), .text(node.token),
                .text(node.formerToken),
                .integer(node.contact),
            ]
        )
    }

    func putReader(_ reader: ReaderRecord) throws {
        try connection.run(
            "INSERT OR REPLACE INTO reader (node, stream, sequence, at, pin, pinned_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(reader.node), .text(reader.stream), .integer(reader.sequence), .integer(reader.at),
                .integer(reader.pin), .integer(reader.pinnedAt),
            ]
        )
    }

    // MARK: what went, and what a person must look at

    func putStub(_ stub: StubRecord) throws {
        try connection.run(
            "INSERT OR REPLACE INTO stub (appeal, bytes, at, kept) VALUES (?, ?, ?, ?)",
            [.text(stub.appeal), .blob(stub.bytes), .integer(stub.at), .integer(stub.kept)]
        )
    }

    func deleteStub(_ appeal: String) throws {
        isRemoving = true
        try connection.run("DELETE FROM stub WHERE appeal = ?", [.text(appeal)])
    }

    func putErasure(_ appeal: String, seal: String, at: Int64) throws {
        isRemoving = true
        try connection.run(
            "INSERT OR REPLACE INTO erasure (appeal, seal, at) VALUES (?, ?, ?)",
            [.text(appeal), .text(seal), .integer(at)]
        )
    }

    /// The id is the next of all that ever were: a deleted item's is not given again.
    func addTray(_ item: TrayRecord) throws {
        try connection.run(
            "INSERT INTO tray (kind, subject, text, bytes, at) VALUES (?, ?, ?, ?, ?)",
            [.text(item.kind), .text(item.subject), .text(item.text), .blob(item.bytes), .integer(item.at)]
        )
    }

    func deleteTray(_ id: Int64) throws { try connection.run("DELETE FROM tray WHERE id = ?", [.integer(id)]) }

    func setSeriesLast(_ series: String, _ number: Int64) throws {
        try connection.run(
            "INSERT OR REPLACE INTO series (series, last) VALUES (?, ?)",
            [.text(series), .integer(number)]
        )
    }
}

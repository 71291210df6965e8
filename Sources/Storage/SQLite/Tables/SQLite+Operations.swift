import Appeals
import Replication

extension SQLiteReading {
    private static let operationColumns =
        "origin, number, id, appeal, kind, bytes, outcome, status, at_commit, at, decision, command FROM operation"

    private static func operation(_ statement: Statement) throws -> OperationRecord {
        var record = OperationRecord(
            origin: try origin(statement, 0),
            number: statement.integer(1),
            id: try statement.text(2),
            appeal: try statement.optionalText(3),
            kind: try statement.text(4),
            bytes: statement.blob(5),
            outcome: statement.optionalBlob(6),
            status: statement.isNull(7) ? nil : try word(statement, 7),
            commit: statement.integer(8),
            at: statement.integer(9),
            decision: statement.isNull(10) ? nil : try word(statement, 10)
        )
        record.command = try statement.optionalText(11)
        return record
    }

    func operation(command: String, of origin: Origin) throws -> OperationRecord? {
        // NB: a partial index is used only if the statement repeats its very condition.
        let sql = """
            SELECT \(Self.operationColumns) INDEXED BY operation_by_command \
            WHERE origin = ? AND command = ? AND command IS NOT NULL
            """
        return try connection.first(sql, [.origin(origin), .text(command)], Self.operation)
    }

    func operation(_ origin: Origin, _ number: Int64) throws -> OperationRecord? {
        let sql = "SELECT \(Self.operationColumns) WHERE origin = ? AND number = ?"
        return try connection.first(sql, [.origin(origin), .integer(number)], Self.operation)
    }

    func operations(_ origin: Origin, after: Int64, limit: Int) throws -> [OperationRecord] {
        let sql = "SELECT \(Self.operationColumns) WHERE origin = ? AND number > ? ORDER BY number LIMIT ?"
        return try connection.all(sql, [.origin(origin), .integer(after), .limit(limit)], Self.operation)
    }

    /// By commit, then origin and number: one order for all who read, also among operations without a commit yet.
    func operations(appeal: String, after: OperationPlace?, limit: Int) throws -> [OperationRecord] {
        let behind = after == nil ? "" : " AND (at_commit, origin, number) > (?, ?, ?)"
        let sql = """
            SELECT \(Self.operationColumns) INDEXED BY operation_by_appeal \
            WHERE appeal = ?\(behind) ORDER BY at_commit, origin, number LIMIT ?
            """
        let place: [SQLValue] =
            after.map { [.integer($0.commit), .origin($0.write.origin), .integer($0.write.number)] } ?? []
        return try connection.all(sql, [.text(appeal)] + place + [.limit(limit)], Self.operation)
    }

    func operationsOfNoAppeal(before: OperationPlace?, limit: Int) throws -> [OperationRecord] {
        let ahead = before == nil ? "" : " AND (at_commit, origin, number) < (?, ?, ?)"
        let sql = """
            SELECT \(Self.operationColumns) INDEXED BY operation_of_none \
            WHERE appeal IS NULL\(ahead) ORDER BY at_commit DESC, origin DESC, number DESC LIMIT ?
            """
        let place: [SQLValue] =
            before.map { [.integer($0.commit), .origin($0.write.origin), .integer($0.write.number)] } ?? []
        return try connection.all(sql, place + [.limit(limit)], Self.operation)
    }

    /// By origin and number.
    ///
    /// Statuses that a person decides on are indexed, the others are searched for.
    func operations(status: OutcomeStatus, node: String?, after: WriteName?, limit: Int) throws -> [OperationRecord] {
        let isIndexed = [.conflict, .held, .refused].contains(status)
        let index = isIndexed ? " INDEXED BY operation_waiting" : ""
        // NB: a partial index is used only if the statement repeats its very condition.
        let condition = isIndexed ? " AND status IN ('conflict', 'held', 'refused')" : ""
        let origins = node == nil ? "" : " AND origin >= ? AND origin < ?"
        let behind = after == nil ? "" : " AND (origin, number) > (?, ?)"
        let sql = """
            SELECT \(Self.operationColumns)\(index) \
            WHERE status = ? AND decision IS NULL\(condition)\(origins)\(behind) ORDER BY origin, number LIMIT ?
            """
        var bounds = node.map(Self.origins) ?? []
        if let after { bounds += [.origin(after.origin), .integer(after.number)] }
        return try connection.all(sql, [.text(status.rawValue)] + bounds + [.limit(limit)], Self.operation)
    }

    /// In order of authoring: own incarnations follow one another in time, a clock tie keeps the order of numbers.
    func pending(
        appeal: String,
        node: String,
        beyond commit: Int64,
        after: PendingPlace?,
        limit: Int
    ) throws -> [OperationRecord] {
        let behind = after == nil ? "" : " AND (at, origin, number) > (?, ?, ?)"
        let sql = """
            SELECT \(Self.operationColumns) INDEXED BY operation_by_appeal \
            WHERE appeal = ? AND origin >= ? AND origin < ? AND (status IS NULL OR at_commit > ?)\(behind) \
            ORDER BY at, origin, number LIMIT ?
            """
        let place: [SQLValue] =
            after.map { [.integer($0.at), .origin($0.write.origin), .integer($0.write.number)] } ?? []
        let values: [SQLValue] = [.text(appeal)] + Self.origins(of: node) + [.integer(commit)] + place
        return try connection.all(sql, values + [.limit(limit)], Self.operation)
    }

    /// Each half of the union has an index of its own; an OR of both would go through every operation of the node.
    func pendingAppeals(node: String, beyond commit: Int64, after: String, limit: Int) throws -> [String] {
        let common = "origin >= ?1 AND origin < ?2 AND appeal > ?3"
        let sql = """
            SELECT appeal FROM operation INDEXED BY operation_undecided WHERE status IS NULL AND \(common) UNION \
            SELECT appeal FROM operation INDEXED BY operation_by_commit WHERE at_commit > ?4 AND \(common) \
            ORDER BY 1 LIMIT ?5
            """
        let values = Self.origins(of: node) + [.text(after), .integer(commit), .limit(limit)]
        return try connection.all(sql, values) { try $0.text(0) }
    }
}

extension SQLiteTransaction {
    /// Inserts, or replaces all columns of the operation with this origin and number.
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
                .optional(operation.decision?.rawValue), .optional(operation.command),
            ]
        )
    }

    /// Replaces an outcome by a later one, never by an earlier; false if no operation has this id under its number.
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
}

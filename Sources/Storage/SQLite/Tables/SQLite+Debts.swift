import Replication

extension SQLiteReading {
    private static let debtColumns = """
        id, kind, node, subject, tenure, epoch, at_commit, sequence, kept, bytes, opened_at, closed_at, state FROM debt
        """

    private static func debt(_ statement: Statement) throws -> DebtRecord {
        var debt = DebtRecord(
            try word(statement, 1),
            node: try statement.text(2),
            subject: try statement.text(3),
            at: statement.integer(10)
        )
        debt.id = statement.integer(0)
        debt.tenure = statement.integer(4)
        debt.epoch = try statement.text(5)
        debt.commit = statement.integer(6)
        debt.sequence = statement.integer(7)
        debt.kept = statement.integer(8)
        debt.bytes = statement.blob(9)
        debt.closedAt = statement.integer(11)
        debt.state = try word(statement, 12)
        return debt
    }

    func debt(_ kind: DebtRecord.Kind, node: String, subject: String) throws -> DebtRecord? {
        try connection.first(
            "SELECT \(Self.debtColumns) WHERE subject = ? AND kind = ? AND node = ? ORDER BY id DESC LIMIT 1",
            [.text(subject), .text(kind.rawValue), .text(node)],
            Self.debt
        )
    }

    func debts(_ filter: DebtFilter, after: Int64, limit: Int) throws -> [DebtRecord] {
        let (condition, values) = Self.condition(filter)
        return try connection.all(
            "SELECT \(Self.debtColumns) WHERE \(condition) AND id > ? ORDER BY id LIMIT ?",
            values + [.integer(after), .limit(limit)],
            Self.debt
        )
    }

    func debtCount(_ filter: DebtFilter) throws -> Int64 {
        let (condition, values) = Self.condition(filter)
        return try connection.first("SELECT count(*) FROM debt WHERE \(condition)", values) { $0.integer(0) } ?? 0
    }

    func debtTotals(_ kind: DebtRecord.Kind) throws -> DebtTotals {
        let sql = "SELECT opened, closed FROM debt_total WHERE kind = ?"
        let ever = try connection.first(sql, [.text(kind.rawValue)]) { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
        return DebtTotals(opened: ever.0, closed: ever.1, open: try debtCount(DebtFilter(kind: kind)))
    }

    /// Open debts only: closed ones are kept as evidence and found by their subject.
    private static func condition(_ filter: DebtFilter) -> (String, [SQLValue]) {
        var parts = ["state = 'open'"]
        var values: [SQLValue] = []
        if let kind = filter.kind {
            parts.append("kind = ?")
            values.append(.text(kind.rawValue))
        }
        if let node = filter.node {
            parts.append("node = ?")
            values.append(.text(node))
        }
        if let isSigned = filter.isSigned { parts.append(isSigned ? "length(bytes) > 0" : "length(bytes) = 0") }
        if let time = filter.openedUpTo {
            parts.append("opened_at <= ?")
            values.append(.integer(time))
        }
        return (parts.joined(separator: " AND "), values)
    }
}

extension SQLiteTransaction {
    func openDebt(_ debt: DebtRecord) throws -> Int64 {
        try connection.run(
            """
            INSERT INTO debt (kind, node, subject, tenure, epoch, at_commit, sequence, kept, bytes, opened_at, closed_at,
                state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'open')
            """,
            [
                .text(debt.kind.rawValue), .text(debt.node), .text(debt.subject), .integer(debt.tenure),
                .text(debt.epoch), .integer(debt.commit), .integer(debt.sequence), .integer(debt.kept),
                .blob(debt.bytes), .integer(debt.openedAt),
            ]
        )
        let id = connection.lastInserted
        try connection.run(
            """
            INSERT INTO debt_total (kind, opened, closed) VALUES (?, 1, 0)
            ON CONFLICT (kind) DO UPDATE SET opened = opened + 1
            """,
            [.text(debt.kind.rawValue)]
        )
        return id
    }

    func putDebt(_ debt: DebtRecord) throws {
        try connection.run(
            """
            UPDATE debt SET tenure = ?, epoch = ?, at_commit = ?, sequence = ?, kept = ?, bytes = ? WHERE id = ?
            """,
            [
                .integer(debt.tenure), .text(debt.epoch), .integer(debt.commit), .integer(debt.sequence),
                .integer(debt.kept), .blob(debt.bytes), .integer(debt.id),
            ]
        )
    }

    func closeDebt(_ debt: DebtRecord, as state: DebtRecord.State, at now: Int64) throws {
        try putDebt(debt)
        try connection.run(
            "UPDATE debt SET state = ?, closed_at = ? WHERE id = ? AND state = 'open'",
            [.text(state.rawValue), .integer(now), .integer(debt.id)]
        )
        guard connection.changes > 0 else { return }
        try connection.run(
            "UPDATE debt_total SET closed = closed + 1 WHERE kind = ?",
            [.text(debt.kind.rawValue)]
        )
    }
}

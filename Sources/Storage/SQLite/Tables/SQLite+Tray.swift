import Replication

extension SQLiteReading {
    private static let trayColumns = "SELECT id, kind, subject, text, bytes, at FROM tray"

    private static func item(_ statement: Statement) throws -> TrayRecord {
        TrayRecord(
            id: statement.integer(0),
            kind: try word(statement, 1),
            subject: try statement.text(2),
            text: try statement.text(3),
            bytes: statement.blob(4),
            at: statement.integer(5)
        )
    }

    func tray(kind: TrayKind?, after: Int64, limit: Int) throws -> [TrayRecord] {
        let condition = kind == nil ? "" : "kind = ? AND "
        let sql = "\(Self.trayColumns) WHERE \(condition)id > ? ORDER BY id LIMIT ?"
        let first: [SQLValue] = kind.map { [.text($0.rawValue)] } ?? []
        return try connection.all(sql, first + [.integer(after), .limit(limit)], Self.item)
    }

    func tray(kind: TrayKind, subject: String, after: Int64, limit: Int) throws -> [TrayRecord] {
        let sql = """
            \(Self.trayColumns) INDEXED BY tray_by_subject \
            WHERE subject = ? AND kind = ? AND id > ? ORDER BY id LIMIT ?
            """
        return try connection.all(
            sql,
            [.text(subject), .text(kind.rawValue), .integer(after), .limit(limit)],
            Self.item
        )
    }
}

extension SQLiteTransaction {
    /// Ids are never reused, not even those of deleted items.
    func addTray(_ item: TrayRecord) throws {
        try connection.run(
            "INSERT INTO tray (kind, subject, text, bytes, at) VALUES (?, ?, ?, ?, ?)",
            [.text(item.kind.rawValue), .text(item.subject), .text(item.text), .blob(item.bytes), .integer(item.at)]
        )
    }

    func deleteTray(_ id: Int64) throws { try connection.run("DELETE FROM tray WHERE id = ?", [.integer(id)]) }
}

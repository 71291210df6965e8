import Replication

extension SQLiteReading {
    /// No key that begins with the second value is beyond it and the greatest character.
    private static let isBeginning = "key < ?2 || char(1114111)"
    private static let localColumns = "SELECT space, key, appeal, until, bytes FROM local"

    private static func local(_ statement: Statement) throws -> LocalRecord {
        LocalRecord(
            try word(statement, 0),
            try statement.text(1),
            appeals: try list(statement.text(2)),
            until: statement.integer(3),
            bytes: statement.blob(4)
        )
    }

    func local(_ space: LocalRecord.Space, _ key: String) throws -> LocalRecord? {
        try connection.first(
            "\(Self.localColumns) WHERE space = ? AND key = ?",
            [.text(space.rawValue), .text(key)],
            Self.local
        )
    }

    func locals(
        _ space: LocalRecord.Space,
        beginning prefix: String,
        after: String,
        limit: Int
    ) throws -> [LocalRecord] {
        try connection.all(
            "\(Self.localColumns) WHERE space = ? AND key >= ? AND key > ? AND \(Self.isBeginning) ORDER BY key LIMIT ?",
            [.text(space.rawValue), .text(prefix), .text(after), .limit(limit)],
            Self.local
        )
    }

    func locals(_ space: LocalRecord.Space, endedBy now: Int64, limit: Int) throws -> [LocalRecord] {
        try connection.all(
            "\(Self.localColumns) WHERE space = ? AND until > 0 AND until <= ? ORDER BY until, key LIMIT ?",
            [.text(space.rawValue), .integer(now), .limit(limit)],
            Self.local
        )
    }

    func localCount(_ space: LocalRecord.Space, beginning prefix: String, limit: Int) throws -> Int {
        let sql = """
            SELECT count(*) FROM (
                SELECT 1 FROM local WHERE space = ? AND key >= ?2 AND \(Self.isBeginning) LIMIT ?
            )
            """
        let values: [SQLValue] = [.text(space.rawValue), .text(prefix), .limit(limit)]
        return Int(try connection.first(sql, values) { $0.integer(0) } ?? 0)
    }
}

extension SQLiteTransaction {
    func putLocal(_ record: LocalRecord) throws {
        try connection.run(
            "INSERT OR REPLACE INTO local (space, key, appeal, until, bytes) VALUES (?, ?, ?, ?, ?)",
            [
                .text(record.space.rawValue), .text(record.key), .text(Self.appeals(record)),
                .integer(record.until), .blob(record.bytes),
            ]
        )
    }

    func deleteLocal(_ space: LocalRecord.Space, _ key: String) throws {
        try connection.run("DELETE FROM local WHERE space = ? AND key = ?", [.text(space.rawValue), .text(key)])
    }

    /// One appeal by itself, several with a blank before and after each: those stand first in the index, and are few.
    private static func appeals(_ record: LocalRecord) -> String {
        record.appeals.count > 1 ? text(record.appeals) : record.appeals.first ?? ""
    }

    func deleteLocals(of appeal: String) throws {
        guard !appeal.isEmpty else { return }
        try connection.run("DELETE FROM local WHERE appeal = ? AND appeal <> ''", [.text(appeal)])
        let several = "appeal <> '' AND appeal > ' ' AND appeal < '!'"
        try connection.run(
            "DELETE FROM local WHERE \(several) AND instr(appeal, ?) > 0",
            [.text(Self.text([appeal]))]
        )
    }
}

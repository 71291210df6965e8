import Appeals
import Replication

extension SQLiteReading {
    private static let originColumns = """
        origin, key, last, last_id, state, chain, seen_epoch, seen_slice, seen_reference, durable, acknowledged, ends
        FROM origin
        """

    private static func originRecord(_ statement: Statement) throws -> OriginRecord {
        var record = OriginRecord(origin: try origin(statement, 0), key: statement.blob(1))
        record.last = statement.integer(2)
        record.lastID = try statement.text(3)
        record.state = try word(statement, 4)
        record.chain = try statement.text(5)
        record.seen = Seen(
            epoch: try statement.text(6),
            slice: statement.integer(7),
            reference: statement.integer(8)
        )
        record.durable = statement.integer(9)
        record.acknowledged = statement.integer(10)
        record.end = statement.integer(11)
        return record
    }

    func origin(_ origin: Origin) throws -> OriginRecord? {
        try connection.first("SELECT \(Self.originColumns) WHERE origin = ?", [.origin(origin)], Self.originRecord)
    }

    func origins(node: String) throws -> [OriginRecord] {
        let sql = "SELECT \(Self.originColumns) WHERE origin >= ? AND origin < ? ORDER BY origin"
        return try connection.all(sql, Self.origins(of: node), Self.originRecord)
    }
}

extension SQLiteTransaction {
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
}

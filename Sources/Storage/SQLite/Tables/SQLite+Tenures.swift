import Cryptography
import Replication

extension SQLiteReading {
    private static let tenureColumns =
        "stream, key, tenure, view, is_open, opened, digest, ends, projection FROM tenure"

    private static func tenure(_ statement: Statement) throws -> TenureRecord {
        TenureRecord(
            stream: try statement.text(0),
            key: try statement.text(1),
            tenure: statement.integer(2),
            view: try statement.text(3),
            isOpen: statement.flag(4),
            opened: statement.integer(5),
            digest: try statement.digest(6),
            ends: try statement.text(7),
            projection: statement.integer(8)
        )
    }

    func tenure(_ stream: String, key: String) throws -> TenureRecord? {
        let sql = "SELECT \(Self.tenureColumns) WHERE stream = ? AND key = ?"
        return try connection.first(sql, [.text(stream), .text(key)], Self.tenure)
    }

    func tenures(key: String) throws -> [TenureRecord] {
        let sql = "SELECT \(Self.tenureColumns) INDEXED BY tenure_by_key WHERE key = ? ORDER BY stream"
        return try connection.all(sql, [.text(key)], Self.tenure)
    }

    private static let openTenures = "INDEXED BY tenure_open WHERE is_open = 1 AND stream = ?"

    func openTenures(_ stream: String, after: String, limit: Int) throws -> [TenureRecord] {
        let sql = "SELECT \(Self.tenureColumns) \(Self.openTenures) AND key > ? ORDER BY key LIMIT ?"
        return try connection.all(sql, [.text(stream), .text(after), .limit(limit)], Self.tenure)
    }

    func tenures(endedBefore day: String, after: TenureRecord?, limit: Int) throws -> [TenureRecord] {
        let sql = """
            SELECT \(Self.tenureColumns) INDEXED BY tenure_ending WHERE is_open = 1 AND ends <> '' AND ends < ?
            AND (ends, stream, key) > (?, ?, ?) ORDER BY ends, stream, key LIMIT ?
            """
        return try connection.all(
            sql,
            [
                .text(day), .text(after?.ends ?? ""), .text(after?.stream ?? ""), .text(after?.key ?? ""),
                .limit(limit),
            ],
            Self.tenure
        )
    }

    func tenureDigests(
        _ stream: String,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)] {
        let keys = Self.keys(from: from, to: to)
        let sql = "SELECT key, digest FROM tenure \(Self.openTenures) AND \(keys.sql) ORDER BY key LIMIT ?"
        return try connection.all(sql, [.text(stream)] + keys.values + [.limit(limit)]) {
            (key: try $0.text(0), digest: try $0.digest(1))
        }
    }

    func tenureRange(_ stream: String, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest) {
        let keys = Self.keys(from: from, to: to)
        return try sum("SELECT digest FROM tenure \(Self.openTenures) AND \(keys.sql)", [.text(stream)] + keys.values)
    }
}

extension SQLiteTransaction {
    func putTenure(_ tenure: TenureRecord) throws {
        try connection.run(
            """
            INSERT INTO tenure (stream, key, tenure, view, is_open, opened, digest, ends, projection)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (stream, key) DO UPDATE SET tenure = excluded.tenure, view = excluded.view,
                is_open = excluded.is_open, opened = excluded.opened, digest = excluded.digest,
                ends = excluded.ends, projection = excluded.projection
            """,
            [
                .text(tenure.stream), .text(tenure.key), .integer(tenure.tenure), .text(tenure.view),
                .flag(tenure.isOpen), .integer(tenure.opened), .digest(tenure.digest), .text(tenure.ends),
                .integer(tenure.projection),
            ]
        )
    }
}

import Appeals
import CanonicalJSON
import Cryptography
import Replication

extension SQLiteReading {
    // MARK: streams

    private static let streamColumns = "name, epoch, head, mark, digest, rows, floor, generation, at_commit FROM stream"

    private static func stream(_ statement: Statement) throws -> StreamRecord {
        var stream = StreamRecord(name: try statement.text(0), epoch: try statement.text(1))
        stream.head = statement.integer(2)
        stream.mark = try statement.text(3)
        stream.digest = try statement.digest(4)
        stream.rows = statement.integer(5)
        stream.floor = statement.integer(6)
        stream.generation = statement.integer(7)
        stream.commit = statement.integer(8)
        return stream
    }

    func stream(_ name: String) throws -> StreamRecord? {
        try connection.first("SELECT \(Self.streamColumns) WHERE name = ?", [.text(name)], Self.stream)
    }

    func streams() throws -> [StreamRecord] {
        try connection.all("SELECT \(Self.streamColumns) ORDER BY name", [], Self.stream)
    }

    // MARK: entries

    private static let entryColumns = "sequence, kind, key, tenure, at_commit, mark, changed FROM entry"

    private static func entry(_ statement: Statement) throws -> EntryRecord {
        EntryRecord(
            sequence: statement.integer(0),
            kind: try word(statement, 1),
            key: try statement.text(2),
            tenure: statement.integer(3),
            commit: statement.integer(4),
            mark: try statement.text(5),
            changed: try changed(statement, 6)
        )
    }

    /// Names as a JSON array: they come from operations and may hold any character.
    static func changed(_ names: [ItemName]) -> SQLValue {
        names.isEmpty ? .blob([]) : .blob(JSON.array(names.map { .string($0.description) }).canonicalBytes())
    }

    private static func changed(_ statement: Statement, _ column: Int32) throws -> [ItemName] {
        let bytes = statement.blob(column)
        if bytes.isEmpty { return [] }
        // Our own writing: only what the protocol allows of one page could bound it, and `general` is wider.
        guard let texts = try JSON(parsing: bytes, limits: .general).array else {
            throw statement.broken(column, "an array")
        }
        return try texts.map {
            guard let name = $0.string.flatMap(ItemName.init) else { throw statement.broken(column, "names of items") }
            return name
        }
    }

    func entries(_ stream: String, after: Int64, limit: Int) throws -> [EntryRecord] {
        let sql = "SELECT \(Self.entryColumns) WHERE stream = ? AND sequence > ? ORDER BY sequence LIMIT ?"
        return try connection.all(sql, [.text(stream), .integer(after), .limit(limit)], Self.entry)
    }

    func entry(_ stream: String, atOrBefore sequence: Int64) throws -> EntryRecord? {
        let sql = "SELECT \(Self.entryColumns) WHERE stream = ? AND sequence <= ? ORDER BY sequence DESC LIMIT 1"
        return try connection.first(sql, [.text(stream), .integer(sequence)], Self.entry)
    }

    func entries(_ stream: String, key: String, after: Int64, limit: Int) throws -> [EntryRecord] {
        let sql = """
            SELECT \(Self.entryColumns) INDEXED BY entry_by_key
            WHERE stream = ? AND key = ? AND sequence > ? ORDER BY sequence LIMIT ?
            """
        return try connection.all(sql, [.text(stream), .text(key), .integer(after), .limit(limit)], Self.entry)
    }

    // MARK: tenures

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

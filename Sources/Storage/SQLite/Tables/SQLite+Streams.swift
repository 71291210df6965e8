import Appeals
import CanonicalJSON
import Replication

extension SQLiteReading {
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

    func streams(after: String, limit: Int) throws -> [StreamRecord] {
        let sql = "SELECT \(Self.streamColumns) WHERE name > ? ORDER BY name LIMIT ?"
        return try connection.all(sql, [.text(after), .limit(limit)], Self.stream)
    }

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
}

extension SQLiteTransaction {
    func putStream(_ stream: StreamRecord) throws {
        try connection.run(
            """
            INSERT OR REPLACE INTO stream (name, epoch, head, mark, digest, rows, floor, generation, at_commit)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(stream.name), .text(stream.epoch), .integer(stream.head), .text(stream.mark),
                .digest(stream.digest),
                .integer(stream.rows), .integer(stream.floor), .integer(stream.generation), .integer(stream.commit),
            ]
        )
    }

    /// Sequences of a stream rise: the table's key refuses a repeated one.
    func appendEntry(_ stream: String, _ entry: EntryRecord) throws {
        try connection.run(
            """
            INSERT INTO entry (stream, sequence, kind, key, tenure, at_commit, mark, changed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [.text(stream), .integer(entry.sequence)] + Self.values(entry)
        )
    }

    /// An entry that was compacted away is not created again.
    func replaceEntry(_ stream: String, _ entry: EntryRecord) throws {
        try connection.run(
            """
            UPDATE entry SET kind = ?, key = ?, tenure = ?, at_commit = ?, mark = ?, changed = ?
            WHERE stream = ? AND sequence = ?
            """,
            Self.values(entry) + [.text(stream), .integer(entry.sequence)]
        )
    }

    private static func values(_ entry: EntryRecord) -> [SQLValue] {
        [
            .text(entry.kind.rawValue), .text(entry.key), .integer(entry.tenure), .integer(entry.commit),
            .text(entry.mark), changed(entry.changed),
        ]
    }

    /// The oldest first, at most `limit`; gives how many went.
    ///
    /// Entries hold names and no values, so nothing has to be wiped.
    func deleteEntries(_ stream: String, upTo sequence: Int64, limit: Int) throws -> Int {
        try connection.run(
            """
            DELETE FROM entry WHERE stream = ?1 AND sequence IN
            (SELECT sequence FROM entry WHERE stream = ?1 AND sequence <= ?2 ORDER BY sequence LIMIT ?3)
            """,
            [.text(stream), .integer(sequence), .limit(limit)]
        )
        return connection.changes
    }

    func clearStream(_ stream: String) throws {
        try connection.run("DELETE FROM entry WHERE stream = ?", [.text(stream)])
    }
}

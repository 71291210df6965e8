import Appeals
import Cryptography
import Replication

/// Changes in one transaction of the writer.
final class SQLiteTransaction: SQLiteReading, StoreTransaction {
    /// Whether it deletes what nobody may have any more: see `WipeMark`.
    var isRemoving = false

    func setValue(_ key: String, _ value: String?) throws {
        guard let value else { return try connection.run("DELETE FROM value WHERE key = ?", [.text(key)]) }
        try connection.run("INSERT OR REPLACE INTO value (key, value) VALUES (?, ?)", [.text(key), .text(value)])
    }

    // MARK: rows

    /// Changes in place what a list does not show, since an update of an indexed column rewrites every index it is in.
    func putRow(_ space: String, generation: Int64, _ row: Row) throws {
        guard let (body, columns) = try head(space, generation, row.key) else {
            return try insert(space, generation, row)
        }
        try connection.run("UPDATE row_body SET bytes = ?2 WHERE id = ?1", [.integer(body), .blob(row.bytes)])
        let state: [SQLValue] = [
            .digest(row.digest), .integer(row.commit), .integer(row.tenure), .text(row.seal),
        ]
        let place: [SQLValue] = [.text(space), .integer(generation), .text(row.key)]
        if columns == row.columns { return try connection.run(Self.change, state + place) }
        try connection.run(Self.changeListed, state + Self.values(row.columns) + place)
    }

    private static let changed = "digest = ?, at_commit = ?, tenure = ?, seal = ?"
    private static let shown =
        "registration = ?, registered_on = ?, due = ?, state = ?, main = ?, disputed = ?, barred = ?"
    private static let place = "space = ? AND generation = ? AND key = ?"
    private static let change = "UPDATE row SET \(changed) WHERE \(place)"
    private static let changeListed = "UPDATE row SET \(changed), \(shown) WHERE \(place)"

    private func insert(_ space: String, _ generation: Int64, _ row: Row) throws {
        try connection.run("INSERT INTO row_body (bytes) VALUES (?)", [.blob(row.bytes)])
        let body = connection.lastInserted
        var values: [SQLValue] = [
            .text(space), .integer(generation), .text(row.key), .integer(body),
            .digest(row.digest), .integer(row.commit), .integer(row.tenure), .text(row.seal),
        ]
        values += Self.values(row.columns)
        try connection.run(
            """
            INSERT INTO row (space, generation, key, body, digest, at_commit, tenure, seal,
                registration, registered_on, due, state, main, disputed, barred)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            values
        )
    }

    private static func values(_ columns: RowColumns) -> [SQLValue] {
        [
            .text(columns.index), .text(columns.registeredOn), .text(columns.due), .text(columns.state),
            .text(columns.main), .flag(columns.isDisputed),
            .text(columns.barred.isEmpty ? "" : " " + columns.barred.joined(separator: " ") + " "),
        ]
    }

    private func head(_ space: String, _ generation: Int64, _ key: String) throws -> (body: Int64, columns: RowColumns)?
    {
        // What is changed now is no longer as it was read.
        defer { lastRead = nil }
        if let read = lastRead, read.space == space, read.generation == generation, read.key == key {
            return (read.body, read.columns)
        }
        let sql = """
            SELECT body, registration, registered_on, due, state, main, disputed, barred FROM row \
            WHERE space = ? AND generation = ? AND key = ?
            """
        return try connection.first(sql, [.text(space), .integer(generation), .text(key)]) {
            var columns = RowColumns()
            columns.index = try $0.text(1)
            columns.registeredOn = try $0.text(2)
            columns.due = try $0.text(3)
            columns.state = try $0.text(4)
            columns.main = try $0.text(5)
            columns.isDisputed = $0.flag(6)
            columns.barred = try $0.text(7).split(separator: " ").map(String.init)
            return ($0.integer(0), columns)
        }
    }

    func deleteRow(_ space: String, generation: Int64, key: String) throws {
        guard let head = try head(space, generation, key) else { return }
        try delete(space, generation, key, body: head.body)
    }

    private func delete(_ space: String, _ generation: Int64, _ key: String, body: Int64) throws {
        isRemoving = true
        try connection.run("DELETE FROM row_body WHERE id = ?", [.integer(body)])
        let place: [SQLValue] = [.text(space), .integer(generation), .text(key)]
        try connection.run("DELETE FROM row WHERE space = ? AND generation = ? AND key = ?", place)
    }

    func deleteRows(_ space: String, generation: Int64, limit: Int) throws -> Int {
        let sql = "SELECT key, body FROM row WHERE space = ? AND generation = ? ORDER BY key LIMIT ?"
        let gone = try connection.all(sql, [.text(space), .integer(generation), .limit(limit)]) {
            (key: try $0.text(0), body: $0.integer(1))
        }
        lastRead = nil
        for row in gone { try delete(space, generation, row.key, body: row.body) }
        return gone.count
    }

    // MARK: streams

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

    /// Sequences of a stream rise: one that is there already is refused by the table's key.
    func appendEntry(_ stream: String, _ entry: EntryRecord) throws {
        try connection.run(
            """
            INSERT INTO entry (stream, sequence, kind, key, tenure, at_commit, mark, changed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [.text(stream), .integer(entry.sequence)] + Self.values(entry)
        )
    }

    /// An entry that is not there, because it was compacted away, is not made anew.
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

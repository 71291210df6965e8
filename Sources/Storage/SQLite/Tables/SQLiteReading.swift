import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// Where the bytes of a row lie, and what lists show of it.
struct RowHead {
    let space: String
    let generation: Int64
    let key: String
    let body: Int64
    let columns: RowColumns
}

/// Reads in one snapshot of one connection; the tables are in the extensions.
class SQLiteReading {
    private var lent: Connection?
    /// The row that was read last: who read a row mostly writes it next.
    var lastRead: RowHead?

    init(_ connection: Connection) { lent = connection }

    /// Gives the connection back: whoever kept this object may not use another's transaction.
    func end() { lent = nil }

    var connection: Connection {
        guard let lent else { preconditionFailure("a transaction is over once its body has returned") }
        return lent
    }

    /// Count and sum of the digests that a statement selects.
    func sum(_ sql: String, _ values: [SQLValue]) throws -> (count: Int64, sum: SHA256Digest) {
        var count: Int64 = 0
        var sum = SHA256Digest.zero
        try connection.each(sql, values) {
            sum.add(try $0.digest(0))
            count += 1
            return true
        }
        return (count, sum)
    }

    /// `from <= key`, and `key < to` unless `to` is empty.
    static func keys(from: String, to: String) -> (sql: String, values: [SQLValue]) {
        to.isEmpty ? ("key >= ?", [.text(from)]) : ("key >= ? AND key < ?", [.text(from), .text(to)])
    }

    /// Origins of a node: `#` ends its name, and `$` comes next.
    static func origins(of node: String) -> [SQLValue] { [.text(node + "#"), .text(node + "$")] }

    static func origin(_ statement: Statement, _ column: Int32) throws -> Origin {
        guard let origin = Origin(try statement.text(column)) else { throw statement.broken(column, "an origin") }
        return origin
    }

    /// A column that holds one of an enumeration's words.
    static func word<Word: RawRepresentable<String>>(_ statement: Statement, _ column: Int32) throws -> Word {
        guard let word = Word(rawValue: try statement.text(column)) else {
            throw statement.broken(column, "\(Word.self)")
        }
        return word
    }
}

extension SQLiteReading: StoreReading {
    // MARK: values

    func value(_ key: String) throws -> String? {
        try connection.first("SELECT value FROM value WHERE key = ?", [.text(key)]) { try $0.text(0) }
    }

    // MARK: rows

    private static let rowColumns = """
        r.key, b.bytes, r.digest, r.at_commit, r.tenure, r.registration, r.registered_on, r.due, r.state, r.main, r.disputed, r.seal, r.body, r.barred \
        FROM row r CROSS JOIN row_body b ON b.id = r.body WHERE r.space = ? AND r.generation = ?
        """

    static func row(_ statement: Statement) throws -> Row {
        var columns = RowColumns()
        columns.index = try statement.text(5)
        columns.registeredOn = try statement.text(6)
        columns.due = try statement.text(7)
        columns.state = try statement.text(8)
        columns.main = try statement.text(9)
        columns.isDisputed = statement.flag(10)
        columns.barred = try statement.text(13).split(separator: " ").map(String.init)
        var row = Row(
            key: try statement.text(0),
            bytes: statement.blob(1),
            digest: try statement.digest(2),
            commit: statement.integer(3),
            tenure: statement.integer(4),
            columns: columns
        )
        row.seal = try statement.text(11)
        return row
    }

    private static let rowByKey = "SELECT \(rowColumns) AND r.key = ?"
    private static let rowsAfter = "SELECT \(rowColumns) AND r.key > ? ORDER BY r.key LIMIT ?"

    func row(_ space: String, generation: Int64, key: String) throws -> Row? {
        try connection.first(Self.rowByKey, [.text(space), .integer(generation), .text(key)]) {
            let row = try Self.row($0)
            lastRead = RowHead(
                space: space,
                generation: generation,
                key: key,
                body: $0.integer(12),
                columns: row.columns
            )
            return row
        }
    }

    func rows(_ space: String, generation: Int64, after: String, limit: Int) throws -> [Row] {
        try connection.all(Self.rowsAfter, [.text(space), .integer(generation), .text(after), .limit(limit)], Self.row)
    }

    func digests(
        _ space: String,
        generation: Int64,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)] {
        let keys = Self.keys(from: from, to: to)
        let sql = "SELECT key, digest FROM row WHERE space = ? AND generation = ? AND \(keys.sql) ORDER BY key LIMIT ?"
        return try connection.all(sql, [.text(space), .integer(generation)] + keys.values + [.limit(limit)]) {
            (key: try $0.text(0), digest: try $0.digest(1))
        }
    }

    func range(_ space: String, generation: Int64, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest)
    {
        let keys = Self.keys(from: from, to: to)
        let sql = "SELECT digest FROM row WHERE space = ? AND generation = ? AND \(keys.sql)"
        return try sum(sql, [.text(space), .integer(generation)] + keys.values)
    }

    /// The filter as SQL over columns that the list's index has: rows that do not fit are never touched.
    private static func terms(_ filter: ListFilter) -> (sql: String, values: [SQLValue]) {
        var sql = ""
        var values: [SQLValue] = []
        for (column, wanted) in [("state", filter.state), ("main", filter.main), ("registration", filter.index)]
        where !wanted.isEmpty {
            sql += " AND \(column) = ?"
            values.append(.text(wanted))
        }
        if filter.disputed { sql += " AND disputed = 1" }
        if !filter.hiddenFrom.isEmpty {
            // Few rows bar anybody, and only those look at the names.
            sql +=
                " AND (barred = '' OR NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr(barred, ' ' || value || ' ') > 0))"
            values.append(.text(JSON.array(filter.hiddenFrom.map(JSON.string)).canonicalText))
        }
        return (sql, values)
    }

    func list(
        _ space: String,
        generation: Int64,
        filter: ListFilter,
        afterDue: String,
        afterKey: String,
        limit: Int
    ) throws -> [Row] {
        let terms = Self.terms(filter)
        // Keys first: joined to the rows, SQLite would look each of them up before it asks the filter.
        let sql = """
            SELECT key FROM row INDEXED BY row_list \
            WHERE space = ? AND generation = ? AND (due, key) > (?, ?)\(terms.sql) ORDER BY due, key LIMIT ?
            """
        let place: [SQLValue] = [.text(space), .integer(generation), .text(afterDue), .text(afterKey)]
        let keys = try connection.all(sql, place + terms.values + [.limit(limit)]) { try $0.text(0) }
        return try keys.compactMap { try row(space, generation: generation, key: $0) }
    }

    func count(_ space: String, generation: Int64, filter: ListFilter) throws -> Int64 {
        let terms = Self.terms(filter)
        let sql = "SELECT count(*) FROM row INDEXED BY row_list WHERE space = ? AND generation = ?\(terms.sql)"
        return try connection.first(sql, [.text(space), .integer(generation)] + terms.values) { $0.integer(0) } ?? 0
    }

    /// Rows without a registration index are not looked for: an empty `index` finds nothing.
    func key(_ space: String, generation: Int64, index: String) throws -> String? {
        let sql = """
            SELECT key FROM row INDEXED BY row_registration \
            WHERE space = ? AND generation = ? AND registration = ? AND registration <> '' ORDER BY key LIMIT 1
            """
        return try connection.first(sql, [.text(space), .integer(generation), .text(index)]) { try $0.text(0) }
    }
}

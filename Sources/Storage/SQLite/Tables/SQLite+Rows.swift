import CanonicalJSON
import Cryptography
import Replication

extension SQLiteReading {
    /// CROSS JOIN fixes the order of the join: by the row's key first, then its bytes by rowid.
    private static let rowColumns = """
        r.key, b.bytes, r.digest, r.at_commit, r.tenure, r.seal, r.body, r.find_id, \(listed) FROM row r CROSS JOIN row_body b ON b.id = r.body WHERE r.space = ? AND r.generation = ?
        """

    /// Words between spaces, each with one before and one after it.
    static func list(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    /// What lists show of a row, as `columns` reads it.
    static let listed = "registration, registered_on, due, state, main, disputed, barred, term, work, former, sought"

    /// `listed`, from this place of a statement on.
    static func columns(_ statement: Statement, from first: Int32) throws -> RowColumns {
        var columns = RowColumns()
        columns.index = try statement.text(first)
        columns.registeredOn = try statement.text(first + 1)
        columns.due = try statement.text(first + 2)
        columns.state = try statement.text(first + 3)
        columns.main = try statement.text(first + 4)
        columns.isDisputed = statement.flag(first + 5)
        columns.barred = try list(statement.text(first + 6))
        columns.term = try statement.text(first + 7)
        columns.work = try list(statement.text(first + 8))
        columns.formerIndex = try statement.text(first + 9)
        columns.sought = statement.integer(first + 10)
        return columns
    }

    static func row(_ statement: Statement) throws -> Row {
        var row = Row(
            key: try statement.text(0),
            bytes: statement.blob(1),
            digest: try statement.digest(2),
            commit: statement.integer(3),
            tenure: statement.integer(4),
            columns: try columns(statement, from: 8)
        )
        row.seal = try statement.text(5)
        return row
    }

    private static let rowByKey = "SELECT \(rowColumns) AND r.key = ?"

    private static let rowsAfter = "SELECT \(rowColumns) AND r.key > ? ORDER BY r.key LIMIT ?"

    /// Remembers the head of what it read: a transaction that reads a row mostly writes it next.
    func row(_ space: String, generation: Int64, key: String) throws -> Row? {
        try connection.first(Self.rowByKey, [.text(space), .integer(generation), .text(key)]) {
            let row = try Self.row($0)
            lastRead = RowHead(
                space: space,
                generation: generation,
                key: key,
                body: $0.integer(6),
                number: $0.integer(7),
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
        for (column, wanted) in [("state", filter.state), ("main", filter.main)]
        where !wanted.isEmpty {
            sql += " AND \(column) = ?"
            values.append(.text(wanted))
        }
        func any(of parts: [String], in column: String) {
            if parts.isEmpty { return }
            sql += " AND (" + parts.map { _ in "instr(\(column), ?) > 0" }.joined(separator: " OR ") + ")"
            values += parts.map(SQLValue.text)
        }
        if !filter.index.isEmpty {
            let parts = filter.index.map(IndexPart.init)
            // One range of an index, where the number is the same in all spellings.
            if let digits = filter.digits {
                sql += " AND digits >= ? AND digits < ?"
                values += [.text(digits), .text(digits + ":")]
            }
            let fits = "(digits >= ? AND digits < ? AND (? = '' OR instr(registration, ?) > 0))"
            sql += " AND (" + parts.map { _ in fits }.joined(separator: " OR ") + ")"
            values += parts.flatMap {
                [.text($0.digits), .text($0.digits + ":"), .text($0.text), .text($0.text)] as [SQLValue]
            }
        }
        if filter.disputed { sql += " AND disputed = 1" }
        any(of: filter.work.map { " " + $0 }, in: "work")
        if !filter.person.isEmpty { any(of: [":" + filter.person + " "], in: "work") }
        for (comparison, day) in [
            ("term >= ?", filter.termFrom), ("term <> '' AND term <= ?", filter.termThrough),
            ("registered_on >= ?", filter.registeredFrom),
            ("registered_on <> '' AND registered_on <= ?", filter.registeredThrough),
        ] where !day.isEmpty {
            sql += " AND " + comparison
            values.append(.text(day))
        }
        if !filter.hiddenFrom.isEmpty {
            // Few rows bar anybody; only for those are the names compared.
            sql +=
                " AND (barred = '' OR NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr(barred, ' ' || value || ' ') > 0))"
            values.append(.text(JSON.array(filter.hiddenFrom.map(JSON.string)).canonicalText))
        }
        if filter.isOpenToAll { sql += " AND barred = ''" }
        if !filter.mains.isEmpty {
            sql += " AND main IN (SELECT value FROM json_each(?))"
            values.append(.text(JSON.array(filter.mains.map(JSON.string)).canonicalText))
        }
        if filter.isOfWork { sql += " AND work <> ''" }
        return (sql, values)
    }

    /// Of most appeals nothing is to be done any more: the others have an index of their own.
    private static func index(for filter: ListFilter) -> String {
        filter.isOfWork ? "INDEXED BY row_work" : "INDEXED BY row_list"
    }

    /// All rows in another order than by due date have an index for it; a part of them is looked for in the index that has all
    /// that a filter asks about, and no more than a page of it is held.
    private static func index(for filter: ListFilter, in order: RowOrder) -> String {
        guard filter.isOfAll else { return isRare(filter) ? byDigits : index(for: filter) }
        return switch order.field {
        case .due: "INDEXED BY row_list"
        case .registered: "INDEXED BY row_by_day"
        case .index: "INDEXED BY row_by_number"
        case .state: "INDEXED BY row_by_stage"
        }
    }

    private static let byDigits = "INDEXED BY row_by_digits"

    /// Whether so few rows fit a part of a number that to sort them costs less than to pass over the others: one in a thousand.
    private static func isRare(_ filter: ListFilter) -> Bool { (filter.digits?.count ?? 0) >= 3 }

    private static func column(_ field: RowOrder.Field) -> String {
        switch field {
        case .due: "due"
        case .registered: "registered_on"
        case .index: "number"
        case .state: "stage"
        }
    }

    /// Behind the given place of the order; an index holds all that the filter asks about.
    ///
    /// Where it is kept how many rows fit, no more are looked for: an empty queue costs no look at the others.
    func list(
        _ space: String,
        generation: Int64,
        filter: ListFilter,
        in order: RowOrder,
        after: RowPlace?,
        limit: Int
    ) throws -> [Row] {
        let total = filter.tally == nil ? .max : try count(space, generation: generation, filter: filter)
        guard total > 0 else { return [] }
        let terms = Self.terms(filter), column = Self.column(order.field)
        let (way, beyond) = order.isDescending ? (" DESC", "<") : ("", ">")
        let place = after.map { [SQLValue.text($0.value), .text($0.key)] } ?? []
        // Keys first: in a join SQLite would look up each row before applying the filter.
        let sql = """
            SELECT key FROM row \(Self.index(for: filter, in: order)) \
            WHERE space = ? AND generation = ?\(place.isEmpty ? "" : " AND (\(column), key) \(beyond) (?, ?)")\(terms.sql) \
            ORDER BY \(column)\(way), key\(way) LIMIT ?
            """
        let values = [.text(space), .integer(generation)] + place + terms.values + [.limit(min(limit, Int(total)))]
        let keys = try connection.all(sql, values) { try $0.text(0) }
        return try keys.compactMap { try row(space, generation: generation, key: $0) }
    }

    /// What is kept, where the filter asks for that, and the few rows that bar somebody; else the rows are counted.
    func count(_ space: String, generation: Int64, filter: ListFilter) throws -> Int64 {
        guard let tally = filter.tally else {
            let byDigits = filter.isOfNumberAlone || Self.isRare(filter)
            return try counted(space, generation, filter, byDigits ? Self.byDigits : Self.index(for: filter))
        }
        let open = try Tallies.count(tally, space, generation, connection)
        if filter.isOpenToAll { return open }
        return open + (try counted(space, generation, filter, "INDEXED BY row_barred", " AND barred <> ''"))
    }

    private func counted(
        _ space: String,
        _ generation: Int64,
        _ filter: ListFilter,
        _ index: String,
        _ more: String = ""
    ) throws -> Int64 {
        let terms = Self.terms(filter)
        let sql = "SELECT count(*) FROM row \(index) WHERE space = ? AND generation = ?\(more)\(terms.sql)"
        return try connection.first(sql, [.text(space), .integer(generation)] + terms.values) { $0.integer(0) } ?? 0
    }

    func keys(
        _ space: String,
        generation: Int64,
        changedAfter commit: Int64,
        limit: Int
    ) throws
        -> [(key: String, commit: Int64)]
    {
        let sql = """
            SELECT key, at_commit FROM row INDEXED BY row_by_commit \
            WHERE space = ? AND generation = ? AND at_commit > ? ORDER BY at_commit, key LIMIT ?
            """
        let place: [SQLValue] = [.text(space), .integer(generation), .integer(commit), .limit(limit)]
        return try connection.all(sql, place) { (key: try $0.text(0), commit: $0.integer(1)) }
    }

    /// An empty `index` finds nothing: rows without a registration index are not searched for.
    func key(_ space: String, generation: Int64, index: String) throws -> String? {
        let sql = """
            SELECT key FROM row INDEXED BY row_registration \
            WHERE space = ? AND generation = ? AND registration = ? AND registration <> '' ORDER BY key LIMIT 1
            """
        return try connection.first(sql, [.text(space), .integer(generation), .text(index)]) { try $0.text(0) }
    }

    func key(_ space: String, generation: Int64, formerIndex: String) throws -> String? {
        let sql = """
            SELECT key FROM row INDEXED BY row_former \
            WHERE space = ? AND generation = ? AND former = ? AND former <> '' ORDER BY key LIMIT 1
            """
        let place: [SQLValue] = [.text(space), .integer(generation), .text(formerIndex)]
        return try connection.first(sql, place) { try $0.text(0) }
    }
}

extension SQLiteTransaction {
    /// Changes in place what a list does not show, since an update of an indexed column rewrites every index it is in.
    func putRow(_ space: String, generation: Int64, _ row: Row) throws {
        guard let head = try head(space, generation, row.key) else { return try insert(space, generation, row) }
        let isSought = RowSearch.isSearched(space) && head.columns.sought != row.columns.sought
        if isSought { try forgetWords(of: head) }
        try connection.run("UPDATE row_body SET bytes = ?2 WHERE id = ?1", [.integer(head.body), .blob(row.bytes)])
        let state: [SQLValue] = [
            .digest(row.digest), .integer(row.commit), .integer(row.tenure), .text(row.seal),
        ]
        let place: [SQLValue] = [.text(space), .integer(generation), .text(row.key)]
        if head.columns == row.columns { return try connection.run(Self.change, state + place) }
        try connection.run(Self.changeListed, state + Self.values(row.columns) + place)
        try Tallies.change(from: head.columns.tallies, to: row.columns.tallies, space, generation, connection)
        if isSought { try learnWords(of: row, space, generation, former: head) }
    }

    private static let changed = "digest = ?, at_commit = ?, tenure = ?, seal = ?"

    private static let shown =
        """
        registration = ?, registered_on = ?, due = ?, state = ?, main = ?, disputed = ?, barred = ?, term = ?, work = ?, former = ?, \
        number = ?, stage = ?, digits = ?, sought = ?
        """

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
                registration, registered_on, due, state, main, disputed, barred, term, work, former, number, stage, digits, sought)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            values
        )
        try Tallies.change(from: [], to: row.columns.tallies, space, generation, connection)
        if RowSearch.isSearched(space) { try learnWords(of: row, space, generation) }
    }

    private static func values(_ columns: RowColumns) -> [SQLValue] {
        [
            .text(columns.index), .text(columns.registeredOn), .text(columns.due), .text(columns.state),
            .text(columns.main), .flag(columns.isDisputed), .text(text(columns.barred)), .text(columns.term),
            .text(text(columns.work)), .text(columns.formerIndex), .text(columns.value(.index)),
            .text(columns.value(.state)),
            .text(IndexPart.digits(of: columns.index)), .integer(columns.sought),
        ]
    }

    /// Words that are found whole: one space before and after each.
    static func text(_ list: [String]) -> String { list.isEmpty ? "" : " " + list.joined(separator: " ") + " " }

    /// Where the row's bytes are, and what lists show of it now; nil if there is no such row.
    private func head(_ space: String, _ generation: Int64, _ key: String) throws -> RowHead? {
        // Changed rows invalidate the cached one.
        defer { lastRead = nil }
        if let read = lastRead, read.space == space, read.generation == generation, read.key == key { return read }
        let sql = "SELECT body, find_id, \(Self.listed) FROM row WHERE space = ? AND generation = ? AND key = ?"
        return try connection.first(sql, [.text(space), .integer(generation), .text(key)]) {
            RowHead(
                space: space,
                generation: generation,
                key: key,
                body: $0.integer(0),
                number: $0.integer(1),
                columns: try Self.columns($0, from: 2)
            )
        }
    }

    func deleteRow(_ space: String, generation: Int64, key: String) throws {
        guard let head = try head(space, generation, key) else { return }
        try delete(head)
    }

    /// Both halves; the transaction counts as one that removes, so that its bytes are wiped soon.
    private func delete(_ head: RowHead) throws {
        isRemoving = true
        try forgetWords(of: head)
        try Tallies.change(from: head.columns.tallies, to: [], head.space, head.generation, connection)
        try connection.run("DELETE FROM row_body WHERE id = ?", [.integer(head.body)])
        let place: [SQLValue] = [.text(head.space), .integer(head.generation), .text(head.key)]
        try connection.run("DELETE FROM row WHERE space = ? AND generation = ? AND key = ?", place)
    }

    func deleteRows(_ space: String, generation: Int64, limit: Int) throws -> Int {
        let sql = "SELECT key FROM row WHERE space = ? AND generation = ? ORDER BY key LIMIT ?"
        let gone = try connection.all(sql, [.text(space), .integer(generation), .limit(limit)]) { try $0.text(0) }
        lastRead = nil
        for key in gone { try deleteRow(space, generation: generation, key: key) }
        return gone.count
    }
}

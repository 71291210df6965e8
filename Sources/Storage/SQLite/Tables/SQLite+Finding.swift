import Cryptography
import Finding
import Replication

extension SQLiteReading {
    func indexing() throws -> Int64? {
        let state = try WordIndex(connection).state
        return state.isWhole ? nil : state.taken
    }

    func isWiping() throws -> Bool { try WipeMark.read(connection) == .removed }

    /// Looks no row up that the reader may not know of: the index itself leaves those out.
    func find(
        _ space: String,
        generation: Int64,
        _ search: RowSearch,
        after: RowPlace?,
        limit: Int
    ) throws -> FoundRows {
        var found = FoundRows(rows: [], next: nil), looked = 0
        var hits = WordHits(connection, space, generation, search, after: after, limit: limit)
        while let hit = try hits.next() {
            guard looked < RowSearch.looks, found.rows.count < limit else { return found }
            looked += 1
            found.next = hit.place
            // What a list shows of the row says more often no than its bytes, and costs less.
            guard search.filter.fits(hit.columns), let row = try row(space, generation: generation, key: hit.place.key),
                try search.wants(row)
            else { continue }
            found.rows.append(row)
        }
        found.next = nil
        return found
    }
}

extension SQLiteTransaction {
    /// Takes out of the index what it has of a row, by the bytes that still are there.
    func forgetWords(of head: RowHead) throws {
        guard head.number != 0, head.columns.sought != 0 else { return }
        var index = try words
        guard index.covers(head.space, head.generation, head.key) else { return }
        defer { known = index }
        let bytes = try connection.first("SELECT bytes FROM row_body WHERE id = ?", [.integer(head.body)]) {
            $0.blob(0)
        }
        guard let terms = head.terms(bytes ?? []) else { return try index.restart() }
        try index.remove(head.number, terms)
    }

    /// Puts the words of a row into the index; under the former number where its place among the found stays.
    func learnWords(of row: Row, _ space: String, _ generation: Int64, former: RowHead? = nil) throws {
        guard row.columns.sought != 0 else { return }
        let index = try words, place = RowSearch.order.place(row.key, row.columns)
        var number = former?.number ?? 0
        if number == 0 || FindNumber.first(alike: number) != FindNumber.first(of: place) {
            number = try index.number(for: place)
            try connection.run(
                "UPDATE row SET find_id = ? WHERE space = ? AND generation = ? AND key = ?",
                [.integer(number), .text(space), .integer(generation), .text(row.key)]
            )
        }
        guard index.covers(space, generation, row.key) else { return }
        try index.add(number, row.soughtTerms())
    }

    /// The index as this transaction has it.
    private var words: WordIndex {
        get throws {
            if let known { return known }
            let index = try WordIndex(connection)
            known = index
            return index
        }
    }
}

extension RowHead {
    /// What the index has of the row with these bytes; nil if they cannot be read.
    fileprivate func terms(_ bytes: [UInt8]) -> [String]? {
        let row = Row(key: key, bytes: bytes, digest: .zero, commit: 0, tenure: 0, columns: columns)
        do { return try row.soughtTerms() } catch { return nil }
    }
}

/// What the index finds of one space, in the order of a search, read as far as it is asked for.
///
/// Numbers of rows stand in that order but for those that are alike, which are sorted here: they are never cut in two.
struct WordHits {
    struct Hit {
        let place: RowPlace
        let columns: RowColumns
    }

    private let connection: Connection
    private let space: String
    private let generation: Int64
    private let match: String
    private let after: RowPlace?
    private let chunk: Int
    /// Numbers that are still to be looked up: others that are alike may follow.
    private var carried: [Int64] = []
    /// In their order, to be given from the end.
    private var ready: [Hit] = []
    private var below: Int64
    private var isRead = false

    init(
        _ connection: Connection,
        _ space: String,
        _ generation: Int64,
        _ search: RowSearch,
        after: RowPlace?,
        limit: Int
    ) {
        (self.connection, self.space, self.generation, self.after) = (connection, space, generation, after)
        match = Self.match(search)
        chunk = min(max(limit, 0) + 32, RowSearch.looks)
        below = after.map { FindNumber.first(of: $0) + FindNumber.alike } ?? .max
    }

    mutating func next() throws -> Hit? {
        while ready.isEmpty, !isRead { try read() }
        return ready.popLast()
    }

    private mutating func read() throws {
        let sql = "SELECT rowid FROM find WHERE find MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
        let numbers = try connection.all(sql, [.text(match), .integer(below), .limit(chunk)]) { $0.integer(0) }
        isRead = numbers.count < chunk
        carried += numbers
        guard let last = numbers.last else { return try look(up: carried.count) }
        below = last
        let open = FindNumber.first(alike: last)
        try look(
            up: isRead ? carried.count : carried.firstIndex { $0 >= open && FindNumber.first(alike: $0) == open } ?? 0
        )
    }

    /// Makes hits of the first numbers that are carried.
    private mutating func look(up count: Int) throws {
        let order = RowSearch.order
        let sql =
            "SELECT space, generation, key, \(SQLiteReading.listed) FROM row INDEXED BY row_by_find_id WHERE find_id = ? AND find_id <> 0"
        var hits: [Hit] = []
        for number in carried.prefix(count) {
            let found = try connection.first(sql, [.integer(number)]) { statement -> Hit? in
                guard try statement.text(0) == space, statement.integer(1) == generation else { return nil }
                let columns = try SQLiteReading.columns(statement, from: 3)
                return Hit(place: order.place(try statement.text(2), columns), columns: columns)
            }
            guard let hit = found ?? nil, after.map({ order.isBefore($0, hit.place) }) ?? true else { continue }
            hits.append(hit)
        }
        carried.removeFirst(count)
        ready = hits.sorted { order.isBefore($1.place, $0.place) }
    }

    /// The query as FTS5 reads it: terms alone in quotation marks, which none of them has.
    private static func match(_ search: RowSearch) -> String {
        func any(_ terms: [String]) -> String { "(" + terms.joined(separator: " OR ") + ")" }
        func quoted(_ terms: [String]) -> [String] { terms.map { "\"\($0)\"" } }
        func said(_ term: SearchQuery.Term) -> String {
            switch term {
            case .whole(let term): "\"\(term)\""
            case .beginning(let term): "\"\(term)\" *"
            }
        }
        var all = search.query.clauses.map { any($0.map(said)) }
        if !search.wanted.isEmpty { all.append(any(quoted(search.wanted))) }
        let wanted = all.joined(separator: " AND ")
        return search.unwanted.isEmpty ? wanted : "(\(wanted)) NOT " + any(quoted(search.unwanted))
    }
}

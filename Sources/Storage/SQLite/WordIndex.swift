import Finding
import Replication

/// The index of words: FTS5 as a plain set of terms a row, without their places and without a copy of the text.
///
/// What is kept of a row is deleted by its own terms: they are made anew from the bytes that the row still has, by the same
/// reduction. So the index has a version, and one of another version is made anew, some rows at a time, while people go on.
struct WordIndex {
    /// Up to where it is made: the last row in it, by space, generation and key.
    struct State: Equatable {
        /// By which version of the reduction.
        var reduction: Int64
        /// Whether it has all rows.
        var isWhole: Bool
        var space = ""
        var generation: Int64 = -1
        var key = ""
        /// Rows that were looked at since it was begun anew.
        var taken: Int64 = 0
        /// Whether deleted words may still lie in its pages.
        var words: Words
    }

    /// What deleted words have left behind.
    struct Words: OptionSet {
        let rawValue: Int64
        /// Words that no merge has begun to take away.
        static let left = Words(rawValue: 1)
        /// A merge of everything runs, which takes away all that were deleted before it began.
        static let merging = Words(rawValue: 2)
    }

    /// `find_id` is the number of a row in the index; numbers are in the order in which rows are found.
    static let table = """
        ALTER TABLE row ADD COLUMN sought INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE row ADD COLUMN find_id INTEGER NOT NULL DEFAULT 0;
        CREATE UNIQUE INDEX row_by_find_id ON row (find_id) WHERE find_id <> 0;
        CREATE VIRTUAL TABLE find USING fts5(terms, content='', detail=none, columnsize=0, tokenize='ascii');
        CREATE TABLE find_state (
            reduction INTEGER NOT NULL, is_whole INTEGER NOT NULL, space TEXT NOT NULL, generation INTEGER NOT NULL,
            key TEXT NOT NULL, taken INTEGER NOT NULL, words INTEGER NOT NULL
        ) STRICT;
        INSERT INTO find_state VALUES (0, 0, '', -1, '', 0, 0);
        """

    private let connection: Connection
    private(set) var state: State

    /// As the running transaction, or the running read, finds it.
    init(_ connection: Connection) throws {
        self.connection = connection
        let sql = "SELECT reduction, is_whole, space, generation, key, taken, words FROM find_state"
        let found = try connection.first(sql) {
            State(
                reduction: $0.integer(0),
                isWhole: $0.flag(1),
                space: try $0.text(2),
                generation: $0.integer(3),
                key: try $0.text(4),
                taken: $0.integer(5),
                words: Words(rawValue: $0.integer(6))
            )
        }
        guard let found else { throw StoreError(.corrupt, doing: "Reading the index of words", found: "no state") }
        state = found
    }

    private mutating func set(_ next: State) throws {
        guard next != state else { return }
        state = next
        try connection.run(
            "UPDATE find_state SET reduction = ?, is_whole = ?, space = ?, generation = ?, key = ?, taken = ?, words = ?",
            [
                .integer(next.reduction), .flag(next.isWhole), .text(next.space), .integer(next.generation),
                .text(next.key), .integer(next.taken), .integer(next.words.rawValue),
            ]
        )
    }

    // MARK: rows

    /// Whether the row of this name is among those that the index has, if it has words at all.
    func covers(_ space: String, _ generation: Int64, _ key: String) -> Bool {
        if state.isWhole { return true }
        if space != state.space { return Array(space.utf8).lexicographicallyPrecedes(Array(state.space.utf8)) }
        if generation != state.generation { return generation < state.generation }
        return !Array(state.key.utf8).lexicographicallyPrecedes(Array(key.utf8))
    }

    /// Puts a row's terms there under its number.
    func add(_ number: Int64, _ terms: [String]) throws {
        try connection.run(
            "INSERT INTO find(rowid, terms) VALUES (?, ?)",
            [.integer(number), .text(terms.joined(separator: " "))]
        )
    }

    /// Takes away exactly the terms that were put there; until a merge of everything they stay on the disk.
    mutating func remove(_ number: Int64, _ terms: [String]) throws {
        try connection.run(
            "INSERT INTO find(find, rowid, terms) VALUES ('delete', ?, ?)",
            [.integer(number), .text(terms.joined(separator: " "))]
        )
        var next = state
        next.words.insert(.left)
        try set(next)
    }

    /// Empties the index, to be made anew: by another reduction, or because what it has of a row cannot be told any more.
    mutating func restart() throws {
        try connection.run("INSERT INTO find(find) VALUES ('delete-all')")
        try set(State(reduction: Reduction.version, isWhole: false, words: .left))
    }

    /// A number of its own for a row at this place of `RowSearch.order`.
    func number(for place: RowPlace) throws -> Int64 {
        let first = FindNumber.first(of: place)
        let last = try connection.first(
            "SELECT max(find_id) FROM row INDEXED BY row_by_find_id WHERE find_id >= ? AND find_id < ? AND find_id <> 0",
            [.integer(first), .integer(first + FindNumber.alike)]
        ) { $0.integer(0) }
        let number = max(first, last ?? 0) + 1
        guard number < first + FindNumber.alike else {
            throw StoreError(
                .full,
                doing: "Putting an appeal into the index of words",
                found: "\(FindNumber.alike - 1) appeals of one day and a few hours, which is the most"
            )
        }
        return number
    }

    // MARK: upkeep

    /// Whether it is of this version of the reduction.
    var isPresent: Bool { state.reduction == Reduction.version }

    /// An index of another version is emptied; one of an empty store is whole.
    mutating func prepare() throws {
        let isEmpty = try connection.first("SELECT 1 FROM row LIMIT 1", [], { $0.integer(0) }) == nil
        guard !isEmpty else { return try set(State(reduction: Reduction.version, isWhole: true, words: [])) }
        try restart()
    }

    /// Takes in the rows that come next; whether there are more.
    mutating func grow(by limit: Int) throws -> Bool {
        guard !state.isWhole else { return false }
        let sql = """
            SELECT space, generation, key, find_id FROM row \
            WHERE (space, generation, key) > (?, ?, ?) ORDER BY space, generation, key LIMIT ?
            """
        let from: [SQLValue] = [.text(state.space), .integer(state.generation), .text(state.key), .limit(limit)]
        let page = try connection.all(sql, from) {
            (space: try $0.text(0), generation: $0.integer(1), key: try $0.text(2), number: $0.integer(3))
        }
        let reading = SQLiteReading(connection)
        defer { reading.end() }
        for place in page where RowSearch.isSearched(place.space) {
            guard let row = try reading.row(place.space, generation: place.generation, key: place.key) else { continue }
            try take(row, place.number, place.space, place.generation)
        }
        var next = state
        next.isWhole = page.count < limit
        next.taken += Int64(page.count)
        if let last = page.last { (next.space, next.generation, next.key) = (last.space, last.generation, last.key) }
        try set(next)
        return !next.isWhole
    }

    /// A row that cannot be read is found by nothing, and is told when it is asked for.
    private func take(_ row: Row, _ former: Int64, _ space: String, _ generation: Int64) throws {
        guard let (sought, terms) = Self.terms(of: row), !terms.isEmpty else { return }
        let number = former != 0 ? former : try number(for: RowSearch.order.place(row.key, row.columns))
        try connection.run(
            "UPDATE row SET sought = ?, find_id = ? WHERE space = ? AND generation = ? AND key = ?",
            [.integer(sought), .integer(number), .text(space), .integer(generation), .text(row.key)]
        )
        try add(number, terms)
    }

    private static func terms(of row: Row) -> (sought: Int64, terms: [String])? {
        do {
            let columns = RowColumns(try row.aggregate())
            guard columns.sought != 0 else { return nil }
            return (columns.sought, try row.soughtTerms())
        } catch { return nil }
    }

    /// Begins to merge everything there is into one, in which deleted words are left out.
    mutating func beginMerge(pages: Int64) throws {
        var next = state
        next.words = .merging
        try set(next)
        _ = try mergeSome(-pages)
    }

    /// One step more of that; words that are deleted meanwhile are left for the next.
    mutating func merge(pages: Int64) throws -> Bool {
        guard try !mergeSome(pages) else { return true }
        var next = state
        next.words.remove(.merging)
        try set(next)
        return false
    }

    /// Whether anything was done: FTS5 tells it by the changes that it counts, of which one is the command itself.
    private func mergeSome(_ pages: Int64) throws -> Bool {
        let before = connection.totalChanges
        try connection.run("INSERT INTO find(find, rank) VALUES ('merge', ?)", [.integer(pages)])
        return connection.totalChanges - before >= 2
    }
}

/// Numbers of rows in the index of words, in the order in which rows are found: the day of registration, then when the appeal was
/// made, as far as 4.7 hours tell; 2²² that are alike in both.
enum FindNumber {
    /// Rows that are alike have numbers behind the first one, fewer than this.
    static let alike: Int64 = 1 << alikeBits
    private static let alikeBits: Int64 = 22
    /// Six hexadecimal digits at the beginning of a key.
    private static let keyBits: Int64 = 24

    /// Less than the numbers of all rows at such a place, greater than those of rows that come later in `RowSearch.order`.
    static func first(of place: RowPlace) -> Int64 {
        let parts = place.value.split(separator: "-").compactMap { Int64($0) }
        var days: Int64 = 0
        if parts.count == 3 {
            let years = min(max(parts[0] - 1_899, 1), 300)
            days = (years * 12 + min(max(parts[1] - 1, 0), 11)) * 31 + min(max(parts[2] - 1, 0), 30)
        }
        let stamp = Int64(place.key.prefix(6), radix: 16) ?? 0
        return (days << keyBits | stamp) << alikeBits
    }

    /// The first number of those that are alike with this one.
    static func first(alike number: Int64) -> Int64 { number & ~(alike - 1) }
}

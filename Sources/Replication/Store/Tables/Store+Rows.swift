public import Cryptography

/// Rows of spaces: the confirmed state of appeals and entries, in generations of which one is visible.
///
/// A row is named by its space, its generation and its key. Keys are in the order of their bytes.
public protocol RowReading: AnyObject {
    /// One row, byte for byte as it was put.
    func row(_ space: String, generation: Int64, key: String) throws -> Row?
    /// At most `limit` rows with `key > after`, in the order of keys; the first of all after `""`.
    func rows(_ space: String, generation: Int64, after: String, limit: Int) throws -> [Row]
    /// At most `limit` keys and digests with `from <= key`, and `key < to` unless `to` is empty, in the order of keys.
    func digests(
        _ space: String,
        generation: Int64,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)]
    /// Count and sum (modulo 2^256) of all digests of the same range, however many there are.
    func range(_ space: String, generation: Int64, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest)
    /// At most `limit` rows that a filter wants, in an order, behind a place of that order; nil begins the list.
    func list(
        _ space: String,
        generation: Int64,
        filter: ListFilter,
        in order: RowOrder,
        after: RowPlace?,
        limit: Int
    ) throws -> [Row]
    /// How many rows a filter wants.
    func count(_ space: String, generation: Int64, filter: ListFilter) throws -> Int64
    /// At most `limit` keys of rows that changed in a commit after this one, by commit and then key.
    func keys(
        _ space: String,
        generation: Int64,
        changedAfter commit: Int64,
        limit: Int
    ) throws
        -> [(key: String, commit: Int64)]
    /// At most `limit` rows that a search wants, the newest first, behind a place of that order; nil begins.
    ///
    /// Looks at no more than `RowSearch.looks` rows; the next call goes on behind the last of them.
    func find(_ space: String, generation: Int64, _ search: RowSearch, after: RowPlace?, limit: Int) throws -> FoundRows
    /// How many rows were taken into an index of words that has to be made anew, after an upgrade; nil where a search finds all.
    func indexing() throws -> Int64?
    /// Whether content that was deleted, words of the index among it, may still lie in the store's files.
    func isWiping() throws -> Bool
    /// The first key that has this registration index; nil for an empty one, which rows without an index have.
    func key(_ space: String, generation: Int64, index: String) throws -> String?
    /// The first key that was registered under this index and has another one now; nil for an empty one.
    func key(_ space: String, generation: Int64, formerIndex: String) throws -> String?
}

/// Changes of rows.
public protocol RowWriting: RowReading {
    /// Puts a row in the place of the one with its key, or anew.
    func putRow(_ space: String, generation: Int64, _ row: Row) throws
    /// Deletes a row, whose bytes leave the disk with the next wipe; one that is not there changes nothing.
    func deleteRow(_ space: String, generation: Int64, key: String) throws
    /// Deletes the first `limit` rows of a generation, by key; says how many went.
    func deleteRows(_ space: String, generation: Int64, limit: Int) throws -> Int
}

/// Filters of a list; empty means any.
public struct ListFilter: Sendable, Equatable {
    public var state = ""
    public var main = ""
    /// A part of the registration index, in one of these spellings (`IndexPart`).
    public var index: [String] = []
    public var disputed = false
    /// Not what bars one of these persons.
    public var hiddenFrom: [String] = []
    /// Only what bars nobody.
    public var isOpenToAll = false
    /// The main executor's department is one of these.
    public var mains: [String] = []
    /// What is to be done: tokens of `RowColumns.work` that are one of these or begin so (`WorkToken`).
    public var work: [String] = []
    /// Whose work it is: tokens that name this person.
    public var person = ""
    /// Due on this day or later, `YYYY-MM-DD`; rows without a term are none.
    public var termFrom = ""
    /// Due on this day or earlier; rows without a term are none.
    public var termThrough = ""

    /// Registered on this day or later, `YYYY-MM-DD`; rows without a day are none.
    public var registeredFrom = ""
    /// Registered on this day or earlier; rows without a day are none.
    public var registeredThrough = ""

    /// Lists all rows.
    public init() {}

    /// Whether only rows are wanted of which something is to be done; whatever has a term is one.
    package var isOfWork: Bool { !work.isEmpty || !person.isEmpty || !termFrom.isEmpty || !termThrough.isEmpty }
}

extension ListFilter {
    /// Whether a row is wanted; empty fields of the filter want any.
    public func fits(_ columns: RowColumns) -> Bool {
        (state.isEmpty || columns.state == state) && (main.isEmpty || columns.main == main)
            && (index.isEmpty || index.contains { IndexPart($0).fits(columns.index) })
            && (!disputed || columns.isDisputed)
            && !columns.barred.contains(where: hiddenFrom.contains) && (!isOpenToAll || columns.barred.isEmpty)
            && (mains.isEmpty || mains.contains(columns.main))
            && fitsDay(columns) && fitsWork(columns)
    }

    private func fitsDay(_ columns: RowColumns) -> Bool {
        (registeredFrom.isEmpty || columns.registeredOn >= registeredFrom)
            && (registeredThrough.isEmpty
                || !columns.registeredOn.isEmpty && columns.registeredOn <= registeredThrough)
    }

    private func fitsWork(_ columns: RowColumns) -> Bool {
        (work.isEmpty || columns.work.contains { token in work.contains { token.hasPrefix($0) } })
            && (person.isEmpty || columns.work.contains { $0.hasSuffix(":" + person) })
            && (termFrom.isEmpty || columns.term >= termFrom)
            && (termThrough.isEmpty || !columns.term.isEmpty && columns.term <= termThrough)
    }
}

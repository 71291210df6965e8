public import Appeals
public import Cryptography

/// Where rows live: the office's appeals, its reference, the streams that it publishes for nodes; a reader has a space a stream.
public enum Space {
    public static let appeals = "appeals"
    /// Appeals of which a reader says that they were erased, until the operator decides: shown to nobody.
    public static let suspended = "suspended"
    public static let reference = "reference"
    public static func slice(_ department: String) -> String { "slice:" + department }
    public static func node(_ node: String) -> String { "node:" + node }
    /// The department whose slice this is; nobody's name otherwise.
    static func reader(of stream: String) -> String {
        stream.hasPrefix("slice:") ? String(stream.dropFirst("slice:".count)) : ""
    }
}

/// Trouble of a store: the disk is full, a row is broken, another process holds it.
///
/// What was being done, what was found.
public struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is the matter.
    ///
    /// `io`: the disk fails. `expired`: one moment was read for longer than may be.
    public enum Kind: String, Sendable {
        case full, io, corrupt, locked, readOnly, version, permission, missing, expired, other
    }
    public let kind: Kind
    public let doing: String
    public let found: String
    public init(_ kind: Kind, doing: String, found: String) {
        self.kind = kind
        self.doing = doing
        self.found = found
    }
    public var description: String { "\(doing): \(found)" }
}

/// A store: transactions as closures, serializable, durable when `write` returns.
public protocol Store: AnyObject {
    /// Runs a transaction; every change of it is durable when this returns, none if the body throws.
    ///
    /// **The body may run twice**, or more often: a store over a network runs it again when another's transaction came
    /// between, and takes back what it did the first time. What a body does besides its transaction must therefore be
    /// allowed to happen again: it gives its result by returning it, sets what it counts outside to its beginning first,
    /// and leaves files, messages and everything else that cannot be taken back to whoever called `write`. Transactions
    /// do not nest.
    func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result
    /// Reads one consistent snapshot.
    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result
    /// Whether somebody else waits to write: who holds the writer gives way soon.
    var isWanted: Bool { get }
}

extension Store {
    /// A store that one thread uses.
    public var isWanted: Bool { false }
}

/// What can be read in a transaction.
///
/// Every list is paged: `limit` bounds what is held in memory.
public protocol StoreReading: AnyObject {
    func value(_ key: String) throws -> String?

    func row(_ space: String, generation: Int64, key: String) throws -> Row?
    /// Rows with `key > after`, in key order (bytes).
    func rows(_ space: String, generation: Int64, after: String, limit: Int) throws -> [Row]
    /// Keys and digests with `from <= key`, and `key < to` unless `to` is empty, in key order.
    func digests(
        _ space: String,
        generation: Int64,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)]
    /// Count and sum of the digests of the same range.
    func range(_ space: String, generation: Int64, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest)
    /// Rows for a list: by due date, then key; `state` and `text` (part of index) filter if not empty; `disputed` only if true.
    func list(
        _ space: String,
        generation: Int64,
        filter: ListFilter,
        afterDue: String,
        afterKey: String,
        limit: Int
    ) throws -> [Row]
    func count(_ space: String, generation: Int64, filter: ListFilter) throws -> Int64
    /// The appeal that has this registration index; nil for an empty one, which rows without an index have.
    func key(_ space: String, generation: Int64, index: String) throws -> String?

    func stream(_ name: String) throws -> StreamRecord?
    func streams() throws -> [StreamRecord]
    /// Entries with `sequence > after`, in order.
    func entries(_ stream: String, after: Int64, limit: Int) throws -> [EntryRecord]
    /// The entry with exactly this sequence (its mark), or the last one at or before it.
    func entry(_ stream: String, atOrBefore sequence: Int64) throws -> EntryRecord?
    /// Entries about one key with `sequence > after`, in order.
    func entries(_ stream: String, key: String, after: Int64, limit: Int) throws -> [EntryRecord]

    /// The newest tenure of an appeal in a stream.
    func tenure(_ stream: String, key: String) throws -> TenureRecord?
    /// The newest tenure of every stream that has or had the appeal.
    func tenures(key: String) throws -> [TenureRecord]
    /// Open tenures with `key > after` in key order (the rows of a slice, at its publisher).
    func openTenures(_ stream: String, after: String, limit: Int) throws -> [TenureRecord]
    /// Open tenures whose grounds have ended by time before `day` (`YYYY-MM-DD`), in order of `ends`, stream and key, beyond
    /// `after`.
    func tenures(endedBefore day: String, after: TenureRecord?, limit: Int) throws -> [TenureRecord]
    func tenureDigests(
        _ stream: String,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)]
    func tenureRange(_ stream: String, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest)

    func operation(_ origin: Origin, _ number: Int64) throws -> OperationRecord?
    func operations(_ origin: Origin, after: Int64, limit: Int) throws -> [OperationRecord]
    /// The operation that a command became in this log.
    func operation(command: String, of origin: Origin) throws -> OperationRecord?
    /// All operations on an appeal, in order of commit, then origin and number.
    func operations(appeal: String, limit: Int) throws -> [OperationRecord]
    /// Operations with this status and no decision yet, of one origin's node or of all, in order of origin and number
    /// behind a write, or from the first.
    func operations(status: OutcomeStatus, node: String?, after: WriteName?, limit: Int) throws -> [OperationRecord]
    /// Own operations that are undecided or whose commit is beyond `commit` and that are about this appeal (overlay).
    func pending(appeal: String, node: String, beyond commit: Int64, limit: Int) throws -> [OperationRecord]
    /// Appeals that have such operations, with `key > after`.
    func pendingAppeals(node: String, beyond commit: Int64, after: String, limit: Int) throws -> [String]
    /// Pages of outcomes of a log that hold numbers from `first` to `last`, by their first number, what was told again last.
    func outcomePages(_ origin: Origin, from first: Int64, to last: Int64) throws -> [OutcomePage]
    func origin(_ origin: Origin) throws -> OriginRecord?
    func origins(node: String) throws -> [OriginRecord]

    func node(_ node: String) throws -> NodeRecord?
    func node(key: String) throws -> NodeRecord?
    func nodes(after: String, limit: Int) throws -> [NodeRecord]
    func reader(_ node: String, _ stream: String) throws -> ReaderRecord?
    func readers(stream: String) throws -> [ReaderRecord]

    func stub(_ appeal: String) throws -> StubRecord?
    func stubs(after: String, limit: Int) throws -> [StubRecord]
    func isErased(_ appeal: String) throws -> Bool
    func erasures(after: String, limit: Int) throws -> [ErasureRecord]
    func tray(kind: String?, after: Int64, limit: Int) throws -> [TrayRecord]
    /// Those of one subject: without a look at the others.
    func tray(kind: String, subject: String, after: Int64, limit: Int) throws -> [TrayRecord]
    /// The last number taken of a registration series.
    func seriesLast(_ series: String) throws -> Int64

    /// The newest debt of this kind, node and subject, open or closed.
    func debt(_ kind: DebtRecord.Kind, node: String, subject: String) throws -> DebtRecord?
    /// Open debts with `id > after`, in the order in which they were opened.
    func debts(_ filter: DebtFilter, after: Int64, limit: Int) throws -> [DebtRecord]
    func debtCount(_ filter: DebtFilter) throws -> Int64
    func debtTotals(_ kind: DebtRecord.Kind) throws -> DebtTotals
}

/// Filters of a list; empty means any.
public struct ListFilter: Sendable, Equatable {
    public var state = ""
    public var main = ""
    public var index = ""
    public var disputed = false
    /// Not what bars one of these persons.
    public var hiddenFrom: [String] = []
    public init() {}
}

/// What can be changed in a transaction.
public protocol StoreTransaction: StoreReading {
    func setValue(_ key: String, _ value: String?) throws
    func putRow(_ space: String, generation: Int64, _ row: Row) throws
    func deleteRow(_ space: String, generation: Int64, key: String) throws
    /// Deletes up to `limit` rows of a generation; says how many went.
    func deleteRows(_ space: String, generation: Int64, limit: Int) throws -> Int
    func putStream(_ stream: StreamRecord) throws
    func appendEntry(_ stream: String, _ entry: EntryRecord) throws
    /// Replaces an entry of the same sequence (scrub, compaction).
    func replaceEntry(_ stream: String, _ entry: EntryRecord) throws
    func deleteEntries(_ stream: String, upTo sequence: Int64, limit: Int) throws -> Int
    func putTenure(_ tenure: TenureRecord) throws
    /// Throws if another operation of the log has the same command.
    func putOperation(_ operation: OperationRecord) throws
    /// Records the outcome of the operation that has this number *and* this id; false if there is none.
    ///
    /// One of a later commit stays: what was held may have been decided while a reply was under way.
    func setOutcome(_ outcome: Outcome, as line: [UInt8]) throws -> Bool
    /// Takes the place of the page that begins with the same number and was told in the same way.
    func putOutcomePage(_ page: OutcomePage) throws
    /// Deletes up to `limit` pages that end at or before `last`; says how many went.
    @discardableResult
    func deleteOutcomePages(_ origin: Origin, upTo last: Int64, limit: Int) throws -> Int
    func putOrigin(_ origin: OriginRecord) throws
    /// Forgets a log that holds nothing.
    func deleteOrigin(_ origin: Origin) throws
    func putNode(_ node: NodeRecord) throws
    func putReader(_ reader: ReaderRecord) throws
    func putStub(_ stub: StubRecord) throws
    func deleteStub(_ appeal: String) throws
    /// `seal` is the office's on it, as a reader keeps it; empty at the office, which can make it again.
    func putErasure(_ appeal: String, seal: String, at: Int64) throws
    /// Appends to the tray and gives the item its id.
    func addTray(_ item: TrayRecord) throws
    func deleteTray(_ id: Int64) throws
    func setSeriesLast(_ series: String, _ number: Int64) throws
    /// Opens a debt and gives it its id; what was opened before of the same subject stays as it is.
    @discardableResult
    func openDebt(_ debt: DebtRecord) throws -> Int64
    /// Replaces a debt of the same id.
    func putDebt(_ debt: DebtRecord) throws
    /// Keeps a debt as it is given, closed: its row stays, with the line that paid it.
    func closeDebt(_ debt: DebtRecord, as state: DebtRecord.State, at now: Int64) throws
    /// Publisher: deletes every entry of a stream; its record, rows and tenures stay (a new epoch begins).
    func clearStream(_ stream: String) throws
}

extension StoreTransaction {
    /// An erasure that needs no seal: the office's own.
    public func putErasure(_ appeal: String, at: Int64) throws { try putErasure(appeal, seal: "", at: at) }
}

extension StoreReading {
    /// The first of them.
    public func operations(status: OutcomeStatus, node: String?, limit: Int) throws -> [OperationRecord] {
        try operations(status: status, node: node, after: nil, limit: limit)
    }
}

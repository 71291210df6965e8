public import Appeals

/// Where rows live: the office's appeals, its reference, the streams that it publishes for nodes; a reader has a space a stream.
public enum Space {
    public static let appeals = "appeals"
    /// Appeals of which a reader says that they were erased, until the operator decides: shown to nobody.
    public static let suspended = "suspended"
    public static let reference = "reference"

    /// The stream of the appeals that a department sees.
    public static func slice(_ department: String) -> String { "slice:" + department }

    /// The stream of what concerns one node alone: decisions on its held work.
    public static func node(_ node: String) -> String { "node:" + node }
    /// The department whose slice this is; nobody's name otherwise.
    public static func reader(of stream: String) -> String {
        stream.hasPrefix("slice:") ? String(stream.dropFirst("slice:".count)) : ""
    }
}

/// Trouble of a store: the disk is full, a row is broken, another process holds it.
///
/// What was being done, what was found.
public struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is the matter.
    ///
    /// `io`: the disk fails. `expired`: one moment was read for longer than may be. `unreachable`: the data are on another
    /// machine, which does not answer; nothing happened. `unconfirmed`: it is not known whether the transaction is there,
    /// or whether it would stay.
    public enum Kind: String, Sendable, CaseIterable {
        case full, io, corrupt, locked, readOnly, version, permission, missing, expired, unreachable, unconfirmed, other

        /// Whether it passes by itself or with the operator's help, so that a caller may try again (503).
        ///
        /// Nothing that is stored is in doubt then. After the others nothing that the store says can be trusted any more.
        public var isPassing: Bool {
            switch self {
            case .corrupt, .io: false
            case .full, .locked, .readOnly, .version, .permission, .missing, .expired, .unreachable, .unconfirmed,
                .other:
                true
            }
        }

        /// Whether it befell the way to the data, so that what was asked for in one transaction is not to blame for it.
        public var isOfTheWay: Bool { self == .unreachable || self == .unconfirmed }
    }
    public let kind: Kind
    public let doing: String
    public let found: String

    /// `doing` and `found` are what an operator reads: what was tried, and what was met.
    public init(_ kind: Kind, doing: String, found: String) {
        self.kind = kind
        self.doing = doing
        self.found = found
    }
    public var description: String { "\(doing): \(found)" }
}

/// A store: transactions as closures, serializable, durable when `write` returns.
///
/// Read what a decision rests on in the transaction that writes the decision:
///
/// ```swift
/// let woken = try store.write { transaction in
///     guard let origin = try transaction.origin(log) else { return [] }      // what decides …
///     var next = origin
///     next.last += 1
///     try transaction.putOrigin(next)                                        // … and what follows from it
///     return ["slice:roads"]                                                 // the result is returned, not captured
/// }
/// wake(woken)                                     // effects outside come after, once it is durable
/// ```
///
/// **Threads.** The protocol promises nothing: `MemoryStore` is used by one thread, `SQLiteStore` by any number, each
/// call on the thread of its caller, which it may block. What a body was given may not leave it, nor the thread.
///
/// **Nesting.** No call of a store stands in the body of another of the same store: a body reads through its own
/// transaction. A store stops the process that tries.
///
/// **Order and isolation.** Writes are one after another, as if nothing else ran. A body of `write` reads what all
/// writes before it left, and its own changes. A body of `read` sees one moment: all of some number of writes, nothing of
/// any other, whatever goes on meanwhile; it may be over before the newest write is seen, never before one that had
/// returned when it began.
///
/// **A body may run twice, or more often.** A store over a network runs it again where another's transaction came
/// between or a connection was lost, and takes back what it did the first time; `RepeatingStore` of the simulator does so
/// with every body. So a body has no effect outside its transaction: it gives its result by returning it, sets what it
/// counts outside to its beginning first, and leaves files, messages and waking others to whoever called `write`.
///
/// **What throws.** An error of the body, or of the store, ends the transaction, which then has changed nothing, and comes
/// out of `write` unchanged; a body that catches the store's own error must throw it on. The one exception says so itself:
/// after `StoreError.Kind.unconfirmed` the transaction may or may not be there, and whoever tries again decides again.
///
/// **Durable.** When `write` returns, its changes survive a loss of power, and whoever is told of them may rely on it.
///
/// **Notes.** A transaction that is a `.note` has no place in that order and may be lost with the power: see `WriteKind`.
public protocol Store: AnyObject {
    /// Runs a transaction that reads and changes; `write { … }` is an ordering one.
    func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result
    /// Reads one moment, which is short: a page, not a list.
    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result
    /// Whether somebody else waits to write: who holds the writer gives way soon.
    var isWanted: Bool { get }
}

extension Store {
    /// A store that one thread uses.
    public var isWanted: Bool { false }

    /// Runs a transaction that has its place in the order of all, and stays.
    public func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try write(.ordering, body)
    }
}

/// What a transaction needs of its store.
public enum WriteKind: Sendable {
    /// Its place in the order of all writes, and to be durable when it returns.
    case ordering
    /// Neither: it changes one row of `reader` and decides nothing. It may be lost at a crash, as if it had never been, and
    /// another store makes it without the lock that orders the others.
    ///
    /// So a reader's position and its pin are noted (`Office.pull`, `Office.snapshot`), a hundred a second where thousands
    /// of nodes wait. Nothing that must be true rests on them: whoever is taken for further back than it is keeps entries
    /// from compaction a while longer; whoever is taken for further on than it is gets a snapshot. A node's contact is
    /// written with its session token, which must stay, and is therefore no note. `MemoryStore` and `SQLiteStore` treat a
    /// note like any other write.
    case note
}

/// What can be read in a transaction: every table's reading half.
///
/// Texts are compared and ordered by their bytes, never by a language's rules: what is not normalised stays as it is, and
/// may hold U+0000. Every list is paged: `limit` bounds what is held in memory, and a page that is shorter than its limit is
/// the last. What is there and cannot be read throws `StoreError.Kind.corrupt`, never nil.
public protocol StoreReading: ValueReading, OrderingReading, RowReading, StreamReading, TenureReading, OperationReading,
    OriginReading,
    OutcomePageReading, NodeReading, ErasureReading, TrayReading, SeriesReading, DebtReading, LocalReading
{
    /// Says what will be read next, so that a store over a network can fetch it at once: never what a read gives.
    ///
    /// A store that has no use for it does not ask for the keys; one that has takes `StoreLimits.hints` of them at most.
    func hint(_ keys: () throws -> [StoreHint]) throws
}

extension StoreReading {
    /// A store whose every read is near.
    public func hint(_ keys: () throws -> [StoreHint]) throws {}
}

/// What a page is going to read.
public enum StoreHint: Sendable, Hashable {
    /// A row of the visible generation of a space.
    case row(space: String, key: String)
    /// The tenure of a key in one stream.
    case tenure(stream: String, key: String)
    /// The tenures of a key in all streams.
    case tenures(key: String)
    /// An operation of a log.
    case operation(WriteName)
    /// Whether an appeal was erased.
    case erasure(appeal: String)
}

/// What can be changed in a transaction: every table's writing half.
///
/// What was put is read back equal, byte for byte. Times are unix milliseconds, days `YYYY-MM-DD`.
public protocol StoreTransaction: StoreReading, ValueWriting, OrderingWriting, RowWriting, StreamWriting, TenureWriting,
    OperationWriting,
    OriginWriting, OutcomePageWriting, NodeWriting, ErasureWriting, TrayWriting, SeriesWriting, DebtWriting,
    LocalWriting
{}

import Replication

/// A store whose n-th write fails, and as many after it as are asked for: a disk that is full for a while.
final class FailingStore: Store {
    private let inner: any Store
    /// Writes so far.
    private(set) var writes = 0
    /// The writes that fail, counted from 1.
    var failing = 0..<0
    /// Whether they are done all the same, and nobody is told: an answer that was lost on its way.
    var isDone = false
    private(set) var reads = 0
    /// The one reading that fails, counted from 1.
    var failingRead = 0

    init(_ inner: any Store) { self.inner = inner }

    func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        writes += 1
        guard failing.contains(writes) else { return try inner.write(kind, body) }
        guard isDone else { throw StoreError(.full, doing: "a failing write", found: "no room") }
        _ = try inner.write(kind, body)
        throw StoreError(
            .unconfirmed,
            doing: "a failing write",
            found: "the connection was lost while it was committed"
        )
    }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        reads += 1
        if reads == failingRead { throw StoreError(.full, doing: "a failing reading", found: "no memory") }
        return try inner.read(body)
    }
}

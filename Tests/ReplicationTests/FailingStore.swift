import Replication

/// A store whose n-th write fails, and as many after it as are asked for: a disk that is full for a while.
final class FailingStore: Store {
    private let inner: any Store
    /// Writes so far.
    private(set) var writes = 0
    /// The writes that fail, counted from 1.
    var failing = 0..<0
    private(set) var reads = 0
    /// The one reading that fails, counted from 1.
    var failingRead = 0

    init(_ inner: any Store) { self.inner = inner }

    func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        writes += 1
        if failing.contains(writes) { throw StoreError(.full, doing: "a failing write", found: "no room") }
        return try inner.write(body)
    }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        reads += 1
        if reads == failingRead { throw StoreError(.full, doing: "a failing reading", found: "no memory") }
        return try inner.read(body)
    }
}

public import Replication

/// A store in which others may act between two transactions of one call: what a call had read before is then of yesterday.
///
/// Whoever decides on a row decides in the transaction that reads it; this store finds who does not.
public final class InterleavedStore: Store {
    /// The store that does the work.
    private let inner: any Store
    /// Asked after each transaction, with its number from 1; what it does itself is not interleaved again.
    public var between: (Int) throws -> Void = { _ in }
    /// Whether somebody else waits to write.
    public var isWanted = false
    /// Whether the last transaction only read: what it found is all that the call goes on from.
    public private(set) var hasRead = false
    /// Transactions so far.
    public private(set) var count = 0
    /// Others are acting: what they read and write opens no gap of its own.
    private var isBetween = false

    public init(_ inner: any Store) { self.inner = inner }

    /// One transaction, then others may act before the caller goes on.
    public func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        let result = try inner.write(kind, body)
        try passed(hasRead: false)
        return result
    }

    /// One snapshot, then others may act before the caller goes on.
    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        let result = try inner.read(body)
        try passed(hasRead: true)
        return result
    }

    private func passed(hasRead: Bool) throws {
        guard !isBetween else { return }
        count += 1
        self.hasRead = hasRead
        isBetween = true
        defer { isBetween = false }
        try between(count)
    }
}

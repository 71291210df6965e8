public import Replication

/// A store that runs every transaction twice, the first time for nothing: what `Store.write` allows any store to do.
///
/// A store over a network runs a transaction again that met another's. A body that counts in a captured variable, writes
/// a file or remembers in its object what it did shows here, since all of that then happened once too often.
public final class RepeatingStore: Store {
    /// Ends the first run of a body, so that the store takes it back.
    private struct Again: Error {}

    /// The store that does the work.
    private let inner: any Store
    /// Puts back, before the second run, what chance the first one used: a simulated city must not change by it.
    private let remembering: () -> (() -> Void)

    public init(_ inner: any Store, remembering: @escaping () -> (() -> Void) = { {} }) {
        self.inner = inner
        self.remembering = remembering
    }

    /// Runs the body, rolls back, and runs it again for good; what it throws the first time is thrown at once.
    public func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        let restore = remembering()
        do {
            try inner.write(kind) { transaction in
                _ = try body(transaction)
                throw Again()
            }
        } catch is Again {
            restore()
        }
        return try inner.write(kind, body)
    }

    /// Once: only bodies that write are run again by a store.
    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try inner.read(body) }
}

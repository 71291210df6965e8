public import Replication

/// A store that loses writes of some kinds, as if the power had gone before they were on the disk.
///
/// What `WriteKind.note` allows any store to do. Losing half of all notes is more than any crash does; losing ordering
/// writes shows that the judges of a simulated city would notice.
public final class ForgetfulStore: Store {
    private struct Lost: Error {}

    private let inner: any Store
    private let losing: Set<WriteKind>
    private var random: Generator
    /// Writes that were lost so far.
    public private(set) var count = 0

    public init(_ inner: any Store, losing: Set<WriteKind> = [.note], seed: UInt64) {
        self.inner = inner
        self.losing = losing
        random = Generator(seed: seed ^ 0xF026_E7F0_1000_0007)
    }

    /// Runs the body, and takes half of the writes of the losing kinds back afterwards, as if they had been committed.
    public func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        guard losing.contains(kind), random.chance(0.5) else { return try inner.write(kind, body) }
        var result: Result?
        do {
            try inner.write(kind) { transaction in
                result = try body(transaction)
                throw Lost()
            }
        } catch is Lost { count += 1 }
        guard let result else { preconditionFailure("a body that was run has a result") }
        return result
    }

    /// Reads are never lost.
    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try inner.read(body) }

    public var isWanted: Bool { inner.isWanted }
}

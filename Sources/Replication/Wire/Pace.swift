/// How long a transaction that admits a page goes on while others wait to write.
///
/// The clock comes from outside, in milliseconds that never fall: the engine has none.
public struct Pace: Sendable {
    private let clock: @Sendable () -> Int64
    private let longest: Int64

    /// `longest`: milliseconds after which a transaction begins no further operation; its commit needs the rest.
    public init(longest: Int64 = ReplicationLimits.writerHeld / 2, clock: @escaping @Sendable () -> Int64) {
        (self.longest, self.clock) = (longest, clock)
    }

    /// The time at which a transaction begins, in the clock's milliseconds.
    func begin() -> Int64 { clock() }

    /// Asked after each operation; as long as nobody waits, a page stays in one transaction.
    func isOver(since begin: Int64, _ store: any Store) -> Bool { store.isWanted && clock() - begin >= longest }
}

/// One transaction's turn at the writer; never over where nobody set a pace.
struct Turn {
    private let pace: Pace?
    private let store: any Store
    private let begun: Int64

    /// Begins a turn now.
    init(_ pace: Pace?, _ store: any Store) {
        (self.pace, self.store) = (pace, store)
        begun = pace?.begin() ?? 0
    }

    var isOver: Bool { pace?.isOver(since: begun, store) ?? false }
}

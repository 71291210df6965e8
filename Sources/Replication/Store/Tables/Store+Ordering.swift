public import Appeals

/// What orders all that a node decides: the last commit given, and the last time that its clock said.
///
/// One row in another store, and there the lock of every ordering write: who decides asks for it first, counts in memory,
/// and writes it once at the end, so that commits are dense and a page of operations costs two calls. Ids of the tray and
/// of debts, which rise in the same order, are given by the store itself (`addTray`, `openDebt`).
public protocol OrderingReading: ValueReading {
    /// The last commit that was given; 0 if none was.
    ///
    /// Throws `.corrupt` if what is there cannot be read: taken for 0, the office would give its commits once more.
    func lastCommit() throws -> Int64
    /// The last time that this node's clock said; zero if it has said none.
    func clock() throws -> HybridClock
}

/// Changes of what orders.
public protocol OrderingWriting: OrderingReading, ValueWriting {
    /// Says which commit was given last.
    func setLastCommit(_ commit: Int64) throws
    /// Says what the clock said last.
    func setClock(_ clock: HybridClock) throws
}

/// As `MemoryStore` and `SQLiteStore` keep it: texts of the table of values.
extension OrderingReading {
    /// From the values, 0 before the first commit.
    public func lastCommit() throws -> Int64 { try value(Values.commit) ?? 0 }

    /// From the values, 0 before the first act.
    public func clock() throws -> HybridClock { try value(Values.clock) ?? HybridClock(milliseconds: 0) }
}

extension OrderingWriting {
    /// Among the values.
    public func setLastCommit(_ commit: Int64) throws { try setValue(Values.commit, commit) }

    /// Among the values.
    public func setClock(_ clock: HybridClock) throws { try setValue(Values.clock, clock) }
}

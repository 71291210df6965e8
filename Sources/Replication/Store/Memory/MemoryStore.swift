import Appeals
import Cryptography

/// The reference store: everything in memory, simple rather than fast; what the contract suite measures others by.
public final class MemoryStore: Store {
    private var present = MemoryTransaction(MemoryState())
    private var isWriting = false
    private var readers = 0

    /// An empty store.
    public init() {}

    /// A copy of this store as it is now: a backup, or a cloned disk.
    public func copy() -> MemoryStore {
        let copy = MemoryStore()
        copy.present = MemoryTransaction(present.state)
        return copy
    }

    /// Runs `body` alone and keeps what it did; if it throws, nothing of it is left and the error goes on.
    ///
    /// A note is a write like any other: nothing of it can be spared in memory.
    public func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        precondition(!isWriting && readers == 0, "transactions do not nest")
        isWriting = true
        defer { isWriting = false }
        do {
            let result = try body(present)
            present.keep()
            return result
        } catch {
            present.recover()
            throw error
        }
    }

    /// Runs `body` on what is committed; it must not write.
    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        precondition(!isWriting, "a transaction reads through itself")
        readers += 1
        defer { readers -= 1 }
        return try body(present)
    }
}

/// All tables.
struct MemoryState {
    struct Published {
        var entries: [EntryRecord] = []
        var byKey: [String: [Int64]] = [:]
    }
    /// A space in one of its generations.
    struct Place: Hashable {
        let generation: Int64
        let space: String
    }
    var values = SortedTable<String>()
    var rows: [Place: SortedTable<Row>] = [:]
    var streams = SortedTable<StreamRecord>()
    var published: [String: Published] = [:]
    var tenures: [String: SortedTable<TenureRecord>] = [:]
    var operations: [Origin: MemoryLog] = [:]
    var byAppeal: [String: Set<WriteName>] = [:]
    /// In order of their first numbers.
    var outcomePages: [Origin: [OutcomePage]] = [:]
    /// Of each log the numbers of commands.
    var commands: [Origin: [String: Int64]] = [:]
    /// By node, each list in order.
    var origins: [String: SortedTable<OriginRecord>] = [:]
    var nodes = SortedTable<NodeRecord>()
    var readers = SortedTable<ReaderRecord>()
    var stubs = SortedTable<StubRecord>()
    var erasures = SortedTable<ErasureRecord>()
    var erasedAt: [String: Int64] = [:]
    var tray: [TrayRecord] = []
    var lastTray: Int64 = 0
    var series: [String: Int64] = [:]
    var debts = MemoryDebts()
    var locals = SortedTable<LocalRecord>()
}

final class MemoryTransaction: StoreTransaction {
    var state: MemoryState

    /// How what the transaction has changed is taken back, the last change last.
    var undo: [(inout MemoryState) -> Void] = []

    init(_ state: MemoryState) { self.state = state }

    func keep() { undo.removeAll(keepingCapacity: true) }

    func recover() {
        while let last = undo.popLast() { last(&state) }
    }

    func change<Result>(_ body: (inout MemoryState) -> Result) -> Result { body(&state) }

    func undoing(_ body: @escaping (inout MemoryState) -> Void) { undo.append(body) }
}

import Replication

/// A store that breaks a promise of the office's: the number of an entry is seen before the entry.
///
/// As where numbers are drawn from a sequence and transactions commit in another order. In place of the office's store it
/// shows what `sequence assigned at commit` is for; nothing else uses it.
final class LateStore: Store {
    /// The store that does the work.
    private let inner: any Store
    /// Its own chance: the city's schedule does not change by it.
    private var random: Generator
    /// Entries in whose place readers see nothing until the next transaction.
    private var late: [(stream: String, entry: EntryRecord)] = []

    init(_ inner: any Store, seed: UInt64) {
        self.inner = inner
        random = Generator(seed: seed)
    }

    func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        let (result, next) = try inner.write(kind) { transaction in
            for (stream, entry) in late { try transaction.replaceEntry(stream, entry) }
            var heads: [String: Int64] = [:]
            for stream in try transaction.streams() { heads[stream.name] = stream.head }
            return (try body(transaction), try hide(after: heads, transaction))
        }
        late = next
        return result
    }

    var isWanted: Bool { inner.isWanted }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try inner.read(body) }

    /// Leaves a hole in place of some of the entries that a transaction has added, and gives these.
    private func hide(
        after heads: [String: Int64],
        _ transaction: any StoreTransaction
    ) throws -> [(stream: String, entry: EntryRecord)] {
        var hidden: [(stream: String, entry: EntryRecord)] = []
        for stream in try transaction.streams() {
            for entry in try transaction.entries(stream.name, after: heads[stream.name] ?? 0, limit: .max)
            where random.chance(0.1) {
                var hole = entry
                hole.kind = .none
                hole.changed = []
                try transaction.replaceEntry(stream.name, hole)
                hidden.append((stream.name, entry))
            }
        }
        return hidden
    }
}

import CSQLite
import Glibc
import Locks
public import Replication
import Synchronization

/// A store in one SQLite database: one writer, a few readers, each transaction one snapshot, durable when `write` returns.
///
/// Unchecked: the writer is used only under `writing`, each reader only under its own lock.
/// Calls block and may come from any thread. Locks are taken in this order and given back in the other: `copying`,
/// `writing`, `entrance`, readers.
public final class SQLiteStore: Store, @unchecked Sendable {
    private final class Reader {
        let connection: Connection
        let lock = Lock()
        init(_ connection: Connection) { self.connection = connection }
    }

    /// The version of the tables that this program makes.
    package static var tables: Int64 { Schema.version }

    /// The directory of the store.
    public let path: String
    let writer: Connection
    let directory: StoreDirectory?
    let database: String
    let vfs: String?
    private let writing = TurnLock()
    /// Held by a caller that waits for the readers, so that no new ones start.
    private let entrance = Lock()
    let copying = Lock()
    /// Whether a copy of the whole store exists beside it.
    let isCopied = Atomic(false)
    /// Transactions that changed something since the store was opened.
    let commits = Atomic<Int64>(0)
    /// Bytes of the write-ahead log, as the last commit left it.
    let logBytes = Atomic<Int64>(0)
    /// The value stored in the file; accessed under `writing`.
    private var mark = WipeMark.clean
    /// Transactions that deleted something, since the opening: a wipe that one of them overlapped has to be done again.
    private var removals: Int64 = 0
    private let readers: [Reader]
    private let nextReader = Atomic<Int>(0)
    private let log: WriteAheadLog
    /// Threads that are in a transaction of this store.
    private let inside = Locked<Set<UInt>>([])
    private var isOpen = true

    /// Opens the store of a directory, making both if `create`.
    ///
    /// `vfs` names a simulated disk, which has neither modes nor locks.
    public static func open(directory: String, create: Bool, vfs: String? = nil, readers: Int = 4) throws -> SQLiteStore
    {
        try SQLiteStore(directory, create: create, vfs: vfs, readers: readers)
    }

    private init(_ path: String, create: Bool, vfs: String?, readers count: Int) throws {
        precondition(count >= 1 && count <= 64, "between 1 and 64 readers")
        self.path = path
        self.vfs = vfs
        directory = vfs == nil ? try StoreDirectory(path, create: create) : nil
        if let directory { try PrivateCopy(directory).wipe() }
        database = path + "/" + StoreDirectory.databaseName
        var opened: [Connection] = []
        var found = WipeMark.removed
        do {
            for number in 0...count {
                let connection = try Connection(database, vfs: vfs)
                opened.append(connection)
                try Settings(isWriter: number == 0).apply(to: connection)
                if number == 0 { try Schema.migrate(connection) }
            }
            if create, vfs == nil { try StoreDirectory.sync(path) }
            do {
                try Self.prepareIndex(opened[0])
                found = try WipeMark.read(opened[0])
            } catch let error as StoreError where error.kind == .corrupt {
                // A broken file is still opened, so that `doctor` can examine it.
                found = .removed
            }
        } catch {
            // Reports the first failure; nothing was written.
            for connection in opened.reversed() { try? connection.close() }
            directory?.release()
            throw error
        }
        writer = opened[0]
        readers = opened.dropFirst().map(Reader.init)
        log = WriteAheadLog(opened[0])
        mark = found
    }

    deinit {
        guard isOpen else { return }
        do { try close() } catch { preconditionFailure("The store was let go while in use: \(error)") }
    }

    // MARK: transactions

    /// One transaction of the writer, durable when this returns; if `body` throws, nothing of it is left.
    ///
    /// `body` must not read or write the store by another way: a nested transaction is refused. A note is a write like any
    /// other: there is one writer, and a transaction without a sync would be no cheaper to those that wait for it.
    public func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try forbiddingNesting {
            try writing.hold {
                precondition(isOpen, "a closed store is not used")
                let transaction = SQLiteTransaction(writer)
                defer { transaction.end() }
                let before = writer.totalChanges
                var next = mark
                let result = try writer.transaction(writing: true) {
                    let result = try body(transaction)
                    guard writer.totalChanges != before else { return result }
                    next = max(mark, transaction.isRemoving ? .removed : .changed)
                    if next != mark { try next.write(writer) }
                    return result
                }
                noteCommit(next, removes: transaction.isRemoving, changes: writer.totalChanges != before)
                return result
            }
        }
    }

    /// A transaction of the store's own upkeep: it changes nothing that anybody reads.
    func upkeep<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        try forbiddingNesting {
            try writing.hold {
                precondition(isOpen, "a closed store is not used")
                let before = writer.totalChanges, next = max(mark, .changed)
                let result = try writer.transaction(writing: true) {
                    let result = try body(writer)
                    if writer.totalChanges != before, next != mark { try next.write(writer) }
                    return result
                }
                if writer.totalChanges != before { noteCommit(next, removes: false, changes: true) }
                return result
            }
        }
    }

    /// After a commit, still in the writer's turn: counts it, and empties a log that has grown if readers let it.
    private func noteCommit(_ next: WipeMark, removes: Bool, changes: Bool) {
        mark = next
        if removes { removals += 1 }
        if changes { commits.wrappingAdd(1, ordering: .relaxed) }
        log.relieve { body in withoutReaders(within: ReadLimits.writerWaits, body) }
        logBytes.store(log.bytes, ordering: .relaxed)
    }

    /// A short read, on a reader of the pool, for which the writer may have to wait.
    ///
    /// Longer reads go in pages (`readPages`), in one piece (`readLong`), or from a copy of the whole store
    /// (`readCopy`).
    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        try forbiddingNesting {
            entrance.hold {}
            let reader = freeReader()
            defer { reader.lock.unlock() }
            precondition(isOpen, "a closed store is not used")
            let reading = SQLiteReading(reader.connection)
            defer { reading.end() }
            return try reader.connection.transaction(writing: false) { try body(reading) }
        }
    }

    public var isWanted: Bool { writing.isWanted }

    /// A free reader, locked; or the next one in turn, once it is free.
    private func freeReader() -> Reader {
        for reader in readers where reader.lock.tryLock() { return reader }
        let turn = nextReader.wrappingAdd(1, ordering: .relaxed).oldValue
        let reader = readers[Int(UInt(bitPattern: turn) % UInt(readers.count))]
        reader.lock.lock()
        return reader
    }

    /// Runs a body of which a thread may have only one at a time: a nested one would deadlock.
    func forbiddingNesting<Result>(_ body: () throws -> Result) rethrows -> Result {
        let thread = UInt(pthread_self())
        precondition(inside.withLock { $0.insert(thread).inserted }, "transactions do not nest")
        defer { inside.withLock { _ = $0.remove(thread) } }
        return try body()
    }

    /// The same, but returns false without running the body if a reader takes longer than the given milliseconds.
    private func withoutReaders(within milliseconds: Int64, _ body: () -> Void) -> Bool {
        entrance.lock()
        defer { entrance.unlock() }
        let end = ReadDeadline.now() + milliseconds
        var held: [Reader] = []
        defer { for reader in held { reader.lock.unlock() } }
        for reader in readers {
            while !reader.lock.tryLock() {
                guard ReadDeadline.now() < end else { return false }
                usleep(200)
            }
            held.append(reader)
        }
        body()
        return true
    }

    /// Waits for running reads and holds up new ones.
    ///
    /// Only for a caller that holds `writing`.
    private func withoutReaders<Result>(_ body: () throws -> Result) rethrows -> Result {
        for reader in readers { reader.lock.lock() }
        defer { for reader in readers { reader.lock.unlock() } }
        return try body()
    }

    /// Runs something on the writer's connection outside a transaction.
    func withWriter<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        try forbiddingNesting {
            try writing.hold {
                precondition(isOpen, "a closed store is not used")
                return try body(writer)
            }
        }
    }

    // MARK: upkeep

    /// Removes what was deleted before from every file of the store: words, the free space of pages, then the write-ahead log.
    ///
    /// True once nothing is left; a purge is receipted only then. False if something still reads from the log, or a copy of
    /// the store lies beside it: try again. Goes through the file in steps, between which transactions run, and not at all
    /// if nothing was written since the last time.
    public func checkpoint() throws -> Bool {
        try clearWords()
        let (found, seen, begun) = try withWriter { _ in (mark, removals, commits.load(ordering: .relaxed)) }
        guard found > .clean else { return try withWriter { _ in try withoutReaders { try log.truncate() } } }
        var page: Int64? = 1
        while let first = page {
            let step = try withWriter { writer in try withoutReaders { try wipe(writer, from: first) } }
            guard step.isComplete else { return false }
            page = step.next
        }
        guard !isCopied.load(ordering: .acquiring) else { return false }
        return try withWriter { writer in
            let isQuiet = commits.load(ordering: .relaxed) == begun
            let next: WipeMark = removals != seen ? .removed : isQuiet ? .clean : .changed
            try writer.transaction(writing: true) { try next.write(writer) }
            mark = next
            return try withoutReaders { try log.truncate() }
        }
    }

    /// Whether deleted content must leave the disk soon.
    public var hasRemoved: Bool { writing.hold { mark == .removed } }

    /// Whether anything was written since all free space was wiped.
    public var hasChanged: Bool { writing.hold { mark != .clean } }

    /// One step of at most 16 MiB; incomplete if the log could not be emptied before it.
    private func wipe(_ writer: Connection, from first: Int64) throws -> (isComplete: Bool, next: Int64?) {
        guard try log.truncate() else { return (false, nil) }
        // Keeps out other programs, such as an operator's shell, that ignore our lock file.
        let step = try writer.transaction(writing: true) { () throws -> (isComplete: Bool, next: Int64?) in
            guard StoreDirectory.size(database + "-wal") == 0 else { return (false, nil) }
            return (true, try PageGaps(writer).wipe(from: first, limit: Self.wipedAtOnce))
        }
        // NB: cached pages still hold what was wiped, and would bring it back when next written.
        sqlite3_db_release_memory(writer.handle)
        return step
    }

    /// 16 MiB.
    private static let wipedAtOnce: Int64 = 1_024

    /// Sizes of the database and of its write-ahead log, in bytes.
    public var fileSizes: (database: Int64, writeAheadLog: Int64) {
        (StoreDirectory.size(database), StoreDirectory.size(database + "-wal"))
    }

    /// Closes every connection, waiting for transactions that run.
    ///
    /// The last one empties the log.
    public func close() throws {
        try forbiddingNesting {
            try writing.hold {
                precondition(isOpen, "a store is closed once")
                isOpen = false
                try withoutReaders { for reader in readers { try reader.connection.close() } }
                try writer.close()
                log.free()
                directory?.release()
            }
        }
    }
}

import CSQLite
import Glibc
public import Replication
import Synchronization

/// How long a snapshot may be read, and how long the writer waits for readers.
enum ReadLimits {
    /// Milliseconds for which a long read may hold its snapshot.
    static let milliseconds: Int64 = 1_000
    /// How far the write-ahead log may grow meanwhile.
    static let logBytes: Int64 = 64 << 20
    /// Milliseconds that the writer waits for readers of the pool before it continues and tries again after a later
    /// commit.
    static let writerWaits: Int64 = 100
}

/// The end of a long read: a second after it began, or when the log has grown too far since.
///
/// Unchecked: SQLite asks it on the thread that reads.
final class ReadDeadline: @unchecked Sendable {
    private let due: Int64
    private let logLimit: Int64
    private let logBytes: () -> Int64

    init(logBytes: @escaping () -> Int64) {
        due = Self.now() + ReadLimits.milliseconds
        logLimit = logBytes() + ReadLimits.logBytes
        self.logBytes = logBytes
    }

    /// By time or by growth: the log cannot be emptied while a snapshot holds on to it.
    var isOver: Bool { Self.now() >= due || logBytes() >= logLimit }

    var error: StoreError {
        let limits = "\(ReadLimits.milliseconds) ms or \(ReadLimits.logBytes) bytes of log"
        let found = "one moment was read for longer than \(limits): read in pages, or from a copy"
        return StoreError(.expired, doing: "Reading at length", found: found)
    }

    /// Installs a progress handler that SQLite calls every few steps of a statement.
    func watch(_ handle: OpaquePointer?) {
        sqlite3_progress_handler(
            handle,
            1_000,
            { me in
                guard let me else { return 0 }
                return Unmanaged<ReadDeadline>.fromOpaque(me).takeUnretainedValue().isOver ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension SQLiteStore {
    /// Reads one moment at more length than the pool's readers may, on a connection that the writer never waits for.
    ///
    /// After a second, or 64 MiB of log, it fails with `expired`: a longer read must use pages or a copy.
    public func readLong<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        try reading(database) { connection in
            let deadline = ReadDeadline { self.logBytes.load(ordering: .relaxed) }
            connection.deadline = deadline
            deadline.watch(connection.handle)
            return try Self.read(connection, body)
        }
    }

    /// Reads a long list in short pages by key, each from a moment of its own; `use` runs outside of all of them.
    ///
    /// `page` gives the items after a key and the key to go on with, nil at the end. Returns how many transactions
    /// changed something meanwhile, so that a report can say so.
    @discardableResult
    public func readPages<Item>(
        _ page: (any StoreReading, String) throws -> (items: [Item], next: String?),
        _ use: ([Item]) throws -> Void
    ) throws -> Int64 {
        let before = commits.load(ordering: .relaxed)
        var after: String? = ""
        while let key = after {
            let found = try read { try page($0, key) }
            try use(found.items)
            if let next = found.next { precondition(key.utf8.lexicographicallyPrecedes(next.utf8), "keys rise") }
            after = found.next
        }
        return commits.load(ordering: .relaxed) - before
    }

    /// Reads one snapshot of the whole store from a copy, for as long as it takes; the copy is wiped at the end.
    public func readCopy<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        try withCopy { path in
            let connection = try Connection(path, readOnly: true)
            let result = Swift.Result { try Self.read(connection, body) }
            try connection.close()
            return try result.get()
        }
    }

    private func reading<Result>(_ path: String, _ body: (Connection) throws -> Result) throws -> Result {
        let connection = try Connection(path, vfs: vfs)
        let result = Swift.Result {
            try Settings(isWriter: false).apply(to: connection)
            return try body(connection)
        }
        try connection.close()
        return try result.get()
    }

    private static func read<Result>(
        _ connection: Connection,
        _ body: (any StoreReading) throws -> Result
    ) throws -> Result {
        let reading = SQLiteReading(connection)
        defer { reading.end() }
        return try connection.transaction(writing: false) { try body(reading) }
    }
}

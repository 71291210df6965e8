import CSQLite
import Replication

/// Keeps the write-ahead log small: SQLite's own checkpoints never reset it while there is always some reader.
final class WriteAheadLog {
    private static let passivePages: Int32 = 1_024
    private static let drainPages: Int32 = 2_048
    private static let retryPages: Int32 = 512

    private let connection: Connection
    private let pages = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    private var lastTried: Int32 = 0
    /// Why the last checkpoint failed; the preceding commit is durable all the same.
    private var trouble: StoreError?

    /// Watches the commits of the writer's connection.
    init(_ connection: Connection) {
        self.connection = connection
        pages.initialize(to: 0)
        sqlite3_wal_hook(
            connection.handle,
            { context, _, _, count in
                context?.assumingMemoryBound(to: Int32.self).pointee = count
                return SQLITE_OK
            },
            pages
        )
    }

    /// After the connection is closed, or the hook would write to freed memory.
    func free() { pages.deallocate() }

    /// Bytes of the log: the pages that its commits hold.
    var bytes: Int64 { Int64(pages.pointee) * Settings.pageSize }

    /// After a commit: copies pages to the database, and from 32 MiB on resets the log while no reader runs.
    ///
    /// `withoutReaders` returns false after a while; then a later commit tries again.
    func relieve(withoutReaders: (() -> Void) -> Bool) {
        let now = pages.pointee
        if now < lastTried { lastTried = 0 }
        if now >= Self.drainPages, now - lastTried >= Self.retryPages || lastTried < Self.drainPages {
            if !withoutReaders({ _ = checkpoint(SQLITE_CHECKPOINT_TRUNCATE) }) {
                _ = checkpoint(SQLITE_CHECKPOINT_PASSIVE)
                lastTried = now
            }
        } else if now - lastTried >= Self.passivePages {
            _ = checkpoint(SQLITE_CHECKPOINT_PASSIVE)
            lastTried = now
        }
    }

    /// Empties the log; false if a reader is still using it.
    func truncate() throws -> Bool {
        let isComplete = checkpoint(SQLITE_CHECKPOINT_TRUNCATE)
        if let trouble, trouble.kind != .locked { throw trouble }
        return isComplete
    }

    private func checkpoint(_ mode: Int32) -> Bool {
        var inLog: Int32 = 0
        var copied: Int32 = 0
        // Readers have been waited for already; nothing else is worth holding up the writer.
        sqlite3_busy_timeout(connection.handle, 0)
        defer { sqlite3_busy_timeout(connection.handle, Int32(Settings.busyMilliseconds)) }
        let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, mode, &inLog, &copied)
        trouble =
            code == SQLITE_OK ? nil : StoreError.sqlite(code, on: connection.handle, doing: "Emptying the log", sql: "")
        guard code == SQLITE_OK, mode == SQLITE_CHECKPOINT_TRUNCATE else {
            lastTried = pages.pointee
            return false
        }
        pages.pointee = 0
        lastTried = 0
        return true
    }
}

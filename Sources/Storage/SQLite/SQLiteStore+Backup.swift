import CSQLite
import Cryptography
import Glibc
import Replication

extension SQLiteStore {
    /// A verified backup: its path, its number of operations and the SHA-256 of the file in hex.
    public struct Backup: Sendable, Equatable {
        /// Of the database file.
        public let path: String
        /// Of all logs, counted in the copy, not in the store.
        public let operations: Int64
        /// The size of the file.
        public let bytes: Int64
        /// Over the file as it was read back from the device.
        public let sha256: String
    }

    /// Copies the store, as of the end of the copying, into a directory that has none; the directory can be opened as a store.
    ///
    /// The store is first copied beside itself, a few pages at a time, and from there to the directory, which may be slow:
    /// no write waits for that device. Where there is no room for the copy, it goes to the directory at once.
    public func backup(to directory: String) throws -> Backup {
        let final = directory + "/" + StoreDirectory.databaseName
        let partial = final + ".part"
        try StoreDirectory.make(directory)
        try StoreDirectory.check(directory, isDirectory: true)
        guard !StoreDirectory.exists(final) else {
            throw StoreError(
                .other,
                doing: "Backing up to \(directory)",
                found: "there is a store: name another directory"
            )
        }
        // Removes what an interrupted backup left.
        unlink(partial)
        try StoreDirectory.makeFile(partial, doing: "Making the backup \(partial)")
        do {
            try copyOverHere(to: partial)
            try Self.sync(partial)
            let backup = try Self.verify(partial, as: final)
            guard rename(partial, final) == 0 else {
                throw StoreError.system(errno, doing: "Naming the backup \(final)")
            }
            try StoreDirectory.sync(directory)
            return backup
        } catch {
            unlink(partial)
            throw error
        }
    }

    private func copyOverHere(to partial: String) throws {
        do {
            try withCopy { try Self.copyBytes(from: $0, to: partial) }
        } catch let error as StoreError where error.kind == .full {
            try copy(to: partial)
        }
    }

    /// Copies into an existing empty file, which is a database by itself afterwards, without a log beside it.
    func copy(to path: String) throws {
        let target = try Connection(path)
        do {
            try copy(into: target)
            // The copy says that it has a write-ahead log; it is to be one file.
            try target.execute("PRAGMA journal_mode=DELETE")
        } catch {
            try target.close()
            throw error
        }
        try target.close()
    }

    /// By SQLite's backup interface, 128 pages (2 MiB) at a time under the writer's turn.
    ///
    /// Between two steps others may write: SQLite carries their changes into the copy, since they go through the same
    /// connection. So it is as of the last step.
    private func copy(into target: Connection) throws {
        let pages: Int32 = 128
        let begun = try withWriter { writer in sqlite3_backup_init(target.handle, "main", writer.handle, "main") }
        guard let begun else {
            let code = sqlite3_extended_errcode(target.handle)
            throw StoreError.sqlite(code, on: target.handle, doing: "Starting a backup", sql: "")
        }
        var code = SQLITE_OK
        repeat {
            code = try withWriter { _ in sqlite3_backup_step(begun, pages) }
        } while code == SQLITE_OK
        let end = try withWriter { _ in sqlite3_backup_finish(begun) }
        guard code == SQLITE_DONE, end == SQLITE_OK else {
            throw StoreError.sqlite(
                code == SQLITE_DONE ? end : code,
                on: target.handle,
                doing: "Copying a backup",
                sql: ""
            )
        }
    }

    /// Makes a file durable and drops it from the page cache, so that what verifies it reads the disk.
    private static func sync(_ path: String) throws {
        let file = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.system(errno, doing: "Opening \(path) to sync it") }
        defer { Glibc.close(file) }
        guard fsync(file) == 0 else { throw StoreError.system(errno, doing: "Syncing \(path)") }
        posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    }

    /// Reads the file back from the device: SQLite's own check, then its hash; throws `corrupt` with the first defect.
    private static func verify(_ path: String, as name: String) throws -> Backup {
        let copy = try Connection(path, readOnly: true)
        let operations: Int64
        do {
            let problems = try Self.problems(of: copy)
            guard problems.isEmpty else {
                throw StoreError(.corrupt, doing: "Verifying the backup \(path)", found: problems[0])
            }
            operations = try copy.first("SELECT count(*) FROM operation") { $0.integer(0) } ?? 0
        } catch {
            try copy.close()
            throw error
        }
        try copy.close()
        let (bytes, digest) = try hash(path)
        return Backup(path: name, operations: operations, bytes: bytes, sha256: digest.hex)
    }

    private static func hash(_ path: String) throws -> (Int64, SHA256Digest) {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.system(errno, doing: "Reading the backup \(path)") }
        defer { Glibc.close(file) }
        var hash = SHA256()
        var total: Int64 = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw StoreError.system(errno, doing: "Reading the backup \(path)") }
            if count == 0 { return (total, hash.finish()) }
            hash.update(buffer[..<count])
            total += Int64(count)
        }
    }

    /// The defects of the database, in SQLite's words and ours; empty if there are none.
    ///
    /// Looks at a copy, whose pages are those of the file: nobody waits for it, and no moment is held while it lasts. Where
    /// there is no room for a copy it reads the file itself.
    public func integrityCheck() throws -> [String] {
        do {
            guard directory != nil else { return try withWriter { try Self.problems(of: $0) } }
            do { return try withCopy { try Self.problems(at: $0) } } catch let error as StoreError
                where error.kind == .full
            {
                return try Self.problems(at: database)
            }
        } catch let error as StoreError where error.kind == .corrupt { return [error.description] }
    }

    private static func problems(at path: String) throws -> [String] {
        let connection = try Connection(path, readOnly: true)
        let problems = Result { try Self.problems(of: connection) }
        try connection.close()
        return try problems.get()
    }

    /// SQLite's check, 20 findings at most, and whether heads and bodies of rows belong together, of which it knows
    /// nothing.
    private static func problems(of connection: Connection) throws -> [String] {
        var problems = try connection.all("PRAGMA integrity_check(20)") { try $0.text(0) }.filter { $0 != "ok" }
        let heads = "SELECT count(*) FROM row WHERE body NOT IN (SELECT id FROM row_body)"
        let bodies = "SELECT (SELECT count(*) FROM row_body) - (SELECT count(*) FROM row)"
        if let lost = try connection.first(heads, [], { $0.integer(0) }), lost != 0 {
            problems.append("\(lost) rows without bytes")
        }
        if let left = try connection.first(bodies, [], { $0.integer(0) }), left != 0 {
            problems.append("\(left) bytes without a row")
        }
        return problems
    }
}

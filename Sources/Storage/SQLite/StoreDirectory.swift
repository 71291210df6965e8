import Glibc
import Replication

/// The directory of a store: nobody else's to read, and one process's at a time.
final class StoreDirectory {
    static let databaseName = "kartoteka.sqlite"
    private static let lockName = "kartoteka.lock"

    let path: String
    private var lockFile: Int32 = -1

    var database: String { path + "/" + Self.databaseName }
    var writeAheadLog: String { database + "-wal" }
    private var files: [String] { ["", "-wal", "-shm"].map { database + $0 } }

    /// Checks the directory and its files and takes the lock.
    ///
    /// Nothing is opened by SQLite before that.
    init(_ path: String, create: Bool) throws {
        self.path = path
        if create { try Self.make(path) }
        try Self.check(path, isDirectory: true)
        for file in files where Self.exists(file) { try Self.check(file, isDirectory: false) }
        guard create || Self.exists(database) else {
            let found = "no \(Self.databaseName) in \(path): name the right directory, or create a new store"
            throw StoreError(.missing, doing: "Opening the store", found: found)
        }
        try takeLock()
        if create, !Self.exists(database) { try Self.makeFile(database, doing: "Making the store \(database)") }
    }

    deinit { release() }

    /// Gives the lock back; the lock file stays.
    func release() {
        guard lockFile >= 0 else { return }
        // The file stays: removing it would let a third process lock another file of the same name.
        Glibc.close(lockFile)
        lockFile = -1
    }

    /// Whether there is a file of this name, of whatever kind.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The size of a file in bytes; 0 if it cannot be told.
    static func size(_ path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Mode 0700; one that is there is left as it is, and looked at by `check`.
    static func make(_ path: String) throws {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw StoreError.system(errno, doing: "Making the directory \(path)")
    }

    /// Makes an empty file of mode 0600, whatever the umask; one that is there is refused.
    ///
    /// NB: SQLite would make a database by the umask of the process. Its log and its journal get the mode of the database.
    static func makeFile(_ path: String, doing: String) throws {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw StoreError.system(errno, doing: doing) }
        defer { Glibc.close(file) }
        guard fchmod(file, 0o600) == 0 else { throw StoreError.system(errno, doing: doing) }
    }

    /// Refuses a file or directory that another user owns, can read or can replace.
    static func check(_ path: String, isDirectory: Bool) throws {
        let doing = "Opening the store: checking \(path)"
        var status = stat()
        guard lstat(path, &status) == 0 else { throw StoreError.system(errno, doing: doing) }
        guard status.st_mode & S_IFMT == (isDirectory ? S_IFDIR : S_IFREG) else {
            throw StoreError(.permission, doing: doing, found: "not a plain \(isDirectory ? "directory" : "file")")
        }
        guard status.st_uid == geteuid() else {
            let found = "its owner is user \(status.st_uid), not \(geteuid()): run as its owner, or chown it"
            throw StoreError(.permission, doing: doing, found: found)
        }
        let allowed: mode_t = isDirectory ? 0o700 : 0o600
        let mode = status.st_mode & 0o7777
        guard mode & ~allowed == 0 else {
            let found =
                "mode \(String(mode, radix: 8)): others could read it; chmod \(String(allowed, radix: 8)) \(path)"
            throw StoreError(.permission, doing: doing, found: found)
        }
    }

    /// `flock` on a file of its own, which the kernel lets go when the process ends, however it ends.
    ///
    /// Not a lock on the database file: closing any descriptor of that would drop SQLite's POSIX locks.
    private func takeLock() throws {
        let name = path + "/" + Self.lockName
        let file = Glibc.open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw StoreError.system(errno, doing: "Opening the lock \(name)") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            let holder = Self.holder(file)
            Glibc.close(file)
            guard error == EWOULDBLOCK else { throw StoreError.system(error, doing: "Locking \(name)") }
            let found = "process \(holder) has it: stop that one first"
            throw StoreError(.locked, doing: "Opening the store in \(path)", found: found)
        }
        lockFile = file
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(file, 0) == 0, pwrite(file, text, text.count, 0) == text.count else {
            let error = errno
            release()
            throw StoreError.system(error, doing: "Writing the lock \(name)")
        }
    }

    private static func holder(_ file: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(file, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { $0 >= 0x30 && $0 <= 0x39 }
        return digits.isEmpty ? "(unknown)" : String(decoding: digits, as: UTF8.self)
    }

    /// Makes the names in a directory durable.
    static func sync(_ path: String) throws {
        let directory = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw StoreError.system(errno, doing: "Opening \(path) to sync it") }
        defer { Glibc.close(directory) }
        guard fsync(directory) == 0 else { throw StoreError.system(errno, doing: "Syncing \(path)") }
    }
}

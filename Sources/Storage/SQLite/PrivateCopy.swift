import Glibc
import Locks
import Replication
import Synchronization

/// A copy of the whole store at one moment: a file of mode 0600 in the store's directory, wiped after use.
///
/// It holds everything that the store holds: while it exists no purge is receipted, no backup contains it, and the next
/// start wipes what a killed process left behind.
struct PrivateCopy {
    static let name = "kartoteka.copy.sqlite"
    let path: String
    private let directory: String

    init(_ directory: StoreDirectory) {
        self.directory = directory.path
        path = directory.path + "/" + Self.name
    }

    /// Makes the file, empty.
    func make() throws {
        try wipe()
        try StoreDirectory.makeFile(path, doing: "Making the copy \(path)")
    }

    /// Overwrites and removes the file and its journal, if they are there.
    func wipe() throws {
        for file in [path, path + "-journal"] where StoreDirectory.exists(file) {
            try StoreDirectory.check(file, isDirectory: false)
            try Self.overwrite(file)
            guard unlink(file) == 0 else { throw StoreError.system(errno, doing: "Removing the copy \(file)") }
            try StoreDirectory.sync(directory)
        }
    }

    /// Zeros over the file's whole length, synced, before its name goes: on a plain disk the bytes are gone.
    ///
    /// A file system that writes elsewhere, or an SSD, keeps them until it reuses the place; the operator's disk
    /// encryption is for that.
    private static func overwrite(_ path: String) throws {
        let doing = "Wiping the copy \(path)"
        let file = Glibc.open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw StoreError.system(errno, doing: doing) }
        defer { Glibc.close(file) }
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        var left = StoreDirectory.size(path)
        while left > 0 {
            let count = write(file, zeros, Int(min(left, Int64(zeros.count))))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StoreError.system(errno, doing: doing) }
            left -= Int64(count)
        }
        guard fsync(file) == 0 else { throw StoreError.system(errno, doing: doing) }
    }
}

extension SQLiteStore {
    /// Lends a copy of the store, made by the backup interface a few pages at a time, so that no write has to wait long.
    ///
    /// One at a time; a second caller waits.
    func withCopy<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
        guard let directory else { preconditionFailure("a simulated disk has no files beside the store") }
        return try copying.hold {
            let copy = PrivateCopy(directory)
            isCopied.store(true, ordering: .releasing)
            defer { isCopied.store(false, ordering: .releasing) }
            try copy.make()
            let result = Swift.Result {
                try self.copy(to: copy.path)
                return try body(copy.path)
            }
            try copy.wipe()
            return try result.get()
        }
    }

    /// Copies the bytes of a file that nobody is changing into an existing empty one.
    static func copyBytes(from source: String, to target: String) throws {
        let doing = "Writing the backup \(target)"
        let from = Glibc.open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard from >= 0 else { throw StoreError.system(errno, doing: doing) }
        defer { Glibc.close(from) }
        let to = Glibc.open(target, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard to >= 0 else { throw StoreError.system(errno, doing: doing) }
        defer { Glibc.close(to) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(from, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw StoreError.system(errno, doing: doing) }
            if count == 0 { return }
            var done = 0
            while done < count {
                let written = buffer[done..<count].withUnsafeBytes { Glibc.write(to, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw StoreError.system(errno, doing: doing) }
                done += written
            }
        }
    }
}

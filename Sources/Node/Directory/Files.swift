import Appeals
import Commands
import Desk
import Glibc

/// Files of a node, with failures that say what was being done.
///
/// System calls directly, since durability depends on their order: write, sync, rename, sync of the directory. Each
/// retries after a signal. `doing` is what an operator reads before the path and the reason.
enum Files {
    static func name(_ path: String) -> String { path.split(separator: "/").last.map { String($0) } ?? path }

    static func join(_ directory: String, _ name: String) -> String {
        directory.utf8.last == UInt8(ascii: "/") ? directory + name : directory + "/" + name
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The whole of a regular file.
    static func read(_ path: String, limit: Int, doing: Label) throws(NodeError) -> [UInt8] {
        let fd = try opened(path, limit: Int64(limit), doing: doing)
        defer { close(fd) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(fd, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(doing, path, errno) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw tooLong(path, Int64(limit), doing: doing) }
        }
    }

    /// Writes a file whole or not at all, durable when it returns.
    ///
    /// By a draft `PATH.new` that is renamed: readers and a crash see the former file or the new one. One writer a
    /// path, or two would share the draft.
    static func write(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o600, doing: Label) throws(NodeError) {
        let draft = path + ".new"
        unlink(draft)
        let fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard fd >= 0 else { throw failure(doing, draft, errno) }
        var isOpen = true
        defer { if isOpen { close(fd) } }
        fchmod(fd, mode)
        try writeAll(fd, bytes, draft, doing: doing)
        guard fsync(fd) == 0 else { throw failure(doing, draft, errno) }
        isOpen = false
        guard close(fd) == 0, rename(draft, path) == 0 else { throw failure(doing, path, errno) }
        try syncDirectory(of: path, doing: doing)
    }

    /// Appends a line, durable when it returns; what lies behind `place` was never finished, and goes.
    static func append(_ path: String, _ bytes: [UInt8], at place: Int64? = nil, doing: Label) throws(NodeError) {
        let fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard fd >= 0 else { throw failure(doing, path, errno) }
        defer { close(fd) }
        let size = try RegularFile.size(fd, path, doing: doing)
        if let place, size != place {
            guard size > place else { throw RegularFile.shorter(path, doing: doing) }
            guard ftruncate(fd, off_t(place)) == 0 else { throw failure(doing, path, errno) }
        }
        try writeAll(fd, bytes, path, doing: doing)
        guard fsync(fd) == 0 else { throw failure(doing, path, errno) }
    }

    private static func writeAll(_ fd: Int32, _ bytes: [UInt8], _ path: String, doing: Label) throws(NodeError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(fd, $0.baseAddress.map { $0 + done }, bytes.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(doing, path, errno) }
            done += count
        }
    }

    /// Makes the name of a file durable: without it a crash may forget the rename or the file.
    static func syncDirectory(of path: String, doing: Label) throws(NodeError) {
        let parent = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
        let fd = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard fd >= 0 else { throw failure(doing, parent, errno) }
        defer { close(fd) }
        guard fsync(fd) == 0 else { throw failure(doing, parent, errno) }
    }

    /// Copies a regular file to a path where nothing is, mode 0600, its bytes durable; the name is not until its
    /// directory is synced.
    static func copy(_ source: String, to path: String, limit: Int64 = .max, doing: Label) throws(NodeError) {
        let input = try opened(source, limit: limit, doing: doing)
        defer { close(input) }
        let output = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard output >= 0 else { throw failure(doing, path, errno) }
        defer { close(output) }
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(input, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(doing, source, errno) }
            guard count > 0 else { break }
            try writeAll(output, Array(chunk[..<count]), path, doing: doing)
        }
        guard fsync(output) == 0 else { throw failure(doing, path, errno) }
    }

    /// Mode 0700, whatever the umask; one that is there already is an error.
    static func createDirectory(_ path: String, doing: Label) throws(NodeError) {
        guard mkdir(path, 0o700) == 0 else { throw failure(doing, path, errno) }
        guard chmod(path, 0o700) == 0 else { throw failure(doing, path, errno) }
    }

    static func remove(_ path: String) { unlink(path) }

    /// Renames within one file system, over what is there, durable when it returns.
    static func move(_ path: String, to other: String, doing: Label) throws(NodeError) {
        guard rename(path, other) == 0 else { throw failure(doing, path, errno) }
        try syncDirectory(of: other, doing: doing)
    }

    static func removeDirectory(_ path: String) { rmdir(path) }

    /// Names in a directory, sorted; nil if it is none.
    static func list(_ path: String) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Size and device; nil if there is no such file.
    static func status(_ path: String) -> (size: Int64, device: UInt64, mode: UInt32, owner: UInt32)? {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        return (Int64(found.st_size), UInt64(found.st_dev), UInt32(found.st_mode), UInt32(found.st_uid))
    }

    /// The failure of a system call in words that help.
    static func failure(_ doing: Label, _ path: String, _ error: Int32) -> NodeError {
        let found = Label(path + ": ") + Label(errno: error)
        switch error {
        case ENOENT:
            return NodeError(
                .notFound,
                doing: doing,
                found: found,
                remedy: Label(uk: "Перевірте шлях", en: "Check the path")
            )
        case EACCES, EPERM:
            return NodeError(
                .permission,
                doing: doing,
                found: found,
                remedy: Label(
                    uk: "Виконайте від імені власника файлів або виправте власника й права",
                    en: "Run as the owner of the files, or correct their owner and mode"
                )
            )
        case EEXIST:
            return NodeError(
                .failed,
                doing: doing,
                found: found,
                remedy: Label(
                    uk: "Виберіть інший шлях або приберіть те, що там є",
                    en: "Choose another path, or move what is there away"
                )
            )
        case ENOSPC, EDQUOT:
            return NodeError(
                .failed,
                doing: doing,
                found: found,
                remedy: Label(uk: "Звільніть місце на диску й повторіть", en: "Make room on the disk and try again")
            )
        case EROFS:
            return NodeError(
                .permission,
                doing: doing,
                found: found,
                remedy: Label(uk: "Під'єднайте файлову систему для запису", en: "Mount the file system for writing")
            )
        default:
            return NodeError(
                .failed,
                doing: doing,
                found: found,
                remedy: Label(uk: "Подивіться журнал системи й повторіть", en: "See the system's log, then try again")
            )
        }
    }

    // MARK: addresses

    /// A numeric IPv4 or IPv6 address, without brackets.
    static func isAddress(_ text: String) -> Bool {
        var bytes = in6_addr()
        return inet_pton(AF_INET, text, &bytes) == 1 || inet_pton(AF_INET6, text, &bytes) == 1
    }

    /// A DNS name in lower case: labels of 1 to 63 letters, digits and inner dashes, 253 bytes in all.
    static func isHost(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                let dash = UInt8(ascii: "-")
                return (1...63).contains(label.count) && label.first != dash && label.last != dash
                    && label.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == dash }
            }
    }

    /// `https://host[:port]`, nothing after it.
    static func isURL(_ text: String) -> Bool {
        guard text.utf8.starts(with: "https://".utf8) else { return false }
        var rest = text.utf8.dropFirst(8)
        if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        var host = String(Substring(rest))
        if let colon = rest.lastIndex(of: UInt8(ascii: ":")), !(rest.last == UInt8(ascii: "]")) {
            let port = rest[rest.index(after: colon)...]
            guard (1...5).contains(port.count), port.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return false }
            host = String(Substring(rest[..<colon]))
        }
        if host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]") {
            return isAddress(String(host.dropFirst().dropLast()))
        }
        return isAddress(host) || isHost(host)
    }
}

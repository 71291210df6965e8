package import Appeals
import Commands
import Desk
import Glibc

/// What is read and written by name are regular files: a FIFO would wait for ever, a device would never end, and a symlink
/// would let somebody else say which file is written.
package enum RegularFile {
    /// Refuses to write where something other than a regular file is.
    package static func checkTarget(_ path: String, doing: Label) throws(NodeError) {
        var found = stat()
        guard lstat(path, &found) == 0 else { return }
        guard found.st_mode & S_IFMT == S_IFREG else { throw refusal(path, doing: doing) }
    }

    /// Writes a file that only its owner reads: a fresh one in the place of the former, durable when it returns.
    package static func write(_ path: String, _ bytes: [UInt8], doing: Label) throws(NodeError) {
        try checkTarget(path, doing: doing)
        try Files.write(path, bytes, doing: doing)
    }

    /// The whole of a file that a command was given.
    package static func read(_ path: String, limit: Int, doing: Label) throws(NodeError) -> [UInt8] {
        try Files.read(path, limit: limit, doing: doing)
    }

    /// The size of an open file, which must be a regular one.
    static func size(_ fd: Int32, _ path: String, doing: Label) throws(NodeError) -> Int64 {
        var found = stat()
        guard fstat(fd, &found) == 0 else { throw Files.failure(doing, path, errno) }
        guard found.st_mode & S_IFMT == S_IFREG else { throw refusal(path, doing: doing) }
        return Int64(found.st_size)
    }

    private static func refusal(_ path: String, doing: Label) -> NodeError {
        NodeError(
            .failed,
            doing: doing,
            found: Label(
                uk: "\(path) — не звичайний файл (каталог, посилання, канал або пристрій)",
                en: "\(path) is not a regular file (a directory, a symlink, a pipe or a device)"
            ),
            remedy: Label(uk: "Вкажіть звичайний файл", en: "Name a regular file")
        )
    }

    static func shorter(_ path: String, doing: Label) -> NodeError {
        NodeError(
            .integrity,
            doing: doing,
            found: Label(uk: "\(path) коротший, ніж був", en: "\(path) is shorter than it was"),
            remedy: Label(uk: "Перевірте диск і перезапустіть вузол", en: "Check the disk and restart the node")
        )
    }
}

extension Files {
    /// Opens a regular file that is no longer than `limit`; never waits for who writes into a pipe.
    static func opened(_ path: String, limit: Int64 = .max, doing: Label) throws(NodeError) -> Int32 {
        let fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard fd >= 0 else { throw failure(doing, path, errno) }
        do throws(NodeError) {
            guard try RegularFile.size(fd, path, doing: doing) <= limit else {
                throw tooLong(path, limit, doing: doing)
            }
            return fd
        } catch {
            close(fd)
            throw error
        }
    }

    /// Cuts off what lies behind `size`.
    static func truncate(_ path: String, to size: Int64, doing: Label) throws(NodeError) {
        try append(path, [], at: size, doing: doing)
    }

    static func tooLong(_ path: String, _ limit: Int64, doing: Label) -> NodeError {
        NodeError(
            .failed,
            doing: doing,
            found: Label(uk: "\(path) довший за \(limit) байтів", en: "\(path) is longer than \(limit) bytes"),
            remedy: Label(
                uk: "Це інший файл: покладіть туди правильний",
                en: "It is another file: put the right one there"
            )
        )
    }
}

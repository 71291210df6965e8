import Appeals
import Cryptography
import Glibc

/// Size and hash of a file.
struct FileDigest: Equatable, Sendable {
    let size: Int64
    let hash: SHA256Digest

    init(size: Int64, hash: SHA256Digest) {
        self.size = size
        self.hash = hash
    }

    /// Of a file longer than `enough` no more is read than shows that it is.
    init(_ path: String, enough: Int64 = .max, doing: Label) throws(NodeError) {
        let fd = try Files.opened(path, doing: doing)
        defer { close(fd) }
        var hash = SHA256()
        var size: Int64 = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while size <= enough {
            let count = Glibc.read(fd, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Files.failure(doing, path, errno) }
            guard count > 0 else { break }
            hash.update(chunk[..<count])
            size += Int64(count)
        }
        self.init(size: size, hash: hash.finish())
    }
}

import Appeals
import Glibc

/// The lines of a regular file, read by pages of 64 KiB.
final class FileLines {
    private let fd: Int32
    private let path: String
    private let longest: Int
    private let doing: Label
    private var buffer: [UInt8] = []
    private var isAtEnd = false
    /// Whether the line given last had its line feed and is no longer than lines may be.
    private(set) var isWhole = true

    init(_ path: String, limit: Int64, longest: Int, doing: Label) throws(NodeError) {
        fd = try Files.opened(path, limit: limit, doing: doing)
        self.path = path
        self.longest = longest
        self.doing = doing
    }

    func close() { Glibc.close(fd) }

    /// The next line without its line feed; what is too long to be one is given once, and ends the reading.
    func next() throws(NodeError) -> ArraySlice<UInt8>? {
        while true {
            if let place = buffer.firstIndex(of: 10) {
                isWhole = place <= longest
                let line = buffer[..<place]
                buffer = Array(buffer[(place + 1)...])
                return line
            }
            if isAtEnd || buffer.count > longest {
                isWhole = false
                defer {
                    buffer = []
                    isAtEnd = true
                }
                return buffer.isEmpty ? nil : buffer[...]
            }
            var page = [UInt8](repeating: 0, count: 65_536)
            let count = Glibc.read(fd, &page, page.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Files.failure(doing, path, errno) }
            isAtEnd = count == 0
            buffer += page[..<count]
        }
    }
}

/// Something that happened to a server, for its log.
public struct LogLine: Sendable, Hashable {
    /// How urgent a line is.
    public enum Level: Sendable, Hashable {
        case notice
        case warning
    }

    public let level: Level
    /// A code word, for counting and searching.
    public let event: String
    /// At most 4 KiB, on one line; no contents of requests.
    public let message: String

    init(_ level: Level, _ event: String, _ message: String) {
        self.level = level
        self.event = event
        let bytes = message.utf8.prefix(4_096).map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: "?") : $0 }
        self.message = String(decoding: bytes, as: UTF8.self)
    }
}

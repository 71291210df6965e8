public import CanonicalJSON
import Glibc
import Locks

/// The log of a node: one JSON object a line on the standard error, or a line for people on a terminal.
///
/// No line holds personal data: nobody passes any.
public final class NodeLog: Sendable {
    /// How urgent a line is.
    public enum Level: String, Sendable { case debug, notice, warning, error }

    /// A line, control characters escaped by JSON, is at most so long.
    public static let limit = 4_096

    private let node: String
    private let isForPeople: Bool
    private let write: @Sendable (String) -> Void

    /// Writes to the standard error.
    public init(node: String) {
        self.node = node
        isForPeople = isatty(2) == 1
        let turn = Locked(())
        write = { line in
            let bytes = Array((line + "\n").utf8)
            turn.withLock { _ in
                var done = 0
                while done < bytes.count {
                    let count = bytes.withUnsafeBytes {
                        Glibc.write(2, $0.baseAddress.map { $0 + done }, bytes.count - done)
                    }
                    if count < 0, errno == EINTR { continue }
                    // Nobody to tell that the log cannot be written.
                    guard count > 0 else { return }
                    done += count
                }
            }
        }
    }

    public init(node: String, write: @escaping @Sendable (String) -> Void) {
        self.node = node
        isForPeople = false
        self.write = write
    }

    /// One event: a code word for counting and searching, and a sentence.
    public func line(
        _ level: Level,
        _ code: String,
        _ message: String,
        peer: String = "",
        _ more: JSONObject = JSONObject()
    ) {
        let time = Self.time(Clock.now())
        // A character takes at most 6 bytes as an escape.
        let short = String(decoding: Self.prefix(message, bytes: 2_048), as: UTF8.self)
        if isForPeople {
            let clean = short.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "?" : String($0) }.joined()
            return write("\(time) \(level.rawValue) \(code)\(peer.isEmpty ? "" : " [\(peer)]") \(clean)")
        }
        var object = more
        object["ts"] = .string(time)
        object["level"] = .string(level.rawValue)
        object["code"] = .string(code)
        object["msg"] = .string(short)
        object["node"] = .string(node)
        if !peer.isEmpty { object["peer"] = .string(peer) }
        let text = JSON.object(object).canonicalText
        if text.utf8.count <= Self.limit { return write(text) }
        object["msg"] = .string(String(decoding: Self.prefix(message, bytes: 256), as: UTF8.self))
        write(JSON.object(object).canonicalText)
    }

    private static func prefix(_ text: String, bytes: Int) -> Substring.UTF8View.SubSequence {
        var end = text.utf8.index(text.startIndex, offsetBy: bytes, limitedBy: text.endIndex) ?? text.endIndex
        while end > text.startIndex, end < text.endIndex, text.utf8[end] & 0xC0 == 0x80 {
            end = text.utf8.index(before: end)
        }
        return text[..<end].utf8
    }

    /// `2026-05-14T08:30:00.123Z`.
    static func time(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ value: Int32, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        let date = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        let clock = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(date)T\(clock).\(padded(Int32(milliseconds % 1_000), 3))Z"
    }
}

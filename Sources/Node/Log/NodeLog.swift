import Appeals
package import CanonicalJSON
import Desk
import Glibc
import Locks

/// The log of a node: one JSON object a line on the standard error, or a line for people on a terminal.
///
/// No line holds personal data: nobody passes any.
package final class NodeLog: Sendable {
    /// How urgent a line is.
    package enum Level: String, Sendable { case debug, notice, warning, error }

    /// A line, harmful characters escaped, is at most so long.
    package static let limit = 4_096
    /// A message is cut to so many bytes, what others sent of it (a path, their words) to fewer.
    static let messageBytes = 1_024
    static let echoBytes = 200

    private let limits = Locked(LogLimits())
    private let node: String
    private let isForPeople: Bool
    private let write: @Sendable (String) -> Void

    /// Writes to the standard error.
    package init(node: String) {
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

    package init(node: String, write: @escaping @Sendable (String) -> Void) {
        self.node = node
        isForPeople = false
        self.write = write
    }

    /// One event: a code word for counting and searching, and a sentence.
    ///
    /// From any thread. A line beyond the cause's limit is counted and not written; `code` must be a constant of the
    /// program, since limits are kept for each.
    package func line(
        _ level: Level,
        _ code: String,
        _ message: String,
        peer: String = "",
        _ more: JSONObject = JSONObject()
    ) {
        tellLeftOut()
        guard limits.withLock({ $0.admits(code, peer, now: Clock.monotonic()) }) else { return }
        put(level, code, message, peer, more)
    }

    /// A summary line for each cause of which lines were left out in a window that is over.
    func tellLeftOut() {
        for left in limits.withLock({ $0.ended(now: Clock.monotonic()) }) {
            let words = "\(left.lines) more lines of \(left.code) in the last minute, by \(left.peers) peers"
            let more: JSONObject = ["of": .string(left.code), "lines": .integer(Int64(left.lines))]
            put(.warning, "lines_left_out", words, "", more)
        }
    }

    private func put(_ level: Level, _ code: String, _ message: String, _ peer: String, _ more: JSONObject) {
        let time = Self.time(Clock.now())
        let short = Self.cut(message, bytes: Self.messageBytes)
        if isForPeople {
            let who = peer.isEmpty ? "" : " [\(PlainText.line(peer))]"
            return write("\(time) \(level.rawValue) \(code)\(who) \(PlainText.line(short))")
        }
        var object = more
        object["ts"] = .string(time)
        object["level"] = .string(level.rawValue)
        object["code"] = .string(code)
        object["msg"] = .string(short)
        object["node"] = .string(node)
        if !peer.isEmpty { object["peer"] = .string(peer) }
        let text = PlainText.json(JSON.object(object).canonicalText)
        if text.utf8.count <= Self.limit { return write(text) }
        object["msg"] = .string(Self.cut(message, bytes: Self.echoBytes))
        write(PlainText.json(JSON.object(object).canonicalText))
    }

    /// What others sent, as far as it belongs in a line.
    static func echo(_ text: String) -> String { cut(text, bytes: echoBytes) }

    private static func cut(_ text: String, bytes: Int) -> String {
        let short = prefix(text, bytes: bytes)
        return String(decoding: short, as: UTF8.self) + (short.count < text.utf8.count ? "…" : "")
    }

    /// The longest beginning of at most so many bytes that does not cut a character's encoding.
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

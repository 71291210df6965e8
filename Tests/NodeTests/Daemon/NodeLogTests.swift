import Appeals
import CanonicalJSON
import Locks
import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// The lines of a node's log.
struct NodeLogTests {
    private func line(_ message: String) throws -> JSON {
        let lines = LogLines()
        NodeLog(node: "center") { lines.append($0) }.line(
            .warning,
            "peer_refused",
            message,
            peer: "roads",
            ["reason": "revoked"]
        )
        let text = lines.last(1)
        #expect(text.utf8.count <= NodeLog.limit)
        #expect(text.utf8.allSatisfy { $0 >= 32 && $0 != 127 })
        return try JSON(parsing: Array(text.utf8))
    }

    @Test("a line is one JSON object with time, level, code, node and peer")
    func form() throws {
        let found = try line("the key was revoked")
        #expect(found["level"]?.string == "warning")
        #expect(found["code"]?.string == "peer_refused")
        #expect(found["node"]?.string == "center")
        #expect(found["peer"]?.string == "roads")
        #expect(found["reason"]?.string == "revoked")
        #expect(found["ts"]?.string?.utf8.count == 24)
    }

    @Test("control characters cannot forge a line, and a long message is cut between characters")
    func hostile() throws {
        #expect(try line("a\n{\"level\":\"notice\"}")["msg"]?.string == "a\n{\"level\":\"notice\"}")
        let long = try #require(try line(String(repeating: "ї", count: 9_000))["msg"]?.string)
        #expect(long.unicodeScalars.dropLast().allSatisfy { $0 == "ї" })
        #expect(long.hasSuffix("…") && long.utf8.count <= NodeLog.messageBytes + 3)
        #expect(try line(String(repeating: "\u{1}", count: 9_000))["msg"]?.string?.isEmpty == false)
    }

    @Test("no line holds a character that a terminal or a reader of lines obeys")
    func harmful() throws {
        let lines = LogLines()
        let log = NodeLog(node: "center") { lines.append($0) }
        let harmful = "\u{9b}31m\u{85}\u{202e}\u{2066}\u{2028}\u{2029}\u{7f}"
        log.line(.notice, "request_refused", "GET /sync/v1/\(harmful)", peer: "ro\u{9b}ads")
        let text = lines.last(1)
        #expect(!text.unicodeScalars.contains(where: PlainText.isHarmful))
        #expect(try JSON(parsing: Array(text.utf8))["msg"]?.string == "GET /sync/v1/\(harmful)")
    }

    @Test("a flood of one cause writes a bounded number of lines, and what was left out is counted")
    func flood() {
        var limits = LogLimits()
        var written = 0
        for number in 0..<100_000
        where limits.admits("peer_refused", "192.0.2.\(number % 250)", now: Int64(number / 100)) { written += 1 }
        #expect(written == LogLimits.ofCause)
        let other = limits.admits("revoked", "roads", now: 1_000)
        #expect(other, "other causes have lines of their own")
        let early = limits.ended(now: LogLimits.window - 1)
        #expect(early == [])
        let left = limits.ended(now: LogLimits.window + 1_000)
        #expect(left == [LogLimits.LeftOut(code: "peer_refused", lines: 100_000 - written, peers: 250)])
        let later = limits.admits("peer_refused", "192.0.2.1", now: LogLimits.window + 1_001)
        #expect(later)
    }

    @Test("one peer does not use up the lines of the others")
    func floodOfOne() {
        var limits = LogLimits()
        var written = 0
        for _ in 0..<1_000 where limits.admits("request_refused", "roads", now: 0) { written += 1 }
        #expect(written == LogLimits.ofPeer)
        let other = limits.admits("request_refused", "parks", now: 0)
        #expect(other)
    }

    @Test("the log itself says how much it left out")
    func summary() {
        let lines = LogLines()
        let log = NodeLog(node: "center") { lines.append($0) }
        for _ in 0..<1_000 { log.line(.warning, "peer_refused", "no certificate", peer: "192.0.2.7") }
        #expect(lines.count == LogLimits.ofPeer)
    }

    @Test("a time is written in UTC with milliseconds")
    func time() { #expect(NodeLog.time(1_778_747_400_123) == "2026-05-14T08:30:00.123Z") }
}

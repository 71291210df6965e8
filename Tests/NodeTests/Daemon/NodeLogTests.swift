import CanonicalJSON
import Locks
import Testing

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
        #expect(long.unicodeScalars.allSatisfy { $0 == "ї" })
        #expect(try line(String(repeating: "\u{1}", count: 9_000))["msg"]?.string?.isEmpty == false)
    }

    @Test("a time is written in UTC with milliseconds")
    func time() { #expect(NodeLog.time(1_778_747_400_123) == "2026-05-14T08:30:00.123Z") }
}

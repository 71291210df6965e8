import Testing
import Transport

@testable import Node

/// Who may ask at the port for browsers at all.
struct WebHostsTests {
    private static let plain = WebHosts(isSecure: false, port: 8440, names: ["127.0.0.1"])
    private static let secure = WebHosts(isSecure: true, port: 443, names: ["work.example", "10.0.0.5", "fd00::1"])

    private func head(_ lines: String...) throws -> HTTPHead {
        var parser = HTTPParser()
        var offset = 0
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        guard case .head(let head) = try parser.receive(bytes.span, from: &offset) else {
            throw TestFailure("this is no head: \(lines)")
        }
        return head
    }

    @Test(
        "a configured name and a loopback literal are this node's, with its port and no other",
        arguments: [
            ("127.0.0.1:8440", true), ("127.0.0.2:8440", true), ("[::1]:8440", true), ("127.0.0.1", false),
            ("127.0.0.1:8441", false), ("127.0.0.1:08440", false), ("localhost:8440", false),
            ("evil.example:8440", false),
            ("127.0.0.1.evil.example:8440", false), ("127.0.0.1:8440:8440", false), ("::1:8440", false),
            ("[::1]", false), ("127.1:8440", false), (":8440", false),
        ]
    )
    func plainHosts(host: String, isOwn: Bool) { #expect(Self.plain.admits(host) == isOwn) }

    @Test(
        "the usual port may be left out, and names are compared whole",
        arguments: [
            ("work.example", true), ("work.example:443", true), ("10.0.0.5", true), ("[fd00::1]", true),
            ("[fd00::1]:443", true), ("fd00::1", false), ("sub.work.example", false), ("work.example.", false),
            ("work.example:80", false), ("127.0.0.1", true),
        ]
    )
    func secureHosts(host: String, isOwn: Bool) { #expect(Self.secure.admits(host) == isOwn) }

    @Test("the node calls itself by its first name, without the usual port")
    func address() {
        #expect(Self.plain.address == "http://127.0.0.1:8440")
        #expect(Self.secure.address == "https://work.example")
        #expect(Self.secure.hosts == ["work.example", "10.0.0.5", "[fd00::1]"])
    }

    @Test("a target in absolute form must name the same host, and big letters say nothing else")
    func absolute() throws {
        let own = try head("GET http://127.0.0.1:8440/ HTTP/1.1", "Host: 127.0.0.1:8440")
        #expect(Self.plain.host(of: own) == "127.0.0.1:8440")
        let foreign = try head("GET http://evil.example/ HTTP/1.1", "Host: 127.0.0.1:8440")
        #expect(Self.plain.host(of: foreign) == nil)
        let other = try head("GET http://127.0.0.2:8440/ HTTP/1.1", "Host: 127.0.0.1:8440")
        #expect(Self.plain.host(of: other) == nil)
        #expect(Self.secure.host(of: try head("GET / HTTP/1.1", "Host: Work.Example")) == "work.example")
    }

    @Test("a change comes from a page of this node, or from a program that shows a token and no cookie")
    func origins() throws {
        func isOwn(_ fields: String...) throws -> Bool {
            let lines = ["POST / HTTP/1.1", "Host: 127.0.0.1:8440"] + fields
            let head = try head(lines.joined(separator: "\r\n"))
            return Self.plain.isOwn(head, host: "127.0.0.1:8440")
        }
        #expect(try isOwn("Origin: http://127.0.0.1:8440"))
        for origin in [
            "null", "https://127.0.0.1:8440", "http://127.0.0.1", "http://127.0.0.2:8440", "http://evil.example",
        ] {
            #expect(try !isOwn("Origin: " + origin))
            #expect(try !isOwn("Origin: " + origin, "Authorization: Bearer x"))
        }
        #expect(try !isOwn())
        #expect(try !isOwn("Cookie: a=b"))
        #expect(try isOwn("Authorization: Bearer x"))
        #expect(try !isOwn("Authorization: Bearer x", "Cookie: a=b"))
    }
}

import Glibc
import Testing
import Transport

@Suite("A port without TLS, for browsers on this machine", .serialized)
struct PlainPortTests {
    private static let stream = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"

    private func plain(limits: ServerLimits = .generous) throws -> TestOffice {
        try TestOffice(.plain(address: "127.0.0.1", port: 0), limits: limits)
    }

    /// A peer whose stream has begun, and its writer.
    private func streaming(_ office: TestOffice) throws -> (peer: RawPeer, writer: StreamWriter) {
        let peer = try RawPeer(port: office.server.port)
        peer.send(Self.stream)
        #expect(peer.read(until: "\r\n\r\n"))
        return (peer, try #require(office.handler.streams.last))
    }

    @Test("what leaves the machine is never served without TLS")
    func refusedElsewhere() throws {
        for address in ["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example", "127.0.0.01", "126.0.0.1", "localhost"] {
            #expect(throws: ServerError.self) { try TestOffice(.plain(address: address, port: 0)) }
        }
        #expect(Server.isLoopback("127.0.0.2") && Server.isLoopback("::1"))
        #expect(!Server.isLoopback("127.0.0.256") && !Server.isLoopback("127.0.0"))
    }

    @Test("a foreign host is answered before the body is read, whether Host or the target names it")
    func foreignHost() throws {
        let office = try plain()
        defer { office.stop() }
        let heads = [
            "POST /a HTTP/1.1\r\nHost: foreign\r\nContent-Length: 5\r\n\r\n",
            "POST http://foreign/a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
        ]
        for head in heads {
            let peer = try RawPeer(port: office.server.port)
            peer.send(head)
            let answer = peer.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 421 Misdirected Request\r\n"))
            #expect(answer.contains("\r\nasked: /a\r\n"), "the handler words its refusals itself")
        }
        #expect(office.handler.requestCount == 0)
    }

    @Test("answers without a body have none, and the next request is read")
    func bodiless() throws {
        let office = try plain()
        defer { office.stop() }
        let peer = try RawPeer(port: office.server.port)
        for status in [204, 304] {
            peer.send("POST /empty?status=\(status) HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nwords")
            #expect(peer.read(until: "\r\n\r\n"))
            #expect(peer.text.hasPrefix("HTTP/1.1 \(status) "))
            #expect(!peer.text.contains("content-length") && !peer.text.contains("words"))
            peer.forget()
        }
    }

    @Test("a stream sends each piece as it is said, and the connection goes on after its end")
    func pieces() throws {
        let office = try plain()
        defer { office.stop() }
        let (peer, writer) = try streaming(office)
        #expect(peer.text.contains("content-type: text/event-stream\r\n"))
        #expect(peer.text.contains("cache-control: no-store\r\n"))
        for word in ["one", "two"] {
            writer.send(Array(word.utf8))
            #expect(peer.read(until: "3\r\n\(word)\r\n"))
        }
        writer.end()
        #expect(peer.read(until: "\r\n0\r\n\r\n"))
        peer.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(peer.read(until: "GET /a 0"))
        #expect(office.handler.closedCount == 0 && !writer.isOpen)
    }

    @Test("a quiet stream outlives every limit of time")
    func quiet() throws {
        var limits = ServerLimits.generous
        limits.answer = 100
        limits.idle = 100
        limits.silence = 100
        let office = try plain(limits: limits)
        defer { office.stop() }
        let (peer, writer) = try streaming(office)
        usleep(500_000)
        writer.send(Array("late".utf8))
        #expect(peer.read(until: "late"))
        #expect(office.server.counters.cut == 0)
    }

    @Test("a HEAD of a stream is its head alone")
    func head() throws {
        let office = try plain()
        defer { office.stop() }
        let peer = try RawPeer(port: office.server.port)
        peer.send("HEAD /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(peer.readToEnd().hasSuffix("\r\n\r\n"))
        #expect(office.handler.streams.allSatisfy { !$0.isOpen })
    }

    @Test("a reader who leaves too much of a stream unread is closed, and whoever writes hears of it")
    func slowReader() throws {
        let office = try plain()
        defer { office.stop() }
        let (peer, writer) = try streaming(office)
        defer { peer.close() }
        let piece = [UInt8](repeating: 0x61, count: 60_000)
        #expect(
            eventually {
                writer.send(piece)
                return office.handler.closedCount == 1
            }
        )
        #expect(office.lines.contains("65536 bytes of its stream wait to be read"))
        #expect(eventually { office.server.counters.open == 0 })
    }

    @Test("a reader who goes is noticed without a word being sent")
    func gone() throws {
        let office = try plain()
        defer { office.stop() }
        let (peer, writer) = try streaming(office)
        peer.close()
        #expect(eventually { office.handler.closedCount == 1 })
        #expect(!writer.isOpen)
    }
}

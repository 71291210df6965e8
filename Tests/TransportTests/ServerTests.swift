import Cryptography
import Glibc
import Testing
import Transport

@Suite("A server over a Unix-domain socket", .serialized)
struct ServerTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    private func served(_ path: String) throws -> Bool {
        let client = try HTTPSClient(.socket(path: path))
        return try client.request(method: "GET", url: "http://a/fine", maxBytes: 100).body == Array("GET /fine 0".utf8)
    }

    @Test("requests of one connection are answered in turn")
    func keepAlive() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        for _ in 0..<3 {
            peer.send(Self.get)
            #expect(peer.read(until: "GET /a 0"))
            #expect(peer.text.hasPrefix("HTTP/1.1 200 OK\r\ndate: "))
            #expect(peer.text.contains("content-length: 8\r\n"))
            peer.forget()
        }
        #expect(office.server.counters.requests == 3)
        #expect(office.server.counters.open == 1)
    }

    @Test("a body that comes byte by byte arrives whole, after 100 Continue")
    func bytewise() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        #expect(peer.read(until: "HTTP/1.1 100 Continue\r\n\r\n"))
        for byte in "abcde".utf8 { peer.send([byte]) }
        #expect(peer.read(until: "POST /a 5"))
    }

    @Test("a refused request is answered once, and its remainder is not read as another")
    func refusals() throws {
        let (office, path) = try TestOffice.local(bodyLimit: 10)
        defer { office.stop() }
        let bad = [
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde", "400"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", "413"),
            ("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", "404"),
            ("GET / HTTP/1.0\r\n\r\n", "505"),
        ]
        for (text, status) in bad {
            let peer = try RawPeer(path: path)
            peer.send(text + Self.get)
            let answer = peer.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.components("\r\ndate: ") == 1)
            #expect(answer.contains("connection: close"))
        }
        #expect(office.lines.contains("413 body_too_large"))
        #expect(eventually { office.server.counters.open == 0 })
    }

    @Test("a HEAD is answered without a body")
    func head() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send("HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(peer.readToEnd().hasSuffix("content-length: 9\r\n\r\n"))
    }

    @Test("slow heads and bodies are cut, and others are served meanwhile")
    func slowRequests() throws {
        var limits = ServerLimits.generous
        limits.head = 300
        limits.silence = 300
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let slow = try (0..<8).map { number in
            let peer = try RawPeer(path: path)
            peer.send(number % 2 == 0 ? "GET / HT" : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
            return peer
        }
        #expect(try served(path))
        for peer in slow { #expect(peer.readToEnd().hasPrefix("HTTP/1.1 408 ")) }
        #expect(office.server.counters.cut == 8)
        #expect(office.handler.requestCount == 1)
    }

    @Test("a body below the least rate is cut although bytes come")
    func tooLowRate() throws {
        var limits = ServerLimits.generous
        limits.rateGrace = 200
        limits.minimumRate = 1_000_000
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n")
        for _ in 0..<400 where peer.send("x") { usleep(5_000) }
        #expect(peer.readToEnd().hasPrefix("HTTP/1.1 408 "))
    }

    @Test("a reader that does not read is cut")
    func slowReader() throws {
        var limits = ServerLimits.generous
        limits.silence = 300
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send("GET /big?count=20000000 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { office.server.counters.cut == 1 })
        #expect(try served(path))
        #expect(eventually { office.server.counters.open == 1 || office.server.counters.open == 0 })
    }

    @Test("a large answer arrives whole")
    func largeAnswer() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let client = try HTTPSClient(.socket(path: path))
        let answer = try client.request(method: "GET", url: "http://a/big?count=20000000", maxBytes: 20_000_000)
        #expect(answer.body.count == 20_000_000)
    }

    @Test("a waiting answer sends empty lines until its time has come")
    func longPoll() throws {
        var limits = ServerLimits.generous
        limits.keepWaitingInterval = 50
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(peer.read(until: "transfer-encoding: chunked\r\n\r\n1\r\n\n\r\n1\r\n\n\r\n"))
        #expect(peer.text.contains("content-type: application/x-ndjson\r\n"))
        office.handler.releaseHeld("{}\n")
        #expect(peer.read(until: "3\r\n{}\n\r\n0\r\n\r\n"))
        peer.forget()
        peer.send(Self.get)
        #expect(peer.read(until: "GET /a 0"))
    }

    @Test("a handler learns that the peer is gone, waiting or not")
    func vanished() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        for (count, target) in ["/hold", "/poll"].enumerated() {
            let peer = try RawPeer(path: path)
            peer.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(eventually { office.handler.heldCount == 1 })
            peer.close()
            #expect(eventually { office.handler.closedCount == count + 1 })
            office.handler.releaseHeld("too late")
        }
        #expect(try served(path))
    }

    @Test("a dropped request is answered 500, a forgotten one 503")
    func unanswered() throws {
        var limits = ServerLimits.generous
        limits.answer = 200
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let client = try HTTPSClient(.socket(path: path))
        #expect(try client.request(method: "GET", url: "http://a/drop", maxBytes: 1_000).status == 500)
        #expect(try client.request(method: "GET", url: "http://a/hold", maxBytes: 1_000).status == 503)
        office.handler.releaseHeld("too late")
        #expect(try served(path))
    }

    @Test("a reset after the request ends one connection, never the process")
    func resets() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        for number in 0..<500 {
            let peer = try RawPeer(path: path)
            peer.send(number % 2 == 0 ? Self.get : "GET /big?count=3000000 HTTP/1.1\r\nHost: a\r\n\r\n")
            peer.reset()
        }
        // The loop first works off the backlog, which a Unix socket shows as a refused connection.
        #expect(eventually { do { return try served(path) } catch { return false } })
        #expect(eventually { office.server.counters.open <= 1 })
    }

    @Test("connections over the limit are closed at once, and the others live")
    func manyConnections() throws {
        var limits = ServerLimits.generous
        limits.connections = 20
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let peers = try (0..<60).map { _ in try RawPeer(path: path) }
        for peer in peers { peer.send(Self.get) }
        let answered = peers.filter { $0.read(until: "GET /a 0") }
        #expect(answered.count == 20)
        #expect(office.server.counters.overLimit == 40)
    }

    @Test("bodies on their way share a bounded memory")
    func boundedMemory() throws {
        var limits = ServerLimits.generous
        limits.bodiesInMemory = 10_000
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n"
        let first = try RawPeer(path: path)
        first.send(post + String(repeating: "x", count: 8_000))
        usleep(50_000)
        let second = try RawPeer(path: path)
        second.send(post + String(repeating: "x", count: 8_000))
        #expect(second.readToEnd().hasPrefix("HTTP/1.1 503 "))
        first.send(String(repeating: "x", count: 1_000))
        #expect(first.read(until: "POST / 9000"))
    }

    @Test("an endless body is cut at the limit")
    func endlessBody() throws {
        let (office, path) = try TestOffice.local(bodyLimit: 100_000)
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = "4000\r\n" + String(repeating: "x", count: 0x4000) + "\r\n"
        for _ in 0..<1_000 where !peer.send(chunk) { break }
        #expect(peer.readToEnd().hasPrefix("HTTP/1.1 413 "))
    }

    @Test("places that cannot be listened at are named with advice")
    func placesTaken() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        var found = stat()
        #expect(stat(path, &found) == 0)
        #expect(found.st_mode & 0o777 == 0o600)
        func failure(_ path: String) -> String {
            do {
                let other = try TestOffice(.local(path: path))
                other.stop()
                return "none"
            } catch { return "\(error)" }
        }
        #expect(failure(path).contains("Another process serves this socket"))
        #expect(failure("/dev/null").contains("There is a file that is not a socket"))
        #expect(failure("/nowhere/at/all").contains("The directory of the socket does not exist"))
        #expect(failure("/tmp/" + String(repeating: "x", count: 110)).contains("at most 107 bytes"))
    }
}

extension String {
    fileprivate func components(_ mark: String) -> Int {
        var rest = self[...]
        var count = 0
        while let range = rest.firstRange(of: mark) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}

import Cryptography
import Glibc
import Locks
import Testing

@testable import Transport

@Suite("A server under attack", .serialized)
struct AttackTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    /// A client that behaves, from 127.0.0.1.
    private func outcome(_ office: TestOffice, _ material: TLSMaterial) -> String {
        do throws(ClientError) {
            let client = try HTTPSClient(.node("office", material: material))
            let answer = try client.request(method: "GET", url: office.url("/who"), maxBytes: 100)
            return "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
        } catch { return "\(error.kind): \(error)" }
    }

    // MARK: places for handshakes

    @Test("mute connections from many addresses give their places to whoever speaks", arguments: [false, true])
    func muteConnections(_ sendsHalfAHello: Bool) throws {
        let authority = try TestAuthority()
        var limits = ServerLimits.generous
        limits.handshakes = 24
        let office = try TestOffice.mutual(authority, limits: limits)
        defer { office.stop() }
        let material = try authority.material("roads")
        var mute: [RawPeer] = []
        for number in 0..<64 {
            let peer = try RawPeer(port: office.server.port, from: "127.0.9.\(1 + number / 4)")
            if sendsHalfAHello { peer.send([0x16, 3, 1, 1, 0, 1, 0]) }
            mute.append(peer)
            if number % 16 == 15 { #expect(outcome(office, material) == "200 roads") }
        }
        #expect(office.server.counters.handshaking <= 24)
        #expect(office.server.counters.overLimit >= 64 - 24)
    }

    @Test("mute connections of one address do not lock out a node behind the same address")
    func muteNeighbours() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let material = try authority.material("roads")
        let mute = try (0..<40).map { _ in try RawPeer(port: office.server.port) }
        for _ in 0..<5 { #expect(outcome(office, material) == "200 roads") }
        #expect(mute.count == 40)
        #expect(eventually { office.server.counters.handshaking <= office.server.limits.handshakesPerAddress })
    }

    @Test("the share of an IPv6 address is that of its /64")
    func networks() {
        let network = ConnectionCensus.network(of:)
        #expect(network("192.0.2.7") == "192.0.2.7")
        #expect(network("2001:db8:1:2::7") == network("2001:db8:1:2:ffff:1:2:3"))
        #expect(network("2001:db8:1:2::7") != network("2001:db8:1:3::7"))
        #expect(network("2001:db8::7") == network("2001:db8::1:0:0:8"))
        #expect(network("2001:db8::7") == "2001:db8:0:0::/64")
        #expect(network("::1") == "0:0:0:0::/64")
        #expect(network("local") == "local")
    }

    // MARK: pipelined requests

    @Test("two requests at once are both answered, wherever they are cut")
    func pipelined() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let post = "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        let bytes = Array((Self.get + post + "\r\n" + Self.get).utf8)
        for cut in stride(from: 0, to: bytes.count, by: 3) {
            let peer = try RawPeer(path: path)
            peer.send(Array(bytes[..<cut]))
            if cut % 2 == 0 { usleep(2_000) }
            peer.send(Array(bytes[cut...]))
            peer.send("GET /end HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = peer.readToEnd()
            let found = ["GET /a 0", "POST /b 3", "GET /end 0"].filter { answer.contains($0) }
            #expect(found.count == 3, "cut at \(cut): \(answer)")
            #expect(answer.count("HTTP/1.1 200 ") == 4, "cut at \(cut)")
        }
    }

    @Test("what is not here is refused without ending the connection, if it has no body")
    func notHere() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
        #expect(peer.read(until: "GET /a 0"))
        #expect(peer.text.hasPrefix("HTTP/1.1 404 "))
        #expect(!peer.text.contains("connection: close"))
        let other = try RawPeer(path: path)
        other.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + Self.get)
        #expect(other.readToEnd().count("HTTP/1.1 ") == 1)
    }

    @Test("thousands of requests at once are answered one after another")
    func manyPipelined() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        let request = "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"
        let last = "GET /end HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        peer.send(String(repeating: request, count: 1_500) + last)
        let answer = peer.readToEnd()
        #expect(answer.count("HTTP/1.1 404 ") == 1_500)
        #expect(answer.contains("GET /end 0"))
    }

    // MARK: memory

    @Test("answers that nobody reads are counted, and others are told to come later")
    func unreadAnswers() throws {
        var limits = ServerLimits.generous
        limits.bodiesInMemory = 8 << 20
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let slow = try (0..<6).map { _ in try RawPeer(path: path) }
        var refused = 0
        for peer in slow {
            peer.send("GET /big?count=4000000 HTTP/1.1\r\nHost: a\r\n\r\n")
            usleep(50_000)
        }
        for _ in 0..<3 {
            let peer = try RawPeer(path: path)
            peer.send("GET /big?count=4000000 HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = peer.read(until: "\r\n\r\n")
            if peer.text.hasPrefix("HTTP/1.1 503 "), peer.text.contains("retry-after: ") { refused += 1 }
        }
        #expect(refused == 3)
        for peer in slow { peer.close() }
        #expect(
            eventually {
                do {
                    let client = try HTTPSClient(.socket(path: path))
                    let url = "http://a/big?count=4000000"
                    return try client.request(method: "GET", url: url, maxBytes: 4_000_000).status == 200
                } catch { return false }
            }
        )
    }

    @Test("work for a peer that is gone is not wanted, nor for one that was answered")
    func goneBeforeItsTurn() throws {
        var limits = ServerLimits.generous
        limits.answer = 300
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let peer = try RawPeer(path: path)
        peer.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { office.handler.heldCount == 1 })
        let first = try #require(office.handler.seen.withLock { $0.held.first })
        #expect(first.isWanted)
        #expect(peer.readToEnd().hasPrefix("HTTP/1.1 503 "))
        #expect(eventually { !first.isWanted })
        let other = try RawPeer(path: path)
        other.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { office.handler.heldCount == 2 })
        let second = try #require(office.handler.seen.withLock { $0.held.last })
        other.close()
        #expect(eventually { !second.isWanted })
    }

    // MARK: a client and its server

    @Test("empty lines keep a client waiting for its patience, not for ever")
    func emptyLines() throws {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n"
        let server = try TrickleServer(head: head, body: "\n", every: 50_000)
        defer { server.stop() }
        let client = try HTTPSClient(.socket(path: server.path))
        var words = ""
        do throws(ClientError) {
            let pace = ClientPace(emptyLines: 1_000)
            _ = try client.request(method: "GET", url: "http://a/x", maxBytes: 1_000_000, pace: pace)
        } catch { words = "\(error.kind): \(error)" }
        #expect(words.hasPrefix("timeout: "))
        #expect(words.contains("only empty lines"))
    }

    @Test("a server that trickles a byte a second does not hold its client")
    func trickle() throws {
        let server = try TrickleServer(head: "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", every: 50_000)
        defer { server.stop() }
        let client = try HTTPSClient(.socket(path: server.path))
        var kind: ClientError.Kind?
        let begun = time(nil)
        do throws(ClientError) {
            _ = try client.request(method: "GET", url: "http://a/x", maxBytes: 1_000_000, silence: 3_000)
        } catch { kind = error.kind }
        #expect(kind == .timeout)
        #expect(time(nil) - begun < 12, "a rate below 1 KiB/s is borne for 5 s")
    }
}

extension String {
    fileprivate func count(_ mark: String) -> Int {
        var rest = self[...]
        var count = 0
        while let range = rest.firstRange(of: mark) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}

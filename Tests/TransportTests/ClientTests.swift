import Cryptography
import Glibc
import Locks
import Testing
import Transport

@Suite("A client", .serialized)
struct ClientTests {
    private func failure(_ work: () throws -> ClientResponse) -> ClientError.Kind? {
        do {
            _ = try work()
            return nil
        } catch let error as ClientError { return error.kind } catch { return nil }
    }

    @Test("an answer longer than expected is refused while it comes")
    func tooLarge() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let client = try HTTPSClient(.socket(path: path))
        func get(_ maxBytes: Int) throws -> ClientResponse {
            try client.request(method: "GET", url: "http://a/big?count=1000", maxBytes: maxBytes)
        }
        #expect(try get(1_000).body.count == 1_000)
        #expect(failure { try get(999) } == .tooLarge)
        #expect(try get(1_000).body.count == 1_000)
    }

    @Test("silence ends a request, empty lines keep it")
    func silence() throws {
        var limits = ServerLimits.generous
        limits.keepWaitingInterval = 50
        let (office, path) = try TestOffice.local(limits: limits)
        defer { office.stop() }
        let client = try HTTPSClient(.socket(path: path))
        #expect(
            failure { try client.request(method: "GET", url: "http://a/hold", maxBytes: 10, silence: 200) } == .timeout
        )
        #expect(eventually { office.handler.closedCount == 1 })
        office.handler.releaseHeld("")
        // Cut by the bound on bytes only, long after the silence allowed.
        #expect(
            failure { try client.request(method: "GET", url: "http://a/poll", maxBytes: 30, silence: 1_000) }
                == .tooLarge
        )
    }

    @Test("a peer may think for as long as the silence, once the request is out, whatever the least rate")
    func thinking() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let client = try HTTPSClient(.socket(path: path))
        var pace = ClientPace()
        pace.grace = 50
        let found = #expect(throws: ClientError.self) {
            try client.request(
                method: "POST",
                url: "http://a/hold",
                body: [UInt8](repeating: 0x61, count: 100),
                maxBytes: 10,
                silence: 800,
                pace: pace
            )
        }
        #expect(found.map { "\($0)" }?.contains("no byte moved for 800 ms") == true)
    }

    @Test("another thread cancels a request, and the client goes on")
    func cancelled() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let waiting = try Background(.socket(path: path), "http://a/hold")
        #expect(eventually { office.handler.heldCount == 1 })
        waiting.client.cancel()
        #expect(waiting.result().hasPrefix("cancelled: "))
        #expect(try waiting.client.request(method: "GET", url: "http://a/x", maxBytes: 100).status == 200)
        waiting.client.invalidate()
        #expect(failure { try waiting.client.request(method: "GET", url: "http://a/x", maxBytes: 1) } == .cancelled)
    }

    @Test("a request that is abandoned before it begins never goes out, and the next one does")
    func abandoned() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let client = try HTTPSClient(.socket(path: path))
        client.wake()
        #expect(
            failure { try client.request(method: "GET", url: "http://a/hold", maxBytes: 1, isAbandoned: { true }) }
                == .cancelled
        )
        #expect(office.handler.heldCount == 0)
        #expect(try client.request(method: "GET", url: "http://a/x", maxBytes: 100).status == 200)
    }

    @Test("what cannot be reached or asked is told apart")
    func failures() throws {
        let authority = try TestAuthority()
        let client = try HTTPSClient(.node("office", material: authority.material("roads")))
        func get(_ url: String, _ headers: [(String, String)] = []) -> ClientError.Kind? {
            failure { try client.request(method: "GET", url: url, headers: headers, maxBytes: 10) }
        }
        let office = try TestOffice.mutual(authority)
        let url = office.url("/x")
        #expect(get(url) == nil)
        #expect(get("http://127.0.0.1:\(office.server.port)/") == .invalid)
        #expect(get("file:///etc/passwd") == .invalid)
        #expect(get(url, [("a", "b\r\nc: d")]) == .invalid)
        office.stop()
        #expect(get(url) == .unreachable)
    }

    /// A port at which nobody accepts: its first connection opens, and none is ever served.
    private func unserved() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 0) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw RawPeer.Refused() }
        return (descriptor, UInt16(bigEndian: place.sin_port))
    }

    @Test("a handshake that does not come through is told apart from a connection that does not open")
    func stalled() throws {
        let authority = try TestAuthority()
        let (descriptor, port) = try unserved()
        defer { close(descriptor) }
        let trust = ClientTrust.node("office", material: try authority.material("roads"))
        func get(_ client: HTTPSClient) -> ClientError.Kind? {
            failure { try client.request(method: "GET", url: "https://127.0.0.1:\(port)/x", maxBytes: 100) }
        }
        // Each connection that was given up stays in the queue of the port, until no more fit.
        var found: [ClientError.Kind?] = []
        for _ in 0..<4 { found.append(get(try HTTPSClient(trust, connectTimeout: 300))) }
        #expect(found.first == .stalled)
        #expect(found.last == .timeout)
    }

    @Test("methods, bodies and headers arrive as they were given")
    func requests() throws {
        let (office, path) = try TestOffice.local()
        defer { office.stop() }
        let client = try HTTPSClient(.socket(path: path))
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let body = [UInt8](repeating: 0, count: 2_000_000)
            let url = "http://a/x?y=%26"
            let answer = try client.request(method: method, url: url, headers: [("x-y", "z")], body: body, maxBytes: 99)
            #expect(answer.body == Array("\(method) /x 2000000".utf8))
        }
        #expect(try client.request(method: "HEAD", url: "http://a/x", maxBytes: 0).header("content-length") == "9")
        let seen = office.handler.seen.withLock { $0.requests[0] }
        #expect(seen.header("x-y") == "z")
        #expect(seen.parameter("y") == "&")
        #expect(seen.header("content-type") == nil)
        #expect(seen.remoteAddress == "local")
        #expect(office.server.counters.accepted == 1)
    }
}

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

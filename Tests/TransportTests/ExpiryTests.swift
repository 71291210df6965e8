import Cryptography
import Glibc
import Locks
import Testing
import Transport

@Suite("Certificates that expire while a connection lasts", .serialized)
struct ExpiryTests {
    /// Seconds that the server's clock is ahead.
    private final class Ahead: Sendable {
        private let seconds = Locked<Int64>(0)
        var now: Int64 { Int64(time(nil)) + seconds.withLock { $0 } }
        func set(_ value: Int64) { seconds.withLock { $0 = value } }
    }

    @Test("an idle connection and one that waits end with the certificate, others go on")
    func ends() throws {
        let authority = try TestAuthority()
        let ahead = Ahead()
        var limits = ServerLimits.generous
        limits.expirySweep = 20
        let office = try TestOffice(
            .mutualTLS(address: "127.0.0.1", port: 0, try authority.material("office")),
            limits: limits,
            wallSeconds: { ahead.now }
        )
        defer { office.stop() }
        // Of a day still, and of thirty.
        let short = ClientTrust.node("office", material: try authority.material("roads", startsDaysAgo: 1, days: 2))
        let long = ClientTrust.node("office", material: try authority.material("water", startsDaysAgo: 1, days: 30))
        let idle = try HTTPSClient(short)
        #expect(try idle.request(method: "GET", url: office.url("/who"), maxBytes: 10).status == 200)
        let waiting = try Background(short, office.url("/poll"))
        let other = try Background(long, office.url("/poll"))
        #expect(eventually { office.handler.heldCount == 2 && office.server.counters.open == 3 })
        ahead.set(86_400 - 600)
        #expect(!office.lines.contains("expired"))
        ahead.set(86_400 + 600)
        #expect(eventually { office.server.counters.open == 1 })
        #expect(!waiting.result().hasPrefix("200 "))
        #expect(eventually { office.handler.closedCount == 1 })
        #expect(office.lines.contains("is closed: the certificate of roads expired"))
        office.handler.releaseHeld("done")
        #expect(other.result() == "200 done")
    }

    @Test("the office looks often enough for a connection to end within 5 s")
    func often() {
        #expect(ServerLimits().expirySweep <= 4_000)
    }
}

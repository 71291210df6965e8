import Cryptography
import Glibc
import Locks
import Testing
import Transport

@Suite("Who may speak to the office", .serialized)
struct HandshakeTests {
    private func outcome(_ office: TestOffice, _ trust: ClientTrust, _ path: String = "/who") -> String {
        do throws(ClientError) {
            let client = try HTTPSClient(trust)
            let answer = try client.request(method: "GET", url: office.url(path), maxBytes: 10_000)
            return "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
        } catch {
            return "\(error.kind): \(error)"
        }
    }

    @Test("a node with a good certificate is known by its name")
    func good() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let material = try authority.material("roads")
        #expect(outcome(office, .node("office", material: material)) == "200 roads")
        let client = try HTTPSClient(.node("office", material: material))
        #expect(try client.request(method: "GET", url: office.url("/who"), maxBytes: 10).peer?.node == "office")
        #expect(try client.request(method: "GET", url: office.url("/who"), maxBytes: 10).peer?.node == "office")
        #expect(office.server.counters.accepted == 2)
    }

    @Test("other certificates are refused, and the log says why")
    func refused() throws {
        let authority = try TestAuthority()
        let stranger = try TestAuthority("Stranger")
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        func tried(_ material: TLSMaterial) -> String { outcome(office, .node("office", material: material)) }

        #expect(try tried(stranger.material("roads", trusting: authority)).contains("tls: "))
        #expect(eventually { office.lines.contains("refused: its certificate is not signed by our authority") })
        #expect(try tried(authority.material("roads", startsDaysAgo: 9, days: 2)).contains("tls: "))
        #expect(eventually { office.lines.contains("refused: its certificate is expired") })
        #expect(try tried(authority.material("roads", startsDaysAgo: -2, days: 2)).contains("tls: "))
        #expect(eventually { office.lines.contains("refused: its certificate is not valid yet") })
        #expect(try tried(authority.material("roads", usages: [.server])).contains("tls: "))
        #expect(eventually { office.lines.contains("refused: its certificate is not for this purpose") })
        #expect(
            outcome(office, .fingerprint(authority.certificate.fingerprint)).contains("it wants a certificate")
        )
        #expect(eventually { office.lines.contains("refused: it showed no certificate") })
        #expect(office.handler.requestCount == 0)
        #expect(office.server.counters.handshakesRefused == 5)
        // One refused handshake leaves nothing behind for the next one on the same thread.
        #expect(try tried(authority.material("roads")) == "200 roads")
    }

    @Test("a node that the handler does not want is told so")
    func unwanted() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        office.handler.seen.withLock { $0.unwanted = ["roads"] }
        let answer = outcome(office, .node("office", material: try authority.material("roads")))
        #expect(answer.hasPrefix("403 "))
        #expect(answer.contains("unknown_key"))
    }

    @Test("a client speaks only to the node it means")
    func wrongServer() throws {
        let authority = try TestAuthority()
        let stranger = try TestAuthority("Stranger")
        let material = try authority.material("roads")
        func meeting(_ server: TLSMaterial, _ trust: ClientTrust) throws -> String {
            let office = try TestOffice(.mutualTLS(address: "127.0.0.1", port: 0, server))
            defer { office.stop() }
            return outcome(office, trust)
        }
        let office = ClientTrust.node("office", material: material)
        #expect(try meeting(authority.material("parks"), office).contains("of the node parks, not of office"))
        #expect(
            try meeting(stranger.material("office", trusting: authority), office).contains(
                "not signed by our authority"
            )
        )
        #expect(try meeting(authority.material("office", usages: [.client]), office).contains("purpose"))
        #expect(try meeting(authority.material("office", startsDaysAgo: 9, days: 2), office).contains("expired"))
        let pinned = ClientTrust.node("office", material: material, key: SHA256.hash([1, 2, 3]))
        #expect(try meeting(authority.material("office"), pinned).contains("not the one we know it by"))
    }

    @Test("an enrolling node knows the office by its authority's fingerprint")
    func enrolment() throws {
        let authority = try TestAuthority()
        let office = try TestOffice(.serverOnlyTLS(address: "127.0.0.1", port: 0, authority.material("office")))
        defer { office.stop() }
        let right = authority.certificate.fingerprint
        #expect(outcome(office, .fingerprint(right, node: "office")) == "200 nobody")
        #expect(outcome(office, .fingerprint(right)) == "200 nobody")
        #expect(outcome(office, .fingerprint(right, node: "parks")).contains("not of parks"))
        #expect(outcome(office, .fingerprint(SHA256.hash([1]))).contains("fingerprint we were given"))
    }

    @Test("a key has its number of connections: an idle one makes room, a busy one does not")
    func connectionsPerKey() throws {
        let authority = try TestAuthority()
        var limits = ServerLimits.generous
        limits.connectionsPerKey = 2
        let office = try TestOffice.mutual(authority, limits: limits)
        defer { office.stop() }
        let trust = ClientTrust.node("office", material: try authority.material("roads"))
        let clients = try (0..<3).map { _ in try HTTPSClient(trust) }
        for client in clients {
            #expect(try client.request(method: "GET", url: office.url("/who"), maxBytes: 10).status == 200)
        }
        #expect(eventually { office.server.counters.open == 2 })
        let threads = try (0..<2).map { _ in try Background(trust, office.url("/hold")) }
        #expect(eventually { office.handler.heldCount == 2 })
        #expect(outcome(office, trust).hasPrefix("503 "))
        #expect(outcome(office, .node("office", material: try authority.material("parks"))) == "200 parks")
        office.handler.releaseHeld("done")
        for thread in threads { #expect(thread.result() == "200 done") }
    }

    @Test("the connections of a revoked key end, whatever they do")
    func revocation() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let material = try authority.material("roads")
        let waiting = try Background(.node("office", material: material), office.url("/poll"))
        let other = try Background(.node("office", material: try authority.material("parks")), office.url("/poll"))
        #expect(eventually { office.handler.heldCount == 2 })
        office.server.closeConnections(ofKey: try Certificate.list(pem: material.certificates)[0].publicKey.fingerprint)
        #expect(waiting.result().hasPrefix("cut: "))
        #expect(eventually { office.handler.closedCount == 1 })
        office.handler.releaseHeld("done")
        #expect(other.result() == "200 done")
    }

    @Test("a peer that never shakes hands is cut, and its address has a bound")
    func silentHandshakes() throws {
        let authority = try TestAuthority()
        var limits = ServerLimits.generous
        limits.handshake = 1_000
        limits.handshakesPerAddress = 3
        let office = try TestOffice.mutual(authority, limits: limits)
        defer { office.stop() }
        let peers = try (0..<6).map { _ in try RawPeer(port: office.server.port) }
        #expect(eventually { office.server.counters.overLimit == 3 })
        #expect(eventually { office.server.counters.cut == 3 && office.server.counters.open == 0 })
        for peer in peers { #expect(peer.readToEnd().isEmpty) }
        #expect(outcome(office, .node("office", material: try authority.material("roads"))) == "200 roads")
    }

    @Test("noise, plain HTTP and resets end no handshake but their own")
    func noise() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        for number in 0..<200 {
            let peer = try RawPeer(port: office.server.port)
            peer.send(number % 2 == 0 ? "GET / HTTP/1.1\r\n\r\n" : "\u{16}\u{3}\u{1}\0\u{5}hello")
            if number % 4 < 2 { peer.reset() } else { peer.close() }
        }
        #expect(eventually { office.server.counters.handshaking == 0 })
        #expect(outcome(office, .node("office", material: try authority.material("roads"))) == "200 roads")
    }
}

@Suite("Strange clients of TLS", .serialized, .enabled(if: OpenSSLTool.isThere))
struct ForeignHandshakeTests {
    @Test("older versions of TLS are refused")
    func olderVersions() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let tool = try OpenSSLTool(authority.material("roads"))
        defer { tool.remove() }
        #expect(tool.talk(office.server.port, "-tls1_2").contains("alert protocol version"))
        #expect(office.lines.contains("it does not speak TLS 1.3"))
        #expect(tool.talk(office.server.port, "-tls1_3").contains("200 OK"))
    }

    @Test("a session is never resumed, so no certificate is ever skipped")
    func resumption() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let tool = try OpenSSLTool(authority.material("roads"))
        defer { tool.remove() }
        let first = tool.talk(office.server.port, "-sess_out \(tool.folder)/session")
        #expect(first.contains("200 OK"))
        #expect(!first.contains("New Session Ticket"))
        let again = tool.talk(office.server.port, "-sess_in \(tool.folder)/session", showsCertificate: false)
        #expect(!again.contains("Reused"))
        #expect(!again.contains("200 OK"))
    }
}

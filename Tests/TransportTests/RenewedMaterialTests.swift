import Cryptography
import Glibc
import Testing
import Transport

@Suite("Renewed certificates", .serialized)
struct RenewedMaterialTests {
    @Test("a client shows its renewed certificate from the next request on, over a new connection")
    func client() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let key = try PrivateKey.generate()
        let client = try HTTPSClient(.node("office", material: try authority.material("roads", serial: [5], key: key)))
        func serial() throws -> String {
            String(
                decoding: try client.request(method: "GET", url: office.url("/serial"), maxBytes: 100).body,
                as: UTF8.self
            )
        }
        #expect(try serial() == "05")
        try client.use(try authority.material("roads", serial: [6], key: key))
        #expect(try serial() == "06")
        #expect(try serial() == "06")
        #expect(office.server.counters.accepted == 2)
        #expect(eventually { office.server.counters.open == 1 })
        let broken = TLSMaterial(certificates: [], key: [], authorities: Array("nothing".utf8))
        #expect(throws: ClientError.self) { try client.use(broken) }
        #expect(try serial() == "06")
    }

    @Test("a request that waits ends as it began, and can still be cancelled after the renewal")
    func waiting() throws {
        let authority = try TestAuthority()
        let office = try TestOffice.mutual(authority)
        defer { office.stop() }
        let key = try PrivateKey.generate()
        let material = try authority.material("roads", serial: [5], key: key)
        let waiting = try Background(.node("office", material: material), office.url("/poll"))
        #expect(eventually { office.handler.heldCount == 1 })
        try waiting.client.use(try authority.material("roads", serial: [6], key: key))
        office.handler.releaseHeld("done")
        #expect(waiting.result() == "200 done")
        let body = try waiting.client.request(method: "GET", url: office.url("/serial"), maxBytes: 100).body
        #expect(body == Array("06".utf8))
        waiting.client.invalidate()
        #expect(throws: ClientError.self) {
            try waiting.client.request(method: "GET", url: office.url("/serial"), maxBytes: 100)
        }
    }

    @Test("a server shows its renewed certificate to new connections, and open ones go on")
    func server() throws {
        let authority = try TestAuthority()
        let key = try PrivateKey.generate()
        let office = try TestOffice(
            .mutualTLS(address: "127.0.0.1", port: 0, try authority.material("office", serial: [5], key: key))
        )
        defer { office.stop() }
        let material = try authority.material("roads")
        func peer(_ client: HTTPSClient) throws -> String? {
            try client.request(method: "GET", url: office.url("/who"), maxBytes: 100).peer?.serial
        }
        let early = try HTTPSClient(.node("office", material: material, key: key.publicKey.fingerprint))
        #expect(try peer(early) == "05")
        let waiting = try Background(.node("office", material: material), office.url("/poll"))
        #expect(eventually { office.handler.heldCount == 1 })
        try office.server.replaceMaterial(try authority.material("office", serial: [6], key: key))
        #expect(try peer(early) == "05")
        #expect(office.server.counters.accepted == 2)
        let late = try HTTPSClient(.node("office", material: material, key: key.publicKey.fingerprint))
        #expect(try peer(late) == "06")
        office.handler.releaseHeld("done")
        #expect(waiting.result() == "200 done")
        // What cannot be used is refused, and the present material stays.
        let foreign = try authority.material("office")
        let mixed = TLSMaterial(certificates: foreign.certificates, key: material.key, authorities: authority.pem)
        #expect(throws: TLSError.self) { try office.server.replaceMaterial(mixed) }
        #expect(try peer(try HTTPSClient(.node("office", material: material))) == "06")
    }
}

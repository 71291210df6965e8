import Appeals
import CanonicalJSON
import Cryptography
import Foundation
import Locks
import Testing
import Transport

@testable import Commands
@testable import Desk
@testable import Node
@testable import Replication

/// Pages that an office compresses, over real TLS.
@Suite(.serialized)
struct CompressionTests {
    @Test("pull, snapshot and fetch are compressed for who asks; other calls never, and the lines stay the same")
    func calls() throws {
        let city = try TestCity()
        try city.initializeOffice()
        let office = try city.start("center")
        try city.addDepartment("roads")
        try city.start("roads")
        try city.eventually("the long poll") { try city.daemon("center").waiting == 1 }
        city.stop("roads")
        let roads = DataDirectory(city.path("roads"))
        let client = try HTTPSClient(.node("center", material: try NodeIdentity(roads, id: "roads").material))
        func ask(_ method: String, _ target: String, asking: Bool) throws -> ClientResponse {
            try client.request(
                method: method,
                url: "https://127.0.0.1:\(office.port)\(target)",
                acceptGzip: asking,
                maxBytes: ReplicationLimits.replyBytes
            )
        }
        let epoch = try #require(try office.node.store.read { try $0.value(Values.epoch) })
        let snapshot = "/sync/v1/snapshot?stream=reference&epoch=\(epoch)&after="
        let plain = try ask("POST", snapshot, asking: false)
        #expect(plain.status == 200, "\(String(decoding: plain.body, as: UTF8.self))")
        #expect(plain.body.count > Gzip.worth)
        #expect(plain.header("content-encoding") == nil)
        let zipped = try ask("POST", snapshot, asking: true)
        #expect(zipped.header("content-encoding") == "gzip")
        #expect(zipped.received < zipped.body.count)
        #expect(Lines.split(zipped.body).dropLast() == Lines.split(plain.body).dropLast())
        let key = office.node.identity.key.publicKey.spki
        #expect(VerifiedReply(zipped.body, key: key, verifier: KeyVerifier()) != nil)
        let pull = "/sync/v1/pull?stream=reference&epoch=\(epoch)&after=0&mark="
        #expect(try ask("GET", pull, asking: true).header("content-encoding") == "gzip")
        let operations = "/sync/v1/operations?origin=roads%2300000000&after=0"
        #expect(try ask("GET", operations, asking: true).header("content-encoding") == nil)
    }

    @Test("a department asks for gzip after a slow page, and no longer after a fast one")
    func pace() throws {
        let city = try TestCity()
        try city.initializeOffice()
        let center = try city.start("center")
        try city.addDepartment("roads")
        city.stop("center")
        let slow = SlowOffice()
        let loop = try EventLoop()
        defer { loop.stop() }
        let server = Server(
            loop: loop,
            endpoint: .mutualTLS(address: "127.0.0.1", port: 0, center.node.identity.material),
            handler: slow,
            log: { _ in }
        )
        try server.start()
        defer { server.stop() }
        let roads = try OpenedNode.open(city.path("roads"))
        defer { roads.close() }
        let material = roads.identity.material
        let runner = try LinkRunner(
            roads,
            try #require(roads.department),
            url: "https://127.0.0.1:\(server.port)",
            office: "center",
            officeKey: center.node.identity.key.publicKey.fingerprint,
            log: NodeLog(node: "roads") { _ in },
            failed: { _ in }
        )
        let client = try HTTPSClient(.node("center", material: material))
        func pull(_ lane: Lane = .read, query: [(String, String)] = []) -> Int {
            let input = runner.exchange(WireRequest(.pull, query: query), lane, client)
            guard case .replied(_, let response) = input else { return -1 }
            return response.body.count
        }
        slow.milliseconds.withLock { $0 = Int(PagePace.slow) + 200 }
        #expect(pull() == SlowOffice.bytes)
        slow.milliseconds.withLock { $0 = 0 }
        #expect(pull(.exchange) == SlowOffice.bytes)
        _ = runner.exchange(WireRequest(.hello), .read, client)
        #expect(pull() == SlowOffice.bytes)
        #expect(pull() == SlowOffice.bytes)
        // A long poll takes as long as there is no news.
        slow.milliseconds.withLock { $0 = Int(PagePace.slow) + 200 }
        #expect(pull(query: [("wait", "25")]) == SlowOffice.bytes)
        slow.milliseconds.withLock { $0 = 0 }
        #expect(pull() == SlowOffice.bytes)
        #expect(slow.asked.withLock { $0 } == [false, false, false, true, false, false, false])
    }
}

/// Answers every call with the same page, late if told so, and notes who asked for gzip.
private final class SlowOffice: RequestHandler {
    static let bytes = 2_000
    /// Nothing that shrinks: what a compressed page would have taken is what it took.
    private let page = RandomBytes.bytes(SlowOffice.bytes)
    let milliseconds = Locked(0)
    let asked = Locked<[Bool]>([])

    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission { .accept(bodyLimit: 1_000) }

    func handle(_ request: Request, _ responder: Responder) {
        asked.withLock { $0.append(request.acceptsGzip) }
        let response = Response(status: 200, body: page)
        let wait = milliseconds.withLock { $0 }
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(wait)) {
            responder.send(request.acceptsGzip ? response.compressed() : response)
        }
    }
}

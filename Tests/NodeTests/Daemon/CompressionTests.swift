import Appeals
import CanonicalJSON
import Cryptography
import Foundation
import Testing
import Transport

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
        let epoch = try #require(try office.node.store.read { try $0.value("epoch") })
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
}

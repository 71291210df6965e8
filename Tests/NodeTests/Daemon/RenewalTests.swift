import Appeals
import CanonicalJSON
import Cryptography
import Foundation
import Testing
import Transport

@testable import Commands
@testable import Desk
@testable import Node
@testable import Replication

/// How certificates are renewed, over real TLS.
@Suite(.serialized)
struct RenewalTests {
    /// A certificate for that node's own key, as the city's office would have issued it some days ago.
    private func aged(_ city: TestCity, _ node: String, startedDaysAgo: Int64, days: Int) throws -> Certificate {
        let center = DataDirectory(city.path("center"))
        let key = try PrivateKey(pem: try bytes(city.path(node) + "/node.key"))
        return try CertificateAuthority.issue(
            request: try CertificateRequest.make(key: key, node: node),
            node: node,
            dnsNames: [],
            addresses: [],
            usages: [.client],
            authority: try Certificate(pem: try bytes(center.authority)),
            key: try PrivateKey(pem: try bytes(center.authorityKey)),
            notBefore: Clock.now() / 1_000 - startedDaysAgo * 86_400,
            days: days,
            serial: NodeSetup.serial()
        )
    }

    private func age(_ city: TestCity, _ node: String, startedDaysAgo: Int64, days: Int) throws {
        let certificate = try aged(city, node, startedDaysAgo: startedDaysAgo, days: days)
        try Files.write(city.path(node) + "/node.pem", try certificate.pem(), doing: Label("ageing"))
    }

    func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// An office whose enrolment port is always the same, and a stopped department.
    func city() throws -> TestCity {
        let other = try TestCity()
        try other.initializeOffice()
        try other.start("center")
        let port = try #require(try other.daemon("center").door?.ensureOpen())
        other.stop("center")
        let city = try TestCity()
        try city.initializeOffice(enrolPort: port)
        try city.start("center")
        try city.addDepartment("roads")
        return city
    }

    @Test("a connected department renews at half of its time by itself, keeps its key and goes on")
    func byItself() throws {
        let city = try city()
        let key = try bytes(city.path("roads") + "/node.key")
        try age(city, "roads", startedDaysAgo: 50, days: 90)
        let former = try bytes(city.path("roads") + "/node.pem")
        let roads = try city.start("roads")
        try city.eventually("the renewal") { city.logged("certificate_renewed") }
        let renewed = try Certificate(pem: try bytes(city.path("roads") + "/node.pem"))
        #expect(renewed.notAfter > Clock.now() / 1_000 + 88 * 86_400)
        #expect(renewed.notAfter <= Clock.now() / 1_000 + 90 * 86_400)
        #expect(try bytes(city.path("roads") + "/node.key") == key)
        #expect(try renewed.publicKey == Certificate(pem: former).publicKey)
        #expect(roads.node.identity.certificate.fingerprint == renewed.fingerprint)
        let mode = try #require(Files.status(city.path("roads") + "/node.pem")).mode
        #expect(mode & 0o777 == 0o600)
        #expect(city.logged("certificate_issued"))
        try city.eventually("the long poll") { try city.daemon("center").waiting == 1 }
        // Nothing is due any more.
        roads.renewal?.look(now: Clock.now())
        roads.renewal?.end()
        #expect(try Certificate(pem: try bytes(city.path("roads") + "/node.pem")).fingerprint == renewed.fingerprint)
    }

    @Test("an expired department exchanges nothing until an operator approves, then both lanes go on without a restart")
    func expired() throws {
        let city = try city()
        try age(city, "roads", startedDaysAgo: 100, days: 90)
        try city.daemon("center").door?.close()
        let roads = try city.start("roads")
        try city.eventually("the line at roads") { city.logged("kartoteka node renew roads") }
        try city.eventually("the failure") { city.logged("link_down") }
        #expect(NodeDoctor.certificate(roads.node, now: Clock.now()).fix == "kartoteka node renew roads --as USER")
        let answer = try city.call("center", "node renew", ["node": "roads", "as": "admin"])
        #expect(answer["exit"]?.integer == 0, "\(answer)")
        try city.eventually("the renewal") {
            roads.renewal?.look(now: Clock.now())
            return city.logged("certificate_renewed")
        }
        try city.eventually("the long poll") { try city.daemon("center").waiting == 1 }
        #expect(NodeDoctor.certificate(roads.node, now: Clock.now()).isOK)
        // Used, it stays open for a lost reply only.
        let center = try city.daemon("center")
        let approval = try #require(try center.node.store.read { try RenewalApproval.read("roads", $0) })
        #expect(approval.expires <= Clock.now() + RenewalApproval.afterUse)
        #expect(approval.isValid(now: Clock.now()))
        // The invitation of the beginning was good for ten minutes, too.
        try center.door?.look(now: Clock.now() + RenewalApproval.afterUse + 1)
        #expect(city.logged("enrolment_closed"))
    }

    @Test("an approval is an administrator's, and for a node that is admitted")
    func command() throws {
        let city = try city()
        func call(_ arguments: JSONObject) throws -> JSON { try city.call("center", "node renew", arguments) }
        let given = try call(["node": "roads", "as": "admin", "minutes": 5])
        #expect(given["json"]?["node"]?.string == "roads")
        let center = try city.daemon("center")
        func approval() throws -> RenewalApproval? {
            try center.node.store.read { try RenewalApproval.read("roads", $0) }
        }
        let expires = try #require(try approval()).expires
        #expect(expires <= Clock.now() + 300_000)
        _ = try call(["node": "roads", "as": "admin"])
        #expect(try #require(try approval()).expires > Clock.now() + 86_000_000)
        #expect(try call(["node": "parks", "as": "admin"])["exit"]?.integer == Int64(ExitCode.notFound.rawValue))
        #expect(try call(["node": "roads", "as": "bondar"])["exit"]?.integer == Int64(ExitCode.permission.rawValue))
        _ = try city.call("center", "node revoke", ["node": "roads", "as": "admin"])
        let refused = try call(["node": "roads", "as": "admin"])
        #expect(refused["exit"]?.integer == Int64(ExitCode.permission.rawValue))
        #expect(refused["text"]?.string?.contains("kartoteka invite roads") == true, "\(refused)")
    }

    @Test("a certificate that expired more than 180 days ago is not renewed: the node is told to join again")
    func tooLate() throws {
        let city = try city()
        try age(city, "roads", startedDaysAgo: 280, days: 90)
        let roads = try city.start("roads")
        try city.eventually("the line") { city.logged("then kartoteka join") }
        #expect(NodeDoctor.certificate(roads.node, now: Clock.now()).fix.hasPrefix("kartoteka join "))
    }

    // MARK: what the office judges

    private struct Desk {
        let city: TestCity
        let desk: RenewalHandler
        let identity: NodeIdentity

        func answer(_ body: [UInt8], _ door: RenewalHandler.Door, now: Int64 = Clock.now()) throws -> String {
            let response = try desk.answer(body, door: door, now: now).response
            return "\(response.status) \(response.errorCode?.rawValue ?? "")"
        }

        func body(_ certificate: Certificate? = nil, node: String = "roads", key: PrivateKey? = nil) throws -> [UInt8] {
            let key = key ?? identity.key
            let object: JSON = [
                "version": 1, "node": .string(node),
                "request": .string(
                    String(decoding: try CertificateRequest.make(key: key, node: node).pem(), as: UTF8.self)
                ),
                "certificate": .string(
                    String(decoding: try (certificate ?? identity.certificate).pem(), as: UTF8.self)
                ),
            ]
            let signature = try key.sign(Renewal.prefix + object.canonicalBytes())
            let line: JSON = ["renew": object, "signature": .string(Base64.encode(signature))]
            return line.canonicalBytes() + [10]
        }

        var peer: PeerIdentity {
            PeerIdentity(node: "roads", key: identity.key.publicKey.fingerprint, serial: "1")
        }

        func set(_ state: NodeRecord.State) throws {
            try desk.node.store.write { transaction in
                guard var record = try transaction.node("roads") else { throw TestFailure("no record") }
                record.state = state
                try transaction.putNode(record)
            }
        }

        func approve(key: String? = nil, expires: Int64 = Clock.now() + 60_000) throws {
            try desk.node.store.write {
                try RenewalApproval(node: "roads", key: key ?? identity.key.publicKey.fingerprint.hex, expires: expires)
                    .keep($0, now: Clock.now())
            }
        }
    }

    private func desk() throws -> Desk {
        let city = try TestCity()
        try city.initializeOffice()
        let center = try city.start("center")
        try city.addDepartment("roads")
        let office = try #require(center.node.office)
        return Desk(
            city: city,
            desk: RenewalHandler(node: center.node, office: office),
            identity: try NodeIdentity(DataDirectory(city.path("roads")), id: "roads")
        )
    }

    @Test("only the holder of the key on the allow-list, with a certificate of this office, is given a new one")
    func refusals() throws {
        let desk = try desk()
        let sync = RenewalHandler.Door.sync(desk.peer)
        #expect(try desk.answer(desk.body(), sync) == "200 ")
        var changed = try desk.body()
        changed[20] ^= 1
        #expect(try desk.answer(changed, sync) == "400 badRequest")
        #expect(try desk.answer([10], sync) == "400 badRequest")
        // Another key, with the certificate of this one, or with one that another authority gave it.
        let other = try PrivateKey.generate()
        #expect(try desk.answer(desk.body(key: other), sync) == "403 notAllowed")
        let stranger = try PrivateKey.generate()
        let foreign = try CertificateAuthority.issue(
            request: try CertificateRequest.make(key: desk.identity.key, node: "roads"),
            node: "roads",
            dnsNames: [],
            addresses: [],
            usages: [.client],
            authority: try CertificateAuthority.selfSigned(
                name: "Kartoteka center",
                key: stranger,
                notBefore: NodeSetup.begin(Clock.now()),
                days: 10,
                serial: [1]
            ),
            key: stranger,
            notBefore: NodeSetup.begin(Clock.now()),
            days: 5,
            serial: [2]
        )
        #expect(try desk.answer(desk.body(foreign), sync) == "403 notAllowed")
        // Another node's connection, and this node's name with another key.
        let parks = PeerIdentity(node: "parks", key: desk.peer.key, serial: "1")
        #expect(try desk.answer(desk.body(), .sync(parks)) == "403 notAllowed")
        let lookalike = PeerIdentity(node: "roads", key: other.publicKey.fingerprint, serial: "1")
        #expect(try desk.answer(desk.body(), .sync(lookalike)) == "403 notAllowed")
        // A connection that outlasted its certificate.
        let late = try aged(desk.city, "roads", startedDaysAgo: 100, days: 90)
        #expect(try desk.answer(desk.body(late), sync) == "403 notApproved")
        try desk.approve()
        for (state, code) in [(NodeRecord.State.revoked, "revoked"), (.frozen, "frozen")] {
            try desk.set(state)
            #expect(try desk.answer(desk.body(), sync) == "403 \(code)")
            #expect(try desk.answer(desk.body(), .enrolment) == "403 \(code)")
        }
    }

    @Test("the enrolment port renews only what an operator approved, for the key that was meant, in time")
    func approvals() throws {
        let desk = try desk()
        let late = try aged(desk.city, "roads", startedDaysAgo: 100, days: 90)
        let body = try desk.body(late)
        #expect(try desk.answer(body, .enrolment) == "403 notApproved")
        #expect(try desk.answer(desk.body(), .enrolment) == "403 notApproved")
        try desk.approve(key: SHA256.hash([1]).hex)
        #expect(try desk.answer(body, .enrolment) == "403 notApproved")
        try desk.approve(expires: Clock.now() - 1)
        #expect(try desk.answer(body, .enrolment) == "403 notApproved")
        try desk.approve(expires: Clock.now() + 86_400_000)
        let veryLate = try aged(desk.city, "roads", startedDaysAgo: 271, days: 90)
        #expect(try desk.answer(desk.body(veryLate), .enrolment) == "403 notAllowed")
        let before = try desk.desk.node.store.read { try $0.node("roads") }
        #expect(try desk.answer(body, .enrolment) == "200 ")
        // The same line again, by whomever: the same key, nothing else.
        let (again, _) = try desk.desk.answer(body, door: .enrolment, now: Clock.now())
        let reply = try #require(Lines.last(again.body).flatMap { SignedReply(Array($0)) })
        let given = try Certificate(pem: Array(try #require(reply.reply["certificate"]?.string).utf8))
        #expect(given.publicKey == desk.identity.key.publicKey)
        #expect(given.uriNames == ["urn:node:roads"])
        #expect(try desk.desk.node.store.read { try $0.node("roads") } == before)
        #expect(try desk.answer(body, .enrolment, now: Clock.now() + RenewalApproval.afterUse + 1) == "403 notApproved")
    }

    @Test("a node asks for itself only, over the sync port as well")
    func overTLS() throws {
        let desk = try desk()
        try desk.city.addDepartment("parks")
        let parks = try NodeIdentity(DataDirectory(desk.city.path("parks")), id: "parks")
        let url = "https://127.0.0.1:\(try desk.city.daemon("center").port)\(Renewal.path)"
        func post(_ identity: NodeIdentity, _ body: [UInt8], method: String = "POST") throws -> WireResponse {
            let client = try HTTPSClient(.node("center", material: identity.material))
            let response = try client.request(method: method, url: url, body: body, maxBytes: 65_536)
            return WireResponse(status: response.status, body: response.body)
        }
        #expect(try post(desk.identity, desk.body()).status == 200)
        #expect(try post(parks, desk.body()).errorCode == .notAllowed)
        #expect(try post(desk.identity, [], method: "GET").errorCode == .unknownCall)
        #expect(try post(desk.identity, [UInt8](repeating: 0x61, count: Renewal.bodyLimit + 1)).status == 413)
        try desk.set(.revoked)
        try desk.city.daemon("center").reload("roads")
        #expect(try post(desk.identity, desk.body()).errorCode == .revoked)
    }
}

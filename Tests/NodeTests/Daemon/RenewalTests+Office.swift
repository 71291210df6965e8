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

/// The reply, and the office's own certificate.
extension RenewalTests {
    @Test("the example of the protocol is what this node takes, and a changed, foreign or shorter one is not")
    func reply() throws {
        let vectors = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../deploy/protocol/vectors").path(percentEncoded: false)
        let city = try TestCity()
        let directory = DataDirectory(city.path("roads"))
        try directory.create(doing: Label("testing"))
        for (name, path) in [
            ("roads.key.pem", directory.key), ("roads.crt.pem", directory.certificate),
            ("authority.crt.pem", directory.authority),
        ] {
            try Files.write(path, try bytes(vectors + "/" + name), doing: Label("testing"))
        }
        let identity = try NodeIdentity(directory, id: "roads")
        let officeKey = try Certificate(pem: try bytes(vectors + "/office.crt.pem")).publicKey.spki
        let line = try #require(Lines.last(try bytes(vectors + "/renew.reply.http")))
        // 1 July 2026.
        let now: Int64 = 1_782_864_000_000
        func taken(_ body: [UInt8], node: String = "roads", key: [UInt8]? = nil) -> Certificate? {
            let found = Renewal.certificate(
                body,
                node: node,
                office: "office",
                officeKey: key ?? officeKey,
                identity: identity,
                now: now
            )
            if case .success(let certificate) = found { return certificate }
            return nil
        }
        let renewed = try Certificate(pem: try bytes(vectors + "/roads-renewed.crt.pem"))
        #expect(taken(Array(line) + [10])?.fingerprint == renewed.fingerprint)
        #expect(taken(Array(line) + [10], node: "parks") == nil)
        #expect(taken(Array(line) + [10], key: identity.key.publicKey.spki) == nil)
        #expect(taken(Array(line)) == nil)
        try Files.write(directory.certificate, try renewed.pem(), doing: Label("testing"))
        let later = try NodeIdentity(directory, id: "roads")
        let again = Renewal.certificate(
            Array(line) + [10],
            node: "roads",
            office: "office",
            officeKey: officeKey,
            identity: later,
            now: now
        )
        guard case .failure(let refusal) = again else { throw TestFailure("an old reply was taken again") }
        #expect(refusal.description.contains("no later"))
        // What this node sends has the form of the example.
        let example = try #require(Lines.last(try bytes(vectors + "/renew.request.http")))
        let own = try JSON(parsing: Array(try Renewal.request("roads", identity: identity).dropLast()))
        let fields = { (json: JSON) in json["renew"]?.object?.keys }
        #expect(fields(own) == fields(try JSON(parsing: Array(example))))
        #expect(own["renew"]?["certificate"] == (try JSON(parsing: Array(example)))["renew"]?["certificate"])
    }

    @Test(
        "an office whose clock was a year off takes a certificate of today once the clock is right",
        arguments: [1, -1]
    )
    func clock(direction: Int64) throws {
        let city = try TestCity()
        try city.initializeOffice()
        let place = DataDirectory(city.path("center"))
        let configuration = try NodeConfiguration.read(place.configuration)
        let now = Clock.now()
        let wrong = now + direction * 365 * 86_400_000
        #expect(try NodeSetup.renewOffice(place, configuration, now: wrong))
        let strange = try Certificate(pem: try bytes(place.certificate))
        #expect(strange.isYetToBegin(now: now) == (direction > 0))
        #expect(try !NodeSetup.renewOffice(place, configuration, now: wrong))
        try city.start("center")
        let node = try city.daemon("center").node
        #expect(!node.identity.certificate.isYetToBegin(now: now))
        #expect(!node.identity.certificate.isHalfOver(now: now))
        #expect(NodeDoctor.certificate(node, now: now).isOK)
        // On a machine whose clock is a year behind, the doctor says what is the matter.
        let early = NodeDoctor.certificate(node, now: now - 365 * 86_400_000)
        #expect(!early.isOK)
        #expect(early.found.en.contains("compare the clocks"))
    }

    @Test("changed names reach the office's certificate at its next start, not only at half of its time")
    func names() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        city.stop("center")
        #expect(!city.logged("certificate_renewed"))
        let path = city.path("center") + "/kartoteka.conf"
        let key = try bytes(city.path("center") + "/node.key")
        let text = String(decoding: try bytes(path), as: UTF8.self)
        let changed = text.replacingOccurrences(
            of: "names = 127.0.0.1, office.example",
            with: "names = 127.0.0.1, other.example, ::1"
        )
        #expect(changed != text)
        try Files.write(path, Array(changed.utf8), doing: Label("testing"))
        try city.start("center")
        city.stop("center")
        let certificate = try Certificate(pem: try bytes(city.path("center") + "/node.pem"))
        #expect(certificate.isNamed(dns: ["other.example"], addresses: ["::1", "127.0.0.1"]))
        #expect(city.logged("certificate_renewed"))
        #expect(try bytes(city.path("center") + "/node.key") == key)
        try city.start("center")
        #expect(
            try Certificate(pem: try bytes(city.path("center") + "/node.pem")).fingerprint == certificate.fingerprint
        )
    }
}

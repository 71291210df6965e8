import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// The vectors of joining: certificates, the invitation, the exchange on the enrolment port.
///
/// Certificates and the request for one hold random signatures: they are made once and then given, like the keys.
enum Enrolments {
    static let prefix = Array("kartoteka enrolment 1\n".utf8)
    static let secret = "00112233445566778899aabbccddeeff"
    /// 1 January 2026, 00:00 UTC, in seconds.
    private static let begin: Int64 = 1_767_225_600

    static func write(_ book: VectorBook, town: Town) throws {
        try makeMissing(town)
        let authority = try Certificate(pem: VectorFiles.given("authority.crt.pem"))
        for name in ["authority.crt", "office.crt", "roads.csr", "roads.crt"] {
            book.add(name, "text", String(decoding: VectorFiles.given(name + ".pem"), as: UTF8.self))
        }
        let invitation: JSON = [
            "authority": .string(authority.fingerprint.hex), "node": "roads", "secret": .string(secret),
            "url": "https://office.example:8445",
        ]
        book.lines("invitation", [invitation])
        book.add("invitation-token", "text", "kartoteka-join-1:" + Base64.encode(invitation.canonicalBytes()))
        let ask: JSON = [
            "version": 1, "node": "roads", "secret": .string(secret), "request": .string(text("roads.csr.pem")),
        ]
        let signature = try town.signer("roads").sign(prefix + ask.canonicalBytes())
        let line: JSON = ["enrol": ask, "signature": .string(Base64.encode(signature))]
        let reply = try SignedReply(
            [
                "call": "enrol", "node": "roads", "office": "office",
                "officeKey": .string(Base64.encode(town.officeSigner.publicKey)),
                "url": "https://office.example:8444", "certificate": .string(text("roads.crt.pem")),
                "authority": .string(text("authority.crt.pem")),
            ],
            lines: Lines.digest([]),
            signer: town.officeSigner
        )
        book.exchange(
            "enrol",
            WireRequest("POST", "/enrol/v1", body: line.canonicalBytes() + [10]),
            WireResponse(status: 200, body: reply.line + [10])
        )
        try renew(book, town)
    }

    /// The same key, half a year later.
    private static func renew(_ book: VectorBook, _ town: Town) throws {
        try makeRenewed(town)
        book.add("roads-renewed.crt", "text", text("roads-renewed.crt.pem"))
        let ask: JSON = [
            "version": 1, "node": "roads", "request": .string(text("roads.csr.pem")),
            "certificate": .string(text("roads.crt.pem")),
        ]
        let message = Array("kartoteka renewal 1\n".utf8) + ask.canonicalBytes()
        let line: JSON = [
            "renew": ask, "signature": .string(Base64.encode(try town.signer("roads").sign(message))),
        ]
        let reply = try SignedReply(
            [
                "call": "renew", "node": "roads", "office": "office",
                "certificate": .string(text("roads-renewed.crt.pem")),
            ],
            lines: Lines.digest([]),
            signer: town.officeSigner
        )
        book.exchange(
            "renew",
            WireRequest("POST", "/renew/v1", body: line.canonicalBytes() + [10]),
            WireResponse(status: 200, body: reply.line + [10])
        )
    }

    private static func makeRenewed(_ town: Town) throws {
        guard VectorFiles.text("roads-renewed.crt.pem") == nil else { return }
        let certificate = try CertificateAuthority.issue(
            request: try CertificateRequest(pem: VectorFiles.given("roads.csr.pem")),
            node: "roads",
            dnsNames: [],
            addresses: [],
            usages: [.client],
            authority: try Certificate(pem: VectorFiles.given("authority.crt.pem")),
            key: try PrivateKey(pem: VectorFiles.given("authority.key.pem")),
            notBefore: begin + 200 * 86_400,
            days: 397,
            serial: [4]
        )
        try keep("roads-renewed.crt.pem", try certificate.pem())
    }

    private static func text(_ file: String) -> String { String(decoding: VectorFiles.given(file), as: UTF8.self) }

    private static func makeMissing(_ town: Town) throws {
        guard VectorFiles.text("roads.crt.pem") == nil else { return }
        let key = try PrivateKey(pem: VectorFiles.given("authority.key.pem"))
        let authority = try CertificateAuthority.selfSigned(
            name: "Kartoteka office",
            key: key,
            notBefore: begin,
            days: 3_650,
            serial: [1]
        )
        try keep("authority.crt.pem", try authority.pem())
        for (node, names, usages, serial) in [
            ("office", ["office.example"], [CertificateProfile.Purpose.client, .server], UInt8(2)),
            ("roads", [], [.client], UInt8(3)),
        ] {
            let nodeKey = node == "office" ? town.officeSigner.key : town.signer(node).key
            let request = try CertificateRequest.make(key: nodeKey, node: node)
            if node == "roads" { try keep("roads.csr.pem", request.pem()) }
            let certificate = try CertificateAuthority.issue(
                request: request,
                node: node,
                dnsNames: names,
                addresses: [],
                usages: usages,
                authority: authority,
                key: key,
                notBefore: begin,
                days: 397,
                serial: [serial]
            )
            try keep(node + ".crt.pem", try certificate.pem())
        }
    }

    private static func keep(_ name: String, _ bytes: [UInt8]) throws {
        try VectorFiles.write(name, String(decoding: bytes, as: UTF8.self))
    }
}

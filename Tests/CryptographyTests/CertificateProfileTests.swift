import COpenSSL
import Testing

@testable import Cryptography

@Suite("The profile of certificates for connections")
struct CertificateProfileTests {
    /// A certificate that breaks one rule of the profile, and what is said about it.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var version = 3
        var constraints: String? = "critical,CA:FALSE"
        var usage: String? = "clientAuth,serverAuth"
        var names: String? = "URI:urn:node:shevchenko"
        var kind = KeyKind.p256
        var now: Int64 = 1_750_000_000
        var purpose = CertificateProfile.Purpose.client
        var violation: ProfileViolation?

        var testDescription: String { name }

        var extensions: [(Int32, String)] {
            [(NID_basic_constraints, constraints), (NID_ext_key_usage, usage), (NID_subject_alt_name, names)]
                .compactMap { kind, text in text.map { (kind, $0) } }
        }
    }

    static let accepted: [Case] = [
        Case(name: "client"), Case(name: "server", purpose: .server), Case(name: "client only", usage: "clientAuth"),
        Case(name: "server only", usage: "serverAuth", purpose: .server), Case(name: "Ed25519", kind: .ed25519),
        Case(name: "without basic constraints", constraints: nil),
        Case(name: "with DNS names", names: "URI:urn:node:shevchenko,DNS:a.example,IP:10.0.0.1"),
        Case(name: "first second", now: 1_700_000_000), Case(name: "last second", now: 1_800_000_000),
    ]

    static let refused: [Case] = [
        Case(
            name: "version 1",
            version: 1,
            constraints: nil,
            usage: nil,
            names: nil,
            violation: .notVersion3(found: 1)
        ),
        Case(name: "an authority's", constraints: "critical,CA:TRUE", violation: .certificateAuthority),
        Case(name: "no extended key usage", usage: nil, violation: .noExtendedKeyUsage),
        Case(name: "any usage only", usage: "anyExtendedKeyUsage", violation: .purposeMissing(.client)),
        Case(name: "server used as client", usage: "serverAuth", violation: .purposeMissing(.client)),
        Case(name: "client used as server", usage: "clientAuth", purpose: .server, violation: .purposeMissing(.server)),
        Case(name: "common name instead of URI name", names: nil, violation: .noNodeName),
        Case(name: "DNS name only", names: "DNS:shevchenko", violation: .noNodeName),
        Case(name: "two URI names", names: "URI:urn:node:a,URI:urn:node:b", violation: .severalURINames(2)),
        Case(name: "wildcard node", names: "URI:urn:node:*", violation: .notANodeName("urn:node:*")),
        Case(name: "upper case", names: "URI:urn:node:Franko", violation: .notANodeName("urn:node:Franko")),
        Case(name: "upper case scheme", names: "URI:URN:node:franko", violation: .notANodeName("URN:node:franko")),
        Case(name: "empty node", names: "URI:urn:node:", violation: .notANodeName("urn:node:")),
        Case(
            name: "33 characters",
            names: "URI:urn:node:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            violation: .notANodeName("urn:node:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
        ),
        Case(
            name: "wildcard DNS name",
            names: "URI:urn:node:a,DNS:*.example",
            violation: .wildcardName("*.example")
        ),
        Case(name: "RSA", kind: .rsa, violation: .keyNotAccepted("RSA of 2048 bits")),
        Case(name: "P-384", kind: .p384, violation: .keyNotAccepted("EC of 384 bits")),
        Case(
            name: "expired",
            now: 1_800_000_001,
            violation: .expired(notAfter: 1_800_000_000, now: 1_800_000_001)
        ),
        Case(
            name: "not yet valid",
            now: 1_699_999_999,
            violation: .notYetValid(notBefore: 1_700_000_000, now: 1_699_999_999)
        ),
    ]

    private let key: PrivateKey
    private let root: Certificate

    init() throws {
        key = try PrivateKey.generate()
        root = try Self.root(key)
    }

    private static func root(_ key: PrivateKey, notBefore: Int64 = 1_600_000_000) throws -> Certificate {
        try CertificateAuthority.selfSigned(name: "Root", key: key, notBefore: notBefore, days: 3650, serial: [1])
    }

    private func certificate(_ example: Case) throws -> Certificate {
        try OpenSSLObjects.certificate(
            version: example.version,
            extensions: example.extensions,
            kind: example.kind,
            authority: root,
            key: key
        )
    }

    @Test("a certificate that keeps every rule names its node", arguments: accepted)
    func accepts(example: Case) throws {
        let certificate = try certificate(example)
        let peer = try CertificateProfile.check(
            certificate,
            purpose: example.purpose,
            authorities: [root],
            now: example.now
        )
        #expect(peer.node == "shevchenko")
        #expect(peer.key == certificate.publicKey.fingerprint)
        #expect(peer.serial == "4d")
    }

    @Test("a certificate that breaks one rule is refused with the sentence of that rule", arguments: refused)
    func refuses(example: Case) throws {
        let certificate = try certificate(example)
        let violation = try #require(example.violation)
        #expect(throws: violation) {
            try CertificateProfile.check(certificate, purpose: example.purpose, authorities: [root], now: example.now)
        }
    }

    @Test("every violation has its own sentence")
    func sentences() {
        let sentences = Self.refused.compactMap { $0.violation?.description }
        let others: [ProfileViolation] = [.malformed, .unknownAuthority, .authorityNotValid]
        #expect(Set(sentences + others.map(\.description)).count == 17 + others.count)
        #expect(sentences.allSatisfy { $0.hasSuffix(".") })
    }

    @Test("only an accepted authority, valid now, with its own key counts")
    func authorities() throws {
        let certificate = try certificate(Case(name: "good"))
        let stranger = try Self.root(try PrivateKey.generate())
        let late = try Self.root(key, notBefore: 1_760_000_000)
        func check(_ authorities: [Certificate]) throws -> PeerIdentity {
            try CertificateProfile.check(certificate, purpose: .client, authorities: authorities, now: 1_750_000_000)
        }
        #expect(throws: ProfileViolation.unknownAuthority) { try check([]) }
        #expect(throws: ProfileViolation.unknownAuthority) { try check([stranger]) }
        #expect(throws: ProfileViolation.unknownAuthority) { try check([certificate]) }
        #expect(throws: ProfileViolation.authorityNotValid) { try check([late]) }
        #expect(try check([stranger, late, root]).node == "shevchenko")
    }

    @Test("a certificate is no authority for another")
    func chains() throws {
        let nodeKey = try PrivateKey.generate()
        let node = try CertificateAuthority.issue(
            request: try CertificateRequest.make(key: nodeKey, node: "franko"),
            node: "franko",
            dnsNames: [],
            addresses: [],
            authority: root,
            key: key,
            notBefore: 1_700_000_000,
            days: 3000,
            serial: [9]
        )
        let forged = try OpenSSLObjects.certificate(
            extensions: Case(name: "forged").extensions,
            authority: node,
            key: nodeKey
        )
        #expect(throws: ProfileViolation.unknownAuthority) {
            try CertificateProfile.check(forged, purpose: .client, authorities: [root, node], now: 1_750_000_000)
        }
    }

    @Test("a doubled or unreadable extension, or an unknown critical one, is refused")
    func malformed() throws {
        let good = Case(name: "good").extensions
        let doubled = good + [(NID_subject_alt_name, "URI:urn:node:franko")]
        let garbage = good.filter { $0.0 != NID_subject_alt_name } + [(NID_subject_alt_name, "DER:30030102")]
        let critical = good + [(NID_netscape_comment, "critical,DER:0c0161")]
        for extensions in [doubled, garbage, critical] {
            let certificate = try OpenSSLObjects.certificate(extensions: extensions, authority: root, key: key)
            #expect(throws: ProfileViolation.malformed) {
                try CertificateProfile.check(certificate, purpose: .client, authorities: [root], now: 1_750_000_000)
            }
        }
    }
}

import Cryptography
import Testing

@Suite("Certificates and requests")
struct CertificateTests {
    private let key: PrivateKey
    private let root: Certificate
    private let nodeKey: PrivateKey

    init() throws {
        key = try PrivateKey.generate()
        nodeKey = try PrivateKey.generate()
        root = try CertificateAuthority.selfSigned(
            name: "Kartoteka root",
            key: key,
            notBefore: 1_700_000_000,
            days: 3650,
            serial: [1, 2, 3]
        )
    }

    private func issue(
        node: String = "shevchenko",
        requestFor: String? = nil,
        dnsNames: [String] = [],
        addresses: [String] = [],
        days: Int = 90,
        notBefore: Int64 = 1_700_000_000,
        serial: [UInt8] = [0x80, 1]
    ) throws -> Certificate {
        try CertificateAuthority.issue(
            request: try CertificateRequest.make(key: nodeKey, node: requestFor ?? node),
            node: node,
            dnsNames: dnsNames,
            addresses: addresses,
            authority: root,
            key: key,
            notBefore: notBefore,
            days: days,
            serial: serial
        )
    }

    @Test("an issued certificate says what was asked for")
    func issued() throws {
        let certificate = try issue(dnsNames: ["office.example", "a.b"], addresses: ["10.0.0.1", "2001:db8::1"])
        #expect(certificate.uriNames == ["urn:node:shevchenko"])
        #expect(certificate.dnsNames == ["office.example", "a.b"])
        #expect(certificate.subjectCommonName == "shevchenko")
        #expect(certificate.serial == "8001")
        #expect(certificate.publicKey == nodeKey.publicKey)
        #expect(certificate.notBefore == 1_700_000_000)
        #expect(certificate.notAfter == 1_700_000_000 + 90 * 86_400 - 1)
        #expect(certificate.fingerprint == SHA256.hash(certificate.der))
    }

    @Test("a certificate comes back from DER and PEM; a file may hold two roots")
    func forms() throws {
        #expect(try Certificate(der: root.der).der == root.der)
        let pem = try root.pem()
        #expect(try Certificate(pem: pem).der == root.der)
        #expect(try Certificate.list(pem: pem + pem).count == 2)
        #expect(throws: CryptographyError.self) { try Certificate(pem: pem + pem) }
        #expect(throws: CryptographyError.self) { try Certificate.list(pem: []) }
        #expect(throws: CryptographyError.self) { try Certificate.list(pem: pem + pem.prefix(pem.count / 2)) }
        #expect(throws: CryptographyError.self) { try Certificate(der: root.der + [0]) }
    }

    @Test("every truncation of a certificate is refused")
    func truncations() throws {
        let der = try issue().der
        for count in 0..<der.count {
            #expect(throws: CryptographyError.self) { try Certificate(der: Array(der.prefix(count))) }
        }
    }

    @Test("a certificate with any byte changed is refused or not taken for the issued one")
    func changes() throws {
        let certificate = try issue()
        for index in certificate.der.indices {
            for mask: UInt8 in [1, 0x80, 0xff] {
                var der = certificate.der
                der[index] ^= mask
                #expect(throws: (any Error).self, "byte \(index)") {
                    let changed = try Certificate(der: der)
                    _ = try CertificateProfile.check(
                        changed,
                        purpose: .client,
                        authorities: [root],
                        now: 1_700_000_001
                    )
                }
            }
        }
    }

    @Test("the name of a node, a DNS name and an address cannot smuggle in another name")
    func smuggling() throws {
        for node in ["", "A", "1a", "a,URI:urn:node:b", "a\u{0}", "a b", String(repeating: "a", count: 33)] {
            #expect(throws: CryptographyError.self) { try issue(node: node, requestFor: "shevchenko") }
            #expect(throws: CryptographyError.self) { try CertificateRequest.make(key: nodeKey, node: node) }
        }
        for name in ["", "*.example", "a,URI:urn:node:b", "Office.example", "a..b", "-a", "a.", "a\u{0}b"] {
            #expect(throws: CryptographyError.self) { try issue(dnsNames: [name]) }
        }
        for address in [
            "", "10.0.0", "10.0.0.256", "example", "10.0.0.1,DNS:b", "10.0.0.1 ", "10.0.0.01", "::1 ", "1\u{0}",
        ] {
            #expect(throws: CryptographyError.self) { try issue(addresses: [address]) }
        }
    }

    @Test("an authority does not issue for another node, with another key, or out of bounds")
    func refusals() throws {
        #expect(throws: CryptographyError.self) { try issue(node: "franko", requestFor: "shevchenko") }
        #expect(throws: CryptographyError.self) { try issue(days: 0) }
        #expect(throws: CryptographyError.self) { try issue(days: .max) }
        #expect(throws: CryptographyError.self) { try issue(notBefore: .max) }
        #expect(throws: CryptographyError.self) { try issue(notBefore: -1) }
        #expect(throws: CryptographyError.self) { try issue(serial: []) }
        #expect(throws: CryptographyError.self) { try issue(serial: [0, 0]) }
        #expect(throws: CryptographyError.self) { try issue(serial: [0x80] + [UInt8](repeating: 0, count: 19)) }
        #expect(throws: CryptographyError.self) { try issue(serial: [UInt8](repeating: 1, count: 21)) }
        #expect(try issue(serial: [0x7f] + [UInt8](repeating: 0, count: 19)).serial.utf8.count == 40)
        let request = try CertificateRequest.make(key: nodeKey, node: "franko")
        let issued = try issue()
        for (authority, signer) in [(root, nodeKey), (issued, nodeKey)] {
            #expect(throws: CryptographyError.self) {
                try CertificateAuthority.issue(
                    request: request,
                    node: "franko",
                    dnsNames: [],
                    addresses: [],
                    authority: authority,
                    key: signer,
                    notBefore: 1_700_000_000,
                    days: 90,
                    serial: [1]
                )
            }
        }
    }

    @Test("a request comes back from PEM with its node and key")
    func request() throws {
        let request = try CertificateRequest.make(key: nodeKey, node: "franko-2")
        let again = try CertificateRequest(pem: request.pem())
        #expect(again.node == "franko-2")
        #expect(again.publicKey == nodeKey.publicKey)
        #expect(again.pem() == request.pem())
    }

    @Test("a request whose own signature is broken is refused")
    func brokenRequest() throws {
        let text = String(decoding: try CertificateRequest.make(key: nodeKey, node: "franko").pem(), as: UTF8.self)
        let lines = text.split(separator: "\n")
        let der = try #require(Base64.decode(lines.dropFirst().dropLast().joined()))
        for index in der.indices {
            var changed = der
            changed[index] ^= 1
            let pem = "\(lines[0])\n\(Base64.encode(changed))\n\(lines[lines.count - 1])\n"
            #expect(throws: CryptographyError.self, "byte \(index)") { try CertificateRequest(pem: Array(pem.utf8)) }
        }
    }
}

import Testing

@testable import Cryptography

/// An authority that browsers are taught to trust can vouch for one node and nothing else.
struct BrowserAuthorityTests {
    private static let now: Int64 = 1_780_000_000
    private static let names = BrowserNames(dns: ["work.example"], addresses: ["10.0.0.5"])

    private func authority(_ names: BrowserNames = names) throws -> (certificate: Certificate, key: PrivateKey) {
        let key = try PrivateKey.generate()
        let certificate = try BrowserAuthority.make(
            name: "Kartoteka urz web",
            names: names,
            key: key,
            notBefore: Self.now,
            days: 3_650,
            serial: [7]
        )
        return (certificate, key)
    }

    private func leaf(
        _ names: BrowserNames,
        of authority: (certificate: Certificate, key: PrivateKey),
        key: PrivateKey,
        days: Int = 90
    ) throws -> Certificate {
        try BrowserAuthority.issue(
            name: "urz",
            names: names,
            key: key.publicKey,
            authority: authority.certificate,
            authorityKey: authority.key,
            notBefore: Self.now,
            days: days,
            serial: [8]
        )
    }

    @Test("its certificate permits the names that it was made for, each as it stands")
    func constraints() throws {
        let made = try authority()
        #expect(made.certificate.isAuthority && !made.certificate.isMalformed)
        #expect(made.certificate.permitted(of: Self.names) == Self.names)
        let others = BrowserNames(
            dns: ["example", "sub.work.example", "other.example"],
            addresses: ["10.0.0.6", "::1"]
        )
        #expect(made.certificate.permitted(of: others).isEmpty)
    }

    @Test("one for addresses alone permits no name, and one for names alone no address")
    func oneKind() throws {
        let addresses = try authority(BrowserNames(dns: [], addresses: ["fd00::1", "10.0.0.5"]))
        #expect(addresses.certificate.permitted(of: Self.names) == BrowserNames(dns: [], addresses: ["10.0.0.5"]))
        let names = try authority(BrowserNames(dns: ["work.example"], addresses: []))
        #expect(names.certificate.permitted(of: Self.names) == BrowserNames(dns: ["work.example"], addresses: []))
    }

    @Test("signs for a server alone, for ninety days at most, and for permitted names")
    func leaves() throws {
        let made = try authority()
        let key = try PrivateKey.generate()
        let issued = try leaf(Self.names, of: made, key: key)
        #expect(issued.isForBrowsers(of: Self.names, key: key.publicKey, authority: made.certificate))
        #expect(issued.uriNames.isEmpty, "it names no node")
        #expect(throws: CryptographyError.self) { try leaf(Self.names, of: made, key: key, days: 91) }
        let foreign = BrowserNames(dns: ["other.example"], addresses: [])
        #expect(throws: CryptographyError.self) { try leaf(foreign, of: made, key: key) }
        #expect(throws: CryptographyError.self) { try leaf(Self.names, of: (made.certificate, key), key: key) }
    }

    @Test("a certificate of its own is nobody's at the exchange, whatever it is shown for")
    func neverANode() throws {
        let made = try authority()
        let issued = try leaf(Self.names, of: made, key: try PrivateKey.generate())
        for purpose in [CertificateProfile.Purpose.client, .server] {
            #expect(throws: ProfileViolation.self) {
                try CertificateProfile.check(
                    issued,
                    purpose: purpose,
                    authorities: [made.certificate],
                    now: Self.now + 1
                )
            }
        }
    }

    @Test("is not made for nothing, nor for a name with a wildcard")
    func badNames() {
        for names in [
            BrowserNames(dns: [], addresses: []), BrowserNames(dns: ["*.example"], addresses: []),
            BrowserNames(dns: [], addresses: ["10.0.0"]),
        ] {
            #expect(throws: CryptographyError.self) { try authority(names) }
        }
    }
}

import COpenSSL
import CPlatform

/// Host names and numeric addresses under which browsers ask for a server.
public struct BrowserNames: Sendable, Hashable {
    /// In small letters, without wildcards.
    public let dns: [String]
    /// IPv4 and IPv6, without brackets.
    public let addresses: [String]

    public init(dns: [String], addresses: [String]) {
        self.dns = dns
        self.addresses = addresses
    }

    public var isEmpty: Bool { dns.isEmpty && addresses.isEmpty }

    /// At least one name, none of them malformed.
    fileprivate func checked(_ doing: String) throws(CryptographyError) -> (dns: [String], octets: [[UInt8]]) {
        guard !isEmpty, dns.count + addresses.count <= 64 else { throw .refused(doing + ": 1 to 64 names are needed") }
        if let bad = dns.first(where: { !NodeName.isValidDNS($0) }) {
            throw .refused(doing + ": \(bad) is not a DNS name in lowercase without wildcards")
        }
        var octets: [[UInt8]] = []
        for address in addresses {
            guard let bytes = CertificateAuthority.octets(ofAddress: address) else {
                throw .refused(doing + ": \(address) is not an IP address")
            }
            octets.append(bytes)
        }
        return (dns, octets)
    }
}

/// An authority that people's browsers are taught to trust, and that can therefore do next to nothing.
///
/// It signs for servers alone, and critical name constraints bind it to the names and addresses that it was made for:
/// whoever steals its key can pretend to be this one node, and no other site.
public enum BrowserAuthority {
    /// Days that a certificate for browsers is valid at most.
    public static let leafDays = 90

    /// The certificate of a new authority for these names.
    public static func make(
        name: String,
        names: BrowserNames,
        key: PrivateKey,
        notBefore: Int64,
        days: Int,
        serial: [UInt8]
    ) throws(CryptographyError) -> Certificate {
        let doing = "making the authority for browsers \(name)"
        let (dns, octets) = try names.checked(doing)
        let certificate = try CertificateAuthority.blank(
            doing,
            key: key.publicKey,
            notBefore: notBefore,
            days: days,
            serial: serial
        )
        let pointer = certificate.pointer
        defer { withExtendedLifetime(certificate) {} }
        try Subject.setCommonName(name, of: X509_get_subject_name(pointer), doing)
        try require(X509_set_issuer_name(pointer, X509_get_subject_name(pointer)), doing)
        try CertificateAuthority.extend(certificate, issuer: pointer, doing) {
            [
                (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"), (NID_key_usage, "critical,keyCertSign"),
                (NID_ext_key_usage, "serverAuth"), (NID_subject_key_identifier, "hash"),
            ]
        }
        var permitted = AlternativeNames()
        permitted.dns = dns
        permitted.addresses = octets.map { $0 + [UInt8](repeating: 0xff, count: $0.count) }
        let excluded = excluded(dns: dns, octets: octets)
        // A type of name of which nothing is permitted would be free: it is excluded as a whole.
        var failure: CryptographyError?
        try permitted.withNames(doing) { permitted in
            var done: Int32 = 0
            do throws(CryptographyError) {
                try excluded.withNames(doing) { excluded in
                    done = kartoteka_certificate_add_constraints(pointer, permitted, excluded)
                    return done
                }
            } catch { failure = error }
            return done
        }
        if let failure { throw failure }
        return try CertificateAuthority.signed(certificate, by: key, doing)
    }

    private static func excluded(dns: [String], octets: [[UInt8]]) -> AlternativeNames {
        var excluded = AlternativeNames()
        if dns.isEmpty { excluded.dns = [""] }
        for count in [4, 16] where !octets.contains(where: { $0.count == count }) {
            excluded.addresses.append([UInt8](repeating: 0, count: count * 2))
        }
        return excluded
    }

    /// A certificate for a server, good for browsers alone: it names no node.
    ///
    /// Refused are names that the authority does not permit, and more than `leafDays`.
    public static func issue(
        name: String,
        names: BrowserNames,
        key: PublicKey,
        authority: Certificate,
        authorityKey: PrivateKey,
        notBefore: Int64,
        days: Int,
        serial: [UInt8]
    ) throws(CryptographyError) -> Certificate {
        let doing = "issuing a certificate for browsers"
        guard authority.publicKey == authorityKey.publicKey else {
            throw .refused(doing + ": the key is not the one of the authority's certificate")
        }
        guard days <= leafDays else { throw .refused(doing + ": it is valid for \(leafDays) days at most") }
        guard authority.permitted(of: names) == names else {
            throw .refused(doing + ": the authority does not permit all of its names")
        }
        let (dns, octets) = try names.checked(doing)
        var alternative = AlternativeNames()
        alternative.dns = dns
        alternative.addresses = octets
        let certificate = try CertificateAuthority.blank(
            doing,
            key: key,
            notBefore: notBefore,
            days: days,
            serial: serial
        )
        let pointer = certificate.pointer
        defer { withExtendedLifetime(certificate) {} }
        try Subject.setCommonName(name, of: X509_get_subject_name(pointer), doing)
        let issuer = authority.handle.pointer
        try require(X509_set_issuer_name(pointer, X509_get_subject_name(issuer)), doing)
        try alternative.withNames(doing) { kartoteka_certificate_add_names(pointer, $0, 0) }
        try CertificateAuthority.extend(certificate, issuer: issuer, doing) {
            [
                (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
                (NID_ext_key_usage, "serverAuth"), (NID_subject_key_identifier, "hash"),
                (NID_authority_key_identifier, "keyid:always"),
            ]
        }
        return try CertificateAuthority.signed(certificate, by: authorityKey, doing)
    }
}

extension Certificate {
    /// Of these names those that its name constraints permit, each as it stands there; without constraints none.
    public func permitted(of names: BrowserNames) -> BrowserNames {
        let permitted = AlternativeNames(permittedBy: handle.pointer)
        return BrowserNames(
            dns: names.dns.filter { permitted.dns.contains($0) },
            addresses: names.addresses.filter { address in
                guard let octets = CertificateAuthority.octets(ofAddress: address) else { return false }
                return permitted.addresses.contains(octets + [UInt8](repeating: 0xff, count: octets.count))
            }
        )
    }

    /// Whether it is for this key, signed by this authority, and for exactly these names.
    public func isForBrowsers(of names: BrowserNames, key: PublicKey, authority: Certificate) -> Bool {
        publicKey == key && !isAuthority && isIssued(by: authority)
            && isNamed(dns: names.dns, addresses: names.addresses)
    }
}

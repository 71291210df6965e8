import COpenSSL

/// Our own rules for certificates of connections, checked after the handshake: OpenSSL alone accepts certificates
/// without extended key usage, with a wildcard, or known by their common name only.
public enum CertificateProfile {
    /// The part that the holder of the certificate plays in the connection.
    public enum Purpose: Sendable, Hashable {
        case client, server

        var usage: String {
            switch self {
            case .client: "clientAuth"
            case .server: "serverAuth"
            }
        }

        fileprivate var flag: UInt32 {
            switch self {
            case .client: UInt32(XKU_SSL_CLIENT)
            case .server: UInt32(XKU_SSL_SERVER)
            }
        }
    }

    /// Answers who the holder is.
    ///
    /// `now` in seconds since 1970. Whether its key is on the allow-list is the caller's question.
    public static func check(
        _ certificate: Certificate,
        purpose: Purpose,
        authorities: [Certificate],
        now: Int64
    ) throws(ProfileViolation) -> PeerIdentity {
        let peer = try identify(certificate, purpose: purpose, authorities: authorities, now: now)
        guard now >= certificate.notBefore else {
            throw .notYetValid(notBefore: certificate.notBefore, now: now)
        }
        guard now <= certificate.notAfter else { throw .expired(notAfter: certificate.notAfter, now: now) }
        return peer
    }

    /// The same whatever the certificate's own time: whose it is, was or will be.
    ///
    /// Its authority must be valid `now`.
    public static func identify(
        _ certificate: Certificate,
        purpose: Purpose,
        authorities: [Certificate],
        now: Int64
    ) throws(ProfileViolation) -> PeerIdentity {
        guard certificate.version == 3 else { throw .notVersion3(found: certificate.version) }
        guard !certificate.isMalformed else { throw .malformed }
        guard !certificate.isAuthority else { throw .certificateAuthority }
        guard let usage = certificate.extendedKeyUsage else { throw .noExtendedKeyUsage }
        // anyExtendedKeyUsage does not count: the purpose must be named.
        guard usage & purpose.flag != 0 else { throw .purposeMissing(purpose) }
        let node = try node(of: certificate)
        if case .other(let kind) = certificate.publicKey.algorithm { throw .keyNotAccepted(kind) }
        try checkIssuer(of: certificate, authorities: authorities, now: now)
        return PeerIdentity(
            node: node,
            key: certificate.publicKey.fingerprint,
            serial: certificate.serial,
            notAfter: certificate.notAfter
        )
    }

    private static func node(of certificate: Certificate) throws(ProfileViolation) -> String {
        guard let uri = certificate.uriNames.first else { throw .noNodeName }
        guard certificate.uriNames.count == 1 else { throw .severalURINames(certificate.uriNames.count) }
        guard let node = NodeName.node(ofURI: uri) else { throw .notANodeName(uri) }
        if let wildcard = certificate.dnsNames.first(where: { $0.utf8.contains(UInt8(ascii: "*")) }) {
            throw .wildcardName(wildcard)
        }
        return node
    }

    private static func checkIssuer(
        of certificate: Certificate,
        authorities: [Certificate],
        now: Int64
    ) throws(ProfileViolation) {
        let issuers = authorities.filter { $0.isAuthority && !$0.isMalformed && certificate.isIssued(by: $0) }
        guard !issuers.isEmpty else { throw .unknownAuthority }
        guard issuers.contains(where: { $0.notBefore <= now && now <= $0.notAfter }) else { throw .authorityNotValid }
    }
}

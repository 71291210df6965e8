import COpenSSL
import CPlatform

/// The issuing of certificates.
public enum CertificateAuthority {
    /// A root: version 3, CA:TRUE with path length 0, key usage for certificates and revocation lists only.
    public static func selfSigned(
        name: String,
        key: PrivateKey,
        notBefore: Int64,
        days: Int,
        serial: [UInt8]
    ) throws(CryptographyError) -> Certificate {
        let doing = "making the certificate of the authority \(name)"
        let certificate = try blank(doing, key: key.publicKey, notBefore: notBefore, days: days, serial: serial)
        let pointer = certificate.pointer
        defer { withExtendedLifetime(certificate) {} }
        try Subject.setCommonName(name, of: X509_get_subject_name(pointer), doing)
        try require(X509_set_issuer_name(pointer, X509_get_subject_name(pointer)), doing)
        try extend(certificate, issuer: pointer, doing) {
            [
                (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"), (NID_key_usage, "critical,keyCertSign,cRLSign"),
                (NID_subject_key_identifier, "hash"),
            ]
        }
        return try signed(certificate, by: key, doing)
    }

    /// The certificate of a node: its only identity is the URI name `urn:node:<node>`.
    public static func issue(
        request: CertificateRequest,
        node: String,
        dnsNames: [String],
        addresses: [String],
        usages: [CertificateProfile.Purpose] = [.client, .server],
        authority: Certificate,
        key: PrivateKey,
        notBefore: Int64,
        days: Int,
        serial: [UInt8]
    ) throws(CryptographyError) -> Certificate {
        let doing = "issuing a certificate for \(node)"
        guard request.node == nil || request.node == node else {
            throw .refused(doing + ": the request is for \(request.node ?? "another node")")
        }
        guard authority.publicKey == key.publicKey else {
            throw .refused(doing + ": the key is not the one of the authority's certificate")
        }
        guard authority.isAuthority else { throw .refused(doing + ": the authority's certificate is not a CA's") }
        guard let purposes = extendedKeyUsage(usages) else { throw .refused(doing + ": no usage is given") }
        let names = try names(node: node, dnsNames: dnsNames, addresses: addresses, doing)
        let certificate = try blank(doing, key: request.publicKey, notBefore: notBefore, days: days, serial: serial)
        let pointer = certificate.pointer
        defer { withExtendedLifetime(certificate) {} }
        try Subject.setCommonName(node, of: X509_get_subject_name(pointer), doing)
        let issuer = authority.handle.pointer
        try require(X509_set_issuer_name(pointer, X509_get_subject_name(issuer)), doing)
        try names.withNames(doing) { kartoteka_certificate_add_names(pointer, $0, 0) }
        try extend(certificate, issuer: issuer, doing) {
            [
                (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
                (NID_ext_key_usage, purposes), (NID_subject_key_identifier, "hash"),
                (NID_authority_key_identifier, "keyid:always"),
            ]
        }
        return try signed(certificate, by: key, doing)
    }

    private static func extendedKeyUsage(_ usages: [CertificateProfile.Purpose]) -> String? {
        switch (usages.contains(.client), usages.contains(.server)) {
        case (true, true): "clientAuth,serverAuth"
        case (true, false): "clientAuth"
        case (false, true): "serverAuth"
        case (false, false): nil
        }
    }

    private static func names(
        node: String,
        dnsNames: [String],
        addresses: [String],
        _ doing: String
    ) throws(CryptographyError) -> AlternativeNames {
        guard NodeName.isValid(node) else { throw .refused(doing + ": a node id is [a-z][a-z0-9-]{0,31}") }
        guard dnsNames.count + addresses.count <= 64 else { throw .refused(doing + ": more than 64 names") }
        var names = AlternativeNames()
        names.uris = [NodeName.prefix + node]
        for name in dnsNames {
            guard NodeName.isValidDNS(name) else {
                throw .refused(doing + ": \(name) is not a DNS name in lowercase without wildcards")
            }
            names.dns.append(name)
        }
        for address in addresses {
            guard let octets = octets(ofAddress: address) else {
                throw .refused(doing + ": \(address) is not an IP address")
            }
            names.addresses.append(octets)
        }
        return names
    }

    /// The 4 or 16 bytes of an IP address; OpenSSL alone lets trailing white space and leading zeros pass.
    static func octets(ofAddress address: String) -> [UInt8]? {
        defer { ERR_clear_error() }
        let characters = Array("0123456789abcdefABCDEF:.".utf8)
        guard address.utf8.allSatisfy({ characters.contains($0) }), let string = a2i_IPADDRESS(address) else {
            return nil
        }
        defer { ASN1_OCTET_STRING_free(string) }
        let count = Int(max(0, ASN1_STRING_length(string)))
        let octets = [UInt8](UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: count))
        let canonical = octets.map { String($0) }.joined(separator: ".")
        return count == 16 || address == canonical ? octets : nil
    }

    /// A certificate with everything but names, extensions and signature.
    static func blank(
        _ doing: String,
        key: PublicKey,
        notBefore: Int64,
        days: Int,
        serial: [UInt8]
    ) throws(CryptographyError) -> CertificateHandle {
        let certificate = CertificateHandle(owning: try require(X509_new(), doing))
        let pointer = certificate.pointer
        defer { withExtendedLifetime(certificate) {} }
        try require(X509_set_version(pointer, Int(X509_VERSION_3)), doing)
        try setSerial(serial, of: pointer, doing)
        guard (1...36_500).contains(days), (0...200_000_000_000).contains(notBefore) else {
            throw .refused(doing + ": a validity of \(days) days from \(notBefore) is out of bounds")
        }
        // The last second is part of the validity (RFC 5280 section 4.1.2.5).
        for (seconds, set) in [
            (notBefore, X509_set1_notBefore), (notBefore + Int64(days) * 86_400 - 1, X509_set1_notAfter),
        ] {
            let time = try require(ASN1_TIME_set(nil, Int(seconds)), doing)
            defer { ASN1_TIME_free(time) }
            try require(set(pointer, time), doing)
        }
        let spki = Memory.decoded(key.spki, free: { EVP_PKEY_free($0) }, { d2i_PUBKEY(nil, $0, $1) })
        let handle = KeyHandle(owning: try require(spki, doing))
        defer { withExtendedLifetime(handle) {} }
        try require(X509_set_pubkey(pointer, handle.pointer), doing)
        return certificate
    }

    private static func setSerial(
        _ serial: [UInt8],
        of certificate: OpaquePointer,
        _ doing: String
    ) throws(CryptographyError) {
        let digits = serial.drop { $0 == 0 }
        guard let first = digits.first, digits.count < 20 || (digits.count == 20 && first < 0x80) else {
            throw .refused(doing + ": a serial number is positive and has at most 20 bytes (RFC 5280 section 4.1.2.2)")
        }
        let number = try require(BN_bin2bn(serial, Int32(serial.count), nil), doing)
        defer { BN_free(number) }
        let integer = try require(BN_to_ASN1_INTEGER(number, nil), doing)
        defer { ASN1_INTEGER_free(integer) }
        try require(X509_set_serialNumber(certificate, integer), doing)
    }

    static func extend(
        _ certificate: CertificateHandle,
        issuer: OpaquePointer,
        _ doing: String,
        _ extensions: () -> [(Int32, String)]
    ) throws(CryptographyError) {
        for (kind, text) in extensions() {
            try require(kartoteka_certificate_add_extension(certificate.pointer, issuer, kind, text), doing)
        }
    }

    static func signed(
        _ certificate: CertificateHandle,
        by key: PrivateKey,
        _ doing: String
    ) throws(CryptographyError) -> Certificate {
        guard X509_sign(certificate.pointer, key.handle.pointer, EVP_sha256()) > 0 else { throw .last(doing) }
        // Read again from its bytes, so that what we hand out is what others will see.
        let der = try Memory.encoded(doing) { i2d_X509(certificate.pointer, $0) }
        return try Certificate(der: der)
    }
}

import COpenSSL

/// An X.509 certificate, taken apart once.
///
/// Reading one says nothing of trust: that is `CertificateProfile.check`.
public struct Certificate: Sendable {
    /// As received: signatures and fingerprints are over these bytes, never over bytes written anew.
    public let der: [UInt8]
    /// The key that it is about.
    public let publicKey: PublicKey
    /// Lowercase hexadecimal digits without needless zero bytes.
    public let serial: String
    /// Seconds since 1970.
    public let notBefore: Int64
    /// Seconds since 1970; the certificate is valid through this second.
    public let notAfter: Int64
    /// SHA-256 of the DER form.
    public let fingerprint: SHA256Digest
    /// In order; a node's has exactly one.
    public let uriNames: [String]
    /// In order; never who a peer is.
    public let dnsNames: [String]
    /// 4 or 16 bytes each.
    let addresses: [[UInt8]]
    /// For people to read; decides nothing.
    public let subjectCommonName: String?

    let handle: CertificateHandle
    /// The version as people count: 3 is the one with extensions.
    let version: Int
    let isAuthority: Bool
    /// Whether an extension is unreadable, doubled, or critical and unknown.
    let isMalformed: Bool
    /// The purposes of the extended key usage; nil without that extension.
    let extendedKeyUsage: UInt32?

    /// Reads exactly one certificate.
    public init(pem: [UInt8]) throws(CryptographyError) {
        let all = try Self.list(pem: pem)
        guard all.count == 1 else {
            throw .refused("reading a certificate from PEM: there are \(all.count) instead of one")
        }
        self = all[0]
    }

    /// Reads a certificate that fills these bytes.
    public init(der: [UInt8]) throws(CryptographyError) {
        let pointer = Memory.decoded(der, free: { X509_free($0) }, { d2i_X509(nil, $0, $1) })
        try self.init(owning: try require(pointer, "reading a certificate from DER"))
        guard self.der == der else { throw .refused("reading a certificate from DER: the bytes are not DER") }
    }

    /// All certificates of a file, for instance the two roots of a rotation; at least one, at most 64.
    public static func list(pem: [UInt8]) throws(CryptographyError) -> [Certificate] {
        let doing = "reading a certificate from PEM"
        var pointers: [OpaquePointer] = []
        ERR_clear_error()
        _ = Memory.reading(pem) { bio -> Void? in
            while pointers.count <= 64, let pointer = PEM_read_bio_X509(bio, nil, { _, _, _, _ in -1 }, nil) {
                pointers.append(pointer)
            }
            return ()
        }
        let handles = pointers.map { CertificateHandle(owning: $0) }
        // The end of the text is an error to OpenSSL, too; any other error means that a certificate is broken.
        let code = ERR_peek_last_error()
        let ended = code >> 23 & 0xff == UInt(ERR_LIB_PEM) && code & 0x7f_ffff == UInt(PEM_R_NO_START_LINE)
        guard ended, !handles.isEmpty else { throw .last(doing) }
        ERR_clear_error()
        var certificates: [Certificate] = []
        for handle in handles { certificates.append(try Certificate(handle)) }
        return certificates
    }

    init(owning pointer: OpaquePointer) throws(CryptographyError) {
        try self.init(CertificateHandle(owning: pointer))
    }

    private init(_ handle: CertificateHandle) throws(CryptographyError) {
        defer { ERR_clear_error() }
        let pointer = handle.pointer
        self.handle = handle
        der = try Memory.encoded("writing a certificate as DER") { i2d_X509(pointer, $0) }
        fingerprint = SHA256.hash(der)
        let key = X509_get_X509_PUBKEY(pointer)
        publicKey = PublicKey(certified: try Memory.encoded("reading a certificate's key") { i2d_X509_PUBKEY(key, $0) })
        serial = try Self.hex(X509_get0_serialNumber(pointer))
        notBefore = try Self.seconds(X509_get0_notBefore(pointer))
        notAfter = try Self.seconds(X509_get0_notAfter(pointer))
        subjectCommonName = Self.commonName(X509_get_subject_name(pointer))
        let names = AlternativeNames(certificate: pointer)
        uriNames = names.uris
        dnsNames = names.dns
        addresses = names.addresses
        version = X509_get_version(pointer) + 1
        let flags = X509_get_extension_flags(pointer)
        isMalformed = names.malformed || flags & UInt32(EXFLAG_INVALID | EXFLAG_CRITICAL) != 0
        let signsCertificates =
            flags & UInt32(EXFLAG_KUSAGE) != 0 && X509_get_key_usage(pointer) & UInt32(KU_KEY_CERT_SIGN) != 0
        isAuthority = flags & UInt32(EXFLAG_CA) != 0 || signsCertificates
        extendedKeyUsage = flags & UInt32(EXFLAG_XKUSAGE) == 0 ? nil : X509_get_extended_key_usage(pointer)
    }

    /// Whether these are its host names and numeric addresses, in any order.
    public func isNamed(dns: [String], addresses: [String]) -> Bool {
        let wanted = addresses.compactMap { CertificateAuthority.octets(ofAddress: $0) }
        return wanted.count == addresses.count && Set(dns) == Set(dnsNames) && Set(wanted) == Set(self.addresses)
    }

    /// As configuration files and peers carry it.
    public func pem() throws(CryptographyError) -> [UInt8] {
        try Memory.written("writing a certificate as PEM") { PEM_write_bio_X509($0, handle.pointer) }
    }

    /// Whether that authority's key signed this certificate and the names fit.
    func isIssued(by authority: Certificate) -> Bool {
        defer { ERR_clear_error() }
        guard X509_check_issued(authority.handle.pointer, handle.pointer) == X509_V_OK,
            let key = X509_get0_pubkey(authority.handle.pointer)
        else { return false }
        return X509_verify(handle.pointer, key) == 1
    }

    private static func hex(_ serial: UnsafePointer<ASN1_INTEGER>?) throws(CryptographyError) -> String {
        let serial = try require(serial, "reading a certificate's serial number")
        let count = Int(max(0, ASN1_STRING_length(serial)))
        let digits = Hex.encode(UnsafeBufferPointer(start: ASN1_STRING_get0_data(serial), count: count))
        let sign = ASN1_STRING_type(serial) & V_ASN1_NEG == 0 ? "" : "-"
        return sign + (digits.isEmpty ? "00" : digits)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptographyError) -> Int64 {
        let doing = "reading a certificate's validity"
        let epoch = try require(ASN1_TIME_set(nil, 0), doing)
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        // NB: a null time would mean "now" to OpenSSL.
        let known = try require(time, doing)
        try require(ASN1_TIME_diff(&days, &seconds, epoch, known), doing)
        return Int64(days) * 86_400 + Int64(seconds)
    }

    private static func commonName(_ subject: OpaquePointer?) -> String? {
        let index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        guard index >= 0, let entry = X509_NAME_get_entry(subject, index) else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry))
        guard count >= 0, let text else { return nil }
        defer { CRYPTO_free(text, "", 0) }
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
    }
}

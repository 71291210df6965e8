import COpenSSL
import CPlatform
import Cryptography

/// A server's TLS settings: its certificate, whom it trusts, and our restrictions.
///
/// Unchecked: it is only read after it is made; OpenSSL counts its references atomically.
final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer
    /// Empty where no client certificate is asked for.
    let authorities: [Certificate]

    /// `asksForCertificate` is false on the enrolment port only.
    init(server material: TLSMaterial, asksForCertificate: Bool) throws(TLSError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw .last("preparing TLS") }
        pointer = context
        authorities = asksForCertificate ? try Self.authorities(material) : []
        guard kartoteka_tls_restrict(context) == 1 else { throw .last("restricting TLS to 1.3") }
        try Self.load(material, into: context)
        let name = Array("kartoteka".utf8)
        guard SSL_CTX_set_session_id_context(context, name, UInt32(name.count)) == 1 else {
            throw .last("naming the TLS sessions")
        }
        guard asksForCertificate else {
            SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
            return
        }
        guard SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT) == 1 else { throw .last("asking for client keys") }
        let store = SSL_CTX_get_cert_store(context)
        for authority in try Self.pointers(material.authorities, "reading the authority's certificate") {
            defer { X509_free(authority) }
            guard X509_STORE_add_cert(store, authority) == 1 else { throw .last("trusting the authority") }
        }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    }

    deinit { SSL_CTX_free(pointer) }

    static func authorities(_ material: TLSMaterial) throws(TLSError) -> [Certificate] {
        do throws(CryptographyError) { return try Certificate.list(pem: material.authorities) } catch {
            throw TLSError("reading the authority's certificate: \(error)")
        }
    }

    /// Gives a context our certificate with its chain, and its key.
    static func load(_ material: TLSMaterial, into context: OpaquePointer) throws(TLSError) {
        let chain = try pointers(material.certificates, "reading our certificate")
        defer { for certificate in chain { X509_free(certificate) } }
        guard SSL_CTX_use_certificate(context, chain[0]) == 1 else { throw .last("using our certificate") }
        for certificate in chain.dropFirst() {
            guard kartoteka_tls_add_chain(context, certificate) == 1 else {
                throw .last("using our certificate's chain")
            }
        }
        guard let bio = BIO_new_mem_buf(material.key, Int32(clamping: material.key.count)) else {
            throw .last("reading our key")
        }
        defer { BIO_free(bio) }
        // The callback answers no password: a key behind one must not make the server ask at a terminal.
        guard let key = PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil) else {
            throw .last("reading our key")
        }
        defer { EVP_PKEY_free(key) }
        guard SSL_CTX_use_PrivateKey(context, key) == 1, SSL_CTX_check_private_key(context) == 1 else {
            throw .last("using our key: is it the one of our certificate?")
        }
        ERR_clear_error()
    }

    /// The certificates of a PEM text, at least one; the caller frees them.
    static func pointers(_ pem: [UInt8], _ doing: String) throws(TLSError) -> [OpaquePointer] {
        let all: [Certificate]
        do throws(CryptographyError) { all = try Certificate.list(pem: pem) } catch {
            throw TLSError("\(doing): \(error)")
        }
        return all.compactMap { certificate in pointer(der: certificate.der) }
    }

    static func pointer(der: [UInt8]) -> OpaquePointer? {
        der.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            return d2i_X509(nil, &next, bytes.count)
        }
    }

    /// The bytes of one of OpenSSL's certificates.
    static func der(_ certificate: OpaquePointer?) -> [UInt8]? {
        guard let certificate else { return nil }
        let count = i2d_X509(certificate, nil)
        guard count > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        return bytes.withUnsafeMutableBufferPointer { buffer in
            var next = buffer.baseAddress
            return i2d_X509(certificate, &next) == count
        } ? bytes : nil
    }
}

import COpenSSL
import CPlatform

/// A request (PKCS#10) for the certificate of a node.
///
/// Whoever has one has shown that they hold its key.
public struct CertificateRequest: Sendable {
    /// The key that a certificate is asked for; the request's own signature proves that the asker holds it.
    public let publicKey: PublicKey
    /// The node it names, when it names exactly one in the form `urn:node:<id>`.
    public let node: String?
    private let text: [UInt8]

    /// A request with one URI name and the node as common name, signed by the key.
    public static func make(key: PrivateKey, node: String) throws(CryptographyError) -> CertificateRequest {
        let doing = "making a certificate request for \(node)"
        guard NodeName.isValid(node) else { throw .refused(doing + ": a node id is [a-z][a-z0-9-]{0,31}") }
        let request = try require(X509_REQ_new(), doing)
        defer { X509_REQ_free(request) }
        try require(X509_REQ_set_version(request, Int(X509_REQ_VERSION_1)), doing)
        try Subject.setCommonName(node, of: X509_REQ_get_subject_name(request), doing)
        try require(X509_REQ_set_pubkey(request, key.handle.pointer), doing)
        var names = AlternativeNames()
        names.uris = [NodeName.prefix + node]
        try names.withNames(doing) { kartoteka_request_add_names(request, $0) }
        guard X509_REQ_sign(request, key.handle.pointer, EVP_sha256()) > 0 else { throw .last(doing) }
        return try CertificateRequest(request)
    }

    /// Reads a request and verifies that its own key signed it.
    public init(pem: [UInt8]) throws(CryptographyError) {
        let pointer = Memory.reading(pem) { PEM_read_bio_X509_REQ($0, nil, { _, _, _, _ in -1 }, nil) }
        let request = try require(pointer, "reading a certificate request from PEM")
        defer { X509_REQ_free(request) }
        try self.init(request)
    }

    private init(_ request: OpaquePointer) throws(CryptographyError) {
        defer { ERR_clear_error() }
        let doing = "reading a certificate request"
        let key = X509_REQ_get_X509_PUBKEY(request)
        publicKey = try PublicKey(spki: try Memory.encoded(doing) { i2d_X509_PUBKEY(key, $0) })
        guard let verifying = X509_REQ_get0_pubkey(request), X509_REQ_verify(request, verifying) == 1 else {
            throw .last(doing + ": it is not signed by the key it holds")
        }
        let names = AlternativeNames(request: request)
        node = names.uris.count == 1 && !names.malformed ? NodeName.node(ofURI: names.uris[0]) : nil
        text = try Memory.written(doing) { PEM_write_bio_X509_REQ($0, request) }
    }

    /// As it travels in a request to join or to renew.
    public func pem() -> [UInt8] { text }
}

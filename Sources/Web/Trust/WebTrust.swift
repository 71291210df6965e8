/// What a device must be taught to trust: the node's authority for browsers.
package struct WebTrust: Sendable, Equatable {
    /// The authority's certificate, PEM.
    package let certificate: [UInt8]
    /// SHA-256 of the certificate, hexadecimal.
    package let fingerprint: String

    package init(certificate: [UInt8], fingerprint: String) {
        self.certificate = certificate
        self.fingerprint = fingerprint
    }
}

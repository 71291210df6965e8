/// Our identity and the authorities that we trust, as PEM.
public struct TLSMaterial: Sendable {
    /// Our certificate first, then those that lead from it to the authority.
    ///
    /// A server whose authority is pinned by fingerprint must send the authority's certificate, too.
    public let certificates: [UInt8]
    /// PEM of the private key of the first certificate.
    public let key: [UInt8]
    /// One or, during a rotation, two.
    public let authorities: [UInt8]

    public init(certificates: [UInt8], key: [UInt8], authorities: [UInt8]) {
        self.certificates = certificates
        self.key = key
        self.authorities = authorities
    }
}

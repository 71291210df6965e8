public import Cryptography

/// The answer to one of our requests.
public struct ClientResponse: Sendable {
    /// The status of HTTP, also of a refusal.
    public let status: Int
    /// Names in lowercase.
    public let headers: [(String, String)]
    /// Inflated, if it was compressed.
    public let body: [UInt8]
    /// Bytes of the body as received.
    public let received: Int
    /// Who answered, by the certificate; nil without TLS.
    public let peer: PeerIdentity?

    /// The first of this name, which is given in lowercase.
    public func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }
}

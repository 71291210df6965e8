public import Cryptography

/// A request, whole.
public struct Request: Sendable {
    public let method: String
    /// Percent-decoded.
    public let path: String
    /// Percent-decoded, in the order of the request; each name occurs once.
    public let query: [(String, String)]
    /// Names in lowercase.
    public let headers: [(String, String)]
    public let body: [UInt8]
    /// Whose certificate the connection has; nil where none is asked for.
    public let peer: PeerIdentity?
    /// Without the port; "local" on a Unix-domain socket.
    public let remoteAddress: String
    /// Unique in this process.
    public let id: UInt64

    public func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }

    public func parameter(_ name: String) -> String? { query.first { $0.0 == name }?.1 }
}

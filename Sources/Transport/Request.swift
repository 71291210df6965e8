public import Cryptography

/// A request, whole.
public struct Request: Sendable {
    /// As sent: methods are told apart by case.
    public let method: String
    /// Percent-decoded.
    public let path: String
    /// Percent-decoded, in the order of the request; each name occurs once.
    public let query: [(String, String)]
    /// Names in lowercase.
    public let headers: [(String, String)]
    /// At most as long as the handler allowed when it admitted the head.
    public let body: [UInt8]
    /// Whose certificate the connection has; nil where none is asked for.
    public let peer: PeerIdentity?
    /// Without the port; "local" on a Unix-domain socket.
    public let remoteAddress: String
    /// Unique in this process.
    public let id: UInt64

    /// The first of this name, which is given in lowercase.
    public func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }

    /// Whether the peer names gzip among the encodings that it takes, and not with the weight 0.
    public var acceptsGzip: Bool {
        headers.contains { name, value in
            name == "accept-encoding"
                && HTTPBytes.lowercased(value.utf8).split(separator: UInt8(ascii: ",")).contains { coding in
                    let parts = coding.split(separator: UInt8(ascii: ";")).map { HTTPBytes.trimmed($0) }
                    guard let first = parts.first, first.elementsEqual("gzip".utf8) else { return false }
                    return !parts.dropFirst().contains {
                        $0.starts(with: "q=0".utf8) && !$0.dropFirst(3).contains { (0x31...0x39).contains($0) }
                    }
                }
        }
    }

    /// The value of a name in the query; empty where only the name stands there.
    public func parameter(_ name: String) -> String? { query.first { $0.0 == name }?.1 }
}

/// The head of a request, checked: how its body is framed is beyond doubt.
public struct HTTPHead: Sendable {
    /// How the end of the body is found; there is exactly one way a request.
    public enum Framing: Sendable, Hashable {
        case none
        case length(Int)
        case chunked
    }

    /// As sent.
    public let method: String
    /// Percent-decoded, beginning with a slash, without dot segments.
    public let path: String
    /// Percent-decoded, in the order of the request; each name occurs once.
    public let query: [(String, String)]
    /// The host that a target in absolute form names, which counts beside the Host field; nil for a mere path.
    public let authority: String?
    /// Names in lowercase, in the order of the request.
    public let headers: [(String, String)]
    /// How the body ends, beyond doubt.
    public let framing: Framing
    /// Whether the client waits for `100 Continue` before it sends the body.
    public let awaitsContinue: Bool
    /// Whether another request may follow on the connection.
    public let keepsAlive: Bool

    /// The first of this name, which is given in lowercase.
    public func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }
}

public import Cryptography

/// Whether a request may come in.
public enum Admission: Sendable {
    /// Its body may have at most this many bytes; a longer one ends the request.
    case accept(bodyLimit: Int)
    /// Answered at once, before the body is read.
    case refuse(status: Int, code: String, sentence: String)
}

/// What a server serves.
///
/// All functions are called on the loop's thread and must be quick.
public protocol RequestHandler: AnyObject, Sendable {
    /// Called when the handshake ended: a refusal is answered and ends the connection.
    func greet(_ peer: PeerIdentity?) -> HTTPRefusal?
    /// Called on each head, before the body is read.
    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Admission
    /// How a request that the server or `admit` refused is answered; `head` is nil where none could be read.
    func refusal(_ refusal: HTTPRefusal, of head: HTTPHead?) -> Response
    /// Called with the whole request; the answer may come later and from any thread.
    func handle(_ request: Request, _ responder: Responder)
}

extension RequestHandler {
    /// Every peer that the handshake let in is welcome.
    public func greet(_ peer: PeerIdentity?) -> HTTPRefusal? { nil }
    /// `{"error": code, "message": sentence}`.
    public func refusal(_ refusal: HTTPRefusal, of head: HTTPHead?) -> Response { Response(refusal) }
}

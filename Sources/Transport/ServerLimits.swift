/// A server's limits for its peers; times in milliseconds.
public struct ServerLimits: Sendable {
    /// From the connection to the end of the handshake.
    public var handshake: Int64 = 5_000
    /// From the end of the handshake, or from the first byte of a later request, to the end of the head.
    public var head: Int64 = 10_000
    /// Of a request's line and fields; beyond them 431.
    public var headBytes = 16_384
    /// Fields of a head; beyond them 431.
    public var headFields = 64
    /// Whether `%2F` in a path is taken, as a slash; elsewhere it is refused, since an address has one text.
    public var encodedSlashes = false
    /// The connection is cut after this long without a byte in either direction.
    public var silence: Int64 = 10_000
    /// After `rateGrace`, bodies and answers must have moved at this many bytes a second.
    public var minimumRate: Int64 = 1_024
    /// Measured from the begin of a body or an answer.
    public var rateGrace: Int64 = 5_000
    /// Between two requests.
    public var idle: Int64 = 120_000
    /// How long the handler may take.
    public var answer: Int64 = 120_000
    /// Between two empty lines of a waiting answer.
    public var keepWaitingInterval: Int64 = 5_000
    /// How long a closing connection still takes bytes, so that the peer can read why.
    public var linger: Int64 = 2_000
    /// How often open connections are looked through for certificates that have expired.
    public var expirySweep: Int64 = 2_000
    /// Open at a time, of all peers together.
    public var connections = 1_024
    /// A department has two lanes; the rest is for those that the peer forgot and we have not noticed yet.
    public var connectionsPerKey = 4
    /// Without client certificates: 32 per browser address.
    public var connectionsPerAddress = 32
    /// Beyond these the connection that was silent longest gives its place; an address of IPv6 is its first half (/64).
    public var handshakes = 512
    /// Of one address at a time.
    public var handshakesPerAddress = 8
    /// Bytes of unfinished request bodies and unread answers in memory, of all connections.
    public var bodiesInMemory = 268_435_456
    /// Bytes of a streamed answer that wait for its reader; with more the connection is closed.
    public var streamBytes = 65_536
    /// How long accepting pauses when the process has no descriptor left.
    public var acceptPause: Int64 = 100

    /// The values of a node; tests and the office set some of them.
    public init() {}

    /// The values of a port for browsers: few connections, of which a person's browser opens six; addresses with a registration
    /// index, which has a slash that clients encode.
    public static var web: ServerLimits {
        var limits = ServerLimits()
        limits.connections = 512
        limits.encodedSlashes = true
        limits.bodiesInMemory = 67_108_864
        return limits
    }
}

/// What a server counted since its start.
public struct ServerCounters: Sendable, Hashable {
    /// Connections taken from the system, whatever became of them.
    public var accepted = 0
    /// Connections closed or refused because a limit was reached.
    public var overLimit = 0
    /// Handshakes and certificates that were refused.
    public var handshakesRefused = 0
    /// Requests that a handler was given.
    public var requests = 0
    /// Requests that were refused before a handler saw them.
    public var requestsRefused = 0
    /// Connections ended because they were too slow or too quiet.
    public var cut = 0
    /// Connections open at present.
    public var open = 0
    /// Connections in their handshake at present.
    public var handshaking = 0
}

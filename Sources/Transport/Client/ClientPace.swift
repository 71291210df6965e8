/// How slowly a peer may answer.
///
/// Times are in milliseconds.
public struct ClientPace: Sendable, Hashable {
    /// After `grace`, requests and answers must have moved at this many bytes a second.
    public var leastRate: Int64 = 1_024
    /// From the begin of the exchange.
    public var grace: Int64 = 5_000
    /// How long a body may consist of empty lines, which say that there is no news yet.
    public var emptyLines: Int64

    public init(emptyLines: Int64 = 60_000) { self.emptyLines = emptyLines }
}

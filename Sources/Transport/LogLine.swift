/// Something that happened to a server, for its log.
public struct LogLine: Sendable, Hashable {
    /// How urgent a line is.
    public enum Level: Sendable, Hashable {
        /// Happens on a good day: a peer went away, a request was refused.
        case notice
        /// A limit was met, or somebody is not who they should be.
        case warning
    }

    /// Whether somebody should look.
    public let level: Level
    /// A code word, for counting and searching.
    public let event: String
    /// No contents of requests; whoever writes it down bounds it and makes its characters harmless.
    public let message: String
    /// Who caused it: a node, or the address or network of a stranger; empty if nobody in particular.
    public let peer: String

    init(_ level: Level, _ event: String, _ message: String, peer: String = "") {
        self.level = level
        self.event = event
        self.message = message
        self.peer = peer
    }
}

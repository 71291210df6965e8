/// An event of a server, for its log.
public struct LogLine: Sendable, Hashable {
    /// How urgent a line is.
    public enum Level: Sendable, Hashable {
        /// An everyday event: a peer went away, a request was refused.
        case notice
        /// A limit was reached, or somebody is not who they should be.
        case warning
    }

    /// Whether somebody should look.
    public let level: Level
    /// A code word, for counting and searching.
    public let event: String
    /// No contents of requests; whoever writes it down bounds it and makes its characters harmless.
    public let message: String
    /// Who caused it: a node, or a stranger's address or network; empty if nobody in particular.
    public let peer: String

    init(_ level: Level, _ event: String, _ message: String, peer: String = "") {
        self.level = level
        self.event = event
        self.message = message
        self.peer = peer
    }
}

/// How a node's log compares with the office's copy of it: `log.state` of a hello's reply, read by the node that said it.
package enum LogState: String, Sendable, CaseIterable {
    /// The office has a beginning of it, or all.
    case known
    /// Recorded by this hello.
    case new
    /// The office has more of it than the node.
    case behind
    /// The office has another operation under one of its numbers.
    case fork
    /// It has ended.
    case closed
    /// The node is not who was here last: its file was copied back.
    case tokenStale
    /// The node was in another epoch; it greets its origins anew.
    case epoch
    /// Another log of the node, named earlier, still lacks work here.
    case earlierFirst
    /// The node's claim is untrue: it must end this log where the office's copy ends, and take snapshots.
    case distrusted
    /// Two copies of the node were seen.
    case frozen
    /// More new incarnations in one day than an honest node needs.
    case tooMany
}

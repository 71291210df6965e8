package import Replication

/// Nodes that nobody has confirmed since a restore.
package enum UnconfirmedNodes {
    /// Nodes after a name that nobody has confirmed since a restore, at most `limit`.
    package static func page(_ reading: any StoreReading, after: String = "", limit: Int) throws -> [String] {
        var found: [String] = []
        var last = after
        while found.count < limit {
            let page = try reading.nodes(after: last, limit: ReplicationLimits.chunk)
            found += page.filter { $0.state == .unconfirmed }.map(\.node)
            guard page.count == ReplicationLimits.chunk, let end = page.last else { break }
            last = end.node
        }
        return Array(found.prefix(limit))
    }
}

import Cryptography
import Locks
import Replication

/// The office's allow-list in memory, asked at every request; refreshed whenever a node's record may have changed.
///
/// Asked on the event loop's thread, where no store may be read. It lags behind the store for the moment between a
/// commit and the `reload` after it; a hello looks at the record again in its own transaction.
final class AllowList: Sendable {
    enum Verdict: Equatable {
        case allowed
        case refused(ErrorCode, String)
    }

    private let keys = Locked<[SHA256Digest: NodeRecord]>([:])

    /// Reads the whole list from the store.
    ///
    /// By pages, each of a moment of its own; used at the start, before the port opens.
    func reload(_ store: any Store) throws {
        var all: [SHA256Digest: NodeRecord] = [:]
        var after = ""
        while true {
            let page = try store.read { try $0.nodes(after: after, limit: ReplicationLimits.chunk) }
            for record in page { if let key = SHA256Digest(hex: record.key) { all[key] = record } }
            guard let last = page.last, page.count == ReplicationLimits.chunk else { break }
            after = last.node
        }
        let read = all
        keys.withLock { $0 = read }
    }

    /// Reads one node again; its former keys go.
    func reload(_ node: String, _ store: any Store) throws {
        let record = try store.read { try $0.node(node) }
        keys.withLock { keys in
            for (key, known) in keys where known.node == node { keys[key] = nil }
            if let record, let key = SHA256Digest(hex: record.key) { keys[key] = record }
        }
    }

    var count: Int { keys.withLock { $0.count } }

    static func unconfirmed(_ node: String) -> String {
        "the office was restored, and its operator has not confirmed yet that \(node) is admitted"
    }

    /// Whether this peer may ask anything now, and why not.
    ///
    /// Key and name must be of one record: a certificate says the name, the allow-list whose key it is (protocol.md
    /// section 3).
    func verdict(_ peer: PeerIdentity) -> Verdict {
        guard let record = keys.withLock({ $0[peer.key] }) else {
            return .refused(.notAllowed, "the key of the certificate of \(peer.node) is not on the allow-list")
        }
        guard record.node == peer.node else {
            return .refused(.notAllowed, "the certificate says \(peer.node), its key is of \(record.node)")
        }
        switch record.state {
        case .active: return .allowed
        case .unconfirmed: return .refused(.unconfirmed, Self.unconfirmed(peer.node))
        case .revoked: return .refused(.revoked, "the key of \(peer.node) was revoked")
        case .frozen: return .refused(.frozen, "two copies of \(peer.node) were seen")
        }
    }
}

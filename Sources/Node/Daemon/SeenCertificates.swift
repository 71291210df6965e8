import Cryptography
import Locks

/// The certificates with which nodes came since the start, so that each is noted once.
final class SeenCertificates: Sendable {
    private let ends = Locked<[String: Int64]>([:])

    /// Whether this one ends at another time than the former of its node.
    func isNew(_ peer: PeerIdentity) -> Bool {
        ends.withLock { $0.updateValue(peer.notAfter, forKey: peer.node) != peer.notAfter }
    }
}

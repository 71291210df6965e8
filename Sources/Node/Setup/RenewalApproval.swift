import CanonicalJSON
import Cryptography
import Replication

/// An operator's word that a node whose certificate has expired may renew it, at the enrolment port.
struct RenewalApproval: Equatable {
    let node: String
    /// The key that was on the allow-list then, hex: another one is not meant.
    let key: String
    /// Unix milliseconds.
    var expires: Int64

    /// How long an approval is good without another word: the department may be closed for the night.
    static let minutes = 1_440
    /// After its use it is good for this long only, for a reply that was lost (ms).
    static let afterUse: Int64 = 600_000

    init(node: String, key: String, expires: Int64) {
        self.node = node
        self.key = key
        self.expires = expires
    }

    func isValid(now: Int64) -> Bool { now <= expires }

    // MARK: in the store

    private init?(_ node: String, _ json: JSON) {
        guard let key = json["key"]?.string, let expires = json["expires"]?.integer else { return nil }
        self.init(node: node, key: key, expires: expires)
    }

    static func read(_ node: String, _ reading: any StoreReading) throws -> RenewalApproval? {
        try reading.value(Values.renewal(node)) { RenewalApproval(node, $0) }
    }

    static func all(_ reading: any StoreReading) throws -> [RenewalApproval] {
        try (reading.value(Values.renewals) ?? []).compactMap { try read($0, reading) }
    }

    /// Keeps it; what is no longer valid is forgotten with it.
    func keep(_ transaction: any StoreTransaction, now: Int64) throws {
        let json: JSON = ["key": .string(key), "expires": .integer(expires)]
        try transaction.setValue(Values.renewal(node), json)
        var nodes = [node]
        for other in try Self.all(transaction) where other.node != node {
            if other.isValid(now: now) {
                nodes.append(other.node)
            } else {
                try transaction.setValue(Values.renewal(other.node), nil)
            }
        }
        try transaction.setValue(Values.renewals, nodes.sorted())
    }

    /// Ends a node's approval, if it has one.
    static func end(_ node: String, _ transaction: any StoreTransaction) throws {
        guard try transaction.value(Values.renewal(node)) != nil else { return }
        try transaction.setValue(Values.renewal(node), nil)
        let nodes = (try transaction.value(Values.renewals) ?? []).filter { $0 != node }
        try transaction.setValue(Values.renewals, nodes)
    }
}

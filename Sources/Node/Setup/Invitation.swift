import CanonicalJSON
import Cryptography
import Replication

/// What the office keeps of an invitation: never the secret itself.
///
/// A node has one at most. Its secret has 128 bits: wrong ones are not counted against it, or anybody could end it.
struct Invitation: Equatable {
    let node: String
    /// SHA-256 of the secret.
    let secret: SHA256Digest
    /// Unix milliseconds.
    let expires: Int64
    /// The key that used it, hex; the same key may ask again, since a reply can be lost.
    var usedBy = ""

    init(node: String, secret: [UInt8], expires: Int64) {
        self.node = node
        self.secret = SHA256.hash(secret)
        self.expires = expires
    }

    func isValid(now: Int64) -> Bool { now <= expires }

    // MARK: as text

    init?(_ node: String, _ json: JSON) {
        guard let secret = json["secret"]?.string.flatMap({ SHA256Digest(hex: $0) }),
            let expires = json["expires"]?.integer, let usedBy = json["usedBy"]?.string
        else { return nil }
        self.node = node
        self.secret = secret
        self.expires = expires
        self.usedBy = usedBy
    }

    var json: JSON { ["secret": .string(secret.hex), "expires": .integer(expires), "usedBy": .string(usedBy)] }

    // MARK: in the store

    /// A node's invitation, used or not, valid or not; nil if it has none.
    static func read(_ node: String, _ reading: any StoreReading) throws -> Invitation? {
        try reading.value(Values.invitation(node)) { Invitation(node, $0) }
    }

    static func all(_ reading: any StoreReading) throws -> [Invitation] {
        try names(reading).compactMap { try read($0, reading) }
    }

    private static func names(_ reading: any StoreReading) throws -> [String] {
        try reading.value(Values.invitations) ?? []
    }

    /// Keeps it; until it is used or ends it is owed as a row.
    func keep(_ transaction: any StoreTransaction, now: Int64) throws {
        try transaction.setValue(Values.invitation(node), json)
        try Self.settle(
            node,
            but: usedBy.isEmpty ? subject : nil,
            as: usedBy.isEmpty ? .dropped : .paid,
            transaction,
            now
        )
        if usedBy.isEmpty, try transaction.debt(.withdrawal, node: node, subject: subject)?.state != .open {
            try transaction.openDebt(DebtRecord(.withdrawal, node: node, subject: subject, at: now))
        }
        let names = try Self.names(transaction)
        guard !names.contains(node) else { return }
        try transaction.setValue(Values.invitations, (names + [node]).sorted())
    }

    /// Ends a node's invitation, if it has one.
    static func end(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws {
        try settle(node, but: nil, as: .dropped, transaction, now)
        let names = try names(transaction)
        guard names.contains(node) else { return }
        try transaction.setValue(Values.invitation(node), nil)
        try transaction.setValue(Values.invitations, names.filter { $0 != node })
    }

    /// What the debt of an unused invitation names: enough of the digest to tell it from the node's former ones.
    private var subject: String { String(secret.hex.prefix(16)) }

    /// Closes the debts of a node's invitations but one.
    private static func settle(
        _ node: String,
        but kept: String?,
        as state: DebtRecord.State,
        _ transaction: any StoreTransaction,
        _ now: Int64
    ) throws {
        let filter = DebtFilter(kind: .withdrawal, node: node)
        for debt in try transaction.debts(filter, after: 0, limit: ReplicationLimits.chunk) where debt.subject != kept {
            try transaction.closeDebt(debt, as: state, at: now)
        }
    }

    /// Forgets what has expired.
    static func sweep(_ store: any Store, now: Int64) throws {
        guard try store.read({ try all($0).contains { !$0.isValid(now: now) } }) else { return }
        try store.write { transaction in
            for invitation in try all(transaction) where !invitation.isValid(now: now) {
                try end(invitation.node, transaction, now: now)
            }
        }
    }
}

import Appeals
package import Desk
package import Replication

/// The one place through which it changes who is admitted: into the log outside the backup set, then into the store.
///
/// What is still owed after a change is a row of debts, opened and closed in its transaction: an invitation until it is
/// used or ends, the copy on the machine of a former key until somebody says that it is wiped. Sessions and API tokens
/// will be confirmed after a restore like nodes, in `AdmissionRecovery`.
package struct Admissions: Sendable, AdmissionBook {
    /// Nil for a store without a directory: what it knows is all there is.
    let log: AdmissionLog?

    package init() { log = nil }

    init(_ log: AdmissionLog) { self.log = log }

    /// Records a change: durable in the log before the transaction commits, harmless if it then does not.
    func record(
        _ change: AdmissionLine.Change,
        _ node: String,
        _ standing: AdmissionStanding,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws {
        if let number = try log?.append(change, node, standing, now: now) {
            try Mark(number: number, at: now).keep(transaction)
        }
        try standing.put(node, transaction, now: now)
    }

    /// The last change that the store knows.
    struct Mark {
        let number: Int64
        /// Unix milliseconds.
        let at: Int64

        init(number: Int64, at: Int64) {
            self.number = number
            self.at = at
        }

        /// Zeros for a store that knows none.
        init(_ reading: any StoreReading) throws {
            (number, at) = try reading.value(Values.admissions) ?? (0, 0)
        }

        func keep(_ transaction: any StoreTransaction) throws {
            try transaction.setValue(Values.admissions, (number, at))
        }
    }

    // MARK: changes

    /// Begins the log of a new office.
    func found(_ store: any Store, now: Int64) throws {
        let first = AdmissionLine(number: 1, at: now, change: .founded, node: "", standing: AdmissionStanding())
        try log?.begin([first])
        try store.write { try Mark(number: first.number, at: now).keep($0) }
    }

    func invited(_ invitation: Invitation, _ transaction: any StoreTransaction, now: Int64) throws {
        var standing = try AdmissionStanding(invitation.node, transaction)
        standing.invitation = invitation
        try record(.invited, invitation.node, standing, transaction, now: now)
    }

    /// A key used an invitation: it is the node's key now, and the invitation is bound to it.
    func joined(_ invitation: Invitation, key: String, _ transaction: any StoreTransaction, now: Int64) throws {
        let former = try AdmissionStanding(invitation.node, transaction)
        var used = invitation
        used.usedBy = key
        let standing = former.next(key: key, state: .active, invitation: used)
        // Who asks again since the reply was lost changes nothing.
        guard standing != former else { return }
        try record(former.state == nil ? .joined : .readmitted, invitation.node, standing, transaction, now: now)
    }

    /// Takes a node's key off the allow-list and ends its invitation.
    package func revoke(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws -> AdmissionRevoked {
        let former = try AdmissionStanding(node, transaction)
        guard former.state != nil else {
            return try withdraw(node, transaction, now: now) ? .withdrawn : .unknown
        }
        // Shut out already: what was said of its copy since stays said.
        var standing = former.state == .revoked ? former : former.next(key: former.key, state: .revoked)
        standing.invitation = nil
        if standing != former { try record(.revoked, node, standing, transaction, now: now) }
        return .revoked(key: former.key)
    }

    /// Two copies of a node were seen.
    func frozen(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws {
        let former = try AdmissionStanding(node, transaction)
        try record(.frozen, node, former.next(key: former.key, state: .frozen), transaction, now: now)
    }

    /// Ends a node's invitation, used or not; the node stays as it is.
    ///
    /// False if there is none.
    package func withdraw(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws -> Bool {
        var standing = try AdmissionStanding(node, transaction)
        guard standing.invitation != nil else { return false }
        standing.invitation = nil
        try record(.withdrawn, node, standing, transaction, now: now)
        return true
    }

    /// The operator says that the copy of a former key, which `prefix` begins, is gone.
    package func wiped(
        _ node: String,
        key prefix: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> CopyWiped {
        var standing = try AdmissionStanding(node, transaction)
        let meant = standing.copies.filter { $0.hasPrefix(prefix) }
        guard let key = meant.first else { return .nothing }
        guard meant.count == 1 else { return .several(meant) }
        standing.copies.removeAll { $0 == key }
        try record(.wiped, node, standing, transaction, now: now)
        return .done(key: key)
    }

    /// The operator says that a node of the backup is still meant to be let in; false if it does not wait for this.
    package func confirm(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws -> Bool {
        var standing = try AdmissionStanding(node, transaction)
        guard standing.state == .unconfirmed else { return false }
        standing.state = .active
        try record(.confirmed, node, standing, transaction, now: now)
        return true
    }

    /// Keeps an approval, of this key alone, in the store; a restore loses it, and the operator says it again.
    package func approveRenewal(
        _ record: NodeRecord,
        expires: Int64,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws {
        try RenewalApproval(node: record.node, key: record.key, expires: expires).keep(transaction, now: now)
    }
}

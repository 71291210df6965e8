package import Replication

/// Who is admitted, at an office: each change goes into the log outside the backup set, then into the store, in the
/// transaction that it is given.
package protocol AdmissionBook: Sendable {
    /// Takes a node's key off the allow-list and ends its invitation.
    func revoke(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws -> AdmissionRevoked
    /// Ends a node's invitation, used or not; false if there is none.
    func withdraw(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws -> Bool
    /// The operator says that the copy of a former key, which `prefix` begins, is gone.
    func wiped(_ node: String, key prefix: String, _ transaction: any StoreTransaction, now: Int64) throws -> CopyWiped
    /// The operator says that a node of the backup is still meant to be let in; false if it does not wait for this.
    func confirm(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws -> Bool
    /// The owner lets a node renew an expired certificate until `expires` (unix milliseconds).
    func approveRenewal(_ record: NodeRecord, expires: Int64, _ transaction: any StoreTransaction, now: Int64) throws
}

/// What came of shutting a node out.
package enum AdmissionRevoked: Equatable {
    case unknown
    /// It had never joined; its invitation has ended.
    case withdrawn
    /// The key that is let in no more, hex; an invitation has ended with it.
    case revoked(key: String)
}

/// What came of the word that the machine of a former key was wiped.
package enum CopyWiped: Equatable {
    /// The copy of this key is gone.
    case done(key: String)
    /// No former key of the node that begins so has a copy.
    case nothing
    /// Several do: one of them has to be named.
    case several([String])
}

/// A department admits nobody.
///
/// Stands where a book is asked for at a department; its commands are refused before (`officeOnly`).
package struct NobodyAdmitted: AdmissionBook {
    package init() {}

    /// No node is known.
    package func revoke(_ node: String, _ transaction: any StoreTransaction, now: Int64) -> AdmissionRevoked {
        .unknown
    }
    /// There are no invitations.
    package func withdraw(_ node: String, _ transaction: any StoreTransaction, now: Int64) -> Bool { false }
    /// No copies are counted.
    package func wiped(_ node: String, key: String, _ transaction: any StoreTransaction, now: Int64) -> CopyWiped {
        .nothing
    }
    /// Nobody waits.
    package func confirm(_ node: String, _ transaction: any StoreTransaction, now: Int64) -> Bool { false }
    /// There is no port at which anything would be renewed.
    package func approveRenewal(_ record: NodeRecord, expires: Int64, _ transaction: any StoreTransaction, now: Int64) {
    }
}

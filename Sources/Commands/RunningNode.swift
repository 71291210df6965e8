package import Appeals
package import CanonicalJSON
import Desk

/// What only the process of a running node can do for a command.
package protocol RunningNode: AnyObject {
    /// Ports, connections, and how the link of a department stands; labels in this language.
    func status(_ language: Language) throws -> JSON
    /// A backup into a directory, or into a new one at its usual place; `interrupted` if nobody waits for it any more.
    func backup(file: String?, withKeys: Bool, _ progress: any Onlooker) throws -> JSON
    /// A one-time invitation; `minutes` it is good for, the usual number if none is given.
    func invite(department: String, name: String?, administrator: String, minutes: Int64?) throws -> Invited
    /// Somebody's renewal was approved: the port for it opens now rather than seconds later.
    func renewalApproved() throws
    /// Somebody was let in or shut out: the allow-list is read again, connections of who is shut out are closed.
    func admissionChanged(_ change: AdmissionChange)
    /// The department's exchange begins now; what is in its way, in this language, empty if nothing is.
    func hurry(_ language: Language) -> String
}

/// A one-time invitation, as it is given to a department.
package struct Invited {
    /// A secret.
    package let token: String
    /// Unix milliseconds.
    package let expires: Int64

    package init(token: String, expires: Int64) {
        self.token = token
        self.expires = expires
    }
}

/// A change of who is admitted, as a running office hears of it.
package enum AdmissionChange {
    /// The key, hexadecimal, is let in no more.
    case revoked(node: String, key: String)
    case confirmed(node: String)
}

package import Appeals
import Replication

/// Somebody who proved who they are, as they stand at this moment.
package struct AccessPerson: Sendable, Equatable {
    /// The id in the directory.
    package let user: String
    /// The printed name.
    package let name: String
    /// In force at this node, in the order of their names; never empty.
    package let roles: [String]
    /// The one that they chose, if it is still in force.
    package let role: String?
    /// What they showed, as operations name it.
    package let via: Via
    /// The whole hash of what they showed.
    package let hash: String
    /// In which they read; nil: as their browser says.
    package let language: Language?
    /// A new start that they were given, as long as they approve nothing because of it.
    package let reset: Account.Reset?
    /// Whether they have an authenticator.
    package let hasSecondProof: Bool
    /// What their token may; nil of a session, which may what they may.
    package let token: TokenScope?

    package var who: Who { .proven(user: user, role: role, via: via, departments: token?.departments ?? []) }
}

extension Access {
    /// Somebody with this account, through what they showed; nil if they have no role in force here.
    func person(
        _ account: Account,
        role: String?,
        via form: Via.Form,
        hash: String,
        token: TokenScope? = nil,
        _ reading: any StoreReading
    ) throws -> AccessPerson? {
        let roles = try roles(of: account.user, reading)
        guard !roles.isEmpty, let via = Via("\(form.rawValue):\(hash.prefix(16))") else { return nil }
        return AccessPerson(
            user: account.user,
            name: try name(of: account.user, reading),
            roles: roles,
            role: role.flatMap { roles.contains($0) ? $0 : nil },
            via: via,
            hash: hash,
            language: account.language,
            reset: account.isBarred(at: now) ? account.reset : nil,
            hasSecondProof: account.authenticator != nil,
            token: token
        )
    }
}

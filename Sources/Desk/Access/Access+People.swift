package import Accounts
import Appeals
package import Replication

/// Whoever lets others in: invitations, new starts, the end of sessions.
extension Access {
    /// Somebody with a role in force at this node, and how they stand to it.
    package struct Known: Sendable, Equatable {
        package enum Standing: Sendable, Equatable {
            /// Nobody has invited them.
            case none
            /// A code is out, until this moment; unix milliseconds.
            case invited(until: Int64)
            case active
            /// They were given a new start; nil: its code is no longer good.
            case reset(until: Int64?)

            /// As JSON says it.
            package var code: String {
                switch self {
                case .none: "none"
                case .invited: "invited"
                case .active: "active"
                case .reset: "reset"
                }
            }
        }

        package let user: String
        package let name: String
        package let roles: [String]
        package let standing: Standing
        package let hasSecondProof: Bool
        /// Sessions that go on.
        package let sessions: Int
    }

    /// Everybody with a role in force at this node, in the order of their ids.
    package func people(_ reading: any StoreReading) throws -> [Known] {
        let held = try desk.heldRoles(reading).filter { $0.department == place.node && $0.ending == nil }
        let codes = try codes(reading)
        let sessions = Dictionary(grouping: try sessions(reading), by: \.user)
        let roles = Dictionary(grouping: held, by: \.user)
        let names = try desk.names(of: Set(roles.keys), reading)
        return try roles.keys.sorted().map { user in
            let account = try account(user, reading)
            let code = codes.first { $0.user == user }
            let standing: Known.Standing =
                switch (account?.password, account) {
                case (_?, _): .active
                case (nil, _?): .reset(until: code?.until)
                case (nil, nil): code?.until.map { .invited(until: $0) } ?? .none
                }
            return Known(
                user: user,
                name: names.person(user),
                roles: (roles[user] ?? []).map(\.role),
                standing: standing,
                hasSecondProof: account?.authenticator != nil,
                sessions: sessions[user]?.count ?? 0
            )
        }
    }

    /// A code for somebody who has no account here; good for a day, told this once.
    ///
    /// Refused: `notManaging`, `unknownPerson` of somebody without a role at this node, `hasAccount`.
    package func invite(_ user: String, by manager: String) throws -> (code: OneTimeCode, until: Int64) {
        try place.store.write { transaction in
            try requireManager(manager, transaction)
            try requireKnown(user, transaction)
            guard try account(user, transaction) == nil else {
                throw DeskError(
                    .skipped,
                    "hasAccount",
                    uk: "\(try name(of: user, transaction)) уже має обліковий запис на цьому вузлі",
                    en: "\(try name(of: user, transaction)) has an account at this node already"
                )
            }
            let given = try give(.invitation, to: user, by: manager, transaction)
            try audit(.invited, of: user, by: manager, transaction)
            return given
        }
    }

    /// Takes password, second proof and sessions from somebody, and gives a code for a new start; good for a day, told this once.
    ///
    /// `manager` nil: the owner of the directory, who need not be asked who they are. Refused: `notManaging`, `unknownPerson`, `noAccount`.
    package func reset(_ user: String, by manager: String?) throws -> (code: OneTimeCode, until: Int64) {
        try place.store.write { transaction in
            if let manager { try requireManager(manager, transaction) }
            try requireKnown(user, transaction)
            guard var account = try account(user, transaction) else {
                throw DeskError(
                    .notFound,
                    "noAccount",
                    uk: "\(try name(of: user, transaction)) не має облікового запису на цьому вузлі",
                    en: "\(try name(of: user, transaction)) has no account at this node"
                )
            }
            account.password = nil
            account.authenticator = nil
            account.proposed = nil
            account.recovery = []
            try put(account, transaction)
            try endSessions(of: user, transaction)
            let given = try give(.reset, to: user, by: manager ?? "", transaction)
            try audit(.resetGiven, of: user, by: manager ?? "", transaction)
            return given
        }
    }

    /// Ends all sessions of somebody else; gives how many.
    ///
    /// Refused: `notManaging`.
    package func endSessions(of user: String, by manager: String) throws -> Int {
        try place.store.write { transaction in
            try requireManager(manager, transaction)
            let count = try endSessions(of: user, transaction)
            if count > 0 { try audit(.sessionsEnded, of: user, by: manager, transaction) }
            return count
        }
    }

    private func requireKnown(_ user: String, _ reading: any StoreReading) throws {
        guard try !roles(of: user, reading).isEmpty else { throw DeskError(Refusal(.unknownPerson, path: user)) }
    }
}

package import Appeals
import CanonicalJSON
package import Replication

/// Who asks: nobody in particular, or somebody whom the owner of the node names.
///
/// Whoever owns a node's directory says who acts there, and each operation keeps that it was so (`Actor.via`).
package enum Who: Sendable, Equatable {
    case anybody
    case named(user: String, role: String?)
    /// Somebody who proved who they are, through what is kept in each of their operations; a program with a token may be
    /// limited to the appeals of some departments.
    case proven(user: String, role: String?, via: Via, departments: [String] = [])

    /// `USER[:ROLE]`; nobody in particular if there is nothing.
    package init(typed text: String?) {
        let parts = (text ?? "").split(separator: ":", maxSplits: 1).map(String.init)
        self = parts.first.map { .named(user: $0, role: parts.count == 2 ? parts[1] : nil) } ?? .anybody
    }

    /// The person, if one is named.
    package var user: String? {
        switch self {
        case .anybody: nil
        case .named(let user, _), .proven(let user, _, _, _): user
        }
    }

    /// The role in which they want to act, if they name one.
    package var role: String? {
        switch self {
        case .anybody: nil
        case .named(_, let role), .proven(_, let role, _, _): role
        }
    }

    /// Through what they act; commands prove nobody's identity.
    var via: Via {
        switch self {
        case .anybody, .named: .owner
        case .proven(_, _, let via, _): via
        }
    }

    /// To whose appeals alone they come, by the main executor's department; empty: to all.
    package var departments: [String] {
        switch self {
        case .anybody, .named: []
        case .proven(_, _, _, let departments): departments
        }
    }
}

/// Who acts, in which role: the one that is named, or the one that fits among those that the person has on this node.
extension Desk {
    /// The roles that a person has now in a department (or at the office), in the order of their names.
    package func roles(of user: String, in department: String, _ reading: any StoreReading) throws -> [String] {
        let prefix = "role/\(department)/\(user)/"
        return try entries(prefix, limit: 50, reading).filter { try isInForce($0, reading) }.map {
            String($0.id.dropFirst(prefix.count))
        }
    }

    private func author(_ user: String, _ role: String) -> Actor { Actor(user: user, role: role, via: who.via) }

    /// The author of an operation of this kind, in a role that may do it.
    ///
    /// Refused with the roles that there are if the person has none, several that fit, or not the one that is named.
    package func actor(_ kind: String, _ reading: any StoreReading) throws -> Actor {
        guard let user = who.user, Names.isIdentifier(user) else {
            throw DeskError.usage(
                "wrongUser",
                uk:
                    "\(.input("as")): id працівника — малі латинські літери й цифри; приклад: \(.input("as", "petrenko:head"))",
                en:
                    "\(.input("as")): a person's id is lower-case letters and digits; example: \(.input("as", "petrenko:head"))"
            )
        }
        let roles = try roles(of: user, in: place.node, reading)
        if let role = who.role, roles.contains(role) { return author(user, role) }
        let able = Kinds.named(kind).map { $0.parties.values.reduce(into: Set<String>()) { $0.formUnion($1) } } ?? []
        let fitting = roles.filter(able.contains)
        if who.role == nil, fitting.count == 1 { return author(user, fitting[0]) }
        if who.role == nil, fitting.isEmpty, roles.count == 1 { return author(user, roles[0]) }
        if roles.isEmpty, isOffice, who.via == .owner, try reading.value(Values.founded) == nil {
            return author(user, "administrator")
        }
        guard !roles.isEmpty else {
            throw DeskError(
                .permission,
                "roleMissing",
                uk: "«\(user)» не має жодної ролі на вузлі \(place.node)",
                en: "\"\(user)\" has no role on the node \(place.node)",
                remedy: Sentence(
                    uk: "Далі: \(.toDo(.roleGrant, ["user": user, "role": "ROLE", "department": place.node]))",
                    en: "Next: \(.toDo(.roleGrant, ["user": user, "role": "ROLE", "department": place.node]))"
                )
            )
        }
        // Signed with a role that the person has not, it would be an alarm for the operator.
        if let role = who.role {
            throw DeskError(
                .permission,
                "roleMissing",
                uk:
                    "«\(user)» не має ролі «\(role)» на вузлі \(place.node); має: \(roles.joined(separator: ", "))",
                en:
                    "\"\(user)\" has no role \"\(role)\" at \(place.node); has: \(roles.joined(separator: ", "))",
                remedy: Sentence(
                    uk: "Хто яку роль має: \(.toDo(.roleList))",
                    en: "Who has which role: \(.toDo(.roleList))"
                )
            )
        }
        let choices = Phrase.joined(
            (fitting.isEmpty ? roles : fitting).map { role in "\(.input("as", user + ":" + role))" },
            separator: " · "
        )
        throw DeskError(
            .usage,
            "ambiguousRole",
            uk: "«\(user)» має кілька ролей; вкажіть одну",
            en: "\"\(user)\" has several roles; name one",
            remedy: Sentence(uk: choices, en: choices)
        )
    }
}

extension Desk {
    /// The only person with the role of a leader at the office, if there is just one.
    package func onlyLeader(_ reading: any StoreReading) throws -> String? {
        let suffix = "/leader"
        let leaders = try entries("role/\(place.node)/", limit: 500, reading).filter {
            try $0.id.hasSuffix(suffix) && isInForce($0, reading)
        }
        guard leaders.count == 1 else { return nil }
        return leaders[0].id.split(separator: "/").dropLast().last.map(String.init)
    }
}

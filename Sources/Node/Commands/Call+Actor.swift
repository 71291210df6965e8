import Appeals
import CanonicalJSON
import Replication

/// Who acts: `--as USER[:ROLE]`, the role found among those that the person has on this node.
extension Call {
    /// The roles that a person has now in a department (or at the office), in the order of their names.
    func roles(of user: String, in department: String, _ reading: any StoreReading) throws -> [String] {
        let prefix = "role/\(department)/\(user)/"
        return try entries(prefix, limit: 50, reading).filter(Self.isInForce).map {
            String($0.id.dropFirst(prefix.count))
        }
    }

    static func isInForce(_ role: Aggregate) -> Bool {
        guard let granted = role[.registers, "granted"] else { return false }
        return (role[.registers, "revoked"]?.commit ?? -1) < granted.commit
    }

    /// Commands prove nobody's identity: whoever owns the node says who acts, and each operation keeps that it was so.
    private static func owner(_ user: String, _ role: String) -> Actor { Actor(user: user, role: role, via: .owner) }

    func actor(_ kind: String, _ reading: any StoreReading) throws -> Actor {
        let given = try required("as").split(separator: ":", maxSplits: 1).map(String.init)
        guard let user = given.first, Names.isIdentifier(user) else {
            throw CommandError.usage(
                "wrongUser",
                uk: "--as: id працівника — малі латинські літери й цифри; приклад: --as petrenko:head",
                en: "--as: a person's id is lower-case letters and digits; example: --as petrenko:head"
            )
        }
        let roles = try roles(of: user, in: context.node, reading)
        if given.count == 2, roles.contains(given[1]) { return Self.owner(user, given[1]) }
        let able = Kinds.named(kind).map { $0.parties.values.reduce(into: Set<String>()) { $0.formUnion($1) } } ?? []
        let fitting = roles.filter(able.contains)
        if given.count == 1, fitting.count == 1 { return Self.owner(user, fitting[0]) }
        if given.count == 1, fitting.isEmpty, roles.count == 1 { return Self.owner(user, roles[0]) }
        if roles.isEmpty, isOffice, try reading.value("founded") == nil {
            return Self.owner(user, "administrator")
        }
        guard !roles.isEmpty else {
            throw CommandError(
                .permission,
                "roleMissing",
                uk: "«\(user)» не має жодної ролі на вузлі \(context.node)",
                en: "\"\(user)\" has no role on the node \(context.node)",
                remedy: Label(
                    uk: "Далі: kartoteka role grant \(user) ROLE --department \(context.node)",
                    en: "Next: kartoteka role grant \(user) ROLE --department \(context.node)"
                )
            )
        }
        // Signed with a role that the person has not, it would be an alarm for the operator.
        if given.count == 2 {
            throw CommandError(
                .permission,
                "roleMissing",
                uk:
                    "«\(user)» не має ролі «\(given[1])» на вузлі \(context.node); має: \(roles.joined(separator: ", "))",
                en:
                    "\"\(user)\" has no role \"\(given[1])\" on the node \(context.node), but \(roles.joined(separator: ", "))",
                remedy: Label(
                    uk: "Хто яку роль має: kartoteka role list",
                    en: "Who has which role: kartoteka role list"
                )
            )
        }
        let choices = (fitting.isEmpty ? roles : fitting).map { "--as \(user):\($0)" }.joined(separator: " · ")
        throw CommandError(
            .usage,
            "ambiguousRole",
            uk: "«\(user)» має кілька ролей; вкажіть одну",
            en: "\"\(user)\" has several roles; name one",
            remedy: Label(uk: choices, en: choices)
        )
    }
}

extension Call {
    /// The only person with the role of a leader at the office, if there is just one.
    func onlyLeader(_ reading: any StoreReading) throws -> String? {
        let suffix = "/leader"
        let leaders = try entries("role/\(context.node)/", limit: 500, reading).filter {
            $0.id.hasSuffix(suffix) && Self.isInForce($0)
        }
        guard leaders.count == 1 else { return nil }
        return leaders[0].id.split(separator: "/").dropLast().last.map(String.init)
    }
}

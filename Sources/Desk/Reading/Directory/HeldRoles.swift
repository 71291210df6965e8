package import Appeals
import CanonicalJSON
package import Replication

/// A role that somebody has or had, and where.
package struct HeldRole {
    /// `petrenko`.
    package let user: String
    package let role: String
    /// The department's id, or the office's.
    package let department: String
    /// On which basis, if not because the person works there; nil without one.
    package let substitution: Substitution?
    /// Whether the owner of the office's directory named this administrator.
    package let isOwners: Bool
    /// Why it is in force no more; nil while it is.
    package let ending: RoleEntry.Ending?

    package init(
        user: String,
        role: String,
        department: String,
        substitution: Substitution?,
        isOwners: Bool,
        ending: RoleEntry.Ending?
    ) {
        self.user = user
        self.role = role
        self.department = department
        self.substitution = substitution
        self.isOwners = isOwners
        self.ending = ending
    }

    /// `zhkg/head`: as roles to keep are typed.
    package var typed: String { department + "/" + role }
}

extension Desk {
    /// A role of the directory as it stands now; nil if the entry was never granted.
    package func roleEntry(_ role: Aggregate, _ reading: any StoreReading) throws -> RoleEntry? {
        RoleEntry(role, person: try RoleEntry.person(ofRole: role.id).flatMap { try entry($0, reading) })
    }

    /// Whether a role of the directory is in force: granted, and since then neither revoked nor lost.
    package func isInForce(_ role: Aggregate, _ reading: any StoreReading) throws -> Bool {
        try roleEntry(role, reading)?.isInForce ?? false
    }

    /// All roles of one person, or of everybody, ended ones too; by department and role.
    package func heldRoles(of user: String? = nil, _ reading: any StoreReading) throws -> [HeldRole] {
        var found: [HeldRole] = [], after = ""
        while true {
            let page = try entries("role/", after: after, limit: 500, reading)
            for entry in page {
                let parts = entry.id.split(separator: "/").map(String.init)
                guard parts.count == 4, user == nil || parts[2] == user, let role = try roleEntry(entry, reading) else {
                    continue
                }
                found.append(
                    HeldRole(
                        user: parts[2],
                        role: parts[3],
                        department: parts[1],
                        substitution: Substitution(role.granted.value),
                        isOwners: role.granted.value["owner"]?.bool ?? false,
                        ending: role.end?.how
                    )
                )
            }
            guard page.count == 500, let last = page.last else { return found }
            after = last.id
        }
    }
}

/// What is wrong in the directory: what an older program let in.
package struct DirectoryFaults {
    /// Roles in force where their person does not work, without a basis.
    package let elsewhere: [HeldRole]
    /// Roles in force of people whom the directory does not have.
    package let ofNobody: [HeldRole]
    /// People of departments that do not exist, by id.
    package let homeless: [String]

    package init(elsewhere: [HeldRole], ofNobody: [HeldRole], homeless: [String]) {
        self.elsewhere = elsewhere
        self.ofNobody = ofNobody
        self.homeless = homeless
    }
}

extension Desk {
    /// What of the directory would be refused today.
    func directoryFaults(_ reading: any StoreReading) throws -> DirectoryFaults {
        var works: [String: String] = [:], kept: Set<String> = [], homeless: [String] = [], after = ""
        while true {
            let page = try entries("person/", after: after, limit: 500, reading)
            for person in page where !RoleEntry.hasLeft(person) {
                let user = String(person.id.dropFirst("person/".count))
                let department = person.register("entry")?["department"]?.string ?? ""
                works[user] = department
                for role in person.register("moved")?["kept"]?.array ?? [] {
                    kept.insert("\(user) \(role["department"]?.string ?? "")/\(role["role"]?.string ?? "")")
                }
                let isThere = try department == place.node || entry("department/" + department, reading) != nil
                if !isThere { homeless.append(user) }
            }
            guard page.count == 500, let last = page.last else { break }
            after = last.id
        }
        let roles = try heldRoles(reading).filter { $0.ending == nil }
        return DirectoryFaults(
            elsewhere: roles.filter { role in
                works[role.user].map { $0 != role.department } ?? false && role.substitution == nil
                    && !kept.contains("\(role.user) \(role.typed)")
            },
            ofNobody: roles.filter { works[$0.user] == nil },
            homeless: homeless
        )
    }
}

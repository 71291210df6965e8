package import Appeals
package import CanonicalJSON
import Replication

/// A page of the directory: departments, people or roles.
package struct DirectoryPage {
    /// In the order of their keys.
    package let entries: [DirectoryEntry]
    /// The key after which the next page begins; nil at the end.
    package let next: String?
    /// Of a page of roles: the printed names of the people.
    package let names: PrintedNames

    package init(entries: [DirectoryEntry], next: String?, names: PrintedNames = .none) {
        self.entries = entries
        self.next = next
        self.names = names
    }
}

/// One entry of the directory.
package struct DirectoryEntry {
    /// `person/petrenko`.
    package let key: String
    package let registers: JSONObject
    /// Of a role: why the person has it no more; nil while it is in force.
    package let ending: RoleEntry.Ending?
    /// Of a person: whether they work here no more.
    package let hasLeft: Bool
    /// Of a person: all roles, ended ones too.
    package let roles: [HeldRole]

    package init(
        key: String,
        registers: JSONObject,
        ending: RoleEntry.Ending? = nil,
        hasLeft: Bool = false,
        roles: [HeldRole] = []
    ) {
        self.key = key
        self.registers = registers
        self.ending = ending
        self.hasLeft = hasLeft
        self.roles = roles
    }

    /// Of a role: whether the owner of the office's directory named this administrator.
    package var isOwners: Bool { registers["granted"]?["owner"]?.bool ?? false }
    /// Of a person: the roles in force.
    package var inForce: [HeldRole] { roles.filter { $0.ending == nil } }

    /// A field of what was put down last; empty if it is not there.
    package func text(_ field: String) -> String { registers["entry"]?[field]?.string ?? "" }
    /// What the key says beside its first part: of a role the department, the person and the role.
    package var parts: [String] { key.split(separator: "/").dropFirst().map(String.init) }
}

extension Desk {
    /// Departments by id, at most `limit` after a key.
    package func departments(after key: String = "", limit: Int) throws -> DirectoryPage {
        try read { try page("department/", after: key, limit: limit, $0) }
    }

    /// People by id with their roles, at most `limit` after a key.
    package func people(after key: String = "", limit: Int) throws -> DirectoryPage {
        try read { try page("person/", after: key, limit: limit, $0) }
    }

    /// One person, by id or name, with all roles that they have or had; `unknownPerson`, or `ambiguousName`.
    package func person(named typed: String) throws -> DirectoryEntry {
        try read { reading in
            let user = try person(typed, reading)
            guard let found = try entry("person/" + user, reading) else {
                throw DeskError(Refusal(.unknownPerson, path: typed))
            }
            return shown(found, ending: nil, roles: try heldRoles(of: user, reading))
        }
    }

    /// Who has, or had, which role, by department, person and role; at most `limit` after a key.
    ///
    /// Of all departments, or of the one that is typed as an id or a name; refused if the name fits several.
    package func roles(ofDepartment typed: String? = nil, after key: String = "", limit: Int) throws -> DirectoryPage {
        try read { reading in
            let department = try typed.map { try self.department($0, reading) }
            return try page(department.map { "role/\($0)/" } ?? "role/", after: key, limit: limit, reading)
        }
    }

    private func page(
        _ prefix: String,
        after key: String,
        limit: Int,
        _ reading: any StoreReading
    ) throws -> DirectoryPage {
        let entries = try entries(prefix, after: key, limit: limit, reading)
        let roles = prefix == "person/" ? Dictionary(grouping: try heldRoles(reading), by: \.user) : [:]
        return DirectoryPage(
            entries: try entries.map { entry in
                let user = entry.id.split(separator: "/").last.map(String.init) ?? ""
                return shown(entry, ending: try roleEntry(entry, reading)?.end?.how, roles: roles[user] ?? [])
            },
            next: entries.count == limit ? entries.last?.id : nil,
            names: try names(of: prefix.hasPrefix("role/") ? Set(entries.compactMap(Self.holder)) : [], reading)
        )
    }

    /// Whose role an entry of the directory is: `role/zhkg/petrenko/head`.
    private static func holder(_ entry: Aggregate) -> String? {
        entry.id.split(separator: "/").dropFirst(2).first.map(String.init)
    }

    private func shown(_ entry: Aggregate, ending: RoleEntry.Ending?, roles: [HeldRole]) -> DirectoryEntry {
        DirectoryEntry(
            key: entry.id,
            registers: JSONObject(members: entry.items(.registers).map { ($0.name, $0.item.value) }),
            ending: ending,
            hasLeft: RoleEntry.hasLeft(entry),
            roles: roles
        )
    }
}

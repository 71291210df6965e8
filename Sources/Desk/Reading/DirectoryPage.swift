import Appeals
package import CanonicalJSON
import Replication

/// A page of the directory: departments, people or roles.
package struct DirectoryPage {
    /// In the order of their keys.
    package let entries: [DirectoryEntry]
    /// The key after which the next page begins; nil at the end.
    package let next: String?

    package init(entries: [DirectoryEntry], next: String?) {
        self.entries = entries
        self.next = next
    }
}

/// One entry of the directory.
package struct DirectoryEntry {
    /// `person/petrenko`.
    package let key: String
    package let registers: JSONObject
    /// Of a role: whether the person has it now.
    package let isInForce: Bool

    package init(key: String, registers: JSONObject, isInForce: Bool) {
        self.key = key
        self.registers = registers
        self.isInForce = isInForce
    }

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

    /// People by id, at most `limit` after a key.
    package func people(after key: String = "", limit: Int) throws -> DirectoryPage {
        try read { try page("person/", after: key, limit: limit, $0) }
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
        return DirectoryPage(
            entries: entries.map { entry in
                DirectoryEntry(
                    key: entry.id,
                    registers: JSONObject(members: entry.items(.registers).map { ($0.name, $0.item.value) }),
                    isInForce: Self.isInForce(entry)
                )
            },
            next: entries.count == limit ? entries.last?.id : nil
        )
    }
}

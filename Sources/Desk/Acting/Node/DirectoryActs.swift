package import Appeals
import CanonicalJSON
import Replication

/// Who gets or loses a role, and where.
package struct RoleTarget {
    package var user: String
    package var role: String
    /// By id or name; nil for the office.
    package var department: String?

    package init(user: String, role: String, department: String?) {
        self.user = user
        self.role = role
        self.department = department
    }
}

/// A person of the directory, as they are typed.
package struct PersonFields {
    package var user: String
    /// By id or name.
    package var department: String
    package var name: String
    package var position: String?
    package var phone: String?

    package init(user: String, department: String, name: String, position: String?, phone: String?) {
        self.user = user
        self.department = department
        self.name = name
        self.position = position
        self.phone = phone
    }
}

/// Entries of reference: only the office has them (`officeOnly`), and the rules ask for an administrator.
///
/// All throw what `actor` throws; the forms of ids and names are checked by the rules.
extension Desk {
    /// Adds a department, or gives it another name.
    package func putDepartment(_ id: String, name: String, code: String?) throws -> Acted<Void> {
        try actOnReference("department.put") { draft, _ in
            draft.body["department"] = .string(id)
            draft.body["name"] = .string(name)
            draft.body["code"] = code.map(JSON.string)
        }
    }

    /// Adds a person, or changes what the directory has of them; `ambiguousName` if the department fits several.
    package func putPerson(_ person: PersonFields) throws -> Acted<Void> {
        try actOnReference("person.put") { draft, reading in
            draft.body["user"] = .string(person.user)
            draft.body["department"] = .string(try department(person.department, reading))
            draft.body["position"] = person.position.map(JSON.string)
            var personal: JSONObject = ["name": .string(person.name)]
            personal["phone"] = person.phone.map(JSON.string)
            draft.personal = personal
        }
    }

    /// Gives a person a role; `unknownRole` if there is none such.
    ///
    /// - Parameter substitution: the ground, if the person is acting for somebody.
    package func grantRole(_ target: RoleTarget, substitution: String?) throws -> Acted<Void> {
        try actOnRole("role.granted", target) { $0["substitution"] = substitution.map(JSON.string) }
    }

    /// Ends a person's role, and says why; `unknownRole` if there is none such.
    package func revokeRole(_ target: RoleTarget, reason: String) throws -> Acted<Void> {
        try actOnRole("role.revoked", target) { $0["reason"] = .string(reason) }
    }

    /// Publishes a calendar, by which terms are counted from now on; those of registered appeals stay.
    package func putCalendar(_ calendar: WorkingCalendar) throws -> Acted<Void> {
        try actOnReference("calendar.put") { draft, _ in draft.body = ["calendar": calendar.json] }
    }

    private func actOnRole(
        _ kind: String,
        _ target: RoleTarget,
        _ fill: (inout JSONObject) -> Void
    ) throws -> Acted<Void> {
        try actOnReference(kind) { draft, reading in
            guard Kinds.officeRoles.union(Kinds.departmentRoles).contains(target.role) else {
                let known = Kinds.officeRoles.union(Kinds.departmentRoles).sorted().joined(separator: ", ")
                throw DeskError.usage(
                    "unknownRole",
                    uk: "немає ролі «\(target.role)»; є: \(known)",
                    en: "there is no role \"\(target.role)\"; there are: \(known)"
                )
            }
            draft.body = [
                "user": .string(target.user), "role": .string(target.role),
                "department": .string(try target.department.map { try department($0, reading) } ?? place.node),
            ]
            fill(&draft.body)
        }
    }

    private func actOnReference(
        _ kind: String,
        _ fill: (inout Draft, any StoreReading) throws -> Void
    ) throws -> Acted<Void> {
        try requireOffice()
        return try act { transaction in
            // What is typed is looked at before who acts.
            var draft = Draft(kind: kind, appeal: nil, actor: Actor(user: "", role: ""), body: [:])
            try fill(&draft, transaction)
            draft.actor = try actor(kind, transaction)
            return (draft, ())
        }
    }
}

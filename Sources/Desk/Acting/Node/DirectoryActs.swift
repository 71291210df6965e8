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
    /// Roles that stay though the person moves, each `DEPT/ROLE`.
    package var keep: [String]
    /// On which basis they stay.
    package var basis: String?

    package init(
        user: String,
        department: String,
        name: String,
        position: String?,
        phone: String?,
        keep: [String] = [],
        basis: String? = nil
    ) {
        self.user = user
        self.department = department
        self.name = name
        self.position = position
        self.phone = phone
        self.keep = keep
        self.basis = basis
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

    /// Adds a person, or changes what the directory has of them; tells the roles that a move ends.
    ///
    /// Throws `ambiguousName` if a department fits several, `wrongKeep` if a role to keep cannot be read.
    package func putPerson(_ person: PersonFields) throws -> Acted<[HeldRole]> {
        try actOnReference("person.put") { draft, reading in
            let department = try department(person.department, reading)
            draft.body["user"] = .string(person.user)
            draft.body["department"] = .string(department)
            draft.body["position"] = person.position.map(JSON.string)
            let kept = try person.keep.map { try keptRole($0, reading) }
            if !kept.isEmpty {
                draft.body["keep"] = .array(
                    kept.map { ["department": .string($0.department), "role": .string($0.role)] }
                )
            }
            draft.body["basis"] = person.basis.map(JSON.string)
            var personal: JSONObject = ["name": .string(person.name)]
            personal["phone"] = person.phone.map(JSON.string)
            draft.personal = personal
            let former = try entry("person/" + person.user, reading)?.register("entry")?["department"]?.string
            guard let former, former != department else { return [] }
            return try heldRoles(of: person.user, reading).filter { role in
                role.ending == nil && !kept.contains { $0.department == role.department && $0.role == role.role }
            }
        }
    }

    /// `DEPT/ROLE` as typed, the department by id or name; throws `wrongKeep` or `unknownRole`.
    func keptRole(
        _ typed: String,
        _ reading: any StoreReading
    ) throws -> (department: String, role: String) {
        guard let slash = typed.lastIndex(of: "/"), slash != typed.startIndex else {
            throw DeskError.usage(
                "wrongKeep",
                field: "keep",
                value: typed,
                uk: "«\(typed)» — не підрозділ і роль; приклад: \(.input("keep", "zhkg/executor"))",
                en: "\"\(typed)\" is not a department and a role; example: \(.input("keep", "zhkg/executor"))"
            )
        }
        let role = String(typed[typed.index(after: slash)...])
        try requireRole(role, field: "keep")
        return (try department(String(typed[..<slash]), reading), role)
    }

    /// A person works here no more; tells the roles that end with it.
    package func personLeaves(_ user: String, reason: String) throws -> Acted<[HeldRole]> {
        try actOnReference("person.left") { draft, reading in
            let user = try person(user, reading)
            draft.body = ["user": .string(user), "reason": .string(reason)]
            return try heldRoles(of: user, reading).filter { $0.ending == nil }
        }
    }

    /// Gives a person a role; `unknownRole` if there is none such.
    ///
    /// - Parameters:
    ///   - substitution: the ground, if the person is acting for somebody.
    ///   - from: its first day, if that is said.
    ///   - through: its last day, if that is said.
    package func grantRole(
        _ target: RoleTarget,
        substitution: String?,
        from: CivilDate?,
        through: CivilDate?
    ) throws -> Acted<Void> {
        try actOnRole("role.granted", target) { body, _ in
            body["substitution"] = substitution.map(JSON.string)
            body["from"] = from.map { .string($0.description) }
            body["through"] = through.map { .string($0.description) }
        }
    }

    /// Ends a person's role, and says why; `unknownRole` if there is none such, `roleNotInForce` with those that are.
    package func revokeRole(_ target: RoleTarget, reason: String) throws -> Acted<Void> {
        try actOnRole("role.revoked", target) { body, reading in
            body["reason"] = .string(reason)
            let roles = try heldRoles(of: target.user, reading).filter { $0.ending == nil }
            let isThere = roles.contains { $0.role == target.role && .string($0.department) == body["department"] }
            if !isThere { throw Self.notInForce(target, body["department"]?.string ?? "", roles) }
        }
    }

    /// What is not in force cannot end: the roles that are, each with the command that ends it.
    private static func notInForce(_ target: RoleTarget, _ department: String, _ roles: [HeldRole]) -> DeskError {
        func list(_ language: Language) -> String {
            let words = roles.map { Wording.roleOfPerson($0.role).text(language) + " (\($0.department))" }
            return words.isEmpty ? "—" : words.joined(separator: ", ")
        }
        let role = Wording.roleOfPerson(target.role)
        let commands = Phrase.joined(
            roles.map { role in
                "\(.toDo(.roleRevoke, ["user": role.user, "role": role.role, "department": role.department]))"
            },
            separator: " · "
        )
        return DeskError(
            .failed,
            "roleNotInForce",
            uk: "«\(target.user)» не має чинної ролі «\(role.uk)» у \(department); має: \(list(.ukrainian))",
            en: "\"\(target.user)\" has no role “\(role.en)” at \(department) in force; has: \(list(.english))",
            remedy: roles.isEmpty
                ? Sentence(uk: "Хто яку роль має: \(.toDo(.roleList))", en: "Who has which role: \(.toDo(.roleList))")
                : Sentence(uk: commands, en: commands)
        )
    }

    /// Publishes a calendar, by which terms are counted from now on; those of registered appeals stay.
    package func putCalendar(_ calendar: WorkingCalendar) throws -> Acted<Void> {
        try actOnReference("calendar.put") { draft, _ in draft.body = ["calendar": calendar.json] }
    }

    private func actOnRole(
        _ kind: String,
        _ target: RoleTarget,
        _ fill: (inout JSONObject, any StoreReading) throws -> Void
    ) throws -> Acted<Void> {
        try actOnReference(kind) { draft, reading in
            try requireRole(target.role)
            draft.body = [
                "user": .string(target.user), "role": .string(target.role),
                "department": .string(try target.department.map { try department($0, reading) } ?? place.node),
            ]
            try fill(&draft.body, reading)
        }
    }

    private func requireRole(_ role: String, field: String = "role") throws(DeskError) {
        guard !Kinds.allRoles.contains(role) else { return }
        let known = Kinds.allRoles.sorted().joined(separator: ", ")
        throw DeskError.usage(
            "unknownRole",
            field: field,
            value: role,
            uk: "немає ролі «\(role)»; є: \(known)",
            en: "there is no role \"\(role)\"; there are: \(known)"
        )
    }

    /// An act on an entry of reference, by the person who asks.
    func actOnReference<Subject>(
        _ kind: String,
        _ fill: (inout Draft, any StoreReading) throws -> Subject
    ) throws -> Acted<Subject> {
        try requireOffice()
        return try act { transaction in
            // What is typed is looked at before who acts.
            var draft = Draft(kind: kind, appeal: nil, actor: Actor(user: "", role: ""), body: [:])
            let subject = try fill(&draft, transaction)
            draft.actor = try actor(kind, transaction)
            return (draft, subject)
        }
    }
}

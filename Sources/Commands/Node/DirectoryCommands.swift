import Appeals
import CanonicalJSON
import Desk
import Replication

/// `department add|list`, `person add|list`, `role grant|revoke|list`.
extension Commands {
    static let departmentAdd = Command(.departmentAdd) { call in
        call.tell(
            try call.acting().putDepartment(
                try call.required("department"),
                name: try call.required("name"),
                code: call.text("code")
            ),
            uk: "Підрозділ записано",
            en: "The department is recorded",
            next: "kartoteka invite \(try call.required("department")) --as … --out …"
        )
    }

    static let departmentList = Command(.departmentList) { call in
        let page = try call.desk.departments(after: call.text("after") ?? "", limit: try call.limit())
        let header = call.language == .ukrainian ? ["Id", "Код", "Назва"] : ["Id", "Code", "Name"]
        return call.listed(page, "departments", header: header, cutting: [2]) { entry in
            ["department", "code", "name"].map(entry.text)
        }
    }

    static let personAdd = Command(.personAdd) { call in
        let person = PersonFields(
            user: try call.required("user"),
            department: try call.required("department"),
            name: try call.required("name"),
            position: call.text("position"),
            phone: call.text("phone"),
            keep: call.list("keep"),
            basis: call.text("basis")
        )
        let report = ActReport(
            done: Label(uk: "Працівника записано", en: "The person is recorded"),
            next: "kartoteka role grant \(person.user) ROLE --as … --department \(person.department)"
        )
        return call.tellLost(try call.acting().putPerson(person), report)
    }

    static let personLeave = Command(.personLeave) { call in
        let report = ActReport(
            done: Label(uk: "Записано: працівник більше не працює", en: "Recorded: the person works here no more"),
            next: "kartoteka person show \(try call.required("user"))"
        )
        let acted = try call.acting().personLeaves(try call.required("user"), reason: try call.required("reason"))
        return call.tellLost(acted, report)
    }

    static let personShow = Command(.personShow) { call in
        let person = try call.desk.person(named: try call.required("user"))
        let left = person.hasLeft ? call.say(" (більше не працює)", " (works here no more)") : ""
        var lines = [person.text("name") + left]
        for (field, name) in [
            ("department", Label(uk: "Підрозділ", en: "Department")), ("position", Label(uk: "Посада", en: "Position")),
            ("phone", Label(uk: "Телефон", en: "Phone")),
        ] where !person.text(field).isEmpty { lines.append(call.say(name) + ": " + person.text(field)) }
        lines += person.roles.map { role in
            let because = role.isOwners && role.ending == nil ? ": " : call.say("; підстава: ", "; basis: ")
            let basis = role.substitution.map { because + call.say($0.label) } ?? ""
            return
                "\(call.say(Wording.roleOfPerson(role.role))) · \(role.department) · \(call.state(role.ending, isOwners: role.isOwners))\(basis)"
        }
        if person.roles.isEmpty { lines.append(call.say("Ролей немає.", "No roles.")) }
        var object = person.registers
        object["entry"] = object["entry"] ?? .string(person.key)
        object["roles"] = .array(person.roles.map(\.json))
        object["left"] = .bool(person.hasLeft)
        return CommandResult(["person": .object(object)], lines: lines)
    }

    static let personList = Command(.personList) { call in
        let header =
            call.language == .ukrainian
            ? ["Id", "Підрозділ", "Посада", "Ім'я", "Ролі"] : ["Id", "Department", "Position", "Name", "Roles"]
        let page = try call.desk.people(after: call.text("after") ?? "", limit: try call.limit())
        return call.listed(page, "people", header: header, cutting: [2, 3, 4]) { entry in
            let roles = entry.inForce.map { role in
                role.department == entry.text("department")
                    ? call.say(Wording.roleOfPerson(role.role)) : call.named(role)
            }
            let left = entry.hasLeft ? [call.say("не працює", "has left")] : []
            return ["user", "department", "position", "name"].map(entry.text)
                + [(left + roles).joined(separator: ", ")]
        }
    }

    static let roleGrant = Command(.roleGrant) { call in
        call.tell(
            try call.acting().grantRole(
                try call.roleTarget(),
                substitution: call.text("substitution"),
                from: try call.date("from"),
                through: try call.date("through")
            ),
            uk: "Роль надано",
            en: "The role is granted",
            next: "kartoteka role list"
        )
    }

    static let roleRevoke = Command(.roleRevoke) { call in
        call.tell(
            try call.acting().revokeRole(try call.roleTarget(), reason: try call.required("reason")),
            uk: "Роль припинено",
            en: "The role is revoked",
            next: "kartoteka role list"
        )
    }

    static let roleList = Command(.roleList) { call in
        let header =
            call.language == .ukrainian
            ? ["Підрозділ", "Працівник", "Ім'я", "Роль", "Стан"] : ["Department", "Person", "Name", "Role", "State"]
        let page = try call.desk.roles(
            ofDepartment: call.text("department"),
            after: call.text("after") ?? "",
            limit: try call.limit()
        )
        return call.listed(page, "roles", header: header, cutting: [2, 3]) { entry in
            let (user, role) = (entry.parts.at(1) ?? "", entry.parts.at(2) ?? "")
            return [
                entry.parts.at(0) ?? "", user, page.names.person(user), call.say(Wording.roleOfPerson(role)),
                call.state(entry.ending, isOwners: entry.isOwners),
            ]
        }
    }
}

extension Call {
    fileprivate func roleTarget() throws(DeskError) -> RoleTarget {
        RoleTarget(user: try required("user"), role: try required("role"), department: text("department"))
    }

    /// Why a role ended, for people.
    fileprivate func state(_ ending: RoleEntry.Ending?, isOwners: Bool) -> String {
        switch ending {
        case nil where isOwners:
            say("чинна: назвав власник каталогу", "in force: named by the owner of the directory")
        case nil: say("чинна", "in force")
        case let ending?: say(Wording.ending(ending))
        }
    }

    /// A role at a department that is not the person's own: `начальник (zhkg)`.
    fileprivate func named(_ role: HeldRole) -> String {
        say(Wording.roleOfPerson(role.role)) + " (\(role.department))"
    }

    /// Tells of an act that ends roles, with the roles; of one that was refused it ends none.
    fileprivate func tellLost(_ acted: Acted<[HeldRole]>, _ report: ActReport) -> CommandResult {
        var report = report
        if case .decided(let outcome) = acted.done, outcome.status == .accepted {
            report.members["lost"] = .array(acted.subject.map(\.json))
            if !acted.subject.isEmpty {
                let list = acted.subject.map(named).joined(separator: ", ")
                report.lines.append(say("Припинено ролі: ", "Roles ended: ") + list)
            }
        }
        return tell(acted, report)
    }

    func requireOffice() throws(DeskError) { try desk.requireOffice() }

    /// A page of the directory as a table.
    fileprivate func listed(
        _ page: DirectoryPage,
        _ name: String,
        header: [String],
        cutting flexible: Set<Int>,
        _ cells: (DirectoryEntry) -> [String]
    ) -> CommandResult {
        let list = page.entries.map { entry -> JSON in
            var object = entry.registers
            object["entry"] = object["entry"] ?? .string(entry.key)
            if entry.key.hasPrefix("person/") {
                object["roles"] = .array(entry.inForce.map(\.json))
                object["left"] = .bool(entry.hasLeft)
            }
            if let ending = entry.ending { object["ended"] = .string(ending.code) }
            return .object(object)
        }
        var members: JSONObject = [name: .array(list)]
        var lines =
            page.entries.isEmpty
            ? [say("Нічого немає.", "There is nothing.")]
            : Table.text(header, page.entries.map(cells), within: width, cutting: flexible)
        if let next = page.next {
            members["next"] = .string(next)
            lines.append(say("Далі: ", "Next page: ") + "--after \(next)")
        }
        return CommandResult(members, lines: lines)
    }
}

extension HeldRole {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "role": .string(role), "department": .string(department), "inForce": .bool(ending == nil),
        ]
        object["basis"] = substitution.map { .string($0.basis) }
        object["from"] = substitution?.from.map { .string($0.description) }
        object["through"] = substitution?.through.map { .string($0.description) }
        if isOwners { object["owner"] = true }
        if let ending { object["ended"] = .string(ending.code) }
        return .object(object)
    }
}

extension RoleEntry.Ending {
    /// As JSON says it.
    fileprivate var code: String {
        switch self {
        case .revoked: "revoked"
        case .left: "left"
        case .moved: "moved"
        }
    }
}

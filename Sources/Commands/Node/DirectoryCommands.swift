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
            next: "kartoteka invite …"
        )
    }

    static let departmentList = Command(.departmentList) { call in
        let page = try call.desk.departments(after: call.text("after") ?? "", limit: try call.limit())
        let header = call.language == .ukrainian ? ["Id", "Код", "Назва"] : ["Id", "Code", "Name"]
        return call.listed(page, "departments", header: header) { entry in
            ["department", "code", "name"].map(entry.text)
        }
    }

    static let personAdd = Command(.personAdd) { call in
        let person = PersonFields(
            user: try call.required("user"),
            department: try call.required("department"),
            name: try call.required("name"),
            position: call.text("position"),
            phone: call.text("phone")
        )
        return call.tell(
            try call.acting().putPerson(person),
            uk: "Працівника записано",
            en: "The person is recorded",
            next: "kartoteka role grant \(person.user) …"
        )
    }

    static let personList = Command(.personList) { call in
        let header =
            call.language == .ukrainian
            ? ["Id", "Підрозділ", "Посада", "Ім'я"] : ["Id", "Department", "Position", "Name"]
        let page = try call.desk.people(after: call.text("after") ?? "", limit: try call.limit())
        return call.listed(page, "people", header: header) { entry in
            ["user", "department", "position", "name"].map(entry.text)
        }
    }

    static let roleGrant = Command(.roleGrant) { call in
        call.tell(
            try call.acting().grantRole(try call.roleTarget(), substitution: call.text("substitution")),
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
            ? ["Підрозділ", "Працівник", "Роль", "Стан"] : ["Department", "Person", "Role", "State"]
        let page = try call.desk.roles(
            ofDepartment: call.text("department"),
            after: call.text("after") ?? "",
            limit: try call.limit()
        )
        return call.listed(page, "roles", header: header) { entry in
            entry.parts + [entry.isInForce ? call.say("чинна", "in force") : call.say("припинена", "ended")]
        }
    }
}

extension Call {
    fileprivate func roleTarget() throws(DeskError) -> RoleTarget {
        RoleTarget(user: try required("user"), role: try required("role"), department: text("department"))
    }

    func requireOffice() throws(DeskError) { try desk.requireOffice() }

    /// A page of the directory as a table.
    fileprivate func listed(
        _ page: DirectoryPage,
        _ name: String,
        header: [String],
        _ cells: (DirectoryEntry) -> [String]
    ) -> CommandResult {
        let list = page.entries.map { entry -> JSON in
            var object = entry.registers
            object["entry"] = object["entry"] ?? .string(entry.key)
            return .object(object)
        }
        var members: JSONObject = [name: .array(list)]
        var lines =
            page.entries.isEmpty
            ? [say("Нічого немає.", "There is nothing.")] : Table.text(header, page.entries.map(cells))
        if let next = page.next {
            members["next"] = .string(next)
            lines.append(say("Далі: ", "Next page: ") + "--after \(next)")
        }
        return CommandResult(members, lines: lines)
    }
}

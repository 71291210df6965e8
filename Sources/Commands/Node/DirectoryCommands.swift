import Appeals
import CanonicalJSON
import Desk
import Replication

/// `department add|list`, `person add|list`, `role grant|revoke|list`.
extension Commands {
    static let departmentAdd = Command(
        "department add",
        uk: "Додати або перейменувати підрозділ",
        en: "Add or rename a department",
        operands: [
            .required(
                "department",
                "DEPT",
                uk: "id підрозділу: малі латинські літери",
                en: "the department's id: lower-case letters"
            )
        ],
        options: [
            .actor, .required("name", "TEXT", uk: "назва", en: "its name"),
            .text("code", "TEXT", uk: "друкований код: УБЖП", en: "its printed code"),
        ],
        example: "kartoteka department add zhkg --as admin --name \"Департамент ЖКГ\" --code ЖКГ"
    ) { call in
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

    static let departmentList = Command(
        "department list",
        uk: "Показати підрозділи",
        en: "List departments",
        options: [.limit, .after],
        example: "kartoteka department list"
    ) { call in
        let page = try call.desk.departments(after: call.text("after") ?? "", limit: try call.limit())
        let header = call.language == .ukrainian ? ["Id", "Код", "Назва"] : ["Id", "Code", "Name"]
        return call.listed(page, "departments", header: header) { entry in
            ["department", "code", "name"].map(entry.text)
        }
    }

    static let personAdd = Command(
        "person add",
        uk: "Додати працівника або змінити його дані",
        en: "Add a person, or change their data",
        operands: [
            .required(
                "user",
                "USER",
                uk: "id працівника: малі латинські літери",
                en: "the person's id: lower-case letters"
            )
        ],
        options: [
            .actor,
            .required(
                "department",
                "DEPT",
                uk: "де працює (для Центру — id вузла Центру)",
                en: "where (the office's node id for the office)"
            ),
            .required("name", "TEXT", uk: "прізвище, ім'я, по батькові", en: "name"),
            .text("position", "TEXT", uk: "посада", en: "position"),
            .text("phone", "PHONE", uk: "службовий телефон", en: "office phone"),
        ],
        example:
            "kartoteka person add petrenko --as admin --department zhkg --name \"Петренко Ольга Іванівна\" --position начальник"
    ) { call in
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

    static let personList = Command(
        "person list",
        uk: "Показати працівників",
        en: "List people",
        options: [.limit, .after],
        example: "kartoteka person list --limit 100"
    ) { call in
        let header =
            call.language == .ukrainian
            ? ["Id", "Підрозділ", "Посада", "Ім'я"] : ["Id", "Department", "Position", "Name"]
        let page = try call.desk.people(after: call.text("after") ?? "", limit: try call.limit())
        return call.listed(page, "people", header: header) { entry in
            ["user", "department", "position", "name"].map(entry.text)
        }
    }

    private static let roleOperands: [CommandOption] = [
        .required("user", "USER", uk: "id працівника", en: "the person's id"),
        .required(
            "role",
            "ROLE",
            uk: "роль: administrator, leader, registrar, specialist, inspector; head, deputy, executor, clerk",
            en: "the role: administrator, leader, registrar, specialist, inspector; head, deputy, executor, clerk"
        ),
    ]
    private static let roleDepartment = CommandOption.text(
        "department",
        "DEPT",
        uk: "де (типово Центр)",
        en: "where (the office if not given)"
    )

    static let roleGrant = Command(
        "role grant",
        uk: "Надати роль",
        en: "Grant a role",
        operands: roleOperands,
        options: [
            .actor, roleDepartment,
            .text("substitution", "TEXT", uk: "підстава, якщо виконує обов'язки", en: "the ground, if acting"),
        ],
        example: "kartoteka role grant petrenko head --as admin --department zhkg"
    ) { call in
        call.tell(
            try call.acting().grantRole(try call.roleTarget(), substitution: call.text("substitution")),
            uk: "Роль надано",
            en: "The role is granted",
            next: "kartoteka role list"
        )
    }

    static let roleRevoke = Command(
        "role revoke",
        uk: "Припинити роль",
        en: "Revoke a role",
        operands: roleOperands,
        options: [.actor, roleDepartment, .reason],
        example: "kartoteka role revoke petrenko head --as admin --department zhkg --reason \"Звільнення\""
    ) { call in
        call.tell(
            try call.acting().revokeRole(try call.roleTarget(), reason: try call.required("reason")),
            uk: "Роль припинено",
            en: "The role is revoked",
            next: "kartoteka role list"
        )
    }

    static let roleList = Command(
        "role list",
        uk: "Показати, хто яку роль має",
        en: "List who has which role",
        options: [
            .text("department", "DEPT", uk: "лише одного підрозділу", en: "of one department only"), .limit, .after,
        ],
        example: "kartoteka role list --department zhkg"
    ) { call in
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

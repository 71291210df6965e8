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
        try call.actOnReference(
            "department.put",
            done: Label(uk: "Підрозділ записано", en: "The department is recorded"),
            next: "kartoteka invite …"
        ) { body, _, _ in
            body["department"] = .string(try call.required("department"))
            body["name"] = .string(try call.required("name"))
            body["code"] = call.text("code").map(JSON.string)
        }
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
        let user = try call.required("user")
        return try call.actOnReference(
            "person.put",
            done: Label(uk: "Працівника записано", en: "The person is recorded"),
            next: "kartoteka role grant \(user) …"
        ) { body, personal, reading in
            body["user"] = .string(user)
            body["department"] = .string(try call.desk.department(try call.required("department"), reading))
            body["position"] = call.text("position").map(JSON.string)
            personal = ["name": .string(try call.required("name"))]
            personal?["phone"] = call.text("phone").map(JSON.string)
        }
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
        try call.actOnRole("role.granted", done: Label(uk: "Роль надано", en: "The role is granted")) { body in
            body["substitution"] = call.text("substitution").map(JSON.string)
        }
    }

    static let roleRevoke = Command(
        "role revoke",
        uk: "Припинити роль",
        en: "Revoke a role",
        operands: roleOperands,
        options: [.actor, roleDepartment, .reason],
        example: "kartoteka role revoke petrenko head --as admin --department zhkg --reason \"Звільнення\""
    ) { call in
        try call.actOnRole("role.revoked", done: Label(uk: "Роль припинено", en: "The role is revoked")) { body in
            body["reason"] = .string(try call.required("reason"))
        }
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
    /// An act on an entry of reference; only the office has them.
    fileprivate func actOnReference(
        _ kind: String,
        done: Label,
        next: String = "",
        _ fill: (inout JSONObject, inout JSONObject?, any StoreReading) throws -> Void
    ) throws -> CommandResult {
        try requireOffice()
        return try act { transaction in
            var body = JSONObject()
            var personal: JSONObject?
            try fill(&body, &personal, transaction)
            let draft = Draft(
                kind: kind,
                appeal: nil,
                actor: try actor(kind, transaction),
                body: body,
                personal: personal
            )
            return PendingAct(draft: draft, done: done, next: next)
        }
    }

    fileprivate func actOnRole(
        _ kind: String,
        done: Label,
        _ fill: (inout JSONObject) throws -> Void
    ) throws -> CommandResult {
        try actOnReference(kind, done: done, next: "kartoteka role list") { body, _, reading in
            let role = try required("role")
            guard Kinds.officeRoles.union(Kinds.departmentRoles).contains(role) else {
                let known = Kinds.officeRoles.union(Kinds.departmentRoles).sorted().joined(separator: ", ")
                throw DeskError.usage(
                    "unknownRole",
                    uk: "немає ролі «\(role)»; є: \(known)",
                    en: "there is no role \"\(role)\"; there are: \(known)"
                )
            }
            body = [
                "user": .string(try required("user")), "role": .string(role),
                "department": .string(try text("department").map { try desk.department($0, reading) } ?? context.node),
            ]
            try fill(&body)
        }
    }

    func requireOffice() throws(DeskError) {
        guard isOffice else {
            throw DeskError(
                .permission,
                "officeOnly",
                uk: "це робить лише Центр; цей вузол — підрозділ «\(context.node)»",
                en: "only the office does this; this node is the department \"\(context.node)\""
            )
        }
    }

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

import Appeals
import CanonicalJSON
import Desk

/// Departments, people, substitutions and streets, page by page.
extension WebCall {
    private var after: String { request.parameter("after") ?? "" }

    /// A page of a list with what leads to the next one.
    private func sheet(
        _ caption: String,
        _ heads: [String],
        _ rows: [Markup],
        next: String?,
        nothing: String
    ) -> Markup {
        tag("div", ["class": "sheet"]) {
            listTable(caption, heads, rows, nothing: nothing)
            listFoot(request.path, rows.count, [], next: next, isFirst: after.isEmpty)
        }
    }

    /// Departments by id, with their printed codes.
    func departmentsPage() throws -> WebReply {
        let page = try desk.departments(after: after, limit: DirectoryPages.rows)
        let heads = [say("Підрозділ", "Department"), say("Друкований код", "Printed code"), say("Ідентифікатор", "Id")]
        let rows = page.entries.map { entry in
            let id = String(entry.key.dropFirst("department/".count))
            return listRow(
                heads,
                tag("a", ["href": DirectoryPages.department(id)]) { entry.text("name") },
                [Markup(entry.text("code")), tag("span", ["class": "soft"]) { id }]
            )
        }
        return try directoryPage(
            .departments,
            acts: [
                directoryAct(.departmentAdd, [], Label(uk: "Додати підрозділ", en: "Add a department"), isMain: true)
            ]
        ) {
            sheet(
                say("Підрозділи", "Departments"),
                heads,
                rows,
                next: page.next,
                nothing: say("У довіднику ще немає підрозділів.", "The directory has no departments yet.")
            )
        }
    }

    /// People by login: where they work, with which roles and telephone; who has left stays and says so.
    func peopleList() throws -> WebReply {
        let page = try desk.people(after: after, limit: DirectoryPages.rows)
        let names = try desk.departmentChoices()
        let heads = [
            say("Працівник", "Person"), say("Де працює", "Where"), say("Ролі", "Roles"), say("Телефон", "Phone"),
        ]
        let rows = page.entries.map { entry in
            let user = String(entry.key.dropFirst("person/".count))
            return listRow(
                heads,
                Markup([
                    tag("a", ["href": DirectoryPages.person(user)]) { entry.text("name") }, Markup(" "),
                    tag("span", ["class": "soft nw"]) { user },
                ]),
                [
                    Markup(
                        entry.hasLeft
                            ? say("більше не працює", "works here no more")
                            : departmentCalled(entry.text("department"), names)
                    ),
                    Markup(roleWords(entry.inForce, names, home: entry.text("department"))),
                    Markup(entry.text("phone")),
                ]
            )
        }
        return try directoryPage(
            .people,
            acts: [directoryAct(.personAdd, [], Label(uk: "Додати працівника", en: "Add a person"), isMain: true)]
        ) {
            sheet(
                say("Працівники", "People"),
                heads,
                rows,
                next: page.next,
                nothing: say("У довіднику ще немає працівників.", "The directory has no people yet.")
            )
        }
    }

    /// The printed name of a department, the office by its word.
    func departmentCalled(_ id: String, _ names: [(id: String, name: String)]) -> String {
        names.first { $0.id == id }?.name ?? (desk.isOffice && id == site.node ? say("Центр", "The office") : id)
    }

    /// Roles in words; of those that are held elsewhere also where.
    func roleWords(_ roles: [HeldRole], _ names: [(id: String, name: String)], home: String) -> String {
        roles.map { role in
            let words = say(Wording.roleOfPerson(role.role))
            return role.department == home ? words : words + " – " + departmentCalled(role.department, names)
        }.joined(separator: ", ")
    }

    /// Who stands in for whom: roles with a basis that are not over.
    func substitutionsPage() throws -> WebReply {
        let today = desk.today
        let (roles, people) = try desk.read { reading in
            let roles = try desk.heldRoles(reading).filter { role in
                role.ending == nil && role.substitution.map { ($0.through ?? today) >= today } == true
            }
            return (roles, try desk.names(of: Set(roles.map(\.user)), reading))
        }
        let names = try desk.departmentChoices()
        let heads = [
            say("Працівник", "Person"), say("Роль", "Role"), say("Де", "Where"), say("Підстава", "Basis"),
            say("Дні", "Days"),
        ]
        let rows = roles.map { role in
            let days =
                role.substitution.map { ($0.from?.ukrainianNumbers ?? "", $0.through?.ukrainianNumbers ?? "") } ?? (
                    "", ""
                )
            return listRow(
                heads,
                tag("a", ["href": DirectoryPages.person(role.user)]) { people.person(role.user) },
                [
                    Markup(say(Wording.roleOfPerson(role.role))), Markup(departmentCalled(role.department, names)),
                    Markup(role.substitution?.basis ?? ""),
                    Markup(days == ("", "") ? say("безстроково", "without end") : days.0 + "–" + days.1),
                ]
            )
        }
        return try directoryPage(.substitutions, acts: [directoryAct(.roleGrant, isMain: true)]) {
            sheet(
                say("Заміщення", "Substitutions"),
                heads,
                rows,
                next: nil,
                nothing: say("Нікого не заміщують.", "Nobody stands in for anybody.")
            )
        }
    }

    /// Streets by id; an address that is looked for leads to its street, by former names too.
    func streetsPage() throws -> WebReply {
        let asked = request.parameter("address") ?? ""
        if !asked.isEmpty, let place = try streetPlace(asked) { return .seeOther(place) }
        let page = try desk.streets(after: after, limit: DirectoryPages.rows)
        let heads = [say("Вулиця", "Street"), say("Район", "District"), say("Колишні назви", "Former names")]
        let rows = page.streets.map { street in
            listRow(
                heads,
                tag("a", ["href": DirectoryPages.street(street.id)]) { street.title },
                [Markup(street.district ?? ""), Markup(street.former.map(\.name).joined(separator: ", "))]
            )
        }
        return try directoryPage(
            .streets,
            acts: [
                directoryAct(.streetPut, [], Label(uk: "Додати вулицю", en: "Add a street"), isMain: true),
                directoryAct(.streetImport),
            ]
        ) {
            tag("form", ["class": "row", "role": "search", "action": request.path]) {
                tag("div", ["class": asked.isEmpty ? "f" : "f err"]) {
                    tag("label", ["for": "address"]) {
                        say(
                            "Знайти за адресою чи назвою, також колишньою",
                            "Find by an address or a name, also a former one"
                        )
                    }
                    if !asked.isEmpty {
                        tag("p", ["class": "msg"]) {
                            say("У реєстрі такої вулиці немає: ", "The register has no such street: ") + asked
                        }
                    }
                    tag("input", ["id": "address", "name": "address", "maxlength": "200", "value": asked])
                }
                tag("button", ["class": "btn"]) { say("Знайти", "Find") }
            }
            sheet(
                say("Вулиці", "Streets"),
                heads,
                rows,
                next: page.next,
                nothing: say("Реєстр вулиць порожній.", "The register of streets is empty.")
            )
        }
    }

    /// Where the street of an address stands; nil if the register has none, or several fit.
    private func streetPlace(_ address: String) throws -> String? {
        do { return DirectoryPages.street(try desk.street(named: address).id) } catch is DeskError { return nil }
    }
}

import Appeals
import CanonicalJSON
import Desk

/// One department, one person, one street: what is known, what can be done, and who changed it.
extension WebCall {
    private static let change = Label(uk: "Змінити", en: "Change")

    /// A department: its names, who has a role there, who changed it; an unknown id is no page.
    func departmentPage() throws -> WebReply {
        let id = parameters["department"] ?? ""
        guard let entry = try desk.read({ try desk.entry("department/" + id, $0) })?.register("entry") else {
            return nothingHere()
        }
        let names = try desk.departmentChoices(), name = entry["name"]?.string ?? id
        let (roles, people) = try desk.read { reading in
            let roles = try desk.heldRoles(reading).filter { $0.department == id && $0.ending == nil }
            return (roles, try desk.names(of: Set(roles.map(\.user)), reading))
        }
        let heads = [say("Працівник", "Person"), say("Роль", "Role"), say("Підстава", "Basis")]
        return try directoryPage(
            .departments,
            name,
            acts: [
                directoryAct(.departmentAdd, [("department", id)], Self.change),
                directoryAct(.personAdd, [("in", id)], Label(uk: "Додати працівника", en: "Add a person")),
            ]
        ) {
            facts([
                (say("Назва", "Name"), Markup(name)),
                (say("Друкований код", "Printed code"), Markup(entry["code"]?.string ?? "")),
                (say("Ідентифікатор", "Id"), Markup(id)),
                (
                    say("Звернення", "Appeals"),
                    tag("a", ["href": Self.address("/cards", [("main", id)])]) {
                        say("де підрозділ – відповідальний", "of which it is the main executor")
                    }
                ),
            ])
            tag("section", ["class": "sheet"]) {
                tag("header") { tag("h2") { say("Хто тут має ролі", "Who has roles here") } }
                listTable(
                    say("Ролі", "Roles"),
                    heads,
                    roles.map { role in
                        listRow(
                            heads,
                            tag("a", ["href": DirectoryPages.person(role.user)]) { people.person(role.user) },
                            [
                                Markup(say(Wording.roleOfPerson(role.role))),
                                Markup(role.substitution.map { say($0.label) } ?? ""),
                            ]
                        )
                    },
                    nothing: say("Нікому ще не надано ролі.", "Nobody has a role yet.")
                )
            }
            try history(of: .entry("department/" + id), names)
        }
    }

    /// A person with all roles, ended ones too, and what an administrator can do; an unknown login is no page.
    func personPage() throws -> WebReply {
        let user = parameters["user"] ?? ""
        let entry: DirectoryEntry
        do { entry = try desk.person(named: user) } catch is DeskError { return nothingHere() }
        let names = try desk.departmentChoices(), home = entry.text("department")
        var acts = [try directoryAct(.personAdd, [("user", user)], Self.change)]
        if !entry.hasLeft {
            acts += [try directoryAct(.roleGrant, [("user", user)]), try directoryAct(.personLeave, [("user", user)])]
        }
        let heads = [say("Роль", "Role"), say("Де", "Where"), say("Підстава", "Basis"), say("Стан", "State"), ""]
        let rows = try entry.roles.map { role in
            listRow(
                heads,
                Markup(say(Wording.roleOfPerson(role.role))),
                [
                    Markup(departmentCalled(role.department, names)),
                    Markup(
                        role.isOwners
                            ? say("призначив власник вузла", "named by the owner of the node")
                            : role.substitution.map { say($0.label) } ?? ""
                    ),
                    Markup(say(role.ending.map(Wording.ending) ?? Label(uk: "чинна", en: "in force"))),
                    role.ending == nil
                        ? try directoryAct(
                            .roleRevoke,
                            [("user", user), ("role", role.role), ("department", role.department)]
                        ) : Markup(),
                ]
            )
        }
        return try directoryPage(.people, entry.text("name"), acts: acts) {
            facts([
                (
                    say("Де працює", "Where"),
                    Markup(
                        entry.hasLeft ? say("більше не працює", "works here no more") : departmentCalled(home, names)
                    )
                ),
                (say("Посада", "Position"), Markup(entry.text("position"))),
                (say("Службовий телефон", "Office phone"), Markup(entry.text("phone"))),
                (say("Ідентифікатор (логін)", "Id (login)"), Markup(user)),
            ])
            tag("section", ["class": "sheet"]) {
                tag("header") { tag("h2") { say("Ролі", "Roles") } }
                listTable(
                    say("Ролі", "Roles"),
                    heads,
                    rows,
                    nothing: say("Ролі ще не надано.", "There is no role yet.")
                )
            }
            try history(of: .person(user), names)
        }
    }

    /// A street with its former names and the houses of other districts; an unknown id is no page.
    func streetPage() throws -> WebReply {
        let id = parameters["street"] ?? ""
        guard
            let street = try desk.read({ try desk.entry("street/" + id, $0) })?.register("entry").flatMap({
                StreetEntry($0)
            })
        else { return nothingHere() }
        return try directoryPage(
            .streets,
            street.title,
            acts: [directoryAct(.streetPut, [("street", id)], Self.change)]
        ) {
            facts([
                (say("Район", "District"), Markup(street.district ?? say("за будинками", "by houses"))),
                (say("Колишні назви", "Former names"), list(street.typedFormer)),
                (say("Будинки інших районів", "Houses of other districts"), list(street.typedHouses)),
                (say("Ідентифікатор", "Id"), Markup(id)),
            ])
            try history(of: .entry("street/" + id), desk.departmentChoices())
        }
    }

    /// Names with values in a sheet; what is not known says so.
    private func facts(_ facts: [(name: String, value: Markup)]) -> Markup {
        tag("div", ["class": "sheet pad"]) {
            tag("dl", ["class": "kv"]) {
                for fact in facts {
                    tag("dt") { fact.name }
                    tag("dd") {
                        fact.value.bytes.isEmpty
                            ? tag("span", ["class": "soft"]) { say("не вказано", "not given") } : fact.value
                    }
                }
            }
        }
    }

    /// Lines below one another; nothing for none, so that the field says so.
    private func list(_ lines: [String]) -> Markup {
        lines.isEmpty ? Markup() : tag("ul", ["class": "tight"]) { for line in lines { tag("li") { line } } }
    }
}

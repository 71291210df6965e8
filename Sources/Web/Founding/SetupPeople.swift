import Accounts
import Appeals
import CanonicalJSON
import Desk

/// The first people of an office: into the directory, with a role and a one-time code each.
extension WebCall {
    /// The step of the first people.
    func people(_ state: SetupState, _ told: SetupTold) throws -> Markup {
        let draft = try draft(SetupPage.draft)
        let body = told.body.has("user.1") ? told.body : restored(draft) ?? FormBody()
        let asked = request.parameter("rows").flatMap { Int($0) } ?? 0
        let typed = (1...SetupPage.mostRows).last { body.has("user.\($0)") } ?? 0
        let rows = min(max(SetupPage.rows, asked, typed), SetupPage.mostRows)
        let roles = Kinds.officeRoles.sorted()
        return tag("section", ["class": "sheet", "id": "people"]) {
            tag("header") {
                tag("h2") { say("Перші люди", "First people") }
                tag("span", ["class": "hint"]) {
                    state.hasPeople(isOffice: true)
                        ? say("є реєстратор і керівник", "there are a registrar and a leader")
                        : say(
                            "потрібні щонайменше реєстратор і керівник: без них звернення нема кому записати й підписати",
                            "at least a registrar and a leader: without them nobody takes an appeal down or signs it"
                        )
                }
            }
            sending(
                "pad stack",
                FormCarried(shown: "", command: newCommand()),
                draft: SetupPage.draft,
                action: "/setup/people"
            ) {
                draftBanner(draft)
                for row in 1...rows { personRow(row, body, told.faults, roles) }
                tag("div", ["class": "row far"]) {
                    rows < SetupPage.mostRows
                        ? tag("a", ["class": "btn btn-s", "href": "/setup?rows=\(rows + 1)&draft=1"]) {
                            icon(.plus)
                            " " + say("Ще одна людина", "One more person")
                        } : Markup()
                    tag("button", ["class": "btn btn-act"]) { say("Зберегти й видати коди", "Save and give codes") }
                }
                tag("p", ["class": "hint"]) {
                    say(
                        "Кожному – одноразовий код: за ним людина сама задасть свій пароль. Порожні рядки пропускаються.",
                        "Everybody gets a one-time code, by which they choose their own password. Empty rows are passed over."
                    )
                }
            }
        }
    }

    /// The fields of one person.
    private func personRow(_ row: Int, _ body: FormBody, _ faults: [FieldFault], _ roles: [String]) -> Markup {
        let chosen =
            body.value("role.\(row)") ?? (row <= SetupPage.roles.count ? SetupPage.roles[row - 1] : "specialist")
        return tag("div", ["class": "grid grp"]) {
            tag("div", ["class": "c4"]) {
                field(
                    "person.\(row)",
                    say("Прізвище, ініціали", "Name"),
                    value: body.value("person.\(row)"),
                    autocomplete: "off",
                    faults
                )
            }
            tag("div", ["class": "c4"]) {
                field(
                    "user.\(row)",
                    say("Ім’я для входу", "Name for signing in"),
                    value: body.value("user.\(row)"),
                    autocomplete: "off",
                    faults
                )
            }
            tag("div", ["class": "c4 f"]) {
                tag("label", ["for": "role.\(row)"]) { say("Роль", "Role") }
                tag("select", ["id": "role.\(row)", "name": "role.\(row)"]) {
                    for role in roles { option(role, say(Wording.roleOfPerson(role)).capitalizedFirst, chosen) }
                }
            }
        }
    }

    /// The codes that were given, shown once.
    func codes(_ given: [GivenCode]) -> Markup {
        tag("section", ["class": "sheet", "id": "codes"]) {
            tag("header") {
                tag("h2") { say("Одноразові коди", "One-time codes") }
                tag("span", ["class": "hint"]) {
                    say(
                        "діють добу, один раз; більше їх не буде показано",
                        "good for a day, once; they are not shown again"
                    )
                }
            }
            tag("ul", ["class": "steps pad"]) {
                for one in given {
                    tag("li") {
                        tag("span") {
                            tag("span") {
                                tag("b") { one.name }
                                " "
                                tag("span", ["class": "soft"]) { one.user }
                                tag("br")
                                tag("span", ["class": "small soft"]) {
                                    "\(request.isSecure ? "https" : "http")://\(site.origins.first ?? "")/invitations"
                                }
                            }
                        }
                        tag("b", ["class": "mono", "data-code": one.user]) { one.code.text }
                    }
                }
            }
        }
    }

    /// People that were typed, and what is wrong with one of them.
    private func typedPeople(
        _ body: FormBody
    ) -> (people: [(row: Int, user: String, name: String, role: String)], faults: [FieldFault]) {
        var people: [(row: Int, user: String, name: String, role: String)] = [], faults: [FieldFault] = []
        for row in 1...SetupPage.mostRows {
            let user = (body.value("user.\(row)") ?? "").lowercased(), name = body.value("person.\(row)") ?? ""
            if user.isEmpty, name.isEmpty { continue }
            if name.isEmpty {
                faults.append(
                    FieldFault(field: "person.\(row)", text: say("Заповніть: прізвище, ініціали", "Fill in: the name"))
                )
            }
            if !Names.isIdentifier(user) {
                faults.append(
                    FieldFault(
                        field: "user.\(row)",
                        text: say(
                            "Малі латинські літери, цифри й дефіс, починається з літери",
                            "Lower-case Latin letters, digits and hyphens, beginning with a letter"
                        )
                    )
                )
            }
            people.append((row, user, name, body.value("role.\(row)") ?? ""))
        }
        return (people, faults)
    }

    /// Adds people with their roles, and gives each a code.
    func addPeople() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        let (people, faults) = typedPeople(body)
        var told = SetupTold(body: body, faults: faults)
        if people.isEmpty {
            told.faults.append(
                FieldFault(field: "person.1", text: say("Назвіть хоч одну людину", "Name at least one person"))
            )
        }
        guard told.faults.isEmpty else { return try setupPage(told) }
        for person in people {
            if let refused = try add(person.user, person.name, person.role, to: site.node) {
                told.faults.append(FieldFault(field: "user.\(person.row)", text: refused))
            } else if let code = try codeFor(person.user, person.name) {
                told.given.append(code)
            }
        }
        if told.faults.isEmpty {
            told.body = FormBody()
            try forgetDraft(SetupPage.draft)
        }
        return try setupPage(told)
    }

    /// Puts somebody into the directory with a role; gives why not, nil if it is done or was done before.
    ///
    /// A login that somebody else has renames nobody.
    func add(_ user: String, _ name: String, _ role: String, to department: String) throws -> String? {
        let present = try desk.read { try desk.entry("person/" + user, $0)?.register("entry")?["name"]?.string }
        if let present, present != name {
            return say(
                "Логін «\(user)» уже має \(present); візьміть інший",
                "\(present) has the login \"\(user)\" already; take another one"
            )
        }
        let actor = JSON.string(person?.user ?? "")
        let put: JSONObject = [
            "user": .string(user), "department": .string(department), "name": .string(name), "as": actor,
        ]
        let grant: JSONObject = [
            "user": .string(user), "role": .string(role), "department": .string(department), "as": actor,
        ]
        let hasRole = try desk.read { try desk.roles(of: user, in: department, $0).contains(role) }
        for (row, arguments) in [(UseCase.personAdd, put)] + (hasRole ? [] : [(UseCase.roleGrant, grant)]) {
            if case .refused(let errors) = run(row, arguments, Asking()), let error = DeskError.all(errors) {
                return told(error.message, of: row).capitalizedFirst
            }
        }
        return nil
    }

    /// A code for somebody; nil where they cannot come in here.
    private func codeFor(_ user: String, _ name: String) throws -> GivenCode? {
        do {
            let given = try access.invite(user, by: person?.user ?? "")
            return GivenCode(name: name, user: user, code: given.code, until: given.until)
        } catch let error as DeskError where error.code == "hasAccount" { return nil }
    }
}

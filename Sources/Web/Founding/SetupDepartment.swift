import Appeals
import CanonicalJSON
import Desk

/// The first department: into the directory with its head, and invited.
extension WebCall {
    /// The step of the first department.
    func department(_ state: SetupState, _ told: SetupTold) throws -> Markup {
        let draft = try draft(SetupPage.departmentDraft)
        let body = told.body.has("department") ? told.body : restored(draft) ?? FormBody()
        return tag("section", ["class": "sheet", "id": "first-department"]) {
            tag("header") {
                tag("h2") { say("Підрозділ", "A department") }
                tag("span", ["class": "hint"]) {
                    say(
                        "приєдналося: \(state.joined), запрошено: \(state.invited)",
                        "joined: \(state.joined), invited: \(state.invited)"
                    )
                }
            }
            sending(
                "pad stack",
                FormCarried(shown: "", command: newCommand()),
                draft: SetupPage.departmentDraft,
                action: "/setup/department"
            ) {
                draftBanner(draft)
                tag("div", ["class": "grid"]) {
                    for (name, label, classes) in [
                        ("title", say("Назва підрозділу", "Name of the department"), "c8"),
                        ("department", say("Код, латинкою", "Code, in Latin letters"), "c4"),
                        ("head", say("Начальник: прізвище, ініціали", "Its head: the name"), "c8"),
                        ("headuser", say("Ім’я для входу", "Name for signing in"), "c4"),
                    ] {
                        tag("div", ["class": classes]) {
                            field(name, label, value: body.value(name), autocomplete: "off", told.faults)
                        }
                    }
                }
                tag("div", ["class": "row far"]) {
                    tag("a", ["class": "btn btn-s", "href": NodeActs.place(.invite)]) {
                        say("Підрозділ уже в довіднику", "The department is in the directory already")
                    }
                    tag("button", ["class": "btn btn-act"]) { say("Зберегти й запросити", "Save and invite") }
                }
            }
        }
    }

    /// Adds a department with its head, and invites its node.
    func addDepartment() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        func value(_ name: String) -> String { body.value(name) ?? "" }
        var told = SetupTold(body: body)
        let rule = say(
            "Малі латинські літери, цифри й дефіс, починається з літери",
            "Lower-case Latin letters, digits and hyphens, beginning with a letter"
        )
        let department = value("department").lowercased(), head = value("headuser").lowercased()
        for (name, isRight, words) in [
            ("title", !value("title").isEmpty, say("Заповніть: назва", "Fill in: the name")),
            ("department", Names.isIdentifier(department) && department != site.node, rule),
            ("head", !value("head").isEmpty, say("Заповніть: прізвище, ініціали", "Fill in: the name")),
            ("headuser", Names.isIdentifier(head), rule),
        ] where !isRight { told.faults.append(FieldFault(field: name, text: words)) }
        guard told.faults.isEmpty else { return try setupPage(told) }
        let actor = JSON.string(person?.user ?? "")
        let put: JSONObject = ["department": .string(department), "name": .string(value("title")), "as": actor]
        if case .refused(let errors) = run(.departmentAdd, put, Asking()), let error = DeskError.all(errors) {
            told.faults.append(
                FieldFault(field: "department", text: self.told(error.message, of: .departmentAdd).capitalizedFirst)
            )
        } else if let refused = try add(head, value("head"), "head", to: department) {
            told.faults.append(FieldFault(field: "headuser", text: refused))
        } else {
            switch run(.invite, ["department": .string(department), "as": actor], Asking()) {
            case .refused(let errors):
                let words = DeskError.all(errors).map { self.told($0.message, of: .invite).capitalizedFirst } ?? ""
                told.faults.append(FieldFault(field: "department", text: words))
            case .done(_, let members):
                told.invitation = (department, members["token"]?.string ?? "")
                told.body = FormBody()
                try forgetDraft(SetupPage.departmentDraft)
            }
        }
        return try setupPage(told)
    }
}

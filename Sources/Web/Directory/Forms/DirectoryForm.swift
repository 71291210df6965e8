import Appeals
import CanonicalJSON
import Commands
import Desk

/// Acts on the directory: filled in, looked through with what they would change, published.
enum DirectoryForm {
    /// The rows that have a form here.
    static let rows: [UseCase] = [
        .departmentAdd, .personAdd, .personLeave, .roleGrant, .roleRevoke, .streetPut, .streetImport, .calendarPut,
    ]

    static let routes = [
        Route("GET", DirectoryPages.path + "/acts/{row}") { try $0.directoryFormPage() },
        Route("POST", DirectoryPages.path + "/acts/{row}", longest: FormBody.longest) { try $0.directoryAct() },
    ]

    /// Where the form of a row stands.
    static func place(_ row: UseCase) -> String { DirectoryPages.path + "/acts/" + row.segment }

    /// What a button of a form asks for.
    enum Step: String {
        /// Show what it would change.
        case look
        /// Go back to the fields.
        case edit
        case publish
    }

    /// Where a form leads once it is done.
    static func after(_ row: UseCase, _ form: ActForm) -> String {
        switch row.name {
        case UseCase.departmentAdd.name: DirectoryPages.department(form["department"]?.value ?? "")
        case UseCase.streetPut.name: DirectoryPages.street(form["street"]?.value ?? "")
        case UseCase.streetImport.name: DirectoryPages.Tab.streets.path
        case UseCase.calendarPut.name: DirectoryPages.Tab.calendar.path
        default: DirectoryPages.person(form["user"]?.value ?? "")
        }
    }
}

/// What the steps of one form carry on.
private struct Carried {
    /// What the address named.
    let asked: [String: String]
    let command: String
    /// Under which name the node keeps what is typed.
    let kept: String
}

extension WebCall {
    private var row: UseCase? { DirectoryForm.rows.first { $0.segment == parameters["row"] } }

    /// The form, filled from the entry that the address names, or from what its author typed before.
    fileprivate func directoryFormPage() throws -> WebReply {
        guard let row else { return try noSuchPage() }
        guard try mayChangeDirectory() else { return try onlyAdministrators(row) }
        let asked = Dictionary(request.query.map { ($0.0, $0.1) }) { first, _ in first }
        var form = ActForm(row, try DirectoryFields(row: row, call: self, asked: asked).fields())
        let kept = draftName(row, asked)
        let draft = try draft(kept)
        if let words = restored(draft) { form = form.filled(from: words) }
        return try page(form, Carried(asked: asked, command: newCommand(), kept: kept), draft)
    }

    /// One step of a form: looks through what was typed, shows what it changes, or publishes it.
    fileprivate func directoryAct() throws -> WebReply {
        guard let row else { return try noSuchPage() }
        guard try mayChangeDirectory() else { return try onlyAdministrators(row) }
        guard let body = FormBody(request) else { return try unreadable() }
        let asked = Dictionary(body.all.filter { DirectoryFields.asked.contains($0.name) }) { first, _ in first }
        var form = ActForm(row, try DirectoryFields(row: row, call: self, asked: asked).fields()).filled(from: body)
        // Whom the address did not name may be chosen in the form: what is typed stays kept under the name that it has.
        let kept = body.value("kept") == row.segment ? row.segment : draftName(row, asked)
        let carried = Carried(asked: asked, command: body.command ?? newCommand(), kept: kept)
        let step = DirectoryForm.Step(rawValue: body.value("do") ?? "") ?? .look
        if step == .edit { return try page(form, carried) }
        form.check(desk.entrance, self)
        checkId(&form)
        let arguments = directoryArguments(&form)
        guard let arguments, !form.hasErrors else { return try page(form, carried) }
        if step == .look {
            do { return try look(form, arguments, carried) } catch let error as DeskError {
                form.refuse(error, self)
                return try page(form, carried)
            }
        }
        switch run(row, arguments, Asking(command: carried.command)) {
        case .done(let how, let members):
            try forgetDraft(kept)
            // Of a table some streets may not have been taken.
            let refused = members["refused"]?.array ?? []
            if !refused.isEmpty { return try notTaken(row, members, refused) }
            return .seeOther(DoneBanner.place(DirectoryForm.after(row, form), row, how))
        case .refused(let errors):
            for error in errors { form.refuse(error, self) }
            return try page(form, Carried(asked: asked, command: newCommand(), kept: kept))
        }
    }

    /// An id is chosen once and for all, so that it is looked at before anything else.
    private func checkId(_ form: inout ActForm) {
        guard let operand = form.row.operands.first(where: { $0.name != "role" && $0.name != "file" }),
            let place = form.fields.firstIndex(where: { $0.name == operand.name }), form.fields[place].error == nil,
            !Names.isIdentifier(form.fields[place].value)
        else { return }
        form.fields[place].error = say(
            "Лише малі латинські літери, цифри й дефіс, першою – літера: «\(form.fields[place].value)»",
            "Lower-case letters, digits and hyphens alone, a letter first: \"\(form.fields[place].value)\""
        )
    }

    /// The arguments of the row; nil with an error at a field that cannot be read.
    private func directoryArguments(_ form: inout ActForm) -> JSONObject? {
        let user = person?.user ?? ""
        guard form.row.name == UseCase.calendarPut.name else {
            var arguments = form.arguments(appeal: nil, user: user)
            for operand in form.row.operands { arguments[operand.name] = .string(form[operand.name]?.value ?? "") }
            return arguments
        }
        guard let calendar = CalendarFields.calendar(&form, self) else { return nil }
        return ["as": .string(user), "file": .string(calendar.json.canonicalText)]
    }

    /// Under which name what is typed is kept: the row, and the entry that it is about.
    private func draftName(_ row: UseCase, _ asked: [String: String]) -> String {
        let of = (asked["department"] ?? asked["user"] ?? asked["street"] ?? "").filter {
            $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
        }
        return row.segment + (of.isEmpty ? "" : "-" + of.prefix(40))
    }

    // MARK: the pages

    /// The form with its fields, and what is wrong with them.
    private func page(
        _ form: ActForm,
        _ carried: Carried,
        _ draft: Draft? = nil
    ) throws -> WebReply {
        let name = say(ActWords.verb(form.row))
        return try formPage(name, form, on: nil, draft: draft) {
            tag("div", ["class": "head"]) { tag("h1") { name } }
            step(form, carried) {
                form.fields.map { markup($0) }
                tag("div", ["class": "row far"]) {
                    tag("a", ["class": "btn", "href": DirectoryPages.path]) { say("Скасувати", "Cancel") }
                    tag(
                        "button",
                        [
                            "class": "btn btn-act", "name": "do", "value": DirectoryForm.Step.look.rawValue,
                            "data-confirm": "",
                        ]
                    ) {
                        say("Показати, що зміниться", "Show what it changes")
                    }
                }
            }
        }
    }

    /// What publishing would change, and the two ways on.
    private func look(
        _ form: ActForm,
        _ arguments: JSONObject,
        _ carried: Carried
    ) throws -> WebReply {
        let effect = try DirectoryPreview(call: self, row: form.row, arguments: arguments).markup()
        let name = say(ActWords.verb(form.row)), whom = try whom(form)
        return try formPage(name, form, on: nil) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    tag("h1") { say("Що зміниться", "What it changes") }
                    tag("p", ["class": "soft"]) { whom.isEmpty ? name : name + ": " + whom }
                }
            }
            step(form, carried) {
                for field in form.fields {
                    if case .lines = field.control {
                        hidden(field.name, field.values.joined(separator: "\n"))
                    } else {
                        for value in field.values { hidden(field.name, value) }
                    }
                }
                effect
                tag("div", ["class": "row far"]) {
                    tag("button", ["class": "btn", "name": "do", "value": DirectoryForm.Step.edit.rawValue]) {
                        say("Повернутися до полів", "Back to the fields")
                    }
                    tag(
                        "button",
                        [
                            "class": "btn btn-act", "name": "do", "value": DirectoryForm.Step.publish.rawValue,
                            "data-confirm": "",
                        ]
                    ) {
                        say("Опублікувати", "Publish")
                    }
                }
            }
        }
    }

    /// One step of a form, which carries on what its address said.
    private func step(
        _ form: ActForm,
        _ carried: Carried,
        @MarkupBuilder _ content: () -> Markup
    ) -> Markup {
        let content = content()
        return sending(
            "sheet",
            FormCarried(shown: "", command: carried.command),
            draft: carried.kept,
            action: DirectoryForm.place(form.row)
        ) {
            tag("div", ["class": "pad stack"]) {
                hidden("kept", carried.kept)
                for (name, value) in carried.asked.sorted(by: { $0.key < $1.key }) where form[name] == nil {
                    hidden(name, value)
                }
                content
            }
        }
    }

    /// Whom an act on a person is about, by name; empty of another act.
    private func whom(_ form: ActForm) throws -> String {
        guard let user = form["user"]?.value, !user.isEmpty else { return "" }
        if let name = form["name"]?.value, !name.isEmpty { return name }
        return try desk.read { try desk.names(of: [user], $0) }.person(user)
    }

    /// Streets that were taken, and rows that were not.
    private func notTaken(_ row: UseCase, _ members: JSONObject, _ refused: [JSON]) throws -> WebReply {
        /// A count that the act tells.
        func count(_ name: String) -> Int64 { members[name]?.integer ?? 0 }
        return try directoryPage(.streets, say(ActWords.verb(row))) {
            note(.need) {
                say(
                    "Додано \(count("added")), змінено \(count("changed")), без змін \(count("same")), не взято \(refused.count).",
                    "Added \(count("added")), changed \(count("changed")), unchanged \(count("same")), not taken \(refused.count)."
                )
            }
            tag("ul", ["class": "sheet pad"]) {
                for row in refused {
                    tag("li") {
                        say("Рядок \(row["row"]?.integer ?? 0)", "Row \(row["row"]?.integer ?? 0)") + ": «"
                            + (row["value"]?.string ?? "") + "» – " + (row["remedy"]?.string ?? "")
                    }
                }
            }
        }
    }

    /// Why there is no form, in its place.
    private func onlyAdministrators(_ row: UseCase) throws -> WebReply {
        let title = say(ActWords.verb(row))
        return page(title, status: 403) {
            tag("h1") { title }
            note(.refused) {
                desk.isOffice
                    ? say(
                        "Довідник змінює адміністратор Центру.",
                        "The directory is changed by an administrator of the office."
                    )
                    : say(
                        "Довідник змінюють у Центрі; сюди зміни приходять обміном.",
                        "The directory is changed at the office; changes come here by the exchange."
                    )
            }
        }
    }
}

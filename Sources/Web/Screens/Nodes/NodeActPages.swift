import Appeals
import CanonicalJSON
import Desk
import Replication

/// A form for each row about nodes: what will come of it, its fields, and the act.
extension WebCall {
    /// In the form: a new department's id, and what has to be typed before what cannot be taken back.
    static let newDepartment = "new", typedAgain = "typed"

    /// The form of an act on a node, for whom it is.
    func nodeActPage() throws -> WebReply {
        guard let row = NodeActs.row(parameters["nodeAct"] ?? "") else { return try noSuchPage() }
        _ = try desk.requireAdministrator()
        let subject = request.parameter(row.operands.first?.name ?? "") ?? ""
        if row.name == UseCase.nodeConfirm.name, subject.isEmpty { return try unconfirmedPage() }
        var form = ActForm(row, try fields(row, subject))
        let draft = try draft(nodeDraft(row, subject))
        if let words = restored(draft) { form = form.filled(from: words) }
        return try nodeActPage(form, subject, draft: draft)
    }

    /// Does what the form asks for, by the body of the row.
    func nodeAct() throws -> WebReply {
        guard let row = NodeActs.row(parameters["nodeAct"] ?? "") else { return try noSuchPage() }
        guard let body = FormBody(request) else { return try unreadable() }
        _ = try desk.requireAdministrator()
        let operand = row.operands.first?.name ?? ""
        let subject = body.value(operand) ?? ""
        var form = ActForm(row, try fields(row, row.name == UseCase.invite.name ? "" : subject)).filled(from: body)
        form.check(desk.entrance, self)
        look(at: body, &form, subject)
        if form.hasErrors { return try nodeActPage(form, subject, body) }
        var arguments = form.arguments(appeal: nil, user: person?.user ?? "")
        if row.name == UseCase.invite.name, let new = body.value(Self.newDepartment), !new.isEmpty {
            arguments[operand] = .string(new)
        }
        switch run(row, arguments, Asking(command: body.command)) {
        case .done(let how, let told):
            try forgetDraft(nodeDraft(row, subject))
            if row.name == UseCase.invite.name { return try invitedPage(arguments[operand]?.string ?? "", told) }
            return .seeOther(DoneBanner.place(placeAfter(row, subject), row, how))
        case .refused(let errors):
            for error in errors { form.refuse(error, self) }
            return try nodeActPage(form, subject, body)
        }
    }

    /// Where the act leads once it is done.
    private func placeAfter(_ row: UseCase, _ subject: String) -> String {
        if row.operands.first?.type == .appeal { return "/nodes/tray" }
        return subject.isEmpty ? "/nodes" : nodePlace(subject)
    }

    /// Under which name what is typed is kept.
    private func nodeDraft(_ row: UseCase, _ subject: String) -> String {
        let name = row.segment + (subject.isEmpty ? "" : "-" + subject)
        return Drafts.isName(name) ? name : row.segment
    }

    // MARK: fields

    /// The fields of the row, filled where something goes without saying.
    private func fields(_ row: UseCase, _ subject: String) throws -> [FormField] {
        let hidden = Set(["as", "out", "limit", "after"])
        return try row.inputs.filter { !hidden.contains($0.name) }.map { input in
            var field = FormField(input, FieldWords.label(row, input), try control(row, input, subject))
            field.hint = FieldWords.hint(row, input)
            if input.name == row.operands.first?.name { field.values = [subject] }
            if input.type == .key { field.values = try desk.nodeStanding(subject).copies.prefix(1).map { $0 } }
            // One of the two ways to name a department is enough.
            if row.name == UseCase.invite.name { field.isRequired = false }
            return field
        }
    }

    /// How a value is given: chosen from what there is, else typed.
    private func control(_ row: UseCase, _ input: UseCase.Input, _ subject: String) throws -> FormField.Control {
        switch input.type {
        case .department: return .select(try departmentsToInvite())
        case .node, .appeal: return .hidden
        case .flag: return .tick
        case .key:
            let copies = try desk.nodeStanding(subject).copies
            return copies.count > 1
                ? .select(copies.map { FormChoice($0, Self.grouped(String($0.prefix(16))) + " …") }) : .hidden
        case .number: return .line(mode: "numeric")
        default: return .line(mode: nil)
        }
    }

    /// Departments that have no node and no invitation.
    private func departmentsToInvite() throws -> [FormChoice] {
        let page = try desk.nodes(heard: site.heard)
        let joined = page.nodes.map { node in
            let (_, state) = words(node.record?.state)
            return FormChoice(node.node, page.names.department(node.node) + " – " + state)
        }
        let without = page.without.map { FormChoice($0, page.names.department($0)) }
        return (without + joined).sorted { ($0.label, $0.value) < ($1.label, $1.value) }
    }

    /// What the table does not know: a department is chosen or new, and what cannot be taken back is typed.
    private func look(at body: FormBody, _ form: inout ActForm, _ subject: String) {
        if form.row.name == UseCase.invite.name {
            let new = body.value(Self.newDepartment) ?? ""
            if subject.isEmpty, new.isEmpty {
                form.fault = (
                    "f-department",
                    say("Виберіть підрозділ або назвіть новий", "Choose a department, or name a new one")
                )
            } else if !new.isEmpty, !Names.isIdentifier(new) {
                form.fault = (
                    "f-new",
                    say(
                        "Код: малі латинські літери, цифри й дефіс, починається з літери",
                        "A code is lower-case Latin letters, digits and hyphens, and begins with a letter"
                    )
                )
            }
        }
        if NodeActs.isSevere(form.row), body.value(Self.typedAgain) != subject {
            form.fault = ("f-typed", say("Наберіть дослівно: ", "Type it exactly: ") + subject)
        }
    }

    // MARK: pages

    /// The form with what the act does, and the way back.
    private func nodeActPage(
        _ form: ActForm,
        _ subject: String,
        _ body: FormBody = FormBody(),
        draft: Draft? = nil
    ) throws -> WebReply {
        let row = form.row, name = say(ActWords.place(row))
        let about = try title(of: row, subject)
        let carried = FormCarried(
            shown: "",
            command: body.command.flatMap { form.hasErrors ? nil : $0 } ?? newCommand()
        )
        return try formPage(name + (about.isEmpty ? "" : " · " + about), form, on: nil, draft: draft) {
            tag("div", ["class": "tight"]) {
                wayToNodes
                tag("h1") { name }
                if !about.isEmpty { tag("p", ["class": "asof"]) { about } }
            }
            note(NodeActs.isSevere(row) ? .need : .plain) { say(NodeActs.consequence(row)) }
            sending("sheet pad stack", carried, draft: nodeDraft(row, subject)) {
                shown(form, subject).prefix(1).map { markup($0) }
                if row.name == UseCase.invite.name, isOpen(form, subject) {
                    plainField(
                        Self.newDepartment,
                        say("Або код нового підрозділу", "Or the code of a new department"),
                        say(
                            "Малі латинські літери, цифри, дефіс; потім його не змінити. Приклад: ubzhp",
                            "Lower-case Latin letters, digits, hyphens; it cannot be changed later. Example: ubzhp"
                        ),
                        body.value(Self.newDepartment),
                        form
                    )
                }
                shown(form, subject).dropFirst().map { markup($0) }
                if NodeActs.isSevere(row) {
                    plainField(
                        Self.typedAgain,
                        say("Щоб не помилитися, наберіть: ", "To be sure, type: ") + subject,
                        "",
                        body.value(Self.typedAgain),
                        form
                    )
                }
                tag("div", ["class": "row far"]) {
                    tag("a", ["class": "btn", "href": placeAfter(row, subject)]) { say("Скасувати", "Cancel") }
                    tag(
                        "button",
                        ["class": NodeActs.isSevere(row) ? "btn btn-red" : "btn btn-act", "data-confirm": ""]
                    ) { say(ActWords.verb(row)) }
                }
            }
        }
    }

    /// Whether the form asks for a new department too: not where one was named, unless something is wrong with it.
    private func isOpen(_ form: ActForm, _ subject: String) -> Bool {
        request.method != "GET" || subject.isEmpty || form.hasErrors
    }

    /// Fields that are left to fill in.
    private func shown(_ form: ActForm, _ subject: String) -> [FormField] {
        form.fields.filter { field in
            field.control != .tick && (field.name != "name" || isOpen(form, subject))
        }.map { field in
            var field = field
            // To be chosen, or named anew below: neither is left open.
            if field.name == UseCase.invite.operands.first?.name { field.isRequired = true }
            return field
        }
    }

    /// A field that is no input of the row.
    private func plainField(
        _ name: String,
        _ label: String,
        _ hint: String,
        _ value: String?,
        _ form: ActForm
    ) -> Markup {
        let id = "f-" + name, fault = form.fault.flatMap { $0.id == id ? $0.words : nil }
        return tag("div", ["class": fault == nil ? "f" : "f err"]) {
            tag("label", ["for": id]) { label }
            if !hint.isEmpty { tag("p", ["class": "hint", "id": id + "-hint"]) { hint } }
            if let fault { tag("p", ["class": "msg", "id": id + "-msg"]) { fault } }
            tag(
                "input",
                [
                    "id": id, "name": name, "value": value, "autocomplete": "off", "autocapitalize": "none",
                    "spellcheck": "false", "aria-invalid": fault == nil ? nil : "true",
                    "aria-describedby": fault != nil ? id + "-msg" : hint.isEmpty ? nil : id + "-hint",
                ]
            )
        }
    }

    /// What an act is about, as people call it.
    private func title(of row: UseCase, _ subject: String) throws -> String {
        guard !subject.isEmpty else { return "" }
        return try desk.read { reading in
            row.operands.first?.type == .appeal
                ? try desk.shown(subject, reading)?.index ?? subject : try desk.departmentName(subject, reading)
        }
    }

    /// Nodes that wait to be confirmed after a restore: each by itself, or all.
    private func unconfirmedPage() throws -> WebReply {
        let page = try desk.nodes(heard: site.heard), waiting = page.unconfirmed
        let title = say("Підтвердження допуску після відновлення", "Confirming admissions after a restore")
        return try self.page(title, here: "/nodes") {
            doneBanner()
            try tag("div", ["class": "tight"]) {
                wayToNodes
                tag("h1") { title }
                try asOf()
            }
            note(waiting.isEmpty ? .done : .need) {
                if waiting.isEmpty {
                    say("Ніхто не чекає підтвердження.", "Nobody waits to be confirmed.")
                } else {
                    say(NodeActs.consequence(.nodeConfirm))
                    if let asOf = page.admissionsAsOf { say(" Копія від ", " The backup is of ") + moment(asOf) + "." }
                }
            }
            if !waiting.isEmpty { waitingSheet(waiting, page.names) }
        }
    }

    /// Nodes that wait, each with its own button.
    private func waitingSheet(_ waiting: [NodeStanding], _ names: PrintedNames) -> Markup {
        tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { say("Чекають: ", "They wait: ") + "\(waiting.count)" } }
            tag("ul", ["class": "steps pad"]) {
                for node in waiting {
                    tag("li") {
                        tag("span") {
                            tag("span") {
                                tag("a", ["href": nodePlace(node.node)]) { names.department(node.node) }
                                tag("br")
                                tag("span", ["class": "soft small"]) {
                                    say("на зв’язку: ", "heard: ")
                                    heard(node)
                                }
                            }
                        }
                        tag("span", ["class": "row"]) {
                            confirming(say("Підтвердити", "Confirm"), [("node", node.node)])
                            tag("a", ["class": "btn btn-s btn-red", "href": NodeActs.place(.nodeRevoke, node.node)]) {
                                say("Скасувати", "Revoke")
                            }
                        }
                    }
                }
            }
            tag("footer") {
                confirming(say("Підтвердити всі", "Confirm all of them"), [("all", "true")])
            }
        }
    }

    /// A button that confirms, with what it confirms.
    private func confirming(_ words: String, _ fields: [(name: String, value: String)]) -> Markup {
        tag("form", ["method": "post", "action": "/nodes/acts/" + UseCase.nodeConfirm.segment, "data-session": ""]) {
            sessionField
            fields.map { hidden($0.name, $0.value) }
            tag("button", ["class": "btn btn-s"]) { words }
        }
    }

    // MARK: an invitation

    /// The invitation as it is handed on, this once: to be scanned, copied, or taken as a file.
    private func invitedPage(_ department: String, _ told: JSONObject) throws -> WebReply {
        let token = told["token"]?.string ?? ""
        let until = told["expires"]?.string.flatMap(KyivTime.parse(rfc3339:)) ?? now
        let name = try desk.read { try desk.departmentName(department, $0) }
        let title = say("Запрошення для: ", "An invitation for: ") + name
        return try page(title, here: "/nodes") {
            tag("div", ["class": "tight"]) {
                wayToNodes
                tag("h1") { title }
                tag("p", ["class": "asof"]) {
                    say("Чинне до ", "Good until ")
                    tag("b") { moment(until) }
                    ", " + age(until - now)
                }
            }
            invitation(department, token)
            try tag("div", ["class": "row"]) {
                try withdrawing(department)
                tag("a", ["class": "btn", "href": nodePlace(department)]) { say("Сторінка вузла", "The node’s page") }
            }
        }
    }

    /// The way to withdraw an invitation.
    private func withdrawing(_ department: String) throws -> Markup {
        tag(
            "form",
            ["method": "post", "action": "/nodes/acts/" + UseCase.invitationWithdraw.segment, "data-session": ""]
        ) {
            sessionField
            hidden("node", department)
            tag("button", ["class": "btn btn-red"]) { say("Відкликати запрошення", "Withdraw the invitation") }
        }
    }

    /// The three ways in which it travels; none of them is kept here.
    func invitation(_ department: String, _ token: String) -> Markup {
        tag("section", ["class": "sheet pad stack"]) {
            tag("p") {
                say(
                    "Це таємниця: хто її має, приєднається замість підрозділу. Один раз; більше її не буде показано.",
                    "This is a secret: whoever has it joins in the department’s place. Once; it is not shown again."
                )
            }
            tag("p", ["class": "row"]) {
                tag(
                    "a",
                    [
                        "class": "btn btn-act", "download": department + ".invitation",
                        "href": "data:text/plain;charset=utf-8," + Self.encoded(token + "\n"),
                    ]
                ) { say("Зберегти файл запрошення", "Save the file of the invitation") }
            }
            tag("div", ["class": "f"]) {
                tag("label", ["for": "token"]) { say("Або скопіювати рядок", "Or copy the line") }
                tag("textarea", ["id": "token", "class": "mono", "rows": "3", "readonly": "", "spellcheck": "false"]) {
                    token
                }
            }
            qrCode(
                token,
                title: say("Запрошення для сканера біля нового вузла", "The invitation, for a scanner at the new node"),
                isTold: false
            )
            tag("p", ["class": "hint"]) {
                say(
                    "На комп’ютері підрозділу: kartoteka open. Сторінка першого запуску попросить файл, рядок або сканер.",
                    "At the department’s computer: kartoteka open. The page of the first run asks for the file, the line or a scanner."
                )
            }
        }
    }
}

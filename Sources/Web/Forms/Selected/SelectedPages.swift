import Appeals
import CanonicalJSON
import Cryptography
import Desk

/// One act for several appeals: `/selected/{row}`, which a list sends its ticks to.
enum SelectedPages {
    static let routes = [
        Route("POST", "/selected/{row}", longest: FormBody.longest) { try $0.selected() },
        Route("GET", "/selected/{act}") { try $0.selectedAgain() },
    ]

    /// Acts that mean the same for each appeal of a list.
    static let rows: [UseCase] = [
        .appealNote, .assignmentAccept, .assignmentPerson, .termExtend, .controlPut, .controlRemove,
    ]
    /// Appeals at a time.
    static let most = 100

    /// A row that means the same for several appeals.
    static func row(_ segment: String?) -> UseCase? { rows.first { $0.segment == segment } }

    /// The appeals that a form is about, each once.
    static func appeals(_ body: FormBody) -> [String] { body.values("appeal").filter { !$0.isEmpty }.uniqued() }

    /// The command of one appeal's act: the same whenever the form is sent again.
    static func command(_ command: String, _ appeal: String) -> String {
        Desk.uuid(String(SHA256.hash(Array("\(command) \(appeal)".utf8)).hex.prefix(32)), version: "4")
    }
}

/// What became of the act for one appeal.
private struct Result {
    let appeal: String
    let title: String
    let words: String
    let isDone: Bool
}

extension WebCall {
    /// Does the act for each appeal, or asks for its fields first.
    fileprivate func selected() throws -> WebReply {
        guard let row = SelectedPages.row(parameters["row"]) else { return try noSuchPage() }
        guard let body = FormBody(request) else { return try unreadable() }
        let appeals = SelectedPages.appeals(body)
        guard let first = appeals.first else { return try nothingSelected() }
        guard appeals.count <= SelectedPages.most else { return try tooManySelected(appeals.count) }
        let material: FormMaterial
        do { material = try FormMaterial.read(first, desk) } catch { return try notHere(error) }
        var form = selectedForm(row, material)
        guard let command = body.command else {
            return try selectedPage(form, appeals, marks: nil, command: newCommand())
        }
        form = form.filled(from: body)
        form.check(desk.entrance, self)
        if form.hasErrors { return try selectedPage(form, appeals, marks: body, command: command) }
        let results = try appeals.map { appeal in try act(form, on: appeal, body, command) }
        // What was refused for each of them can be tried again.
        if results.contains(where: \.isDone) { try forgetDraft(Self.selectedDraft(row)) }
        return try self.results(results, row)
    }

    /// The act for one of them; what is refused says why and hinders no other.
    private func act(_ form: ActForm, on appeal: String, _ body: FormBody, _ command: String) throws -> Result {
        let user = person?.user ?? ""
        let title = body.value("title." + appeal) ?? appeal
        let shown: [String: String]?
        do {
            shown = try desk.read { reading in
                CardMark.writes(body.value("shown." + appeal) ?? "", of: try desk.shownAppeal(appeal, reading))
            }
        } catch let error as DeskError {
            return Result(appeal: appeal, title: title, words: told(error, of: form), isDone: false)
        }
        let asking = Asking(command: SelectedPages.command(command, appeal), shown: shown)
        switch run(form.row, form.arguments(appeal: appeal, user: user), asking) {
        case .done(let how, _):
            let state = how == .saved ? say(". Збережено, ще не передано", ". Saved, not sent yet") : ""
            let waits = how == .held ? say(". Очікує рішення", ". Waits for a decision") : ""
            return Result(
                appeal: appeal,
                title: title,
                words: say(ActWords.done(form.row)) + state + waits,
                isDone: true
            )
        case .refused(let errors):
            let words = errors.map { told($0, of: form) }.joined(separator: "; ")
            return Result(appeal: appeal, title: title, words: words, isDone: false)
        }
    }

    // MARK: pages

    /// The fields of an act that mean the same for all of them, filled from one.
    func selectedForm(_ row: UseCase, _ material: FormMaterial) -> ActForm {
        let making = FieldMaking(row: row, material: material, language: language, asked: [:])
        return ActForm(row, making.fields().filter { $0.name != "assignment" })
    }

    /// The form for all of them; `marks` is what a form that came back had shown of each.
    func selectedPage(_ form: ActForm, _ appeals: [String], marks: FormBody?, command: String) throws -> WebReply {
        let name = say(ActWords.verb(form.row))
        let known = try appeals.map { appeal -> (id: String, title: String, mark: String) in
            if let mark = marks?.value("shown." + appeal) {
                return (appeal, marks?.value("title." + appeal) ?? appeal, mark)
            }
            // One that is gone is refused at its row.
            do {
                return try desk.read { reading in
                    let shown = try desk.shownAppeal(appeal, reading)
                    return (shown.id, shown.title, CardMark(shown)?.text ?? "")
                }
            } catch let error as DeskError where error.kind == .notFound { return (appeal, appeal, "") }
        }
        return try formPage(name, form, on: nil) {
            tag("div", ["class": "head"]) {
                tag("h1") { name }
                tag("p", ["class": "asof"]) { count(known.count) }
            }
            sending("sheet", FormCarried(shown: "", command: command), draft: Self.selectedDraft(form.row)) {
                tag("div", ["class": "pad stack"]) {
                    tag("p") { known.map(\.title).joined(separator: ", ") }
                    for one in known {
                        hidden("appeal", one.id)
                        hidden("title." + one.id, one.title)
                        hidden("shown." + one.id, one.mark)
                    }
                    form.fields.map { markup($0) }
                    tag("div", ["class": "row far"]) {
                        tag("a", ["class": "btn", "href": "/"]) { say("Скасувати", "Cancel") }
                        tag("button", ["class": "btn btn-act", "data-confirm": ""]) { name }
                    }
                }
            }
        }
    }

    /// What became of each, a row each.
    private func results(_ results: [Result], _ row: UseCase) throws -> WebReply {
        let name = say(ActWords.verb(row))
        let done = results.filter(\.isDone).count
        return try formPage(name, ActForm(row, []), on: nil) {
            tag("div", ["class": "head"]) {
                tag("h1") { name }
                tag("p", ["class": "asof"]) {
                    say("Зроблено \(done) з \(results.count)", "Done \(done) of \(results.count)")
                }
            }
            tag("div", ["class": "sheet"]) {
                tag("table", ["class": "t cards"]) {
                    tag("caption", ["class": "sr"]) {
                        say("Результат для кожного звернення", "The result for each appeal")
                    }
                    tag("thead") {
                        tag("tr") {
                            tag("th", ["scope": "col"]) { say("Звернення", "Appeal") }
                            tag("th", ["scope": "col"]) { say("Результат", "Result") }
                        }
                    }
                    tag("tbody") { for result in results { self.row(result) } }
                }
            }
            tag("p") { tag("a", ["class": "btn", "href": "/"]) { say("До черг", "To the queues") } }
        }
    }

    /// One appeal: done, or why not.
    private func row(_ result: Result) -> Markup {
        tag("tr") {
            tag("th", ["scope": "row"]) {
                tag("a", ["class": "ix", "href": ActPlace.card(result.appeal)]) { result.title }
            }
            tag("td", ["data-l": say("Результат", "Result")]) {
                tag("span", ["class": result.isDone ? "st st-ok" : "st st-now"]) {
                    result.isDone ? result.words : say("Пропущено: ", "Skipped: ") + result.words
                }
            }
        }
    }

    /// So many appeals in words.
    private func count(_ count: Int) -> String {
        let isMany = (11...14).contains(count % 100) || !(1...4).contains(count % 10)
        let words = Label(uk: isMany ? "звернень" : "звернення", en: count == 1 ? "appeal" : "appeals")
        return say("Вибрано \(count) \(words.uk)", "\(count) \(words.en) selected")
    }

    /// That nothing was ticked.
    private func nothingSelected() throws -> WebReply {
        try message(422, say("Виберіть хоча б одне звернення", "Select at least one appeal"))
    }

    /// That it is more than one act takes.
    func tooManySelected(_ count: Int) throws -> WebReply {
        try message(
            422,
            say(
                "Вибрано \(count), за раз можна \(SelectedPages.most). Виберіть менше.",
                "\(count) are selected, \(SelectedPages.most) at a time are possible. Select fewer."
            )
        )
    }
}

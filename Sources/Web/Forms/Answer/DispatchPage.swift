import Appeals
import CanonicalJSON
import Desk

/// The check before a letter goes: to whom, what, in time; then half a minute to take it back.
enum DispatchPage {
    static let path = "/cards/{appeal+}/acts/\(UseCase.answerDispatch.segment)"

    static let routes = [
        Route("GET", path) { try $0.dispatchPage() },
        Route("POST", path, longest: FormBody.longest) { try $0.dispatch() },
    ]
}

/// One letter, its way and its doubts.
private struct Letter {
    let state: AnswerState
    let version: ShownFact
    let to: String
    let way: ReplyPreference
    /// Where it goes; nil where the card says none.
    let address: String?
    let doubts: [LetterCheck.Doubt]

    /// Nil without a version to send.
    init?(_ material: FormMaterial, _ asked: (String) -> String?) {
        guard let state = AnswerState(material, asked: asked("assignment")) else { return nil }
        let wanted = asked("version") ?? state.approved
        guard let version = state.versions.first(where: { $0.name.write == wanted }) ?? state.last else { return nil }
        self.state = state
        self.version = version
        let card = material.card
        to = asked("to") == "committee" ? "committee" : "applicant"
        let preferred = card.registers["replyPreference"]?.string.flatMap(ReplyPreference.init)
        let byContact: ReplyPreference = card.emails.isEmpty ? card.phones.isEmpty ? .paper : .phone : .email
        way = asked("by").flatMap(ReplyPreference.init) ?? preferred ?? byContact
        let own = Self.address(way, card)
        address = to == "committee" ? "" : own
        let check = LetterCheck(card: card, text: state.text(version), way: way, address: own, today: material.today)
        doubts = to == "committee" ? [] : check.doubts
    }

    /// Where a letter goes in that way; nil where nothing is known.
    private static func address(_ way: ReplyPreference, _ card: Card) -> String? {
        switch way {
        case .email: card.emails.first?.value.string
        case .phone: card.phones.first?.value.string
        case .paper: card.addresses.first { $0.issue == nil }.map { $0.resolved ?? $0.address.typed }
        }
    }
}

extension WebCall {
    /// The letter as it will be read, with all that is checked.
    fileprivate func dispatchPage() throws -> WebReply {
        let material: FormMaterial
        do { material = try FormMaterial.read(parameters["appeal"] ?? "", desk) } catch { return try notHere(error) }
        let carried = FormCarried(shown: material.mark, command: newCommand())
        let draft = try draft(draftName(.answerDispatch, material.card.id)), words = restored(draft)
        let form = words.map { dispatchForm(material).filled(from: $0) } ?? dispatchForm(material)
        let letter = Letter(material) { words?.value($0) ?? request.parameter($0) }
        return try page(form, letter, material, carried, sure: words?.values("sure") ?? [], draft: draft)
    }

    /// What is typed beside the letter: the outgoing number and the day.
    private func dispatchForm(_ material: FormMaterial) -> ActForm {
        let making = FieldMaking(row: .answerDispatch, material: material, language: language, asked: [:])
        return ActForm(.answerDispatch, making.fields().filter { ["number", "date"].contains($0.name) })
    }

    /// Records the dispatch once every doubt was answered.
    fileprivate func dispatch() throws -> WebReply {
        guard let body = FormBody(request) else { return try unreadable() }
        let material: FormMaterial
        do { material = try FormMaterial.read(parameters["appeal"] ?? "", desk) } catch { return try notHere(error) }
        var form = dispatchForm(material).filled(from: body)
        form.check(desk.entrance, self)
        let letter = Letter(material) { body.value($0) }, sure = body.values("sure")
        let carried = FormCarried(shown: body.value("shown") ?? "", command: body.command ?? newCommand())
        guard let letter else { return try page(form, nil, material, carried, sure: sure) }
        if let doubt = letter.doubts.first(where: { !sure.contains($0.code) }) {
            form.fault = (
                id: "f-sure-" + doubt.code, words: say("Можлива помилка: ", "Possible mistake: ") + say(doubt.words)
            )
        }
        if form.hasErrors { return try page(form, letter, material, carried, sure: sure) }
        var arguments = form.arguments(appeal: material.card.id, user: material.user)
        arguments["assignment"] = .string(letter.state.assignment)
        arguments["version"] = .string(letter.version.name.write)
        arguments["to"] = .string(letter.to)
        arguments["by"] = .string(letter.way.rawValue)
        try delay(
            DelayedAct(
                row: .answerDispatch,
                arguments: arguments,
                command: carried.command,
                mark: carried.shown,
                appeal: material.card.id,
                address: letter.address ?? ""
            )
        )
        try forgetDraft(draftName(.answerDispatch, material.card.id))
        return .seeOther(ActPlace.of(.answerDraft, material.card.id, ["assignment": letter.state.assignment]))
    }

    // MARK: the page

    private func page(
        _ form: ActForm,
        _ letter: Letter?,
        _ material: FormMaterial,
        _ carried: FormCarried,
        sure: [String],
        draft: Draft? = nil
    ) throws -> WebReply {
        let name = say("Перевірте перед надсиланням", "Check before sending"), card = material.card
        return try formPage(name + " · " + card.title, form, on: material, draft: draft) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    cardLink(card)
                    tag("h1") { name }
                }
            }
            if let letter {
                tag("section", ["class": "outer"]) {
                    tag("header") {
                        tag("h2") {
                            icon(.mail)
                            " " + say("Побачить заявник", "The applicant will see")
                        }
                    }
                    tag("div", ["class": "pad stack"]) { paragraphs(letter.state.text(letter.version)) }
                }
                sending("sheet", carried, draft: draftName(.answerDispatch, card.id)) {
                    tag("div", ["class": "pad stack"]) { check(form, letter, material, sure) }
                }
            } else {
                tag("p", ["class": "note note-need"]) {
                    say(
                        "Надсилати нема чого: відповіді ще не написано.",
                        "There is nothing to send: no answer is written yet."
                    )
                }
            }
        }
    }

    /// What was found, and what somebody has to be sure of.
    private func check(_ form: ActForm, _ letter: Letter, _ material: FormMaterial, _ sure: [String]) -> Markup {
        Markup([
            hidden("assignment", letter.state.assignment), hidden("version", letter.version.name.write),
            hidden("to", letter.to), hidden("by", letter.way.rawValue), list(letter, material),
            Markup(form.fields.map { markup($0) }), Markup(letter.doubts.map { doubt($0, sure) }),
            tag("div", ["class": "row far"]) {
                confirmation(form.row, material) {
                    tag("p", ["class": "hint"]) {
                        say(
                            "Після натискання є \(DelayedAct.seconds) секунд, щоб скасувати.",
                            "After that there are \(DelayedAct.seconds) seconds to cancel."
                        )
                    }
                    tag("button", ["class": "btn btn-out", "data-confirm": ""]) { verb(letter) }
                }
            },
        ])
    }

    /// The button names whom it goes to.
    private func verb(_ letter: Letter) -> String {
        if letter.to == "committee" { return say("Надіслати виконкому", "Send to the committee") }
        let address = printed(letter) ?? ""
        switch letter.way {
        case .email, .paper: return say("Надіслати на \(address)", "Send to \(address)")
        case .phone: return say("Записати: повідомлено за \(address)", "Record: told on \(address)")
        }
    }

    /// What is in the letter, line by line.
    private func list(_ letter: Letter, _ material: FormMaterial) -> Markup {
        let card = material.card, value = letter.version.item.value
        let isFinal = value["final"]?.bool ?? true
        let due = card.registers["due.control"]?.string.flatMap { CivilDate($0) }
        return tag("dl", ["class": "sum"]) {
            line(
                say("Кому", "To"),
                letter.to == "committee"
                    ? say("Виконкому", "The committee")
                    : [card.registers["applicant.name"]?.string, printed(letter)].compactMap(\.self).joined(
                        separator: ", "
                    ),
                Markup(),
                below: ways(letter, card)
            )
            line(
                say("Вид", "Kind"),
                isFinal ? say("Остаточна", "Final") : say("Проміжна", "Preliminary"),
                rewrite(letter, card, say("вид", "the kind"))
            )
            line(
                say("Результат", "Result"),
                value["result"].map { wording.text("result", $0) } ?? say("По кожному питанню", "For each issue"),
                rewrite(letter, card, say("результат", "the result"))
            )
            line(
                say("Погодив", "Approved by"),
                letter.state.isApproved || letter.state.approved == letter.version.name.write
                    ? say("Керівник", "The head") : say("Ще ніхто", "Nobody yet"),
                Markup()
            )
            due.map { day in
                line(
                    say("Строк", "Due"),
                    say(day.ukrainian, day.description)
                        + (day < material.today
                            ? say(", відповідь запізниться", ", the answer is late")
                            : say(", відповідь буде вчасно", ", the answer is in time")),
                    Markup()
                )
            }
        }
    }

    /// One line with the way to change it.
    private func line(_ term: String, _ words: String, _ change: Markup, below: Markup = Markup()) -> Markup {
        Markup([
            tag("dt") { term },
            tag("dd") {
                words
                below
            },
            tag("dd", ["class": "chg"]) { change },
        ])
    }

    /// The way back to the text.
    private func rewrite(_ letter: Letter, _ card: Card, _ what: String) -> Markup {
        tag("a", ["href": ActPlace.of(.answerDraft, card.id, ["assignment": letter.state.assignment])]) {
            say("Змінити", "Change")
            tag("span", ["class": "sr"]) { " " + what }
        }
    }

    /// Where it goes, as people read it.
    private func printed(_ letter: Letter) -> String? {
        letter.way == .phone ? letter.address.map { Telephone.printed($0) } : letter.address
    }

    /// The other ways in which it could go.
    private func ways(_ letter: Letter, _ card: Card) -> Markup {
        func way(_ words: String, _ to: String, _ by: ReplyPreference) -> Markup {
            let asked: KeyValuePairs = [
                "assignment": letter.state.assignment, "version": letter.version.name.write, "to": to,
                "by": by.rawValue,
            ]
            return tag("a", ["href": ActPlace.of(.answerDispatch, card.id, asked)]) { words }
        }
        let others = ReplyPreference.allCases.filter { $0 != letter.way || letter.to == "committee" }
            .map { way(say($0.label).lowercasedFirst, "applicant", $0) }
        let committee = letter.to == "committee" ? [] : [way(say("виконкому", "to the committee"), "committee", .paper)]
        return tag("p", ["class": "small soft"]) {
            say("Або: ", "Or: ")
            for (place, link) in (others + committee).enumerated() { Markup([Markup(place == 0 ? "" : " · "), link]) }
        }
    }

    /// A doubt with a tick for whoever is sure.
    private func doubt(_ doubt: LetterCheck.Doubt, _ sure: [String]) -> Markup {
        tag("div", ["class": "note note-need"]) {
            tag("div", ["class": "tight"]) {
                tag("p") { tag("b") { say("Можлива помилка: ", "Possible mistake: ") + say(doubt.words) } }
                tag("p") { say(doubt.remedy) }
                tag("label", ["class": "ck"]) {
                    tag(
                        "input",
                        [
                            "type": "checkbox", "id": "f-sure-" + doubt.code, "name": "sure", "value": doubt.code,
                            "checked": sure.contains(doubt.code) ? "" : nil,
                        ]
                    )
                    " " + say("Усе правильно", "It is right")
                }
            }
        }
    }
}

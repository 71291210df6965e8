import Appeals
import Desk

/// Pages that say why there is nothing to show, and what helps.
extension WebCall {
    /// No such place.
    func nothingHere(status: Int = 404) -> WebReply {
        page(say("Сторінки немає", "There is no such page"), status: status) {
            tag("h1") { say("Сторінки немає", "There is no such page") }
            tag("p") {
                tag("a", ["href": "/"]) { say("До черг", "To the queues") }
            }
        }
    }

    /// What the desk refused, in its own words, with what helps.
    func refusalPage(_ error: DeskError) -> WebReply {
        let title = error.place
        return page(say(title), status: error.hasGone ? 410 : error.kind.status) {
            tag("h1") { say(title) }
            note(error.kind == .permission ? .refused : .need) {
                tag("p") { words(error.message, isSentence: true) }
                if !error.remedy.isEmpty { tag("p") { words(error.remedy, isSentence: true) } }
            }
            tag("p") {
                tag("a", ["href": "/"]) { say("До черг", "To the queues") }
            }
        }
    }

    /// What nobody foresaw: without a reading, since that may be what failed.
    func troubled() -> WebReply {
        let title = say("Не вдалося показати", "It could not be shown")
        let main = tag("div", ["class": "stack"]) {
            tag("h1") { title }
            note(.need) {
                say(
                    "Вузол не зміг цього зробити. Нічого не втрачено; спробуйте ще раз, а якщо не вийде – покличте адміністратора: причина в журналі вузла.",
                    "The node could not do it. Nothing is lost; try again, and if it fails, call the administrator: the cause is in the node's log."
                )
            }
        }
        return plain(title, status: 500, main: main)
    }

    /// A sentence of the desk in which acts are links; `isSentence`: it stands alone, with a large letter and a full stop.
    func words(_ sentence: Sentence, isSentence: Bool = false) -> Markup {
        let parts = sentence.phrase(language).parts
        let told = parts.enumerated().map { place, part in
            switch part {
            case .words(let words): Markup(printed(isSentence && place == 0 ? words.capitalizedFirst : words))
            case .mention(let mention): self.mention(mention)
            }
        }
        return Markup(told + (isSentence ? [Markup(".")] : []))
    }

    private func mention(_ mention: Mention) -> Markup {
        switch mention {
        case .input(let name, let value): tag("b") { value.isEmpty ? name : value }
        case .toDo(let row, let given), .named(let row, let given):
            if let place = row.place(given) {
                tag("a", ["href": place]) { say(ActWords.verb(row)) }
            } else {
                tag("b") { say(ActWords.verb(row)) }
            }
        case .data(let row): tag("b") { say(row.summary) }
        case .atMachine(let act), .namedAtMachine(let act): tag("b") { say(act.label) }
        }
    }
}

extension UseCase {
    /// The page on which it is read or done; nil if none is.
    func place(_ given: KeyValuePairs<String, String>) -> String? {
        func value(_ name: String) -> String? { given.first { $0.key == name }?.value }
        let appeal = value("appeal")
        if NodeActs.rows.contains(where: { $0.name == name }) {
            return NodeActs.place(self, operands.first.flatMap { value($0.name) } ?? "")
        }
        switch name {
        case "appeal list": return "/cards"
        case "appeal show": return appeal.map { "/cards/" + WebCall.encoded($0) }
        case "appeal history": return appeal.map { "/cards/\(WebCall.encoded($0))/history" }
        case "conflict list": return "/queues/decisions"
        case "sync status": return "/sync"
        case "node list": return "/nodes"
        case "doctor": return "/nodes/doctor"
        case "tray list": return "/nodes/tray"
        case "tray show", "tray dismiss": return value("id").flatMap { Int64($0) }.map(Tray.place) ?? "/nodes/tray"
        default: return nil
        }
    }
}

extension MachineAct {
    fileprivate var label: Label {
        switch self {
        case .foundOffice: Label(uk: "заснувати Центр на його машині", en: "found the office at its machine")
        case .foundDepartment: Label(uk: "приєднати підрозділ на його машині", en: "join the department at its machine")
        case .declareRestore:
            Label(uk: "оголосити відновлення на машині Центру", en: "declare the restore at the office's machine")
        }
    }
}

extension DeskError {
    /// Whether it is about a card that was here.
    var hasGone: Bool { code == "appealLeft" || code == "appealErased" }

    /// How the page is called that tells it.
    fileprivate var place: Label {
        switch code {
        case "appealLeft": Label(uk: "Картка вибула з підрозділу", en: "The card has left the department")
        case "appealErased": Label(uk: "Дані картки стерто", en: "The data of the card are erased")
        default: kind.title
        }
    }
}

extension DeskError.Kind {
    fileprivate var title: Label {
        switch self {
        case .notFound: Label(uk: "Тут цього немає", en: "It is not here")
        case .permission: Label(uk: "Цього робити не можна", en: "This is not allowed")
        case .usage, .wrongVersion: Label(uk: "Запит незрозумілий", en: "The request makes no sense")
        case .skipped, .integrity, .failed: Label(uk: "Не вийшло", en: "It did not work")
        case .configuration, .notInitialised, .locked, .wrongKey, .unreachable, .timeout, .interrupted:
            Label(uk: "Вузол зараз не може", en: "The node cannot now")
        }
    }
}

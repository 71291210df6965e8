import Appeals
import Desk

/// What is to be done about an appeal, in a shape and a word: four shapes, not a colour for each state.
struct Need: Equatable {
    enum Shape: String {
        case now = "st st-now"
        case action = "st st-do"
        case waiting = "st st-wait"
        case nothing = "st st-ok"
    }

    let shape: Shape
    let words: Label

    private init(_ shape: Shape, uk: String, en: String) { self.init(shape, Label(uk: uk, en: en)) }

    private init(_ shape: Shape, _ words: Label) {
        self.shape = shape
        self.words = words
    }

    /// What comes first of the work that this node has with it, else how it stands.
    init(_ card: ListedCard) {
        self = Self.order.lazy.filter(card.work.contains).map(Self.of).first ?? Self(card.state)
    }

    /// Of several marks the one that is to be told; control alone tells nothing of what is to be done.
    private static let order: [WorkMark] = [
        .decision, .returned, .reassign, .letter, .issued, .unassigned, .check, .done, .unappointed, .working,
        .submitted,
        .declined,
    ]

    private static func of(_ mark: WorkMark) -> Need {
        switch mark {
        case .decision: Need(.action, uk: "Чекає рішення", en: "Waits for a decision")
        case .returned: Need(.now, uk: "На доопрацюванні", en: "Returned for rework")
        case .reassign: Need(.now, uk: "Відмова: потрібен інший виконавець", en: "Declined: another executor is needed")
        case .letter: Need(.now, uk: "Винен виправний лист", en: "A corrective letter is owed")
        case .issued: Need(.action, uk: "Нове", en: "New")
        case .unassigned: Need(.action, uk: "Чекає резолюції", en: "Waits for a resolution")
        case .check: Need(.action, uk: "Відповідь на перевірці", en: "Answer under review")
        case .controlled: Need(.waiting, uk: "На контролі", en: "On control")
        case .done: Need(.action, uk: "Виконано, зняти з контролю", en: "Done, to be removed from control")
        case .unappointed: Need(.action, uk: "Без виконавця", en: "Nobody named")
        case .working: Need(.waiting, uk: "У роботі", en: "In work")
        case .submitted: Need(.waiting, uk: "Відповідь на перевірці", en: "Answer under review")
        case .declined: Need(.waiting, uk: "Відмова: не в компетенції", en: "Declined: not in competence")
        }
    }

    private init(_ state: AppealState?) {
        guard let state else {
            self.init(.waiting, uk: "Стан новішої версії", en: "A state of a newer version")
            return
        }
        switch state {
        case .registered, .assigned, .answered: self.init(.waiting, Wording.appealState(state))
        case .done, .removed, .ended: self.init(.nothing, Wording.appealState(state))
        }
    }
}

extension WebCall {
    func need(_ need: Need) -> Markup { tag("span", ["class": need.shape.rawValue]) { say(need.words) } }

    /// ✓ ⇡ ≠ !: what of a row is with the office; at the office only what is in dispute.
    func rowMark(_ card: ListedCard) -> Markup {
        if card.isRefused {
            return icon(.alert, saying: say("Центр не прийняв дії", "the office refused an act"), classes: "mk mk-need")
        }
        if card.isDisputed { return icon(.differ, saying: say("розбіжність", "a disagreement"), classes: "mk mk-need") }
        if card.isUnsent { return icon(.up, saying: say("ще не передано", "not sent yet"), classes: "mk mk-up") }
        return desk.isOffice ? Markup() : icon(.check, saying: say("підтверджено Центром", "confirmed by the office"))
    }
}

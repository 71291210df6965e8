import Appeals
import CanonicalJSON
import Desk

/// What is still to do, who does it, and the data of the card.
extension WebCall {
    func aside(_ shown: ShownCard) -> Markup {
        tag("aside", ["class": "stack", "data-part": "aside", "aria-label": say("Дані картки", "Data of the card")]) {
            steps(shown)
            executors(shown.card)
            data(shown)
            unsent(shown)
        }
    }

    /// Guard by guard, as the act itself looks; each line says what is missing, and leads there.
    private func steps(_ shown: ShownCard) -> Markup {
        let state = shown.card.state
        guard state != .ended else { return Markup() }
        let steps = shown.summary.removal
        let isOff = state == .removed
        let done = steps.count { $0.refusal == nil }
        return tag("section", ["class": "sheet", "aria-labelledby": "steps-h"]) {
            tag("header") {
                tag("h2", ["id": "steps-h"]) { say("Кроки до закриття", "Steps to closing") }
                tag("span", ["class": "hint"]) {
                    isOff
                        ? say("Знято з контролю", "Removed from control")
                        : say("\(done) з \(steps.count)", "\(done) of \(steps.count)")
                }
            }
            if !isOff {
                tag("ul", ["class": "steps pad"]) {
                    for step in steps {
                        tag("li") {
                            tag("span") {
                                icon(step.refusal == nil ? .check : step.step == .disagreements ? .differ : .ring)
                                tag("span") {
                                    say(step.step.label)
                                    if let refusal = step.refusal {
                                        tag("br")
                                        tag("span", ["class": "soft small"]) { why(refusal, shown) }
                                    }
                                }
                            }
                            standing(step, shown)
                        }
                    }
                }
            }
        }
    }

    private func why(_ refusal: Refusal, _ shown: ShownCard) -> String {
        let words = say(Label(uk: refusal.reason.ukrainian, en: refusal.reason.english))
        guard let entity = Names.entity(refusal.path) else { return words }
        if let given = shown.card.assignments.first(where: { $0.assignment.entity == entity }) {
            return words + ": " + given.departmentName
        }
        guard let issue = shown.card.issues.first(where: { $0.id == entity }) else { return words }
        return words + say(": питання ", ": issue ") + "\(issue.number)"
    }

    private func standing(_ step: (step: RemovalStep, refusal: Refusal?), _ shown: ShownCard) -> Markup {
        guard step.refusal != nil else { return tag("span", ["class": "soft nw"]) { say("Готово", "Ready") } }
        let place =
            switch step.step {
            case .control: nil as String?
            case .answers: "#executors"
            case .parties: "#data"
            case .results: "#issues"
            case .dispatch: "#timeline"
            case .disagreements: "#main"
            }
        guard let place else { return tag("span", ["class": "soft nw"]) { say("Ще ні", "Not yet") } }
        return tag("a", ["class": "nw", "href": place]) { say("Що лишилося", "What is left") }
    }

    private func executors(_ card: Card) -> Markup {
        tag("section", ["class": "sheet", "id": "executors", "aria-labelledby": "executors-h"]) {
            tag("header") { tag("h2", ["id": "executors-h"]) { say("Виконавці", "Executors") } }
            if card.assignments.isEmpty {
                tag("p", ["class": "pad soft"]) { say("Ще не призначено.", "Nobody yet.") }
            } else {
                tag("ul", ["class": "steps pad"]) { for given in card.assignments { executor(given, card) } }
            }
        }
    }

    private func executor(_ given: CardAssignment, _ card: Card) -> Markup {
        let assignment = given.assignment
        let person = given.person.map { card.names.person($0) }
        let term = given.term.flatMap { CivilDate($0) }
        let isOpen = assignment.state.map(AssignmentState.working.contains) ?? false
        let isLate = isOpen && (term.map { $0 < desk.today } ?? false)
        return tag("li") {
            tag("span") {
                icon(assignment.role == "main" ? .star : .user, isFilled: assignment.role == "main")
                tag("span") {
                    tag("b") { person ?? given.departmentName }
                    tag("br")
                    tag("span", ["class": "soft small"]) {
                        ([say(Wording.role(assignment.role)).capitalizedFirst]
                            + (person == nil ? [] : [given.departmentName])).joined(separator: ", ")
                    }
                }
            }
            tag("span", ["class": isLate ? "red" : nil]) {
                if let term {
                    tag("span", ["class": "nw"]) { say("до ", "by ") + term.long(language) + (isLate ? " ▲" : "") }
                    tag("br")
                }
                tag("span", ["class": "small"]) {
                    assignment.state.map { say(Wording.state($0)).capitalizedFirst } ?? ""
                }
            }
        }
    }

    private func data(_ shown: ShownCard) -> Markup {
        let card = shown.card
        let fields = Card.registration + Card.applicant.filter { $0 != "applicant.name" } + Card.rest
        let hidden = (fields + Card.contacts).filter(card.hidden.contains).map {
            say(Wording.register($0)).lowercased()
        }
        return tag("section", ["class": "sheet", "id": "data", "aria-labelledby": "data-h"]) {
            tag("header") {
                tag("h2", ["id": "data-h"]) { say("Дані", "Data") }
                if isOffered(.appealCorrect, shown) {
                    tag("a", ["href": ActPlace.of(.appealCorrect, card.id)]) { say("Змінити", "Change") }
                }
            }
            tag("dl", ["class": "kv pad"]) { for register in fields { datum(register, shown) } }
            if !hidden.isEmpty {
                tag("footer") {
                    tag("span") {
                        icon(.lock)
                        say(" Цьому вузлу не показано: ", " Not shown to this node: ") + hidden.joined(separator: ", ")
                            + "."
                    }
                }
            }
        }
    }

    private func datum(_ register: String, _ shown: ShownCard) -> Markup {
        let card = shown.card, title = tag("dt") { say(Wording.register(register)) }
        guard !card.hidden.contains(register), let value = card.registers[register] else { return Markup() }
        let words: String
        switch register {
        case "home": words = nodeName(value.string ?? "", shown)
        case Complaint.register:
            words = (value.array ?? []).compactMap { party(of: $0, card) }.joined(separator: ", ")
        default:
            let text = wording.text(register, value)
            if case .code = CorrectedField.type(register) { words = text.capitalizedFirst } else { words = text }
        }
        let isLink = register == "repeatOf" || register == "duplicateOf"
        return Markup([
            title,
            tag("dd") {
                if isLink { tag("a", ["href": "/cards/" + Self.encoded(words)]) { words } } else { words }
            },
        ])
    }

    /// Who is complained against, as it was typed: a name has no apostrophe of print.
    private func party(of value: JSON, _ card: Card) -> String? {
        if let name = value["unresolved"]?.string {
            return name + say(" (не з’ясовано, хто це)", " (not known who that is)")
        }
        return ComplainedAgainst.told(value, card.names)?.text(language)
    }

    private func unsent(_ shown: ShownCard) -> Markup {
        let card = shown.card
        guard !card.unsent.isEmpty else { return Markup() }
        return tag("section", ["class": "sheet", "aria-labelledby": "unsent-h"]) {
            tag("header") {
                tag("h2", ["id": "unsent-h"]) { say("Ще не передано Центру", "Not with the office yet") }
                tag("span", ["class": "hint"]) { "\(card.unsent.count)" }
            }
            tag("ul", ["class": "steps pad"]) {
                for act in card.unsent {
                    tag("li") {
                        tag("span") {
                            icon(.up, saying: say("ще не передано", "not sent yet"), classes: "mk mk-up")
                            tag("span") { say(Wording.kind(act.kind)) }
                        }
                        tag("a", ["class": "small", "href": shown.place + "/history"]) {
                            say("Де зараз", "Where it is")
                        }
                    }
                }
            }
        }
    }
}

extension RemovalStep {
    /// What it asks for, as a line of the list.
    var label: Label {
        switch self {
        case .control: Label(uk: "Звернення на контролі", en: "The appeal is on control")
        case .answers: Label(uk: "Відповіді виконавців прийнято", en: "Executors’ answers are accepted")
        case .parties:
            Label(uk: "Відповідає не той, на кого скаржаться", en: "The answer is not of whom it complains about")
        case .results: Label(uk: "Результат із кожного питання", en: "A result of each issue")
        case .dispatch: Label(uk: "Відповідь надіслано заявнику", en: "The answer went to the applicant")
        case .disagreements: Label(uk: "Розбіжностей немає", en: "Nothing is in dispute")
        }
    }
}

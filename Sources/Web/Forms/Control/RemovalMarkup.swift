import Appeals
import Desk

/// What must be done before an appeal is removed from control.
extension WebCall {
    /// The steps with how each stands; empty for every act but the removal.
    func removal(_ row: UseCase, _ material: FormMaterial) -> Markup {
        guard row.name == UseCase.controlRemove.name else { return Markup() }
        let refused = Self.unmet(material)
        return Markup([
            tag("ul", ["class": "steps"]) {
                for step in RemovalStep.allCases { line(step, material.shown.appeal.refusal(of: step), material.card) }
            },
            refused.isEmpty
                ? Markup()
                : tag("div", ["class": "note note-red", "id": "removal-why"]) {
                    tag("div") {
                        tag("b") { say("Зняти з контролю ще не можна.", "It cannot be removed from control yet.") }
                        " " + refused.map { say($0.reason.words) + "." }.joined(separator: " ")
                    }
                },
        ])
    }

    /// Why the act would be refused now.
    static func unmet(_ material: FormMaterial) -> [Refusal] {
        RemovalStep.allCases.compactMap { material.shown.appeal.refusal(of: $0) }
    }

    private func line(_ step: RemovalStep, _ refusal: Refusal?, _ card: Card) -> Markup {
        tag("li") {
            tag("span") {
                icon(refusal == nil ? .check : .ring)
                tag("span") { say(step.label) }
            }
            if let refusal {
                tag("a", ["href": ActPlace.of(step.remedy, on: card)]) { say(refusal.reason.words) }
            } else {
                tag("span", ["class": "nw"]) { say("Готово", "Ready") }
            }
        }
    }
}

extension Reason {
    /// Why something is refused, in words.
    fileprivate var words: Label { Label(uk: ukrainian, en: english) }
}

extension RemovalStep {
    /// What brings it about.
    fileprivate var remedy: UseCase {
        switch self {
        case .control: .controlPut
        case .answers, .results: .answerAccept
        case .parties: .appealCorrect
        case .dispatch: .answerDispatch
        case .disagreements: .conflictSettle
        }
    }
}

import Appeals
import Desk

/// What the reader may do with a card now: three at hand, the rest folded; what waits for something says for what.
extension WebCall {
    /// Those that are shown, in the order in which they come first.
    private static let first: [UseCase] = [
        .resolutionIssue, .assignmentAccept, .controlRemove, .answerAccept, .answerDraft, .answerApprove, .answerSubmit,
        .answerDispatch, .answerReturn, .assignmentPerson, .feedbackAdd, .termExtend,
    ]
    private static let atHand = 3

    func acts(_ shown: ShownCard) -> Markup {
        let offered = offered(shown)
        let names = offered.map(\.name)
        let waits = shown.summary.removal.first { $0.refusal != nil }
        let blocked = names.contains(UseCase.controlRemove.name) && waits != nil
        let able = offered.filter { !(blocked && $0.name == UseCase.controlRemove.name) }
        let main = Self.first.filter { row in able.contains { $0.name == row.name } }.prefix(Self.atHand)
        let note = able.filter { $0.name == UseCase.appealNote.name }
        let shownNames = Set((Array(main) + note).map(\.name))
        return Markup([
            Markup(main.enumerated().map { act($0.element, shown, isMain: $0.offset == 0) }),
            Markup(note.map { act($0, shown, isMain: false) }),
            more(able.filter { !shownNames.contains($0.name) }, shown),
            blocked ? blockedRemoval(waits?.refusal) : Markup(),
            tag("span", ["class": "soft small push keyhint", "hidden": ""]) {
                tag("a", ["href": "/", "data-previous": "", "hidden": ""]) { say("Попередня", "Previous") }
                " "
                tag("a", ["href": "/", "data-next": "", "hidden": ""]) { say("Наступна", "Next") }
                " "
                tag("kbd") { "Alt ↑ ↓" }
            },
        ])
    }

    private func offered(_ shown: ShownCard) -> [UseCase] {
        CardActs.offered(shown.card, roles: shown.roles, node: site.node, isOffice: desk.isOffice)
    }

    /// Whether the reader may do it with the card now.
    func isOffered(_ row: UseCase, _ shown: ShownCard) -> Bool { offered(shown).contains { $0.name == row.name } }

    private func act(_ row: UseCase, _ shown: ShownCard, isMain: Bool) -> Markup {
        let key = Self.key(of: row)
        let isOutward = row.name == UseCase.answerDraft.name || row.name == UseCase.answerDispatch.name
        let look = isOutward ? "btn btn-out" : isMain ? "btn btn-act" : "btn"
        return tag("a", ["class": look, "href": ActPlace.of(row, shown.card.id), "data-key": key?.code]) {
            if isOutward { icon(.mail) }
            if row.name == UseCase.appealNote.name { icon(.lock) }
            " "
                + say(
                    row.name == UseCase.answerDraft.name
                        ? Label(uk: "Відповідь заявнику", en: "Answer to the applicant") : ActWords.place(row)
                ) + " "
            if let key { tag("kbd") { key.letter } }
        }
    }

    private static func key(of row: UseCase) -> (code: String, letter: String)? {
        switch row.name {
        case UseCase.answerDraft.name: ("KeyR", "R")
        case UseCase.appealNote.name: ("KeyX", "X")
        case UseCase.assignmentPerson.name: ("KeyA", "A")
        case UseCase.termExtend.name: ("KeyE", "E")
        default: nil
        }
    }

    private func more(_ rows: [UseCase], _ shown: ShownCard) -> Markup {
        tag("details", ["class": "pop"]) {
            tag("summary", ["class": "btn"]) {
                say("Ще ", "More ")
                icon(.chev)
            }
            tag("div", ["class": "tight"]) {
                for row in rows {
                    let key = Self.key(of: row)
                    tag("a", ["href": ActPlace.of(row, shown.card.id), "data-key": key?.code]) {
                        say(ActWords.place(row))
                        if let key {
                            " "
                            tag("kbd") { key.letter }
                        }
                    }
                }
                tag("a", ["href": shown.place + "/history"]) { say("Де зараз зміни", "Where the changes are") }
                tag("button", ["class": "bare", "type": "button", "data-print": ""]) {
                    say("Друк картки", "Print the card")
                }
            }
        }
    }

    /// The reason stands beside the lock.
    private func blockedRemoval(_ refusal: Refusal?) -> Markup {
        Markup([
            tag("span", ["class": "btn", "aria-disabled": "true", "aria-describedby": "removal-why"]) {
                icon(.lock)
                " " + say(ActWords.verb(.controlRemove))
            },
            tag("a", ["class": "hint", "id": "removal-why", "href": "#steps-h"]) {
                say("Ще не можна: ", "Not yet: ")
                    + (refusal.map { say(Label(uk: $0.reason.ukrainian, en: $0.reason.english)) } ?? "").lowercasedFirst
            },
        ])
    }
}

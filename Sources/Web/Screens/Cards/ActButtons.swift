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
        let acts = shown.reader.acts
        let able = acts.filter { $0.lock == nil }.map(\.row)
        // What closes an appeal is looked for first: its lock stands beside the others, not folded.
        let removal = acts.first { $0.row.name == UseCase.controlRemove.name && shown.card.state != .removed }?.lock
        let main = Self.first.filter { row in able.contains { $0.name == row.name } }.prefix(Self.atHand)
        let note = able.filter { $0.name == UseCase.appealNote.name }
        let shownNames = Set((Array(main) + note).map(\.name))
        let locked = acts.compactMap { act in act.lock.map { (row: act.row, lock: $0) } }
            .filter { removal == nil || $0.row.name != UseCase.controlRemove.name }
        return Markup([
            Markup(main.enumerated().map { act($0.element, shown, isMain: $0.offset == 0) }),
            Markup(note.map { act($0, shown, isMain: false) }),
            more(able.filter { !shownNames.contains($0.name) }, locked, shown),
            removal.map(lockedRemoval) ?? Markup(),
            tag("span", ["class": "soft small push keyhint", "hidden": ""]) {
                tag("a", ["href": "/", "data-previous": "", "hidden": ""]) { say("Попередня", "Previous") }
                " "
                tag("a", ["href": "/", "data-next": "", "hidden": ""]) { say("Наступна", "Next") }
                " "
                tag("kbd") { "Alt ↑ ↓" }
            },
        ])
    }

    /// Whether the reader may do it with the card now.
    func isOffered(_ row: UseCase, _ shown: ShownCard) -> Bool {
        shown.reader.offered.contains { $0.name == row.name }
    }

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

    private func more(_ rows: [UseCase], _ locked: [(row: UseCase, lock: ActLock)], _ shown: ShownCard) -> Markup {
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
                tag("a", ["href": PrintPlaces.card(shown.card.id)]) { say("Друкувати", "Print") }
                locks(locked)
            }
        }
    }

    /// What the roles may do and the card forbids now: the reason stands beside the lock, once for all that it locks.
    private func locks(_ locked: [(row: UseCase, lock: ActLock)]) -> Markup {
        guard !locked.isEmpty else { return Markup() }
        let reasons = locked.map(\.lock).reduce(into: [ActLock]()) { if !$0.contains($1) { $0.append($1) } }
        return tag("section", ["class": "tight", "aria-labelledby": "locked-h"]) {
            tag("h2", ["id": "locked-h"]) { say("Зараз не можна", "Not possible now") }
            for (place, reason) in reasons.enumerated() {
                tag("p", ["class": "hint", "id": "locked-\(place)"]) { say(reason.words) + "." }
                tag("div", ["class": "row"]) {
                    for act in locked where act.lock == reason {
                        dashed(ActWords.place(act.row), why: "locked-\(place)")
                    }
                }
            }
        }
    }

    /// A dashed button that does nothing, and where it says why.
    func dashed(_ name: Label, why: String) -> Markup {
        tag("button", ["class": "btn btn-s", "type": "button", "aria-disabled": "true", "aria-describedby": why]) {
            icon(.lock)
            " " + say(name)
        }
    }

    private func lockedRemoval(_ lock: ActLock) -> Markup {
        Markup([
            dashed(ActWords.verb(.controlRemove), why: "removal-why"),
            tag("a", ["class": "hint", "id": "removal-why", "href": "#steps-h"]) {
                say("Ще не можна: ", "Not yet: ") + say(lock.words).lowercasedFirst
            },
        ])
    }
}

import Appeals
import CanonicalJSON
import Desk

/// A card whose values can be put back: who looks, and what the page shows of it.
struct RestorableCard {
    let card: Card
    let reader: CardReader
    /// The office's id.
    let office: String
    /// What a correction is based on.
    let mark: String
}

extension FormMaterial {
    var restorable: RestorableCard { RestorableCard(card: card, reader: reader, office: office, mark: mark) }
}

/// What the rules merged in a card without anybody, each with the way back.
extension WebCall {
    /// The same on the card's own page.
    func merged(_ shown: ShownCard) throws -> Markup {
        // Most cards have nothing of it, and are not read once more.
        guard shown.card.outcomes.contains(where: { $0.author == nil }) else { return Markup() }
        let merged = try desk.mergedAlone(shown.card.id)
        if merged.isEmpty { return Markup() }
        let appeal = try desk.read { try desk.shownAppeal(shown.card.id, $0) }
        let card = RestorableCard(
            card: shown.card,
            reader: shown.reader,
            office: shown.office,
            mark: CardMark(appeal)?.text ?? ""
        )
        return mergedSheet(merged, card)
    }

    /// What was merged without a person, each with its undo.
    func mergedSheet(_ merged: MergedAlone, _ on: RestorableCard) -> Markup {
        guard !merged.isEmpty else { return Markup() }
        return tag("section", ["class": "sheet", "id": "merged", "aria-labelledby": "merged-h"]) {
            tag("header") {
                tag("h2", ["id": "merged-h"]) { say("Об’єднано без вас", "Merged without you") }
                tag("span", ["class": "hint"]) {
                    say("Нічого не втрачено, кожне можна повернути.", "Nothing is lost; each can be put back.")
                }
            }
            tag("ul", ["class": "steps pad"]) {
                for (digest, values) in merged.values {
                    tag("li") {
                        tag("span") {
                            icon(.check)
                            tag("span") { line(values, digest, merged, on) }
                        }
                        puttingBack(values.other, values, digest, on, say("Скасувати об’єднання", "Undo the merge"))
                    }
                }
                for rule in merged.kept {
                    tag("li") {
                        tag("span") {
                            icon(.check)
                            tag("span") { say(Wording.rule(rule)) + "." }
                        }
                        tag("span", ["class": "soft small"]) {
                            say("Лишилося все, скасовувати нічого", "All of it stays, nothing to undo")
                        }
                    }
                }
            }
        }
    }

    /// Which value is in force and which is not, each with its author.
    private func line(
        _ values: ComparedValues,
        _ digest: String,
        _ merged: MergedAlone,
        _ on: RestorableCard
    ) -> Markup {
        /// One of the two values with its author.
        func side(_ side: CaseValue) -> Markup {
            let words = side.value.map { wording.text(values.bare, $0) }
            let person = side.author.user.isEmpty ? "" : merged.names.person(side.author.user)
            let department = place(of: side.author.node, merged.names, office: on.office)
            let who = [person, department, side.at.map { at($0) } ?? ""].filter { !$0.isEmpty }
            return Markup([
                Markup(words.map { printed($0) } ?? say("не вказано", "not given")),
                tag("span", ["class": "soft small"]) { " (" + who.joined(separator: ", ") + ")" },
            ])
        }
        return Markup([
            tag("b") { register(values.register, on.card) + ": " },
            Markup(say("діє ", "in force ")),
            side(values.inForce),
            Markup(say("; не діє ", "; not in force ")),
            side(values.other),
            Markup(" "),
            tag("a", ["class": "small", "href": ActPlace.aCase(on.card.id, digest)]) { say("Докладно", "Details") },
        ])
    }
}

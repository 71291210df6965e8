import Desk

/// Several appeals of a list at once: their ticks, and the bar of acts that follows them.
extension WebCall {
    /// What the reader may do with several at once.
    private var bulkActs: [UseCase] {
        guard let person else { return [] }
        let roles = Set(person.role.map { [$0] } ?? person.roles)
        return SelectedPages.rows.filter { $0.isFor(roles) }
    }

    /// Ticks all that is shown; the script shows it.
    var allTick: Markup {
        tickCell([
            "type": "checkbox", "data-all": "", "hidden": "",
            "aria-label": say("Вибрати всі показані", "Select all that are shown"),
        ])
    }

    /// The whole cell is the label: a tick alone is too small for a finger.
    private func tickCell(_ attributes: KeyValuePairs<StaticString, String?>) -> Markup {
        tag("label", ["class": "tick"]) { tag("input", attributes) }
    }

    /// Whether rows have ticks: asked once a list.
    var hasTicks: Bool { !bulkActs.isEmpty }

    func tick(_ card: ListedCard) -> Markup {
        tickCell([
            "type": "checkbox", "name": "appeal", "value": card.id, "data-tick": "",
            "aria-label": say("Вибрати ", "Select ") + card.index,
        ])
    }

    /// What becomes of each appeal is told row by row.
    func bulkBar() -> Markup {
        let bulkActs = bulkActs
        guard !bulkActs.isEmpty else { return Markup() }
        return tag(
            "div",
            [
                "class": "bulk noprint", "data-bulk": "", "role": "region", "hidden": request.isSecure ? nil : "",
                "aria-label": say("Дії з вибраними", "Acts on what is selected"),
            ]
        ) {
            tag("b", ["data-count": "", "role": "status"]) { say("Вибрані звернення", "Selected appeals") }
            for row in bulkActs {
                tag("button", ["class": "btn btn-s", "formaction": "/selected/" + row.segment]) {
                    say(ActWords.verb(row))
                }
            }
            tag("span", ["class": "hint push wide"]) {
                say("Результат покажемо рядок за рядком", "What becomes of each is told row by row")
            }
        }
    }

    /// The rows in a form that carries the ticks.
    func tickable(_ table: Markup) -> Markup {
        tag("form", ["method": "post"]) {
            if let token = person?.formToken {
                tag("input", ["type": "hidden", "name": SignedIn.field, "value": token])
            }
            bulkBar()
            table
        }
    }
}

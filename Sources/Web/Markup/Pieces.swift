/// What many pages are made of.
enum Note: String {
    case plain = "note"
    case done = "note note-ok"
    case need = "note note-need"
    case refused = "note note-red"
    case outward = "note note-out"

    var icon: Icon {
        switch self {
        case .plain: .ring
        case .done: .check
        case .need: .alert
        case .refused: .lock
        case .outward: .mail
        }
    }
}

/// A band of words that stays until what it tells changes; nothing that vanishes by itself.
func note(_ kind: Note, _ picture: Icon? = nil, @MarkupBuilder _ words: () throws -> Markup) rethrows -> Markup {
    try tag("div", ["class": kind.rawValue, "role": kind == .done ? "status" : nil]) {
        icon(picture ?? kind.icon)
        try tag("div") { try words() }
    }
}

/// One value of a list to choose from.
func option(_ value: String, _ words: String, _ chosen: String) -> Markup {
    // A value without text would stand as an attribute without one, which is the same.
    tag("option", ["value": value, "selected": value == chosen ? "" : nil]) { words }
}

/// What is wrong with a form: the same words stand at the field, whose id the line leads to.
struct FormProblem: Equatable {
    /// The id of the field; nil if it is about the whole.
    let field: String?
    let words: String
}

extension PageMaking {
    /// What is wrong with a form, a line each: first in `main`; it takes the focus.
    func summary(lines: [Markup]) -> Markup {
        if lines.isEmpty { return Markup() }
        return tag(
            "section",
            ["class": "errs tight", "tabindex": "-1", "autofocus": "", "role": "alert", "aria-labelledby": "errs-h"]
        ) {
            tag("h2", ["id": "errs-h"]) {
                icon(.alert)
                " " + say("Є помилки", "There are errors")
            }
            tag("ul") { for line in lines { tag("li") { line } } }
        }
    }

    func summary(_ problems: [FormProblem]) -> Markup {
        summary(
            lines: problems.map { problem in
                guard let field = problem.field else { return tag("strong", ["class": "red"]) { problem.words } }
                return tag("a", ["href": "#" + field]) { problem.words }
            }
        )
    }
}

/// Words that only those hear who do not see.
func spoken(_ words: String) -> Markup { tag("span", ["class": "sr"]) { words } }

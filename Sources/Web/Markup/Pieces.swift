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

/// What is wrong with a form: the same words stand at the field, whose id the line leads to.
struct FormProblem: Equatable {
    /// The id of the field; nil if it is about the whole.
    let field: String?
    let words: String
}

extension WebCall {
    /// First in `main`; it takes the focus.
    func summary(_ problems: [FormProblem]) -> Markup {
        problems.isEmpty
            ? Markup()
            : tag("div", ["class": "errs tight", "role": "alert", "tabindex": "-1"]) {
                tag("h2") {
                    icon(.alert)
                    " " + say("Є помилки", "There are mistakes")
                }
                tag("ul") {
                    for problem in problems {
                        tag("li") {
                            if let field = problem.field {
                                tag("a", ["href": "#" + field]) { problem.words }
                            } else {
                                tag("strong", ["class": "red"]) { problem.words }
                            }
                        }
                    }
                }
            }
    }
}

/// Words that only those hear who do not see.
func spoken(_ words: String) -> Markup { tag("span", ["class": "sr"]) { words } }

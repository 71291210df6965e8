import Appeals
import Desk
import WebAssets

/// The clauses of EN 301 549 with what the workspace does about each, as `accessibility.txt` has them.
struct AccessibilityClause: Equatable {
    /// How the workspace stands to a clause; its raw value is the word of the file.
    enum Standing: String, CaseIterable {
        case yes, partly, no, none

        /// In words.
        var label: Label {
            switch self {
            case .yes: Label(uk: "виконано", en: "met")
            case .partly: Label(uk: "частково", en: "partly met")
            case .no: Label(uk: "не виконано", en: "not met")
            case .none: Label(uk: "не стосується", en: "does not apply")
            }
        }
    }

    /// `9.1.4.10`.
    let clause: String
    let standing: Standing
    /// A file below `Tests`, a suite, or `statement`.
    let evidence: String
    let words: Label

    /// All of them, in the order of the standard.
    static let all: [AccessibilityClause] = read(
        String(
            decoding: UnsafeBufferPointer(start: kartoteka_accessibility(), count: kartoteka_accessibility_count()),
            as: UTF8.self
        )
    )

    /// Reads lines of five parts; others are for whoever edits the file.
    static func read(_ text: String) -> [AccessibilityClause] {
        text.split(whereSeparator: \.isNewline).flatMap { line -> [AccessibilityClause] in
            let parts = line.split(separator: " | ").map(String.init)
            guard parts.count == 5, let standing = Standing(rawValue: parts[1]) else { return [] }
            return clauses(parts[0]).map {
                AccessibilityClause(
                    clause: $0,
                    standing: standing,
                    evidence: parts[2],
                    words: Label(uk: parts[3], en: parts[4])
                )
            }
        }
    }

    /// `9.1.2.1..5` is five clauses.
    private static func clauses(_ text: String) -> [String] {
        let parts = text.split(separator: "..").map(String.init)
        guard parts.count == 2, let last = Int(parts[1]), let dot = parts[0].lastIndex(of: "."),
            let first = Int(parts[0][parts[0].index(after: dot)...]), first <= last
        else { return [text] }
        return (first...last).map { parts[0][...dot] + String($0) }
    }
}

/// The accessibility statement, made of the table; anybody reads it.
enum AccessibilityPage {
    static let path = "/accessibility"
    static let routes = [Route("GET", path, entry: .open) { try $0.accessibility() }]
}

extension WebCall {
    /// How many clauses stand how, what falls short, and the whole table.
    fileprivate func accessibility() throws -> WebReply {
        let title = say("Заява про доступність", "Accessibility statement"), all = AccessibilityClause.all
        return page(title) {
            tag("h1") { title }
            tag("div", ["class": "sheet pad stack"]) {
                tag("p") {
                    say(
                        "Робоче місце Картотеки порівняно з EN 301 549 V3.2.1 (ДСТУ EN 301 549:2022), розділи 5, 9, 10, 11 і 12. Таблицю нижче складено з того, що перевіряється за кожної зміни програми.",
                        "The workspace of Kartoteka against EN 301 549 V3.2.1, chapters 5, 9, 10, 11 and 12. The table below is made of what is checked with every change of the program."
                    )
                }
                tag("dl", ["class": "kv"]) {
                    for standing in AccessibilityClause.Standing.allCases {
                        tag("dt") { say(standing.label).capitalizedFirst }
                        tag("dd") { "\(all.count { $0.standing == standing })" }
                    }
                }
            }
            clauses(say("Чого бракує", "What falls short"), all.filter { [.partly, .no].contains($0.standing) })
            clauses(say("Усі пункти", "All clauses"), all)
        }
    }

    /// Clauses, a row each.
    private func clauses(_ title: String, _ clauses: [AccessibilityClause]) -> Markup {
        let heads = [
            say("Пункт", "Clause"), say("Стан", "Standing"), say("Як саме", "How"), say("Чим перевірено", "Checked by"),
        ]
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { title } }
            listTable(
                title,
                heads,
                clauses.map { clause in
                    listRow(
                        heads,
                        Markup(clause.clause),
                        [
                            Markup(say(clause.standing.label)), Markup(say(clause.words)),
                            Markup(clause.evidence == "statement" ? say("заява", "statement") : clause.evidence),
                        ]
                    )
                },
                nothing: say("Немає.", "None.")
            )
        }
    }
}

import Appeals
import CanonicalJSON
import Desk

/// What stands around a paper: on the screen a bar with the way back, at its foot who printed it and how fresh it is.
extension WebCall {
    /// - Parameters:
    ///   - unsent: what of it is not with the office yet.
    ///   - isLetter: with the margins of a letter, not of a form.
    func paper(
        _ title: String,
        back: (place: String, words: String),
        unsent: String = "",
        isLetter: Bool = false,
        others: Markup = Markup(),
        @MarkupBuilder _ content: () throws -> Markup
    ) throws -> WebReply {
        let content = try content(), foot = try self.foot(unsent), node = try desk.read { try nodeName($0) }
        let body = tag("body") {
            tag("div", ["class": "noprint plain-bar"]) {
                tag("a", ["href": back.place]) {
                    icon(.back)
                    " " + back.words
                }
                tag("span", ["class": "soft"]) {
                    say("А4, чорно-білий друк (Ctrl P) · дані станом на ", "A4, black and white (Ctrl P) · data as of ")
                        + moment(now) + say(", вузол ", ", node ") + node
                }
                others
                tag("button", ["class": "btn btn-act", "type": "button", "data-print": ""]) {
                    icon(.print)
                    say(" Друкувати", " Print")
                }
            }
            tag("main", ["class": isLetter ? "a4 a4-letter" : "a4", "id": "main", "tabindex": "-1"]) {
                content
                foot
            }
            Icon.sprite
        }
        return document(title, status: 200, failed: false, body)
    }

    /// Who printed it, when, at which node, and what of it was not sent.
    private func foot(_ unsent: String) throws -> Markup {
        let user = person?.user ?? ""
        let (name, node) = try desk.read { (try desk.names(of: [user], $0).person(user), try nodeName($0)) }
        let parts = [
            say("Надруковано ", "Printed ") + moment(now), name, say("вузол ", "node ") + node, unsent,
        ]
        return tag("p", ["class": "a4-foot"]) {
            tag("span") { parts.filter { !$0.isEmpty }.joined(separator: " · ") }
        }
    }

    /// Which acts of a card the office has not, by their names.
    func unsent(_ card: Card) -> String {
        guard !card.unsent.isEmpty else { return "" }
        let acts = card.unsent.map { say(Wording.kind($0.kind)).lowercasedFirst }.uniqued().joined(separator: ", ")
        return say(Counted.unsent(card.unsent.count)) + ": " + acts
    }

    /// What a table is called by whoever does not see it; on paper its place says that.
    func caption(_ words: String) -> Markup { tag("caption", ["class": "sr"]) { words } }

    // MARK: rows of forms

    /// One field over the whole width.
    func wide(_ name: String, _ words: String) -> Markup { wide(name) { words } }

    func wide(_ name: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
        tag("tr") {
            tag("th", ["scope": "row"]) { name }
            tag("td", ["colspan": "3"]) { content() }
        }
    }

    /// Two fields beside each other.
    func pair(_ one: (String, String), _ other: (String, String)) -> Markup {
        tag("tr") {
            for field in [one, other] {
                tag("th", ["scope": "row"]) { field.0 }
                tag("td") { field.1 }
            }
        }
    }

    /// A register of a card in words: that this node is not shown it, or nothing where nothing was given.
    func printed(_ register: String, _ card: Card) -> String {
        if card.hidden.contains(register) { return say("не показано цьому вузлу", "not shown to this node") }
        guard let value = card.registers[register] else { return "" }
        return printed(ValueWording(language: language).text(register, value)).capitalizedFirst
    }

    /// Lines of one cell.
    func lines(_ lines: [String]) -> Markup {
        Markup(lines.enumerated().flatMap { $0.offset == 0 ? [Markup($0.element)] : [tag("br"), Markup($0.element)] })
    }

    /// The head of a paper of an office or a department.
    func letterhead(_ department: String, _ officeName: String) -> Markup {
        tag("p", ["class": "a4-head"]) {
            lines(
                ([say("Виконавчий комітет міської ради", "Executive committee of the city council"), officeName]
                    + (department == officeName ? [] : [department])).filter { !$0.isEmpty }
            )
        }
    }

    /// Place, name and a line to sign on; beside it a free place for an electronic signature.
    func signature(_ position: String, _ name: String) -> Markup {
        Markup([
            tag("p", ["class": "a4-sign"]) {
                tag("span") { position.capitalizedFirst }
                tag("span", ["class": "a4-line"])
                tag("span") { name }
            },
            tag("p", ["class": "a4-place"]) {
                say("Місце для електронного підпису", "Place for an electronic signature")
            },
        ])
    }
}

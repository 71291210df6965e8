import Appeals
import Desk

extension WebCall {
    /// The page before the workspace: sign-in, the first run, an invitation.
    ///
    /// On the left which node this is and `about` it; on the right what is to be done: sheets with the class `sheet pad stack`.
    func gate(
        _ title: String,
        status: Int = 200,
        failed: Bool = false,
        about: Markup = Markup(),
        @MarkupBuilder _ right: () throws -> Markup
    ) rethrows -> WebReply {
        let right = try right()
        let name: String
        do { name = try desk.read { try placeName($0) } } catch { return troubled() }
        let body = tag("body") {
            skip
            tag("main", ["class": "gate", "id": "main", "tabindex": "-1"]) {
                tag("div", ["class": "gate-l"]) {
                    brand("p")
                    tag("div", ["class": "tight"]) {
                        tag("p", ["class": "small"]) { say("Вузол", "Node") }
                        tag("p", ["class": "big"]) { name }
                        tag("p", ["class": "small"]) { say("Працює і без мережі", "Works without a network too") }
                    }
                    about
                    languages
                }
                tag("div", ["class": "gate-r"]) { right }
            }
            Icon.sprite
        }
        return document(title, status: status, failed: failed, body)
    }
}

extension PageMaking {
    /// This place in a language.
    func here(in language: Language) -> String {
        WebCall.address("", request.query.filter { $0.0 != "lang" && $0.0 != "part" } + [("lang", language.rawValue)])
    }

    /// The same place in the other language.
    var languages: Markup {
        tag("p", ["class": "small"]) {
            for (place, one) in Language.allCases.enumerated() {
                if place > 0 { " · " }
                tag(
                    "a",
                    [
                        "href": here(in: one), "lang": one.rawValue, "hreflang": one.rawValue,
                        "aria-current": one == language ? "true" : nil,
                    ]
                ) {
                    switch one {
                    case .ukrainian: "Українська"
                    case .english: "English"
                    }
                }
            }
        }
    }

    /// The sign and the name of the program: a link home where `name` is `a`.
    func brand(_ name: StaticString) -> Markup {
        tag(name, ["class": "brand", "href": name.description == "a" ? "/" : nil]) {
            icon(.mark)
            " " + say("Картотека", "Kartoteka")
        }
    }
}

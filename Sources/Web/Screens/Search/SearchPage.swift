import Appeals
import Desk
import Finding
import Replication

/// Appeals that words find, the newest first.
enum SearchPage {
    static let routes: [Route] = [
        Route("GET", "/search") { call in
            let typed = call.request.parameter("q") ?? ""
            // Nothing typed is no mistake: the page says what can be typed.
            guard !typed.isEmpty else { return try call.searchPage(typed) }
            if call.request.parameter("after") == nil, let place = try call.cardPlace(ofNumber: typed) {
                return .seeOther(place)
            }
            return try call.found(typed)
        }
    ]
}

extension WebCall {
    fileprivate func found(_ typed: String) throws -> WebReply {
        let text = request.parameter("after") ?? ""
        let mark = AppealMark(text)
        guard text.isEmpty || mark != nil else { return nothingHere() }
        do {
            return try searchPage(typed, try desk.search(typed, after: mark, limit: Lists.rows), isFirst: mark == nil)
        } catch let error as DeskError where error.kind == .usage {
            return try searchPage(typed, refused: error)
        }
    }

    fileprivate func searchPage(
        _ typed: String,
        _ page: FoundPage? = nil,
        isFirst: Bool = true,
        refused: DeskError? = nil
    ) throws -> WebReply {
        let title = say("Пошук", "Search")
        let fresh = try asOf()
        return self.page(title) {
            tag("div", ["class": "tight"]) {
                tag("h1") { title }
                fresh
            }
            question(typed, refused)
            if let page { answer(typed, page, isFirst) } else if refused == nil { examples }
        }
    }

    /// The field once more, wide, with what was typed; what is wrong with it stands beside it.
    private func question(_ typed: String, _ refused: DeskError?) -> Markup {
        tag("form", ["class": "row end noprint", "role": "search", "action": "/search"]) {
            tag("div", ["class": refused == nil ? "f grow" : "f grow err"]) {
                tag("label", ["for": "query"]) { say("Що шукати", "What to look for") }
                tag(
                    "input",
                    [
                        "id": "query", "name": "q", "type": "search", "value": typed, "autocomplete": "off",
                        "maxlength": "\(SearchQuery.mostCharacters)", "aria-invalid": refused == nil ? nil : "true",
                        "aria-describedby": refused == nil ? nil : "query-error",
                    ]
                )
                if let refused {
                    tag("p", ["class": "msg", "id": "query-error"]) { say(refused.message).capitalizedFirst }
                }
            }
            tag("button", ["class": "btn btn-act"]) { say("Знайти", "Find") }
        }
    }

    /// What can be typed, with examples.
    private var examples: Markup {
        let rows = [
            (say("номер", "a number"), "К-318"),
            (say("прізвище в будь-якому відмінку", "a name in any case"), "Швецю Р. П."),
            (say("адреса", "an address"), "Спаській 14-А"),
            (say("телефон або його кінець", "a telephone or its end"), "050 123-45-67"),
            (say("слова в будь-якій формі", "words in any form"), "опалення під’їзду"),
            (say("слова поспіль", "words in this order"), "«прорвало трубу»"),
            (say("початок слова", "the beginning of a word"), "водопр*"),
        ]
        return tag("div", ["class": "sheet pad"]) {
            tag("h2") { say("Що можна ввести", "What can be typed") }
            tag("dl", ["class": "kv ways"]) {
                for (words, example) in rows {
                    tag("dt") { words }
                    tag("dd") { tag("span", ["lang": "uk"]) { example } }
                }
            }
        }
    }

    private func answer(_ typed: String, _ page: FoundPage, _ isFirst: Bool) -> Markup {
        Markup([
            page.isWhole
                ? Markup()
                : tag("p", ["class": "note note-need", "role": "status"]) {
                    say(
                        "Покажчик слів ще будується після оновлення: знайдено може бути не все.",
                        "The index of words is still being made after an upgrade: there may be more."
                    )
                },
            tag("div", ["class": "sheet"]) {
                if page.cards.isEmpty { nothing(page) } else { table(page) }
                if !page.cards.isEmpty || page.next != nil { foot(typed, page, isFirst) }
            },
        ])
    }

    private func nothing(_ page: FoundPage) -> Markup {
        tag("div", ["class": "empty"]) {
            tag("p") {
                tag("b") {
                    page.next == nil
                        ? say("Нічого не знайдено.", "Nothing was found.")
                        : say("Серед переглянутих немає.", "Not among those that were looked at.")
                }
            }
            if page.next == nil {
                tag("p") {
                    say(
                        "Усі слова мають бути в одній картці: приберіть якесь слово або введіть лише початок із зірочкою.",
                        "All words must be on one card: leave one out, or type a beginning with an asterisk."
                    )
                }
            }
            if !desk.isOffice {
                tag("p") {
                    say(
                        "Тут шукають серед звернень цього підрозділу; решта – у Центрі.",
                        "This looks among the appeals of this department; the others are at the office."
                    )
                }
            }
        }
    }

    private func table(_ page: FoundPage) -> Markup {
        tag("table", ["class": "t q"]) {
            tag("caption", ["class": "sr"]) {
                say("Знайдені звернення, новіші вище", "What was found, the newest first")
            }
            tag("thead") {
                tag("tr") {
                    tag("td")
                    for words in [
                        say("Номер · суть · адреса · заявник", "Number · matter · address · applicant"),
                        say("Виконавець", "Executor"), say("Зареєстровано", "Registered"), say("Стан", "State"),
                    ] { tag("th", ["scope": "col"]) { words } }
                }
            }
            tag("tbody") { for found in page.cards { row(found, page.query) } }
        }
    }

    private func row(_ found: FoundCard, _ query: SearchQuery) -> Markup {
        let card = found.card
        return tag("tr", ["data-appeal": card.id]) {
            tag("td") { rowMark(card) }
            tag("th", ["scope": "row"]) {
                tag("a", ["href": cardPlace(card.id, card.index)]) {
                    tag("span", ["class": "ix"]) {
                        card.index.isEmpty ? Markup(say("без номера", "no number")) : marked(card.index, query)
                    }
                    " "
                    tag("span", ["class": "subj"]) { marked(matter(card), query) }
                }
                tag("br")
                tag("span", ["class": "soft"]) { marked(about(card), query) }
                for tag in tags(card) {
                    " "
                    tag
                }
                if let quote = found.quote {
                    tag("br")
                    tag("span", ["class": "voice"]) { marked(quote.text, quote.marks) }
                }
            }
            tag("td") { executor(card) }
            tag("td") { CivilDate(found.listed.registeredOn)?.long(language) ?? "" }
            tag("td") { need(Need(card)) }
        }
    }

    private func foot(_ typed: String, _ page: FoundPage, _ isFirst: Bool) -> Markup {
        tag("footer") {
            tag("span") {
                page.next == nil && isFirst
                    ? say(
                        "Це все, що знайдено: \(page.cards.count).",
                        "This is all that was found: \(page.cards.count)."
                    )
                    : say(
                        "На сторінці: \(page.cards.count), новіші вище.",
                        "On this page: \(page.cards.count), the newest first."
                    )
            }
            if !isFirst {
                tag("a", ["href": Self.address("/search", [("q", typed)])]) { say("З початку", "From the beginning") }
            }
            if let next = page.next {
                tag(
                    "a",
                    ["href": Self.address("/search", [("q", typed), ("after", next.description)]), "rel": "next"]
                ) {
                    page.cards.isEmpty ? say("Шукати далі", "Look further") : say("Далі", "Next")
                }
            }
        }
    }
}

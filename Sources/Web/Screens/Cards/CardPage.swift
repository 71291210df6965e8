import Appeals
import CanonicalJSON
import Desk
import Replication

/// The card of an appeal, its parts, and what was seen of it.
enum Cards {
    /// Operations of an appeal that its timeline shows; the rest stands in its history.
    static let operations = 500

    static let routes: [Route] = [
        Route("GET", "/cards/{appeal+}") { call in
            let shown = try ShownCard(call)
            switch call.wantedPart {
            case "timeline": return call.part(call.timeline(shown))
            case "aside": return call.part(call.aside(shown))
            case "words": return call.part(call.words(shown))
            default: return try call.card(shown)
            }
        },
        Route("GET", "/cards/{appeal+}/history") { call in try call.paths() },
        // What a page that is open asks when it hears of a change.
        Route("GET", "/cards/{appeal+}/revision", isUse: false) { call in
            let summary = try call.desk.summary(ofAppeal: call.parameters["appeal"] ?? "")
            return WebReply(status: 200, contentType: "text/plain; charset=utf-8", body: Array(summary.revision.utf8))
        },
        // A note of the node for the reader alone, no act: a list tells by it what has changed since.
        Route("POST", "/cards/{appeal+}/seen") { call in
            try call.desk.noteSeen(call.parameters["appeal"] ?? "")
            return WebReply(status: 204)
        },
    ]
}

/// All that a card's page reads.
struct ShownCard {
    let card: Card
    let summary: CardSummary
    let history: History
    /// How the term was counted; nil where there is none.
    let term: ShownTerm?
    /// How whoever asks stands to it.
    let reader: CardReader
    /// The office's id.
    let office: String
    /// This node as people call it.
    let here: String

    /// Refused with what to do if there is none, it left this node, or it is kept from the reader.
    init(_ call: WebCall) throws {
        let name = call.parameters["appeal"] ?? "", desk = call.desk
        card = try desk.card(name)
        summary = try desk.summary(ofAppeal: card.id)
        history = try desk.history(card.id, limit: Cards.operations)
        // A card without a term, or with one that the calendar does not reach, is shown without how it was counted.
        do { term = try desk.term(ofAppeal: card.id) } catch let error as DeskError where error.code == "noTerm" {
            term = nil
        } catch is DeadlineRefusal { term = nil } catch is CalendarRefusal { term = nil }
        let user = call.person?.user ?? "", chosen = call.person?.role
        let own = try desk.read { try desk.roles(of: user, in: call.site.node, $0) }
        reader = CardReader(
            card: card,
            node: call.site.node,
            isOffice: desk.isOffice,
            roles: Set(chosen.map { role in own.filter { $0 == role } } ?? own),
            removal: summary.removal
        )
        office = desk.isOffice ? call.site.node : try desk.read { try $0.value(Values.office) ?? "" }
        here = try desk.read { try call.nodeName($0) }
    }

    var place: String { "/cards/" + WebCall.encoded(card.title) }

    func matter(_ call: WebCall) -> String { card.matter(call) }
}

extension Card {
    /// The question of the first issue, or what its heading says.
    func matter(_ call: WebCall) -> String {
        let first = issues.first?.registers
        if let question = first?["question"]?.string, !question.isEmpty { return question }
        guard let heading = first?["heading"] else { return call.say("Суть не вказано", "No matter given") }
        return call.heading(heading)
    }
}

extension WebCall {
    fileprivate func card(_ shown: ShownCard) throws -> WebReply {
        let card = shown.card, waiting = try waitingActs(card.id)
        let merged = try self.merged(shown)
        return page("\(card.title) \(shown.matter(self))", here: "") {
            tag("div", ["class": "idtop"]) { head(shown) }
            tag("div", ["class": "idrest pad stack"]) { identity(shown) }
            doneBanner()
            waiting
            changeMark(shown.card.id, shown.summary.revision, shown.place, isForm: false)
            cases(shown)
            merged
            tag("div", ["class": "two"]) {
                tag("div", ["class": "stack"]) {
                    words(shown)
                    timeline(shown)
                }
                aside(shown)
            }
        }
    }

    /// What a person must settle, each with its two sides one step away.
    private func cases(_ shown: ShownCard) -> Markup {
        Markup(
            shown.card.cases.map { open in
                note(.need, .differ) {
                    tag("p") {
                        tag("b") { say(Wording.rule(open.rule)) + "." }
                        if let author = open.author {
                            " " + shown.names.person(author.user) + ", " + nodeName(author.node, shown)
                        }
                        if let since = open.since { " · " + moment(since) }
                    }
                    tag("p") { settling(open, shown) }
                }
            }
        )
    }

    /// The way to both sides of a case: to settle it for whoever decides about the appeal; others read who does.
    private func settling(_ open: OpenCase, _ shown: ShownCard) -> Markup {
        let row: UseCase = open.section == .held ? .heldAdopt : .conflictSettle
        let place = ActPlace.aCase(open)
        guard shown.reader.maySettle(open) else {
            return Markup([
                Markup(say("Вирішують: ", "Who decides: ") + say(row.writes.whoMay) + ". "),
                tag("a", ["href": place]) { say("Порівняти", "Compare") },
            ])
        }
        return tag("a", ["href": place]) { say("Порівняти й вирішити", "Compare and settle") }
    }

    /// What the applicant said, in a voice of its own; nobody edits it.
    func words(_ shown: ShownCard) -> Markup {
        let card = shown.card
        let recorded =
            card.recordedBy.map { say("записано: ", "recorded by ") + card.names.person($0.user) + ", " } ?? ""
        return tag("div", ["class": "stack", "data-part": "words"]) {
            tag("section", ["class": "sheet", "aria-labelledby": "words-h"]) {
                tag("header") {
                    tag("h2", ["id": "words-h"]) { say("Слова заявника", "The applicant’s words") }
                    tag("span", ["class": "hint"]) {
                        recorded + say("після реєстрації не змінюється", "not changed after registration")
                    }
                }
                tag("div", ["class": "pad"]) { voice(card) }
            }
            issues(shown)
        }
    }

    private func voice(_ card: Card) -> Markup {
        if card.hidden.contains("text") { return notShown }
        guard let text = card.registers["text"]?.string, !text.isEmpty else {
            return tag("p", ["class": "soft"]) { say("Тексту немає.", "There is no text.") }
        }
        return tag("blockquote", ["class": "voice"]) {
            for paragraph in text.split(separator: "\n") { tag("p") { String(paragraph) } }
        }
    }

    /// That there is a field which this node is not shown: a gap never looks like a lack.
    var notShown: Markup {
        tag("span", ["class": "soft"]) {
            icon(.lock)
            say(" не показано цьому вузлу", " not shown to this node")
        }
    }

    private func issues(_ shown: ShownCard) -> Markup {
        let card = shown.card
        guard !card.issues.isEmpty else { return Markup() }
        return tag("section", ["class": "sheet", "id": "issues", "aria-labelledby": "issues-h"]) {
            tag("header") {
                tag("h2", ["id": "issues-h"]) { say("Питання", "Issues") }
                tag("span", ["class": "hint"]) { "\(card.issues.count)" }
            }
            tag("ul", ["class": "steps pad"]) { for issue in card.issues { line(of: issue, card) } }
        }
    }

    private func line(of issue: CardEntity, _ card: Card) -> Markup {
        func text(_ bare: String) -> String? {
            issue.registers[bare].map { wording.text(bare, $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let typed = issue.registers["problemAddress"].flatMap { Address($0)?.typed }
        let heading = issue.registers["heading"].map { self.heading($0) }
        let question = text("question") ?? heading
        let about = [question == heading ? nil : heading, typed, text("district")].compactMap(\.self)
        let isHidden = Card.ofIssue.contains { card.hidden.contains($0 + "@" + issue.id) }
        return tag("li") {
            tag("span") {
                tag("b") { "\(issue.number)." }
                tag("span") {
                    question ?? say("Питання", "Issue")
                    if !about.isEmpty {
                        tag("br")
                        tag("span", ["class": "soft small"]) { about.joined(separator: " · ") }
                    }
                    if isHidden {
                        tag("br")
                        notShown
                    }
                }
            }
            if let result = text("result") {
                tag("b", ["class": "nw"]) { result }
            } else {
                tag("span", ["class": "soft nw"]) { say("Результату ще немає", "No result yet") }
            }
        }
    }
}

extension CardEntity {
    /// Of an issue: its place on the card.
    var number: Int64 { registers["issue"]?.integer ?? 0 }
}

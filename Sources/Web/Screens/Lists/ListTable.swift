import Appeals
import CanonicalJSON
import Desk
import Replication

/// The rows of a list: number and matter are the link, the state stands last.
extension WebCall {
    func table(_ page: ListedPage, _ request: ListRequest) -> Markup { rows(page, request, hasTicks: hasTicks) }

    /// The same without what lets several be chosen.
    func rows(_ page: ListedPage, _ request: ListRequest, hasTicks: Bool = false) -> Markup {
        tag("table", ["class": "t q"]) {
            tag("caption", ["class": "sr"]) { say("Звернення, ", "Appeals ") + ordered(request.order) }
            tag("thead") {
                tag("tr") {
                    tag("td") { if hasTicks { allTick } }
                    heading(
                        .index,
                        say("Номер · суть · адреса · заявник", "Number · matter · address · applicant"),
                        request
                    )
                    // Whose it is is filtered by: no store keeps rows in the order of names.
                    tag("th", ["scope": "col"]) { say("Виконавець", "Executor") }
                    heading(.due, say("Строк", "Term"), request)
                    heading(.state, say("Стан", "State"), request)
                }
            }
            tag("tbody") { for card in page.cards { row(card, hasTicks) } }
        }
    }

    /// In which order the list stands.
    func ordered(_ order: RowOrder) -> String {
        say(order.field.label) + (order.isDescending ? say(", з кінця", ", from the end") : "")
    }

    private func heading(_ field: RowOrder.Field, _ words: String, _ request: ListRequest) -> Markup {
        let isOn = request.order.field == field, isDescending = request.order.isDescending
        let place = request.place { $0.order = RowOrder(field, isDescending: isOn && !isDescending) }
        let sort = isOn ? (isDescending ? "descending" : "ascending") : nil
        return tag("th", ["scope": "col", "aria-sort": sort]) {
            tag("a", ["href": place]) { words + (isOn ? (isDescending ? " ▼" : " ▲") : "") }
        }
    }

    private func row(_ card: ListedCard, _ hasTicks: Bool) -> Markup {
        tag("tr", ["data-appeal": card.id]) {
            tag("td") {
                if hasTicks { tick(card) }
                rowMark(card)
            }
            tag("th", ["scope": "row"]) {
                tag("a", ["href": cardPlace(card.id, card.index)]) {
                    if card.hasChanged {
                        tag("span", ["class": "new"])
                        spoken(say("нові зміни ", "new changes "))
                    }
                    tag("span", ["class": "ix"]) { card.index.isEmpty ? say("без номера", "no number") : card.index }
                    " "
                    tag("span", ["class": "subj"]) { matter(card) }
                }
                tag("br")
                tag("span", ["class": "soft"]) { about(card) }
                for tag in tags(card) {
                    " "
                    tag
                }
            }
            tag("td") { executor(card) }
            tag("td") { if let term = card.term { due(term) } }
            tag("td") { need(Need(card)) }
        }
    }

    /// Where a card is found: under the number that people say, where it has one.
    func cardPlace(_ id: String, _ index: String) -> String {
        "/cards/" + Self.encoded(index.isEmpty ? id : index)
    }

    func matter(_ card: ListedCard) -> String {
        if let question = card.question, !question.isEmpty { return question }
        if let heading = card.heading { return self.heading(.string(heading)) }
        return say("Суть не вказано", "No matter given")
    }

    /// What a heading says, with the apostrophe of print.
    func heading(_ heading: JSON) -> String {
        let words = wording.text("heading", heading)
        return language == .ukrainian ? printed(words) : words
    }

    func about(_ card: ListedCard) -> String {
        let applicant = card.applicant ?? say("заявника не показано", "the applicant is not shown")
        return [card.address, applicant].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func tags(_ card: ListedCard) -> [Markup] {
        var tags: [Markup] = []
        if card.isPriority {
            tags.append(tag("span", ["class": "tag tag-hot"]) { say("Першочергово", "First in turn") })
        }
        if let sign = card.sign, sign != .first {
            tags.append(tag("span", ["class": sign == .mass ? "tag" : "tag tag-hot"]) { say(sign.label) })
        }
        return tags
    }

    func executor(_ card: ListedCard) -> Markup {
        // At a department it goes without saying whose department has it: a person is to be named.
        let isOwn = !desk.isOffice && card.part == "main"
        let named = card.person.map { Markup($0) } ?? (isOwn ? nil : card.department.map { Markup($0) })
        let others = Counted.others(card.others)
        return Markup([
            named ?? tag("span", ["class": "st st-do"]) { say("не призначено", "nobody yet") },
            card.person != nil && desk.isOffice ? soft(card.department ?? "") : Markup(),
            card.part.flatMap { $0 == "main" ? nil : say(Wording.role($0)) }.map { soft(say("ми – ", "we: ") + $0) }
                ?? Markup(),
            card.others > 0 && card.part ?? "main" == "main" ? soft("+ " + say(others)) : Markup(),
        ])
    }

    private func soft(_ words: String) -> Markup {
        Markup([tag("br"), tag("span", ["class": "soft"]) { words }])
    }
}

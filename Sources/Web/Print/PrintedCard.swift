import Appeals
import CanonicalJSON
import Desk

/// The registration and control card: all that the Instruction asks for (resolution 348 of 14.04.1997), with empty rows for what is
/// written by hand.
extension WebCall {
    /// The registration card with the fields of its form, and the course as far as it is shown.
    func printedCard() throws -> WebReply {
        let matter = try PrintedMatter(self), card = matter.card
        let title = say("Реєстраційно-контрольна картка ", "Registration and control card ") + card.title
        return try paper(
            title,
            back: (ActPlace.card(card.id), card.title),
            unsent: unsent(card),
            others: papers(matter)
        ) {
            tag("p", ["class": "a4-top"]) {
                tag("span") {
                    lines(
                        [
                            say("Виконавчий комітет міської ради", "Executive committee of the city council"),
                            matter.officeName,
                        ]
                        .filter { !$0.isEmpty }
                    )
                }
                tag("span") {
                    lines([
                        say("Додаток до Інструкції з діловодства", "Annex to the Instruction on records"),
                        say("за зверненнями громадян", "of citizens’ appeals"),
                    ])
                }
            }
            tag("h1") { say("РЕЄСТРАЦІЙНО-КОНТРОЛЬНА КАРТКА", "REGISTRATION AND CONTROL CARD") }
            key(card)
            identity(matter)
            course(matter)
            results(matter)
        }
    }

    /// The other papers of the card, on the screen alone.
    private func papers(_ matter: PrintedMatter) -> Markup {
        let card = matter.card
        let hasResolution = card.facts.contains { $0.name.kind == "resolution" }
        let hasAnswer = card.facts.contains { $0.name.kind == "answer" }
        return Markup([
            hasResolution
                ? tag("a", ["href": PrintPlaces.resolution(card.id)]) { say("Резолюція", "Resolution") } : Markup(),
            Markup(
                card.assignments.filter { $0.assignment.state?.isGround == true }.map { given in
                    tag("a", ["href": PrintPlaces.assignment(given.assignment.entity, of: card.id)]) {
                        say("Доручення: ", "Assignment: ") + given.departmentName
                    }
                }
            ),
            hasAnswer ? tag("a", ["href": PrintPlaces.answer(card.id)]) { say("Відповідь", "Answer") } : Markup(),
        ])
    }

    /// Number, day and term at the head.
    private func key(_ card: Card) -> Markup {
        let received = printed("receivedAt", card)
        let due = card.registers["due.control"]?.string.flatMap { CivilDate($0) }?.withWeekday(language)
        let control = say(card.ending?.label ?? Wording.control(card.registers["control"]?.string))
        let cells = [
            (say("Реєстраційний індекс", "Registration index"), card.index),
            (say("Дата надходження", "Received"), received), (say("Строк", "Term"), due ?? say("немає", "none")),
            (say("Контроль", "Control"), control.uppercased()),
        ]
        return tag("div", ["class": "a4-k"]) {
            for (name, value) in cells {
                tag("p") {
                    tag("small") { name }
                    tag("b") { value }
                }
            }
        }
    }

    /// Who appeals, as far as the reader is shown it.
    private func identity(_ matter: PrintedMatter) -> Markup {
        let card = matter.card
        let signed =
            card.registers["signatories"]?.integer.map { say(", підписів: \($0)", ", signatories: \($0)") } ?? ""
        return tag("table") {
            caption(say("Звернення", "The appeal"))
            tag("tbody") {
                wide(say("Кореспондент", "Correspondent")) { correspondent(card) }
                pair(
                    (say("Категорія", "Category"), printed("applicant.category", card)),
                    (say("Соціальний стан", "Social status"), printed("applicant.socialStatus", card))
                )
                pair(
                    (say("Вид звернення", "Kind"), printed("kind", card)),
                    (say("Ознака надходження", "Sign of receipt"), printed("receiptSign", card))
                )
                pair(
                    (say("Суб’єкт", "Subject"), printed("subjectType", card) + signed),
                    (say("Місце роботи", "Place of work"), printed("applicant.workplace", card))
                )
                pair(
                    (say("Надійшло через", "Received through"), printed("channel", card)),
                    (say("На ім’я", "Addressed to"), printed("addressee", card))
                )
                pair(
                    (say("Звідки надіслано, дата, індекс", "Sent from, its date and index"), printed("external", card)),
                    (say("Дата реєстрації", "Registered on"), printed("registeredOn", card))
                )
                wide(say("Попередні звернення", "Earlier appeals"), earlier(card))
                wide(say("Рубрика, питання", "Heading, issues")) { lines(card.issues.map { issue($0, card) }) }
                wide(wordsOf(matter)) { words(card) }
                wide(say("Резолюція", "Resolution")) {
                    lines(matter.facts("resolution").map { resolution($0, matter) })
                }
                wide(say("Виконавці", "Executors")) { lines(card.assignments.map { executor($0, card) }) }
                wide(say("Продовження строку", "Extensions")) { lines(matter.facts("extension").map(extended)) }
            }
        }
    }

    /// Whence it came.
    private func correspondent(_ card: Card) -> Markup {
        let isHidden = card.hidden.contains("applicant.name")
        let address = card.addresses.first { $0.issue == nil }.map { $0.address.typed }
        let phones = card.phones.compactMap(\.value.string).map { say("тел. ", "tel. ") + Telephone.printed($0) }
        let ways = [address].compactMap(\.self) + phones + card.emails.compactMap(\.value.string)
        return Markup([
            tag("b") {
                isHidden
                    ? say("не показано цьому вузлу", "not shown to this node")
                    : card.registers["applicant.name"]?.string ?? say("не названо", "not named")
            },
            ways.isEmpty ? Markup() : Markup([tag("br"), Markup(ways.joined(separator: "; "))]),
        ])
    }

    /// Earlier appeals of the same person or matter.
    private func earlier(_ card: Card) -> String {
        let parts = ["repeatOf", "duplicateOf", "formerIndex"].compactMap { register in
            card.registers[register]?.string.map { say(Wording.register(register)) + " " + $0 }
        }
        return parts.isEmpty ? say("немає", "none") : parts.joined(separator: "; ")
    }

    /// Its number, heading, question, place and district, as far as this node is shown them.
    func issue(_ issue: CardEntity, _ card: Card) -> String {
        /// A register of the card as words; nil where there is none.
        func text(_ bare: String) -> String? {
            if card.hidden.contains(bare + "@" + issue.id) { return nil }
            return issue.registers[bare].map { printed(ValueWording(language: language).text(bare, $0)) }
        }
        let heading = issue.registers["heading"].map { self.heading($0) }
        let parts = [heading, text("question"), text("problemAddress"), text("district")].compactMap(\.self)
        return "\(issue.number). " + parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// The words of the appeal.
    private func wordsOf(_ matter: PrintedMatter) -> String {
        let who = matter.card.recordedBy.map {
            say(" (записано: ", " (recorded by ") + matter.names.person($0.user) + ")"
        }
        return say("Зміст", "Words") + (who ?? "")
    }

    /// What it says, issue by issue.
    private func words(_ card: Card) -> Markup {
        if card.hidden.contains("text") { return Markup(say("не показано цьому вузлу", "not shown to this node")) }
        let text = (card.registers["text"]?.string ?? "").split(separator: "\n").map(String.init)
        return text.isEmpty ? Markup() : Markup([Markup("«"), lines(text), Markup("»")])
    }

    /// What was decided, by whom, when.
    func resolution(_ fact: ShownFact, _ matter: PrintedMatter) -> String {
        let text = fact.item.value["text"]?.string ?? ""
        let author = fact.decider?.user ?? fact.author?.user ?? ""
        let role = fact.decider?.role.map { say(Wording.roleOfPerson($0)) } ?? ""
        let day = fact.at.flatMap { KyivTime.date(at: $0) }?.long(language) ?? ""
        let ground = fact.decider?.substitution.map { say("на підставі: ", "by ") + $0.label.text(language) } ?? ""
        let signed = [matter.names.person(author), role, ground, day].filter { !$0.isEmpty }.joined(separator: ", ")
        return (text.isEmpty ? "" : "«\(text)» ") + signed
    }

    /// An executor with what they are to do.
    private func executor(_ given: CardAssignment, _ card: Card) -> String {
        let mark = given.assignment.role == "main" ? "★ " : ""
        let person = given.person.map { " (" + card.names.person($0) + ")" } ?? ""
        let term = given.term.flatMap { CivilDate($0) }.map { say("до ", "by ") + $0.long(language) }
        let state = given.assignment.state.map { say(Wording.state($0)) }
        let more = [say(Wording.role(given.assignment.role)), term, state].compactMap(\.self).joined(separator: ", ")
        return mark + given.departmentName + person + ": " + more
    }

    /// An extension of the term with its ground.
    private func extended(_ fact: ShownFact) -> String {
        let from = fact.item.value["from"]?.string.flatMap { CivilDate($0) }?.long(language) ?? ""
        let to = fact.item.value["statutory"]?.string.flatMap { CivilDate($0) }?.long(language) ?? ""
        return say("з \(from) до \(to)", "from \(from) to \(to)") + ": " + (fact.item.value["reason"]?.string ?? "")
    }
}

import Appeals
import CanonicalJSON
import Desk
import Papers

/// The registration and control card: all that the Instruction asks for (resolution 348 of 14.04.1997), with empty rows for what is
/// written by hand.
extension WebCall {
    /// The registration card with the fields of its form, and the course as far as it is shown.
    func printedCard() throws -> Printed {
        let matter = try PrintedMatter(self), card = matter.card
        let title = say("Реєстраційно-контрольна картка ", "Registration and control card ") + card.title
        return .sheet(
            PrintedSheet(
                title: title,
                back: (ActPlace.card(card.id), card.title),
                unsent: unsent(card),
                others: papers(matter),
                blocks: [
                    .sides(
                        [
                            say("Виконавчий комітет міської ради", "Executive committee of the city council"),
                            matter.officeName,
                        ]
                        .filter { !$0.isEmpty },
                        [
                            say("Додаток до Інструкції з діловодства", "Annex to the Instruction on records"),
                            say("за зверненнями громадян", "of citizens’ appeals"),
                        ]
                    ),
                    .heading(1, say("РЕЄСТРАЦІЙНО-КОНТРОЛЬНА КАРТКА", "REGISTRATION AND CONTROL CARD")), key(card),
                    identity(matter),
                ] + course(matter) + [results(matter)]
            )
        )
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
    private func key(_ card: Card) -> PaperBlock {
        let received = printed("receivedAt", card)
        let due = card.registers["due.control"]?.string.flatMap { CivilDate($0) }?.withWeekday(language)
        let control = say(card.ending?.label ?? Wording.control(card.registers["control"]?.string))
        return .keys([
            PaperField(say("Реєстраційний індекс", "Registration index"), card.index),
            PaperField(say("Дата надходження", "Received"), received),
            PaperField(say("Строк", "Term"), due ?? say("немає", "none")),
            PaperField(say("Контроль", "Control"), control.uppercased()),
        ])
    }

    /// Who appeals, as far as the reader is shown it.
    private func identity(_ matter: PrintedMatter) -> PaperBlock {
        let card = matter.card
        let signed =
            card.registers["signatories"]?.integer.map { say(", підписів: \($0)", ", signatories: \($0)") } ?? ""
        func field(_ uk: String, _ en: String, _ words: String) -> PaperField { PaperField(say(uk, en), words) }
        func field(_ uk: String, _ en: String, _ words: [String]) -> PaperField {
            PaperField(say(uk, en), lines(words))
        }
        func register(_ uk: String, _ en: String, _ name: String) -> PaperField {
            field(uk, en, printed(name, card))
        }
        return .fields(
            caption: say("Звернення", "The appeal"),
            rows: [
                [PaperField(say("Кореспондент", "Correspondent"), correspondent(card))],
                [
                    register("Категорія", "Category", "applicant.category"),
                    register("Соціальний стан", "Social status", "applicant.socialStatus"),
                ],
                [
                    register("Вид звернення", "Kind", "kind"),
                    register("Ознака надходження", "Sign of receipt", "receiptSign"),
                ],
                [
                    field("Суб’єкт", "Subject", printed("subjectType", card) + signed),
                    register("Місце роботи", "Place of work", "applicant.workplace"),
                ],
                [
                    register("Надійшло через", "Received through", "channel"),
                    register("На ім’я", "Addressed to", "addressee"),
                ],
                [
                    register("Звідки надіслано, дата, індекс", "Sent from, its date and index", "external"),
                    register("Дата реєстрації", "Registered on", "registeredOn"),
                ],
                [field("Попередні звернення", "Earlier appeals", earlier(card))],
                [field("Рубрика, питання", "Heading, issues", card.issues.map { issue($0, card) })],
                [PaperField(wordsOf(matter), words(card))],
                [field("Резолюція", "Resolution", matter.facts("resolution").map { resolution($0, matter) })],
                [field("Виконавці", "Executors", card.assignments.map { executor($0, card) })],
                [field("Продовження строку", "Extensions", matter.facts("extension").map(extended))],
            ],
            isTall: false
        )
    }

    /// Whence it came.
    private func correspondent(_ card: Card) -> [PaperLine] {
        let isHidden = card.hidden.contains("applicant.name")
        let address = card.addresses.first { $0.issue == nil }.map { $0.address.typed }
        let phones = card.phones.compactMap(\.value.string).map { say("тел. ", "tel. ") + Telephone.printed($0) }
        let ways = [address].compactMap(\.self) + phones + card.emails.compactMap(\.value.string)
        let name =
            isHidden
            ? say("не показано цьому вузлу", "not shown to this node")
            : card.registers["applicant.name"]?.string ?? say("не названо", "not named")
        return [PaperLine(name, isStrong: true)] + lines([ways.joined(separator: "; ")])
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
            return issue.registers[bare].map { printed(wording.text(bare, $0)) }
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

    /// What it says, line by line.
    private func words(_ card: Card) -> [PaperLine] {
        if card.hidden.contains("text") { return [PaperLine(say("не показано цьому вузлу", "not shown to this node"))] }
        let text = card.registers["text"]?.string ?? ""
        return text.isEmpty ? [] : lines("«\(text)»".split(separator: "\n").map(String.init))
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

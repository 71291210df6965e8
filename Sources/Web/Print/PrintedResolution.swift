import Appeals
import CanonicalJSON
import Desk
import Papers

/// A resolution with the assignments that it gave.
extension WebCall {
    /// The resolution in force with its assignments, each with the way to its letter.
    func printedResolution() throws -> Printed {
        let matter = try PrintedMatter(self), card = matter.card
        let all = matter.facts("resolution")
        let asked = request.parameter("of")
        guard let fact = all.last(where: { PrintPlaces.short($0.name.write) == asked }) ?? all.last else {
            return .none(try nothingToPrint(card, say("Резолюції ще немає.", "There is no resolution yet.")))
        }
        let given = card.assignments.filter { $0.registers["resolution"]?.string == fact.name.write }
        let title = say("Резолюція до звернення ", "Resolution on the appeal ") + card.title
        let text = lines((fact.item.value["text"]?.string ?? "").split(separator: "\n").map(String.init))
        let shares: [(words: String, share: Int)] = [
            (say("Виконавець", "Executor"), 36), (say("Участь", "Part"), 18), (say("Питання", "Issues"), 12),
            (say("Строк", "Term"), 18), (say("Стан", "State"), 16),
        ]
        let table = PaperTable(
            caption: say("Доручення", "Assignments"),
            heads: shares.map { PaperHead($0.words, share: $0.share) },
            rows: given.map { row($0, card) }
        )
        return .sheet(
            PrintedSheet(
                title: title,
                back: (PrintPlaces.card(card.id), card.title),
                unsent: unsent(card),
                isLetter: true,
                others: Markup(all.filter { $0.name.write != fact.name.write }.map { link($0, card) }),
                blocks: [
                    letterhead(place(of: fact.author?.node ?? "", matter), matter.officeName),
                    .heading(1, say("РЕЗОЛЮЦІЯ", "RESOLUTION")), .lines([PaperLine(aboutAppeal(matter))], .plain),
                    .table(table), .lines(text, .words),
                ] + term(fact, card) + signed(fact, matter)
            )
        )
    }

    /// The way from one resolution to another.
    private func link(_ fact: ShownFact, _ card: Card) -> Markup {
        let day = fact.at.flatMap { KyivTime.date(at: $0) }?.long(language) ?? ""
        let place = Self.address(PrintPlaces.resolution(card.id), [("of", PrintPlaces.short(fact.name.write))])
        return tag("a", ["href": place]) { say("Резолюція від ", "Resolution of ") + day }
    }

    /// One executor with the term.
    private func row(_ given: CardAssignment, _ card: Card) -> [[String]] {
        let term = given.term.flatMap { CivilDate($0) }?.long(language)
        return [
            [given.departmentName] + (given.person.map { [card.names.person($0)] } ?? []),
            [say(Wording.role(given.assignment.role))], [numbers(of: given, card)],
            [term ?? say("за строком звернення", "as the appeal")],
            [given.assignment.state.map { say(Wording.state($0)) } ?? ""],
        ]
    }

    /// Of which issues of the card: their numbers, or all.
    func numbers(of given: CardAssignment, _ card: Card) -> String {
        guard let ids = given.issues else { return say("усі", "all") }
        return card.issues.filter { ids.contains($0.id) }.map { "\($0.number)" }.joined(separator: ", ")
    }

    /// By when, where the resolution says it for all.
    private func term(_ fact: ShownFact, _ card: Card) -> [PaperBlock] {
        let due = card.registers["due.control"]?.string.flatMap { CivilDate($0) }
        let isOnControl = fact.item.value["onControl"]?.bool == true
        let parts = [
            due.map { say("Строк розгляду звернення: ", "Term of the appeal: ") + $0.withWeekday(language) },
            isOnControl ? say("Взято на контроль", "Put on control") : nil,
        ]
        let words = parts.compactMap(\.self).joined(separator: ". ")
        return words.isEmpty ? [] : [.lines([PaperLine(words + ".")], .plain)]
    }

    /// Who decided, on what ground, and who wrote it down.
    func signed(_ fact: ShownFact, _ matter: PrintedMatter) -> [PaperBlock] {
        let decider = fact.decider, author = fact.author
        let user = decider?.user ?? author?.user ?? ""
        let position = matter.people[user]?.position ?? ""
        let role = decider?.role.map { say(Wording.roleOfPerson($0)) } ?? ""
        let day = fact.at.flatMap { KyivTime.date(at: $0) }?.long(language) ?? ""
        let isEntered = author.map { $0.user != user } ?? false
        var blocks: [PaperBlock] = []
        if let ground = decider?.substitution {
            blocks.append(.lines([PaperLine(say("На підставі: ", "By: ") + ground.label.text(language))], .plain))
        }
        if !day.isEmpty { blocks.append(.lines([PaperLine(day)], .plain)) }
        blocks.append(signature(position.isEmpty ? role : position, matter.names.person(user)))
        if isEntered {
            let told = say("Записано: ", "Recorded by ") + matter.names.person(author?.user ?? "")
            blocks.append(.lines([PaperLine(told)], .small))
        }
        return blocks
    }

    /// The number and the day of the appeal, and whose it is.
    func aboutAppeal(_ matter: PrintedMatter) -> String {
        let card = matter.card
        let day = card.registers["registeredOn"]?.string.flatMap { CivilDate($0) }?.long(language) ?? ""
        let applicant = printed("applicant.name", card)
        return say("До звернення №\u{A0}\(card.title) від \(day)", "On the appeal No.\u{A0}\(card.title) of \(day)")
            + (applicant.isEmpty ? "" : say("; заявник: ", "; applicant: ") + applicant) + "."
    }

    /// The printed name of a node; the office without an entry of its own has none.
    func place(of node: String, _ matter: PrintedMatter) -> String {
        if node == matter.office { return matter.officeName }
        return matter.names.department(node)
    }

    /// In place of a paper that there is nothing for.
    func nothingToPrint(_ card: Card, _ words: String) throws -> WebReply {
        page(words) {
            tag("div", ["class": "tight"]) {
                cardLink(card)
                tag("h1") { words }
            }
        }
    }
}

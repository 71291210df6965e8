import Appeals
import CanonicalJSON
import Desk
import Papers

/// The letter to the applicant on the letterhead of whoever answers: the version that the head approved, else a draft that says so.
extension WebCall {
    /// The letter of the version that the address names, else of the one in force.
    func printedAnswer() throws -> Printed {
        let matter = try PrintedMatter(self), card = matter.card
        let asked = request.parameter("assignment")
        let answered = card.assignments.filter { given in
            !matter.facts("answer", of: given.assignment.entity).isEmpty
        }
        let main = answered.first { $0.assignment.role == "main" && $0.assignment.state?.isGround == true }
        let given = answered.first { PrintPlaces.short($0.assignment.entity) == asked } ?? main ?? answered.last
        guard let given else {
            return .none(try nothingToPrint(card, say("Відповіді ще немає.", "There is no answer yet.")))
        }
        let versions = matter.facts("answer", of: given.assignment.entity)
        let approved = given.registers["answer"]?.string
        let version = versions.first { $0.name.write == approved } ?? versions.last
        let text = version?.item.value["text"]?.string ?? ""
        let isDraft = version?.name.write != approved
        let title = say("Відповідь на звернення ", "Answer to the appeal ") + card.title
        var blocks = [letterhead(given.departmentName, matter.officeName)]
        if isDraft {
            blocks.append(.lines([PaperLine(say("ПРОЄКТ, не погоджено", "DRAFT, not approved"))], .draft))
        }
        blocks += [
            numbers(given, version, matter), addressee(card), .heading(1, title, isSeen: false),
        ]
        blocks += text.split(separator: "\n", omittingEmptySubsequences: true).map {
            .lines([PaperLine(String($0))], .words)
        }
        blocks += [approval(given, version, matter)] + executor(version, matter)
        return .sheet(
            PrintedSheet(
                title: title,
                back: (PrintPlaces.card(card.id), card.title),
                unsent: unsent(card),
                isLetter: true,
                others: Markup(
                    answered.filter { $0.assignment.entity != given.assignment.entity }.map { other in
                        let place = Self.address(
                            PrintPlaces.answer(card.id),
                            [("assignment", PrintPlaces.short(other.assignment.entity))]
                        )
                        return tag("a", ["href": place]) { other.departmentName }
                    }
                ),
                blocks: blocks
            )
        )
    }

    /// Its own day and number once it went, and the appeal that it answers.
    private func numbers(_ given: CardAssignment, _ version: ShownFact?, _ matter: PrintedMatter) -> PaperBlock {
        let card = matter.card
        let sent = matter.facts("dispatch", of: given.assignment.entity).last {
            $0.item.value["version"]?.string == version?.name.write && $0.item.value["to"]?.string == "applicant"
        }
        let day = sent?.item.value["date"]?.string.flatMap { CivilDate($0) }?.long(language)
        let number = sent?.item.value["number"]?.string
        let registered = card.registers["registeredOn"]?.string.flatMap { CivilDate($0) }?.long(language) ?? ""
        return .sides(
            [(day ?? "____________") + " №\u{A0}" + (number ?? "____________")],
            [say("На №\u{A0}\(card.title) від \(registered)", "To No.\u{A0}\(card.title) of \(registered)")]
        )
    }

    /// Who is written to, as an envelope has it.
    private func addressee(_ card: Card) -> PaperBlock {
        let address = card.addresses.first { $0.issue == nil }.map { $0.resolved ?? $0.address.typed }
        let wish = card.registers["replyPreference"]?.string
        let mail = wish == "email" ? card.emails.first?.value.string : nil
        let name = printed("applicant.name", card)
        return .lines(lines([name, address, mail].compactMap(\.self)), .addressee)
    }

    /// The head who stands by this version signs; nobody's name stands under a draft.
    private func approval(_ given: CardAssignment, _ version: ShownFact?, _ matter: PrintedMatter) -> PaperBlock {
        let approval = matter.facts("approval", of: given.assignment.entity).last {
            $0.item.value["version"]?.string == version?.name.write
        }
        guard let author = approval?.author else { return signature("", "") }
        return signature(matter.people[author.user]?.position ?? "", matter.names.person(author.user))
    }

    /// Who prepared the answer, with a telephone.
    private func executor(_ version: ShownFact?, _ matter: PrintedMatter) -> [PaperBlock] {
        guard let user = version?.author?.user, !user.isEmpty else { return [] }
        let phone = matter.people[user]?.phone ?? ""
        let words = matter.names.person(user) + (phone.isEmpty ? "" : ", " + Telephone.printed(phone))
        return [.lines([PaperLine(words)], .small)]
    }
}

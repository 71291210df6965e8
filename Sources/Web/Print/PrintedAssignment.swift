import Appeals
import CanonicalJSON
import Desk
import Papers
import Replication

/// The letter to one executor: what is asked, of which issues, by when, with whom.
extension WebCall {
    /// The letter to one executor; an assignment that is not shown here is no page.
    func printedAssignment() throws -> Printed {
        let matter = try PrintedMatter(self), card = matter.card
        let named = parameters["assignment"] ?? ""
        guard let given = card.assignments.first(where: { PrintPlaces.short($0.assignment.entity) == named }) else {
            return .none(try noSuchPage())
        }
        let write = given.registers["resolution"]?.string
        let fact = matter.facts("resolution").first { $0.name.write == write }
        let heads = try desk.read { try desk.heads(of: given.assignment.department, $0) }
        let title = say("Доручення за зверненням ", "Assignment on the appeal ") + card.title
        return .sheet(
            PrintedSheet(
                title: title + " · " + given.departmentName,
                back: (PrintPlaces.card(card.id), card.title),
                unsent: unsent(card),
                isLetter: true,
                blocks: [
                    letterhead(
                        fact.map { place(of: $0.author?.node ?? "", matter) } ?? matter.officeName,
                        matter.officeName
                    ), .lines(lines([given.departmentName] + heads), .addressee),
                    .heading(1, say("ДОРУЧЕННЯ", "ASSIGNMENT")), .lines([PaperLine(aboutAppeal(matter))], .plain),
                    fields(given, fact, matter),
                ] + (fact.map { signed($0, matter) } ?? [])
            )
        )
    }

    /// What is to be done, by when, and by whom it was given.
    private func fields(_ given: CardAssignment, _ fact: ShownFact?, _ matter: PrintedMatter) -> PaperBlock {
        let card = matter.card
        let issues = card.issues.filter { given.issues?.contains($0.id) ?? true }
        let others = card.assignments.filter {
            $0.assignment.entity != given.assignment.entity && $0.assignment.state?.isGround == true
        }
        let term = given.term.flatMap { CivilDate($0) }
        let due = card.registers["due.control"]?.string.flatMap { CivilDate($0) }
        let together = others.map { other in
            let term = other.term.flatMap { CivilDate($0) }.map { say(", до ", ", by ") + $0.long(language) }
            return other.departmentName + ": " + say(Wording.role(other.assignment.role)) + (term ?? "")
        }
        return .fields(
            caption: say("Що доручено", "What is asked"),
            rows: [
                PaperField(say("Резолюція", "Resolution"), fact?.item.value["text"]?.string ?? ""),
                PaperField(say("Ваша участь", "Your part"), say(Wording.role(given.assignment.role)).capitalizedFirst),
                PaperField(say("Питання", "Issues"), lines(issues.map { issue($0, card) })),
                PaperField(
                    say("Строк", "Term"),
                    (term ?? due).map { say("до ", "by ") + $0.withWeekday(language) } ?? say("не названо", "not given")
                ), PaperField(say("Заявник", "Applicant"), printed("applicant.name", card)),
                PaperField(say("Форма відповіді", "Form of the answer"), printed("replyPreference", card)),
                PaperField(say("Виконавець", "Executor"), given.person.map { card.names.person($0) } ?? ""),
                PaperField(say("Разом із вами", "Together with you"), lines(together)),
            ].map { [$0] },
            isTall: false
        )
    }
}

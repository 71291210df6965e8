import Appeals
import CanonicalJSON
import Desk
import Papers

/// What was done about an appeal and what came of it, as rows of the card's form.
extension WebCall {
    /// Internal notes are on no paper.
    func course(_ matter: PrintedMatter) -> [PaperBlock] {
        let items = TimelineItem.all(matter.card, matter.history).filter { !$0.isInner }
        let title = say("Хід розгляду", "Course")
        var blocks: [PaperBlock] = [
            .heading(2, title),
            .table(
                PaperTable(
                    caption: title,
                    heads: [
                        PaperHead(say("Дата, час", "Date, time"), share: 17), PaperHead(say("Хто", "Who"), share: 23),
                        PaperHead(say("Що зроблено", "What was done"), share: 43),
                        PaperHead(say("Отримано Центром", "Received by the office"), share: 17),
                    ],
                    rows: items.map { row($0, matter) }
                )
            ),
        ]
        if matter.history.next != nil {
            let told = say(
                "Надруковано перші \(Cards.operations) дій; решта – в історії картки.",
                "The first \(Cards.operations) acts are printed; the rest stands in the card’s history."
            )
            blocks.append(.lines([PaperLine(told)], .plain))
        }
        return blocks
    }

    /// One step of the course: when, what, by whom.
    private func row(_ item: TimelineItem, _ matter: PrintedMatter) -> [[String]] {
        let names = matter.names
        let when = item.at.map { moment($0) } ?? item.day?.long(language) ?? ""
        let deciding = item.decider.map { names.person($0.user) }
        let author = item.author.map { author in
            [
                author.user.isEmpty || author.user == item.decider?.user ? "" : names.person(author.user),
                place(of: author.node, names, office: matter.office),
            ].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        let fields = item.fields.map { "\(say($0.name)): \(wording.text($0.register, $0.value))" }
        let told =
            [say(item.title)] + fields + item.words + [item.voice.map { "«\($0)»" }].compactMap(\.self)
            + [item.trouble.map { say($0) }].compactMap(\.self) + item.flags.map { say($0) }
        let received =
            item.isUnsent
            ? say("ще не отримано", "not yet") : item.receivedAt.map { moment($0) } ?? say("отримано", "received")
        return [
            [when], [[deciding, author].compactMap(\.self).joined(separator: "; ")], [told.joined(separator: ". ")],
            [received],
        ]
    }

    /// The reverse of the card; what no program knows stays empty for the pen.
    func results(_ matter: PrintedMatter) -> PaperBlock {
        let card = matter.card
        let toApplicant = matter.facts("dispatch").filter { $0.item.value["to"]?.string == "applicant" }
        let last = toApplicant.last { $0.item.value["final"]?.bool != false }
        let early = toApplicant.filter { $0.item.value["final"]?.bool == false }
        let received = card.registers["receivedAt"]?.string.flatMap { KyivTime.date(rfc3339: $0) }
        let done = last?.item.value["date"]?.string.flatMap { CivilDate($0) }
        let days = received.flatMap { received in done.map { received.days(until: $0) } }
        let issues = card.issues.compactMap { issue in
            issue.registers["result"].map { "\(issue.number). " + wording.text("result", $0) }
        }
        let removal = matter.facts("removal").last
        let took = done.map { $0.long(language) + (days.map { say(", за \($0) дн.", ", in \($0) days") } ?? "") }
        func free(_ uk: String, _ en: String) -> PaperField { PaperField(say(uk, en), "") }
        return .fields(
            caption: say("Що з цього вийшло", "What came of it"),
            rows: [
                [PaperField(say("Проміжна відповідь", "Preliminary answer"), lines(early.map(letter)))],
                [PaperField(say("Результат розгляду", "Result"), lines(issues))],
                [PaperField(say("Фактично виконано", "Actually done"), took ?? "")],
                [PaperField(say("Відповідь: дата, №, кому", "Answer: date, number, to"), last.map(letter) ?? "")],
                [free("Перевірено на місці (дата, працівник)", "Checked on site (date, by whom)")],
                [
                    PaperField(
                        say("Знято з контролю", "Removed from control"),
                        removal.map { removed($0, matter) } ?? ""
                    )
                ],
                [free("Справа, том", "Case, volume"), free("Аркуші", "Sheets")],
                [free("Фонд", "Fonds"), free("Опис", "Inventory")],
            ],
            isTall: true
        )
    }

    /// The day, the number, to whom and how.
    private func letter(_ fact: ShownFact) -> String {
        let value = fact.item.value
        let parts = [
            value["date"]?.string.flatMap { CivilDate($0) }?.long(language),
            value["number"]?.string.map { "№\u{A0}" + $0 }, value["to"].map { wording.text("to", $0) },
            value["channel"].map { wording.text("channel", $0).lowercasedFirst },
        ]
        return parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// A removal from control with its basis.
    private func removed(_ fact: ShownFact, _ matter: PrintedMatter) -> String {
        let author = fact.decider?.user ?? fact.author?.user ?? ""
        let day = matter.card.registers["removedOn"]?.string.flatMap { CivilDate($0) }?.long(language)
        return [day, matter.names.person(author), fact.item.value["basis"]?.string].compactMap(\.self)
            .filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

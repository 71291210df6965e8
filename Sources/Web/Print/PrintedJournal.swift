import Appeals
import CanonicalJSON
import Desk
import Papers

/// A list on paper: the journal of appeals, with the filters and the order of the screen.
extension WebCall {
    /// Rows of a paper at most; what is beyond is told, not left out in silence.
    private static let printedRows = 500

    /// The list of the address as a journal, page by page.
    func printedJournal() throws -> Printed {
        let name = request.parameter("queue") ?? ""
        let queue = Queue(name)
        let isOfRows = queue.map { $0.filter(of: "") != nil } ?? name.isEmpty
        guard isOfRows, queue != .work(.decisions) else { return .none(try noSuchPage()) }
        let asked = try ListRequest(self, queue: queue)
        var filter = asked.filter(of: person?.user ?? "")
        if case .work? = queue, filter.person.isEmpty { filter.person = try desk.personOfWork() ?? "" }
        let list = try desk.listedCards(filter, in: asked.order, after: asked.after, limit: Self.printedRows)
        let unsent = try desk.read { Int(clamping: try desk.outbox($0).count) }
        let title = queue.map { say($0.label) } ?? say("Журнал звернень", "Journal of appeals")
        let shown = list.cards.count
        let printed =
            Int64(shown) == list.total
            ? say("Усього: \(shown).", "In all: \(shown).")
            : say("Надруковано \(shown) із \(list.total).", "\(shown) of \(list.total) printed.")
        let told = say("Станом на ", "As of ") + moment(now) + ", " + ordered(asked.order) + ". " + printed
        return .sheet(
            PrintedSheet(
                title: title,
                back: (queue?.path ?? "/cards", title),
                unsent: unsent > 0 ? say(Counted.unsent(unsent)) : "",
                blocks: [.heading(1, title), .lines([PaperLine(told)], .plain), .table(table(list))]
            )
        )
    }

    /// The rows with their numbers on the page.
    private func table(_ list: ListedPage) -> PaperTable {
        PaperTable(
            caption: say("Звернення", "Appeals"),
            heads: [
                PaperHead(say("№", "No."), share: 6), PaperHead(say("Індекс", "Index"), share: 12),
                PaperHead(say("Заявник, адреса", "Applicant, address"), share: 20),
                PaperHead(say("Суть", "Matter"), share: 22), PaperHead(say("Виконавець", "Executor"), share: 16),
                PaperHead(say("Строк", "Term"), share: 12), PaperHead(say("Стан", "State"), share: 12),
            ],
            rows: list.cards.enumerated().map { place, card in row(card, place + 1) }
        )
    }

    /// One appeal of the journal.
    private func row(_ card: ListedCard, _ number: Int) -> [[String]] {
        let applicant = card.applicant ?? say("заявника не показано", "the applicant is not shown")
        let matter = card.question ?? card.heading.map { heading(.string($0)) } ?? ""
        let term = card.term.map { Deadline($0) }
        return [
            ["\(number)"], [card.index.isEmpty ? say("без номера", "no number") : card.index],
            [applicant, card.address].compactMap(\.self).filter { !$0.isEmpty }, [matter],
            [card.department, card.person].compactMap(\.self),
            term.map { [$0.day.long(language), say($0.words)] } ?? [],
            [say(Need(card).words) + (card.isUnsent ? say("; ще не передано", "; not sent yet") : "")],
        ]
    }
}

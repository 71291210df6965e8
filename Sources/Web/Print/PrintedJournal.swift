import Appeals
import CanonicalJSON
import Desk

/// A list on paper: the journal of appeals, with the filters and the order of the screen.
extension WebCall {
    /// Rows of a paper at most; what is beyond is told, not left out in silence.
    private static let printedRows = 500

    /// The list of the address as a journal, page by page.
    func printedJournal() throws -> WebReply {
        let name = request.parameter("queue") ?? ""
        let queue = Queue(name)
        let isOfRows = queue.map { $0.filter(of: "") != nil } ?? name.isEmpty
        guard isOfRows, queue != .work(.decisions) else { return try noSuchPage() }
        let asked = try ListRequest(self, queue: queue)
        var filter = asked.filter(of: person?.user ?? "")
        if case .work? = queue, filter.person.isEmpty { filter.person = try desk.personOfWork() ?? "" }
        let list = try desk.listedCards(filter, in: asked.order, after: asked.after, limit: Self.printedRows)
        let unsent = try desk.read { Int(clamping: try desk.outbox($0).count) }
        let title = queue.map { say($0.label) } ?? say("Журнал звернень", "Journal of appeals")
        let shown = list.cards.count
        return try paper(
            title,
            back: (queue?.path ?? "/cards", title),
            unsent: unsent > 0 ? say(Counted.unsent(unsent)) : ""
        ) {
            tag("h1") { title }
            tag("p") {
                say("Станом на ", "As of ") + moment(now) + ", " + ordered(asked.order) + ". "
                    + (Int64(shown) == list.total
                        ? say("Усього: \(shown).", "In all: \(shown).")
                        : say("Надруковано \(shown) із \(list.total).", "\(shown) of \(list.total) printed."))
            }
            rows(list)
        }
    }

    /// The rows with their numbers on the page.
    private func rows(_ list: ListedPage) -> Markup {
        let heads = [
            say("№", "No."), say("Індекс", "Index"), say("Заявник, адреса", "Applicant, address"),
            say("Суть", "Matter"),
            say("Виконавець", "Executor"), say("Строк", "Term"), say("Стан", "State"),
        ]
        return tag("table", ["class": "a4-list"]) {
            caption(say("Звернення", "Appeals"))
            tag("thead") { tag("tr") { for head in heads { tag("th", ["scope": "col"]) { head } } } }
            tag("tbody") { for (place, card) in list.cards.enumerated() { row(card, place + 1) } }
        }
    }

    /// One appeal of the journal.
    private func row(_ card: ListedCard, _ number: Int) -> Markup {
        let applicant = card.applicant ?? say("заявника не показано", "the applicant is not shown")
        let matter = card.question ?? card.heading.map { heading(.string($0)) } ?? ""
        let executor = [card.department, card.person].compactMap(\.self)
        let term = card.term.map { Deadline($0) }
        return tag("tr") {
            tag("td") { "\(number)" }
            tag("td") { card.index.isEmpty ? say("без номера", "no number") : card.index }
            tag("td") { lines([applicant, card.address].compactMap(\.self).filter { !$0.isEmpty }) }
            tag("td") { matter }
            tag("td") { lines(executor) }
            tag("td") { term.map { lines([$0.day.long(language), say($0.words)]) } ?? Markup() }
            tag("td") {
                say(Need(card).words) + (card.isUnsent ? say("; ще не передано", "; not sent yet") : "")
            }
        }
    }
}

package import Appeals
import CanonicalJSON
import Cryptography
package import Replication

/// One appeal in a list as people look at it: what it is about, who has it, by when, what is to be done.
package struct ListedCard {
    package let id: String
    /// Empty until it has a registration index.
    package let index: String
    /// The question of its first issue; nil where there is none, and where this node is not shown it.
    package let question: String?
    /// The heading of its first issue, its code.
    package let heading: String?
    /// Where its first issue is, as it was typed.
    package let address: String?
    /// Nil where this node is not shown who they are.
    package let applicant: String?
    package let isPriority: Bool
    package let sign: ReceiptSign?
    /// The printed name of the main executor's department; nil without one.
    package let department: String?
    /// The printed name of who is named: in this department's assignment, at the office in the main one.
    package let person: String?
    /// As what this department has it: `main`, `co`, `inform`; nil at the office, and where it has no assignment.
    package let part: String?
    /// How many departments have it beside the main one.
    package let others: Int
    /// Nil of a newer version's state.
    package let state: AppealState?
    /// What this node is to do about it.
    package let work: [WorkMark]
    package let term: ListedTerm?
    package let isDisputed: Bool
    /// Whether own work on it is not with the office yet.
    package let isUnsent: Bool
    /// Whether the office refused own work on it, and nobody has looked at that.
    package let isRefused: Bool
    /// Whether it has changed since whoever asks has opened it; false if they never did.
    package let hasChanged: Bool
}

/// By when something about an appeal is due.
package struct ListedTerm: Equatable {
    package enum Standing: Equatable {
        case open(DeadlineState, workingDays: Int?)
        /// The node itself registered it, and the office has not received that.
        case provisional
        /// It is over; so many days after its term, 0: within it.
        case over(daysLate: Int)
    }

    package let day: CivilDate
    package let standing: Standing
    /// The day before an extension.
    package let extendedFrom: CivilDate?

    package init(day: CivilDate, standing: Standing, extendedFrom: CivilDate?) {
        self.day = day
        self.standing = standing
        self.extendedFrom = extendedFrom
    }
}

/// A page of a list.
package struct ListedPage {
    package let cards: [ListedCard]
    /// How many fit, on all pages.
    package let total: Int64
    /// Where the next page begins; nil at the end.
    package let next: AppealMark?

    package init(cards: [ListedCard], total: Int64, next: AppealMark?) {
        self.cards = cards
        self.total = total
        self.next = next
    }
}

extension Desk {
    /// A page of the appeals that fit, as `appeals` lists them, with all that a list shows of each.
    package func listedCards(
        _ filter: AppealFilter,
        in order: RowOrder = RowOrder(),
        after mark: AppealMark? = nil,
        limit: Int
    ) throws -> ListedPage {
        try read { reading in
            let rows = try listed(reading)
            let filter = try listFilter(filter, reading)
            let (found, next) = try rows.page(filter, in: order, after: mark, limit: limit)
            var view = try CardView(self, reading)
            return ListedPage(
                cards: try found.compactMap { try view.card($0) },
                total: try rows.count(filter),
                next: next
            )
        }
    }

    /// What an appeal is now, as far as it is shown: changes whenever an item of it does, and when the office confirms own
    /// work it stays.
    package static func revision(of appeal: Aggregate) -> String {
        var text: [UInt8] = []
        for section in Section.allCases {
            for (name, item) in appeal.items(section) {
                text += Array("\(section.rawValue)/\(name) \(item.write)\n".utf8)
            }
        }
        return String(SHA256.hash(text).hex.prefix(32))
    }
}

/// What a list needs once for all its cards.
struct CardView {
    let desk: Desk
    let reading: any StoreReading
    let calendar: WorkingCalendar?
    let refused: Set<String>
    var names: [String: String] = [:]

    init(_ desk: Desk, _ reading: any StoreReading) throws {
        self.desk = desk
        self.reading = reading
        // A list is shown whatever was published as a calendar.
        do { calendar = try desk.calendar(reading) } catch is CalendarRefusal { calendar = nil }
        let node = desk.isOffice ? nil : desk.place.node
        refused =
            desk.isOffice
            ? []
            : Set(
                try reading.operations(status: .refused, node: node, limit: Desk.countedAtMost)
                    .filter { $0.decision == nil }.compactMap(\.appeal)
            )
    }

    private mutating func name(_ key: String) throws -> String? {
        if let name = names[key] { return name }
        let name = try desk.entry(key, reading)?.register("entry")?["name"]?.string
        names[key] = name ?? String(key.drop { $0 != "/" }.dropFirst())
        return names[key]
    }

    mutating func card(_ listed: ListedRows.Listed) throws -> ListedCard? {
        guard let shown = try desk.shown(listed, reading) else { return nil }
        return try card(listed, shown)
    }

    /// The same of what is read already.
    mutating func card(_ listed: ListedRows.Listed, _ shown: ShownAppeal) throws -> ListedCard {
        let appeal = shown.appeal, columns = listed.columns
        let assignments = ShownAssignment.all(of: appeal).filter { $0.state?.isGround == true }
        let main = assignments.first { $0.role == "main" }
        let own = desk.isOffice ? main : assignments.last { $0.department == desk.place.node }
        let person = own.flatMap { appeal.register("person@" + $0.entity)?.string }
        let issue = appeal.firstIssue
        func ofIssue(_ bare: String) -> JSON? { issue.flatMap { appeal.register(bare + "@" + $0) } }
        return ListedCard(
            id: listed.id,
            index: columns.index,
            question: ofIssue("question")?.string,
            heading: ofIssue("heading")?.string,
            address: ofIssue("problemAddress").flatMap { Address($0)?.typed },
            applicant: appeal.register("applicant.name")?.string,
            isPriority: appeal.register("priority")?.bool ?? false,
            sign: appeal.register("receiptSign")?.string.flatMap(ReceiptSign.init(rawValue:)),
            department: columns.main.isEmpty ? nil : try name("department/" + columns.main),
            person: try person.flatMap { try name("person/" + $0) },
            part: desk.isOffice ? nil : own?.role,
            others: assignments.count { $0.role != "main" },
            state: AppealState(rawValue: columns.state),
            work: columns.work.compactMap { mark($0) },
            term: term(shown, columns),
            isDisputed: columns.isDisputed,
            isUnsent: listed.isUnsent,
            isRefused: refused.contains(listed.id),
            hasChanged: try hasChanged(appeal)
        )
    }

    /// The mark of a token that is this node's; at the office all marks count, since it sees all.
    private func mark(_ token: String) -> WorkMark? {
        let parts = token.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, desk.isOffice || parts[1].hasPrefix(desk.place.node + ":") else { return nil }
        return WorkMark(rawValue: String(parts[0]))
    }

    private func hasChanged(_ appeal: Aggregate) throws -> Bool {
        guard let user = desk.who.user, let seen = try reading.local(.seen, Desk.seenKey(user, appeal.id)) else {
            return false
        }
        return seen.bytes != Array(Desk.revision(of: appeal).utf8)
    }

    private func term(_ shown: ShownAppeal, _ columns: RowColumns) -> ListedTerm? {
        let appeal = shown.appeal
        let control = (appeal.register("due.control") ?? appeal.register("due.statutory"))?.string
        let last = ShownFact.all(of: appeal, "extension").last
        let from = last?.item.value["from"]?.string.flatMap { CivilDate($0) }
        guard let day = CivilDate(columns.term) else {
            guard let day = control.flatMap({ CivilDate($0) }),
                let end = appeal.register("removedOn")?.string.flatMap({ CivilDate($0) })
            else { return nil }
            return ListedTerm(day: end, standing: .over(daysLate: max(0, day.days(until: end))), extendedFrom: nil)
        }
        let isOwn = shown.unsent.contains { $0.kind == "appeal.registered" }
        guard !isOwn, let calendar else { return ListedTerm(day: day, standing: .provisional, extendedFrom: nil) }
        let isExtended = from != nil && columns.term == control
        let state = DeadlineState(due: day, today: desk.today, calendar: calendar, isExtended: isExtended)
        let isFar = desk.today >= day || desk.today.days(until: day) > CardView.countedDays
        return ListedTerm(
            day: day,
            standing: .open(state, workingDays: isFar ? nil : calendar.workingDays(after: desk.today, through: day)),
            extendedFrom: isExtended ? from : nil
        )
    }

    /// Working days are counted so far ahead: beyond, the date says enough.
    private static let countedDays = 60
}

/// One appeal as a list would show it, and what of its removal from control is still to be done.
package struct CardSummary {
    package let listed: ListedCard
    /// Each step in the order in which the act looks, with what it would be refused for.
    package let removal: [(step: RemovalStep, refusal: Refusal?)]
    /// What the card is now (`Desk.revision`).
    package let revision: String
}

extension Desk {
    /// The same of one appeal; refused as `card` refuses.
    package func summary(ofAppeal name: String) throws -> CardSummary {
        try read { reading in
            let shown = try shownAppeal(name, reading)
            let row = ListedRows.Listed(
                id: shown.id,
                columns: RowColumns(shown.appeal),
                isUnsent: !shown.unsent.isEmpty
            )
            var view = try CardView(self, reading)
            guard let listed = try view.card(row) else { throw try gone(name, shown.id, reading) }
            return CardSummary(
                listed: listed,
                removal: RemovalStep.allCases.map { ($0, shown.appeal.refusal(of: $0)) },
                revision: Self.revision(of: shown.appeal)
            )
        }
    }
}

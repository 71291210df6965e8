package import Appeals
package import CanonicalJSON
package import Replication

/// What a list of appeals is asked for; what is empty or nil wants any.
package struct AppealFilter {
    package var state: AppealState?
    /// A department as it is typed.
    package var main = ""
    /// A part of the registration index as it is typed.
    package var index = ""
    package var disputed = false
    /// Those of one list of work; all of its node, whoever asks.
    package var list: WorkList?
    /// A department as it is typed, of which the list is meant; empty: this node's.
    package var of = ""
    /// In the place of a department: the list is meant of any of them.
    package static let anyDepartment = "*"
    /// Registered on this day or later, and on this day or earlier.
    package var registeredFrom: CivilDate?
    package var registeredThrough: CivilDate?
    /// A person as they are typed: those in which they are named and something is to be done.
    package var person = ""
    /// Only what is due today, by any term.
    package var isDueToday = false

    package init() {}
}

/// A page of the list of appeals.
package struct AppealPage {
    package let appeals: [ListedAppeal]
    /// How many fit the filter, on all pages.
    package let total: Int64
    /// Where the next page begins; nil at the end.
    package let next: AppealMark?

    package init(appeals: [ListedAppeal], total: Int64, next: AppealMark?) {
        self.appeals = appeals
        self.total = total
        self.next = next
    }
}

/// One appeal in a list.
package struct ListedAppeal {
    package let id: String
    package let index: String
    /// Days as `2026-05-14`; empty if there is none.
    package let registeredOn: String
    package let due: String
    /// The earliest day on which something about it is due; empty if nothing is.
    package let term: String
    /// The code of its state; a newer version may have codes that this one does not know.
    package let state: String
    /// The main executor's department, and its printed name.
    package let main: String
    package let mainName: String
    /// Nil where this node is not shown who they are.
    package let applicant: String?
    /// What it is about: the heading of its first issue, else its question; nil where this node is not shown it.
    package let subject: JSON?
    package let isDisputed: Bool
    /// Whether own work on it is not with the office yet.
    package let isUnsent: Bool
    /// When it left this department, unix milliseconds; nil if it is here.
    package let leftAt: Int64?
    /// What became of the department's assignments, of a card that left.
    package let outcomes: [AssignmentState]

    init(_ listed: ListedRows.Listed, mainName: String, appeal: Aggregate?) {
        let columns = listed.columns
        id = listed.id
        index = columns.index
        registeredOn = columns.registeredOn
        due = columns.due
        term = columns.term
        state = columns.state
        main = columns.main
        self.mainName = mainName
        applicant = appeal?.register("applicant.name")?.string
        subject = appeal?.subject
        isDisputed = columns.isDisputed
        isUnsent = listed.isUnsent
        leftAt = nil
        outcomes = []
    }

    init(departed stub: StubRecord) {
        let told = stub.told
        id = stub.appeal
        index = stub.index
        registeredOn = told?["registeredOn"]?.string ?? ""
        due = told?["due.statutory"]?.string ?? ""
        term = ""
        state = ""
        main = ""
        mainName = ""
        applicant = nil
        subject = nil
        isDisputed = false
        isUnsent = stub.kept > 0
        leftAt = stub.at
        outcomes = (told?["assignments"]?.object?.members ?? []).compactMap { _, state in
            state.string.flatMap(AssignmentState.init)
        }
    }

    /// Whether something about it was due before this day and is not done.
    package func isOverdue(on day: CivilDate) -> Bool { !term.isEmpty && term < day.description }
}

/// Where a list goes on: after this row, by its due date or what else the list is ordered by.
package struct AppealMark: Sendable, Equatable, CustomStringConvertible {
    let place: RowPlace

    init(_ place: RowPlace) { self.place = place }

    /// `value/key`, as `description` writes it; nil if it is not of that form.
    package init?(_ text: String) {
        // An index, by which a list may be ordered, has slashes; an id has none.
        guard let slash = text.lastIndex(of: "/") else { return nil }
        self.init(RowPlace(value: String(text[..<slash]), key: String(text[text.index(after: slash)...])))
    }

    package var description: String { place.value + "/" + place.key }
}

extension Desk {
    /// A page of the appeals that fit, by due date unless another order is wanted, without those that are kept from the reader.
    ///
    /// Refused if there is no such department, or if a list is asked for that is not made of appeals that are here
    /// (`departedPage`). At most `limit` appeals, among them those that were registered here and are not confirmed; `mark` is
    /// of a page in the same order.
    package func appeals(
        _ filter: AppealFilter,
        in order: RowOrder = RowOrder(),
        after mark: AppealMark? = nil,
        limit: Int
    ) throws -> AppealPage {
        try read { reading in
            let rows = try listed(reading)
            let filter = try listFilter(filter, reading)
            let (found, next) = try rows.page(filter, in: order, after: mark, limit: limit)
            return AppealPage(
                appeals: try found.map { try listedAppeal($0, reading) },
                total: try rows.count(filter),
                next: next
            )
        }
    }

    /// How many appeals fit, over rows of a snapshot that is open; refused as `appeals` refuses.
    package func count(_ filter: AppealFilter, _ rows: ListedRows, _ reading: any StoreReading) throws -> Int64 {
        try rows.count(listFilter(filter, reading))
    }

    /// A page of the cards that left this department, the last one first; `after` is the mark of a former page.
    ///
    /// None to who is limited to departments: nobody knows any more of which they were.
    package func departedPage(after mark: AppealMark? = nil, limit: Int) throws -> AppealPage {
        guard who.departments.isEmpty else { return AppealPage(appeals: [], total: 0, next: nil) }
        return try read { reading in
            let before = mark.flatMap { mark in Int64(mark.place.value).map { (at: $0, appeal: mark.place.key) } }
            let found = try reading.departed(before: before, limit: limit + 1)
            let shown = found.prefix(limit)
            return AppealPage(
                appeals: shown.map { ListedAppeal(departed: $0) },
                total: Int64(try reading.departed(before: nil, limit: Self.countedAtMost).count),
                next: found.count > limit
                    ? shown.last.map { AppealMark(RowPlace(value: String($0.at), key: $0.appeal)) } : nil
            )
        }
    }

    /// The same filter as rows know it; refused as `appeals` refuses.
    func listFilter(_ asked: AppealFilter, _ reading: any StoreReading) throws -> ListFilter {
        var asked = asked
        if !asked.of.isEmpty, asked.of != AppealFilter.anyDepartment {
            asked.of = try knownDepartment(asked.of, reading)
        }
        if !asked.main.isEmpty { asked.main = try knownDepartment(asked.main, reading) }
        let soon = asked.list == .soon ? try lastNearDay(reading) : today
        var filter = rows(asked, soon: soon)
        if !asked.index.isEmpty { filter.index = RegistrationIndex.parts(typed: asked.index) }
        if !asked.person.isEmpty { filter.person = try person(asked.person, reading) }
        return filter
    }

    /// The same where departments are ids, without a number and a person; `soon`: the last day that is near.
    func rows(_ asked: AppealFilter, soon: CivilDate) -> ListFilter {
        let isOwn = asked.of.isEmpty
        var filter = ListFilter()
        if let list = asked.list {
            let node = isOwn ? place.node : asked.of == AppealFilter.anyDepartment ? nil : asked.of
            filter = list.filter(node: node, isOffice: isOffice && isOwn, today: today, soon: soon)
        }
        filter.state = asked.state?.rawValue ?? ""
        filter.main = asked.main
        filter.disputed = asked.disputed
        filter.registeredFrom = asked.registeredFrom?.description ?? ""
        filter.registeredThrough = asked.registeredThrough?.description ?? ""
        if asked.isDueToday { (filter.termFrom, filter.termThrough) = (today.description, today.description) }
        return filter
    }

    private func knownDepartment(_ typed: String, _ reading: any StoreReading) throws -> String {
        let department = try department(typed, reading)
        guard try department == place.node || entry("department/" + department, reading) != nil else {
            throw DeskError(Refusal(.unknownDepartment, path: department))
        }
        return department
    }

    /// An appeal of a list, with what this node is shown of it.
    func listedAppeal(_ listed: ListedRows.Listed, _ reading: any StoreReading) throws -> ListedAppeal {
        try listedAppeal(listed, shown(listed, reading)?.appeal, reading)
    }

    /// The same of what is read already; nil of what is not shown here.
    func listedAppeal(
        _ listed: ListedRows.Listed,
        _ appeal: Aggregate?,
        _ reading: any StoreReading
    ) throws -> ListedAppeal {
        let main = listed.columns.main
        return ListedAppeal(
            listed,
            mainName: main.isEmpty ? "" : try departmentName(main, reading),
            appeal: appeal
        )
    }

    /// The same by its id; nil if it is not shown here.
    func listedAppeal(_ id: String, _ reading: any StoreReading) throws -> ListedAppeal? {
        guard let shown = try shown(id, reading) else { return nil }
        let isUnsent = !shown.unsent.isEmpty
        return try listedAppeal(.init(id: id, columns: RowColumns(shown.appeal), isUnsent: isUnsent), reading)
    }
}

extension Aggregate {
    /// The issue that stands first on the card.
    package var firstIssue: String? { issuesInOrder.first }

    private var issuesInOrder: [String] {
        entities(with: "issue").sorted {
            (register("issue@" + $0)?.integer ?? 0, $0) < (register("issue@" + $1)?.integer ?? 0, $1)
        }
    }

    /// What the appeal is about, in a word: the heading of its first issue, else its question.
    fileprivate var subject: JSON? {
        issuesInOrder.lazy.compactMap { self.register("heading@" + $0) ?? self.register("question@" + $0) }.first
    }
}

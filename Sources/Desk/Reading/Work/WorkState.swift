import Appeals
package import Replication

/// What is to be done by whoever asks: the lists for their roles, of which there is something or not.
package struct WorkState {
    /// One list with how many are on it and the first of them.
    package struct Counted {
        package let list: WorkList
        package let count: Int64
        /// By due date; of departed cards, and of what was not read, the newest or the oldest first.
        package let first: [ListedAppeal]
    }

    package let lists: [Counted]
    /// Departments that have not read for long what was given to them (office).
    package let unread: [UnreadDepartment]
    /// The first of what waits for a decision, with who decides and by when; nil where nothing is shown of it.
    package let decisions: CasePage?

    package init(lists: [Counted], unread: [UnreadDepartment], decisions: CasePage?) {
        self.lists = lists
        self.unread = unread
        self.decisions = decisions
    }
}

extension Desk {
    /// The lists of whoever asks, each with its count and at most `first` appeals; of nobody in particular, all of the node.
    ///
    /// An executor is shown the appeals in which they are named. Refused as `roleMissing` to who has no role here.
    package func work(first: Int) throws -> WorkState {
        try read { reading in
            if let user = who.user, try roles(of: user, in: place.node, reading).isEmpty { throw noRole(user) }
            return try work(first: first, listed(reading), reading)
        }
    }

    private func noRole(_ user: String) -> DeskError {
        DeskError(
            .permission,
            "roleMissing",
            uk: "«\(user)» не має жодної ролі на вузлі \(place.node)",
            en: "\"\(user)\" has no role on the node \(place.node)",
            remedy: Sentence(
                uk: "Хто яку роль має: \(.toDo(.roleList))",
                en: "Who has which role: \(.toDo(.roleList))"
            )
        )
    }

    /// The same in a snapshot that is open, over its rows; none to who has no role here.
    package func work(first: Int, _ rows: ListedRows, _ reading: any StoreReading) throws -> WorkState {
        let (lists, person) = try ownLists(reading)
        let unread = lists.contains(.unread) ? try unreadDepartments(rows, first: first, reading) : []
        let soon = try lastNearDay(reading)
        return WorkState(
            lists: try lists.map { list in
                switch list {
                case .unread:
                    let appeals = unread.flatMap(\.appeals).prefix(first)
                    return WorkState.Counted(
                        list: list,
                        count: unread.reduce(0) { $0 + $1.count },
                        first: Array(appeals)
                    )
                case .departed:
                    let (count, appeals) = try departedCards(first: first, reading)
                    return WorkState.Counted(list: list, count: count, first: appeals)
                case .new, .inWork, .unappointed, .returned, .declined, .onCheck, .soon, .overdue, .onControl,
                    .toRemove, .letters, .decisions:
                    var filter = list.filter(node: place.node, isOffice: isOffice, today: today, soon: soon)
                    filter.person = person ?? ""
                    let found = first > 0 ? try rows.page(filter, after: nil, limit: first).found : []
                    return WorkState.Counted(
                        list: list,
                        count: try rows.count(filter),
                        first: try found.map { try listedAppeal($0, reading) }
                    )
                }
            },
            unread: unread,
            decisions: first > 0 && lists.contains(.decisions) ? try cases(limit: first, reading) : nil
        )
    }

    /// Whose work alone the lists of whoever asks show, as `work` counts them; nil: everybody's.
    package func personOfWork() throws -> String? { try read { try ownLists($0).person } }

    /// The lists of the roles that whoever asks has here, and whose work alone they show; none without a role.
    private func ownLists(_ reading: any StoreReading) throws -> (lists: [WorkList], person: String?) {
        let all = WorkList.allCases.filter { !$0.roles(isOffice: isOffice).isEmpty }
        guard let user = who.user else { return (all, nil) }
        var roles = try Set(roles(of: user, in: place.node, reading))
        if let role = who.role { roles.formIntersection([role]) }
        let own = all.filter { !$0.roles(isOffice: isOffice).isDisjoint(with: roles) }
        return (own, roles == ["executor"] ? user : nil)
    }

    /// The last day that counts as near: so many working days from today, by the calendar in force.
    func lastNearDay(_ reading: any StoreReading) throws -> CivilDate {
        let calendar: WorkingCalendar?
        // A list is shown whatever was published as a calendar.
        do { calendar = try self.calendar(reading) } catch is CalendarRefusal { calendar = nil }
        var near = today, working = 0
        for days in 1...60 {
            guard let day = today.adding(days: days) else { break }
            if calendar?.isWorkingDay(day) ?? true { working += 1 }
            // Days off that follow the last of them are as near.
            if working > DeadlineState.soonDays { break }
            near = day
        }
        return near
    }

    /// How many cards left this department, counted up to `countedAtMost`, and the last of them.
    private func departedCards(
        first: Int,
        _ reading: any StoreReading
    ) throws -> (count: Int64, first: [ListedAppeal]) {
        guard who.departments.isEmpty else { return (0, []) }
        let stubs = try reading.departed(before: nil, limit: Self.countedAtMost)
        return (Int64(stubs.count), stubs.prefix(first).map { ListedAppeal(departed: $0) })
    }
}

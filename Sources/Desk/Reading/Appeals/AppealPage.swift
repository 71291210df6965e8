import Appeals
package import Replication

/// A page of the list of appeals.
package struct AppealPage {
    package let appeals: [ListedAppeal]
    /// How many fit the filter, on all pages, without what is registered here and not confirmed.
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
    /// The code of its state; a newer version may have codes that this one does not know.
    package let state: String
    /// The main executor's department.
    package let main: String
    package let isDisputed: Bool
    /// Whether own work on it is not with the office yet.
    package let isUnsent: Bool

    package init(_ id: String, _ columns: RowColumns, isUnsent: Bool) {
        self.id = id
        index = columns.index
        registeredOn = columns.registeredOn
        due = columns.due
        state = columns.state
        main = columns.main
        isDisputed = columns.isDisputed
        self.isUnsent = isUnsent
    }
}

/// Where a list by due date goes on: after this row.
package struct AppealMark: Sendable, Equatable, CustomStringConvertible {
    package let due: String
    package let key: String

    package init(due: String, key: String) {
        self.due = due
        self.key = key
    }

    /// `due/key`, as `description` writes it; nil if it is not of that form.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        self.init(due: parts[0], key: parts[1])
    }

    package var description: String { due + "/" + key }
}

extension Desk {
    /// A page of the appeals that fit, by due date and then by id, without those that are kept from the reader.
    ///
    /// `filter.main` may be typed as an id or a name; refused if there is no such department. At most `limit` rows; the
    /// first page has before them all cards that were registered here and that the office has not confirmed.
    package func appeals(_ filter: ListFilter, after mark: AppealMark? = nil, limit: Int) throws -> AppealPage {
        try read { reading in
            var filter = filter
            if !filter.main.isEmpty { filter.main = try knownDepartment(filter.main, reading) }
            let (rows, next) = try listShown(filter, after: mark, limit: limit, reading)
            let own = Set(try unsent(reading))
            let fresh = mark == nil ? try unconfirmedCards(own, filter, reading) : []
            return AppealPage(
                appeals: fresh + rows.map { ListedAppeal($0.key, $0.columns, isUnsent: own.contains($0.key)) },
                total: try countShown(filter, reading),
                next: next
            )
        }
    }

    private func knownDepartment(_ typed: String, _ reading: any StoreReading) throws -> String {
        let department = try department(typed, reading)
        guard try entry("department/" + department, reading) != nil else {
            throw DeskError(Refusal(.unknownDepartment, path: department))
        }
        return department
    }

    /// Cards registered here that the office has not confirmed: no row lists them yet.
    private func unconfirmedCards(
        _ own: Set<String>,
        _ filter: ListFilter,
        _ reading: any StoreReading
    ) throws -> [ListedAppeal] {
        let spaces = try spaces(reading)
        return try own.sorted().compactMap { id in
            guard try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: id) == nil,
                let shown = try shown(id, reading)
            else { return nil }
            let columns = RowColumns(shown.appeal)
            let fits =
                (filter.state.isEmpty || filter.state == columns.state)
                && (filter.main.isEmpty || filter.main == columns.main)
                && (filter.index.isEmpty || columns.index.contains(filter.index))
                && (!filter.disputed || columns.isDisputed)
            return fits ? ListedAppeal(id, columns, isUnsent: true) : nil
        }
    }
}

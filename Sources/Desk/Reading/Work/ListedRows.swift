import Appeals
package import Replication

/// The appeals of one snapshot as lists show and count them: confirmed rows with own work drawn over them, by due date and
/// then id, without what is kept from the reader.
package struct ListedRows {
    /// One appeal of a list.
    package struct Listed {
        package let id: String
        package let columns: RowColumns
        /// Whether own work on it is not with the office yet.
        package let isUnsent: Bool
        package var mark: AppealMark { AppealMark(due: columns.due, key: id) }
    }

    private let reading: any StoreReading
    private let spaces: Spaces
    private let hiddenFrom: [String]
    private let mains: [String]
    /// What own work lies over (department), as it is shown: in no order, as much as waits to be sent.
    private var drawn: [Listed] = []
    private var covered: Set<String> = []
    /// The confirmed columns of the same, which no longer count.
    private var confirmed: [RowColumns] = []
    private var keptByOwnWork: Int64 = 0

    /// Draws own work over its rows, once for all lists and counts.
    init(_ desk: Desk, _ reading: any StoreReading) throws {
        self.reading = reading
        spaces = try desk.spaces(reading)
        hiddenFrom = try desk.hiddenFrom(reading)
        mains = desk.who.departments
        guard let department = desk.place.department else { return }
        for id in try desk.overlaid(reading) {
            let row = try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: id)
            let (view, pending) = try department.view(id, reading, now: desk.now)
            covered.insert(id)
            if let row { confirmed.append(row.columns) }
            guard let view else { continue }
            let columns = RowColumns(view)
            let isHidden = row.map { $0.columns.barred.contains(where: hiddenFrom.contains) } ?? false
            guard try !desk.isKept(Set(row?.columns.barred ?? []).union(columns.barred), reading) else {
                if row != nil, !isHidden { keptByOwnWork += 1 }
                continue
            }
            drawn.append(Listed(id: id, columns: columns, isUnsent: pending.contains { $0.status == nil }))
        }
    }

    /// At most `limit` appeals that fit beyond a mark, and the mark of the next page; nil at the end.
    package func page(
        _ filter: ListFilter,
        after mark: AppealMark?,
        limit: Int
    ) throws -> (found: [Listed], next: AppealMark?) {
        let filter = hiding(filter)
        var found = drawn.filter { listed in
            filter.fits(listed.columns) && mark.map { $0 < listed.mark } ?? true
        }
        var last = mark
        var wanted = limit + 1
        while wanted > 0 {
            let rows = try reading.list(
                spaces.appeals,
                generation: spaces.appealsGeneration,
                filter: filter,
                afterDue: last?.due ?? "",
                afterKey: last?.key ?? "",
                limit: limit + 1
            )
            let fresh = rows.filter { !covered.contains($0.key) }
            found += fresh.map { Listed(id: $0.key, columns: $0.columns, isUnsent: false) }
            wanted -= fresh.count
            guard rows.count > limit, let end = rows.last else { break }
            last = AppealMark(due: end.columns.due, key: end.key)
        }
        found.sort { $0.mark < $1.mark }
        guard found.count > limit else { return (found, nil) }
        return (Array(found.prefix(limit)), found[limit - 1].mark)
    }

    /// How many appeals fit.
    package func count(_ filter: ListFilter) throws -> Int64 {
        let filter = hiding(filter)
        let stored = try reading.count(spaces.appeals, generation: spaces.appealsGeneration, filter: filter)
        return stored - Int64(confirmed.count(where: filter.fits)) + Int64(drawn.count { filter.fits($0.columns) })
    }

    /// How many confirmed appeals are kept from the reader.
    package func kept() throws -> Int64 {
        func count(_ filter: ListFilter) throws -> Int64 {
            try reading.count(spaces.appeals, generation: spaces.appealsGeneration, filter: filter)
        }
        return try count(ListFilter()) - count(hiding(ListFilter())) + keptByOwnWork
    }

    private func hiding(_ filter: ListFilter) -> ListFilter {
        var filter = filter
        filter.hiddenFrom = hiddenFrom
        filter.mains = mains
        return filter
    }
}

extension AppealMark: Comparable {
    /// In the order of the list: by due date (none first), then by id.
    package static func < (a: AppealMark, b: AppealMark) -> Bool { (a.due, a.key) < (b.due, b.key) }
}

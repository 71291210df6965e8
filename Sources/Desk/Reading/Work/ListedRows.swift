package import Appeals
package import Replication

/// The appeals of one snapshot as lists show and count them: confirmed rows with own work drawn over them, in an order of the
/// store, without what is kept from the reader.
package struct ListedRows {
    /// One appeal of a list.
    package struct Listed {
        package let id: String
        package let columns: RowColumns
        /// Whether own work on it is not with the office yet.
        package let isUnsent: Bool
        /// The confirmed row, where no own work lies over it.
        fileprivate(set) var row: Row?

        init(id: String, columns: RowColumns, isUnsent: Bool) {
            self.id = id
            self.columns = columns
            self.isUnsent = isUnsent
        }

        init(_ row: Row) {
            self.init(id: row.key, columns: row.columns, isUnsent: false)
            self.row = row
        }
    }

    let reading: any StoreReading
    let spaces: Spaces
    private let hiddenFrom: [String]
    private let mains: [String]
    /// What own work lies over (department), as it is shown: in no order, as much as waits to be sent.
    private(set) var drawn: [Listed] = []
    private(set) var covered: Set<String> = []
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
        in order: RowOrder = RowOrder(),
        after mark: AppealMark?,
        limit: Int
    ) throws -> (found: [Listed], next: AppealMark?) {
        let filter = hiding(filter)
        func place(_ listed: Listed) -> RowPlace { order.place(listed.id, listed.columns) }
        var last = mark?.place
        var found = drawn.filter { listed in
            filter.fits(listed.columns) && last.map { order.isBefore($0, place(listed)) } ?? true
        }
        var wanted = limit + 1
        while wanted > 0 {
            let rows = try reading.list(
                spaces.appeals,
                generation: spaces.appealsGeneration,
                filter: filter,
                in: order,
                after: last,
                limit: limit + 1
            )
            let fresh = rows.filter { !covered.contains($0.key) }
            found += fresh.map { Listed($0) }
            wanted -= fresh.count
            guard rows.count > limit, let end = rows.last else { break }
            last = order.place(end.key, end.columns)
        }
        found = found.map { (place: place($0), listed: $0) }.sorted { order.isBefore($0.place, $1.place) }.map(\.listed)
        guard found.count > limit else { return (found, nil) }
        return (Array(found.prefix(limit)), AppealMark(place(found[limit - 1])))
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

    func hiding(_ filter: ListFilter) -> ListFilter {
        var filter = filter
        filter.hiddenFrom = hiddenFrom
        filter.mains = mains
        return filter
    }
}

extension RowOrder.Field {
    package var label: Label {
        switch self {
        case .due: Label(uk: "за строком", en: "by due date")
        case .registered: Label(uk: "за днем реєстрації", en: "by the day of registration")
        case .index: Label(uk: "за реєстраційним індексом", en: "by registration index")
        case .state: Label(uk: "за станом", en: "by state")
        }
    }
}

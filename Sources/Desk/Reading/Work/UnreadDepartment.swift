import Appeals
import Replication

/// A department that has not read for long what was given to it, as far as its node has confirmed what it read.
package struct UnreadDepartment {
    package let department: String
    package let name: String
    /// When the oldest of it was published, unix milliseconds.
    package let since: Int64
    /// New assignments among it, counted up to `Desk.countedAtMost`.
    package let count: Int64
    /// The first of them.
    package let appeals: [ListedAppeal]

    package init(department: String, name: String, since: Int64, count: Int64, appeals: [ListedAppeal]) {
        self.department = department
        self.name = name
        self.since = since
        self.count = count
        self.appeals = appeals
    }
}

extension Desk {
    /// The same in a snapshot of its own; `first` appeals of each department.
    package func unread(first: Int) throws -> [UnreadDepartment] {
        try read { try unreadDepartments(listed($0), first: first, $0) }
    }

    /// Departments with new assignments that their nodes have not confirmed for `WorkList.unreadHours`, the longest first.
    ///
    /// By positions that a node's own requests confirmed; nothing that a peer says of another counts.
    func unreadDepartments(
        _ rows: ListedRows,
        first: Int,
        _ reading: any StoreReading
    ) throws -> [UnreadDepartment] {
        guard isOffice else { return [] }
        let before = now - WorkList.unreadHours * 3_600_000
        var found: [UnreadDepartment] = []
        for node in try reading.nodes(after: "", limit: Self.nodesAtMost) where node.state == .active {
            let stream = Space.slice(node.node)
            let head = try reading.stream(stream)?.head ?? 0
            let read = try reading.reader(node.node, stream)?.sequence ?? 0
            guard head > read else { continue }
            let (since, ids) = try unread(by: node.node, stream, after: read, before: before, reading)
            guard let since, !ids.isEmpty else { continue }
            let appeals = try ids.prefix(first).compactMap { id in try listedAppeal(id, reading) }
            found.append(
                UnreadDepartment(
                    department: node.node,
                    name: try departmentName(node.node, reading),
                    since: since,
                    count: Int64(ids.count),
                    appeals: appeals
                )
            )
        }
        return found.sorted { ($0.since, $0.department) < ($1.since, $1.department) }
    }

    /// Appeals with a new assignment of the department whose entry lies beyond what its node confirmed, and older than that.
    ///
    /// Entries stand in the order in which their acts came: behind one that is too young none is looked at, so that a node which has not
    /// been away for so long costs one look.
    private func unread(
        by department: String,
        _ stream: String,
        after: Int64,
        before: Int64,
        _ reading: any StoreReading
    ) throws -> (since: Int64?, appeals: [String]) {
        let wanted = WorkToken.beginning(.issued, node: department)
        var since: Int64?, ids: [String] = [], seen: Set<String> = []
        // The first alone says of most departments that there is nothing.
        var last = after
        for limit in [1, Self.countedAtMost - 1] {
            for entry in try reading.entries(stream, after: last, limit: limit) {
                last = entry.sequence
                guard !seen.contains(entry.key), let act = try published(entry, reading) else { continue }
                if act.isItsOwn, act.at > before { return (since, ids) }
                guard act.at <= before, seen.insert(entry.key).inserted,
                    let row = try reading.row(Space.appeals, generation: 0, key: entry.key),
                    row.columns.work.contains(where: { $0.hasPrefix(wanted) }),
                    try isWithin(row.columns) && !isKept(Set(row.columns.barred), reading)
                else { continue }
                since = min(since ?? act.at, act.at)
                ids.append(entry.key)
            }
        }
        return (since, ids)
    }

    /// When the act came that an entry tells of, unix milliseconds; nil if no operation on the appeal has its commit or a later one.
    ///
    /// An entry that no act made is as old as the next act on its appeal: then it `isItsOwn` not, and says nothing of those behind it.
    private func published(
        _ entry: EntryRecord,
        _ reading: any StoreReading
    ) throws -> (at: Int64, isItsOwn: Bool)? {
        try reading.first(of: {
            try reading.operations(appeal: entry.key, after: $0.map(OperationPlace.init), limit: $1)
        }) {
            $0.commit >= entry.commit
        }.map { ($0.at, $0.commit == entry.commit) }
    }
}

package import Appeals
import CanonicalJSON
package import Replication

/// Where this node keeps what is shown.
package struct Spaces {
    package let appeals: String
    package let appealsGeneration: Int64
    package let reference: String
    package let referenceGeneration: Int64
    /// All commits up to this one are visible in the slice (department).
    package let commit: Int64
}

/// An appeal as its people see it.
package struct ShownAppeal {
    package let id: String
    package let appeal: Aggregate
    /// Own work that is not in the confirmed state yet (department).
    package let pending: [OperationRecord]

    package init(id: String, appeal: Aggregate, pending: [OperationRecord]) {
        self.id = id
        self.appeal = appeal
        self.pending = pending
    }

    /// Own work that the office has not decided.
    package var unsent: [OperationRecord] { pending.filter { $0.status == nil } }

    /// Of each register that has a value the write that it came from: what an act by this card is based on.
    package var writes: [String: String] {
        Dictionary(uniqueKeysWithValues: appeal.items(.registers).map { ($0.name, $0.item.write) })
    }

    package var index: String { appeal.register("index")?.string ?? "" }
    /// What a person calls it.
    package var title: String { index.isEmpty ? id : index }
}

extension Desk {
    /// Where the rows lie that this node shows, as of this snapshot.
    ///
    /// A department that has read nothing yet gets empty spaces. To be asked for in every snapshot anew: a new
    /// generation takes the place of the former one in a transaction of the link.
    package func spaces(_ reading: any StoreReading) throws -> Spaces {
        guard !isOffice else {
            return Spaces(
                appeals: Space.appeals,
                appealsGeneration: 0,
                reference: Space.reference,
                referenceGeneration: 0,
                commit: .max
            )
        }
        let slice = try reading.stream(Space.slice(place.node))
        return Spaces(
            appeals: Space.slice(place.node),
            appealsGeneration: slice?.generation ?? 0,
            reference: Space.reference,
            referenceGeneration: try reading.stream(Space.reference)?.generation ?? 0,
            commit: slice?.commit ?? 0
        )
    }

    // MARK: reference

    /// An entry of reference by its whole key, such as `department/roads`; nil if there is none.
    package func entry(_ key: String, _ reading: any StoreReading) throws -> Aggregate? {
        let spaces = try spaces(reading)
        return try reading.row(spaces.reference, generation: spaces.referenceGeneration, key: key)?.aggregate()
    }

    /// Entries of reference whose key begins with `prefix`, after `after`, in key order.
    ///
    /// In steps that grow: most prefixes have few entries, and what stands behind them need not be read.
    package func entries(
        _ prefix: String,
        after: String = "",
        limit: Int,
        _ reading: any StoreReading
    ) throws -> [Aggregate] {
        let spaces = try spaces(reading)
        var found: [Aggregate] = [], from = after.isEmpty ? prefix : max(prefix, after), step = Self.firstStep
        while found.count < limit {
            step = min(step, limit - found.count)
            let rows = try reading.rows(
                spaces.reference,
                generation: spaces.referenceGeneration,
                after: from,
                limit: step
            )
            let fitting = rows.prefix { $0.key.hasPrefix(prefix) }
            found += try fitting.map { try $0.aggregate() }
            guard fitting.count == step, let last = rows.last else { break }
            (from, step) = (last.key, step * 4)
        }
        return found
    }

    private static let firstStep = 8

    /// The calendar in force today; refused as `CalendarRefusal` if one that was published cannot be read.
    package func calendar(_ reading: any StoreReading) throws -> WorkingCalendar {
        try place.calendar.inForce(on: today, among: entries(WorkingCalendar.prefix, limit: 500, reading))
    }

    /// The printed name of a department, or its id.
    package func departmentName(_ id: String, _ reading: any StoreReading) throws -> String {
        try entry("department/" + id, reading)?.register("entry")?["name"]?.string ?? id
    }

    // MARK: appeals

    /// The appeal as its people see it, with own pending work on top; nil if it is not here.
    package func shown(_ id: String, _ reading: any StoreReading) throws -> ShownAppeal? {
        if let department = place.department {
            if try isKept(id, reading) { return nil }
            let (appeal, pending) = try department.view(id, reading, now: now)
            return appeal.map { ShownAppeal(id: id, appeal: $0, pending: pending) }
        }
        return try reading.row(Space.appeals, generation: 0, key: id).flatMap { try shown($0, reading) }
    }

    /// The same of what a list of this snapshot found: a row over which nothing lies is not looked up again.
    func shown(_ listed: ListedRows.Listed, _ reading: any StoreReading) throws -> ShownAppeal? {
        guard let row = listed.row else { return try shown(listed.id, reading) }
        return try shown(row, reading)
    }

    private func shown(_ row: Row, _ reading: any StoreReading) throws -> ShownAppeal? {
        guard isWithin(row.columns), try !isKept(Set(row.columns.barred), reading) else { return nil }
        return ShownAppeal(id: row.key, appeal: try row.aggregate(), pending: [])
    }

    /// The appeal of this name, with own pending work on top; refused with what to do if there is none.
    package func shownAppeal(_ name: String, _ reading: any StoreReading) throws -> ShownAppeal {
        let id = try find(name, reading)
        guard let shown = try shown(id, reading) else { throw try gone(name, id, reading) }
        return shown
    }

    /// The id of an appeal by registration index, id, or the unique beginning of its id; none that is kept from the reader.
    package func find(_ name: String, _ reading: any StoreReading) throws -> String {
        let id = try meant(name, reading)
        guard try !isKept(id, reading) else { throw Self.unknown(name) }
        return id
    }

    /// Appeals with own work that the confirmed state does not show yet (department): all of them, read by pages.
    package func overlaid(_ reading: any StoreReading) throws -> [String] {
        guard !isOffice else { return [] }
        let commit = try spaces(reading).commit
        var found: [String] = []
        while true {
            let page = try reading.pendingAppeals(
                node: place.node,
                beyond: commit,
                after: found.last ?? "",
                limit: ReplicationLimits.chunk
            )
            found += page
            if page.count < ReplicationLimits.chunk { return found }
        }
    }

    /// Why there is no appeal of this name: none is here, or none that the reader may know of.
    package static func unknown(_ name: String) -> DeskError {
        DeskError(
            .notFound,
            "unknownAppeal",
            uk: "звернення «\(name)» тут немає",
            en: "there is no appeal \"\(name)\" here",
            remedy: .whatThereIs(.appealList)
        )
    }
}

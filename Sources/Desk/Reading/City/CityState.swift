import Appeals
import CanonicalJSON
import Replication

/// How long ago a department's node was heard of.
package enum Freshness: Equatable, Sendable {
    /// The office itself.
    case here
    /// The department has no node: all that is done there is done at the office.
    case none
    /// It was admitted and has not said anything yet.
    case never
    /// Within the last quarter of an hour.
    case fresh
    /// Longer ago, within a day.
    case quiet
    /// More than a day ago: its numbers are bounds.
    case silent

    /// - Parameter contact: unix milliseconds; nil without a node, 0 if never.
    package init(contact: Int64?, now: Int64) {
        switch contact {
        case nil: self = .none
        case 0: self = .never
        case let contact?:
            let ago = now - contact
            self = ago <= Desk.quietAfter ? .fresh : ago <= Desk.silentAtMost ? .quiet : .silent
        }
    }

    /// Whether numbers may be others than those that are known.
    package var isBounded: Bool { self == .never || self == .silent }
}

/// The city as the office has it.
package struct CityState: Sendable {
    /// One department.
    package struct Row: Sendable, Equatable {
        package let department: String
        package let name: String
        /// Unix milliseconds; nil without a node, 0 if it never was in contact.
        package let contact: Int64?
        package let freshness: Freshness
        /// How far its stream goes, and how far the node has read it.
        package let head: Int64
        package let read: Int64
        package let numbers: [CityNumber: Bounds]
    }

    /// As of when, unix milliseconds.
    package let at: Int64
    /// In the order of names, the office last.
    package let rows: [Row]
    /// All together; an appeal that several departments work on is counted once.
    package let totals: [CityNumber: Bounds]

    /// Of one column; nought where nothing is known of it.
    package func total(_ number: CityNumber) -> Bounds { totals[number] ?? .exactly(0) }

    /// How many nodes are so.
    package func nodes(_ freshness: Freshness) -> Int { rows.count { $0.freshness == freshness } }
}

extension Desk {
    /// The city now, without what is kept from the reader; at the office.
    ///
    /// - Parameter heard: of a node when it was heard of last, where the running node knows it better than its store.
    package func city(heard: (String) -> Int64? = { _ in nil }) throws -> CityState {
        try read { reading in
            let rows = try listed(reading)
            return try city(reading, heard: heard) { try rows.count($0) }
        }
    }

    /// The same of what bars nobody, whoever asks: what is kept for later readers.
    func openCity(_ reading: any StoreReading, heard: (String) -> Int64?) throws -> CityState {
        let spaces = try spaces(reading)
        return try city(reading, heard: heard) {
            var filter = $0
            filter.isOpenToAll = true
            return try reading.count(spaces.appeals, generation: spaces.appealsGeneration, filter: filter)
        }
    }

    private func city(
        _ reading: any StoreReading,
        heard: (String) -> Int64?,
        counting count: (ListFilter) throws -> Int64
    ) throws -> CityState {
        var nodes: [String: NodeRecord] = [:], last = ""
        while true {
            let page = try reading.nodes(after: last, limit: Self.nodesAtMost)
            for node in page { nodes[node.node] = node }
            guard page.count == Self.nodesAtMost, let end = page.last else { break }
            last = end.node
        }
        var departments = try directory("department/", reading)
            .compactMap { place in place.entry.map { (id: place.id, name: $0["name"]?.string ?? place.id) } }
            .sorted { (Alphabet.place($0.name), $0.id) < (Alphabet.place($1.name), $1.id) }
        let office = departments.firstIndex { $0.id == place.node }.map { departments.remove(at: $0) }
        departments.append(office ?? (place.node, place.node))
        let rows = try departments.map { department in
            let node = nodes[department.id].flatMap { $0.state == .revoked ? nil : $0 }
            let contact = node.map { max($0.contact, heard(department.id) ?? 0) }
            let stream = Space.slice(department.id)
            let freshness = department.id == place.node ? .here : Freshness(contact: contact, now: now)
            return CityState.Row(
                department: department.id,
                name: department.name,
                contact: contact,
                freshness: freshness,
                head: try reading.stream(stream)?.head ?? 0,
                read: try reading.reader(department.id, stream)?.sequence ?? 0,
                numbers: try numbers(department.id, freshness, contact ?? 0, count)
            )
        }
        return CityState(at: now, rows: rows, totals: try totals(rows, count))
    }

    /// What is known of all together, as far apart as the bounds of the departments are.
    private func totals(
        _ rows: [CityState.Row],
        _ count: (ListFilter) throws -> Int64
    ) throws -> [CityNumber: Bounds] {
        var totals: [CityNumber: Bounds] = [:]
        for number in CityNumber.allCases {
            let known = try count(self.rows(number.list(of: AppealFilter.anyDepartment), soon: today))
            var apart: Int64? = 0
            for bounds in rows.compactMap({ $0.numbers[number] }) {
                apart = apart.flatMap { apart in bounds.upper.map { apart + $0 - bounds.lower } }
            }
            // Of what is overdue the office knows the upper bound, of all else the lower one.
            totals[number] =
                number == .overdue
                ? Bounds(max(0, known - (apart ?? known)), known) : Bounds(known, apart.map { known + $0 })
        }
        return totals
    }

    private func numbers(
        _ department: String,
        _ freshness: Freshness,
        _ contact: Int64,
        _ count: (ListFilter) throws -> Int64
    ) throws -> [CityNumber: Bounds] {
        var counts: [CityNumber: Int64] = [:]
        for number in CityNumber.allCases {
            counts[number] = try count(rows(number.list(of: department), soon: today))
        }
        func known(_ number: CityNumber) -> Int64 { counts[number] ?? 0 }
        guard freshness.isBounded else { return counts.mapValues(Bounds.exactly) }
        // What was overdue on the day on which it last spoke; all that is by now, if nothing was done since.
        var before = rows(CityNumber.overdue.list(of: department), soon: today)
        before.termThrough = Today.date(contact).adding(days: -1)?.description ?? ""
        let overdueThen = contact == 0 ? 0 : try count(before)
        return [
            .new: Bounds(known(.new), nil),
            .inWork: Bounds(known(.inWork), known(.inWork) + known(.new)),
            .overdue: Bounds(overdueThen, known(.overdue)),
            .today: Bounds(known(.today), nil),
            // The office itself puts on control and removes from it.
            .onControl: .exactly(known(.onControl)),
            .returned: Bounds(known(.returned), nil),
        ]
    }
}

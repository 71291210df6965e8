package import Appeals
import Cryptography
import Replication

/// Whether each row is what it was when it was written.
package struct ExaminedRows {
    package let rows: Int
    /// Keys of rows whose bytes are not those of their digest.
    package let broken: [String]

    package init(rows: Int, broken: [String]) {
        self.rows = rows
        self.broken = broken
    }
}

/// What a node's doctor judges, beside its rows.
package struct Examination {
    package let state: NodeState
    package let today: CivilDate
    package let calendar: WorkingCalendar
    /// How many people have each role at the office; empty at a department.
    package let roles: [String: Int]
    /// Administrators in force whom the owner of the office's directory named, each with the reason.
    package let namedByOwner: [HeldRole]
    /// What of the directory would be refused today; nil at a department.
    package let faults: DirectoryFaults?
    /// At the office: nodes that have not read all and were not heard of for a day.
    package let behind: [String]
    /// At a department: appeals that left so long ago that own work about them should be durable in two places, and is not.
    package let keptTooLong: Int
    /// How old the oldest operation is that is not sent, milliseconds; 0 without one.
    package let outboxAge: Int64

    /// Whether the calendar has all days that a term of today may need.
    package var isCalendarLongEnough: Bool {
        calendar.covers(today) && calendar.covers(today.adding(days: Deadlines.capDays + 1) ?? today)
    }
}

extension Desk {
    /// Rows are read so many at a time.
    private static let examinedPage = 500
    /// A node that reads nothing is behind once it was silent for so long, milliseconds.
    package static let silentAtMost: Int64 = 86_400_000

    /// Hashes every row again: a byte changed on disk shows.
    ///
    /// Reads by pages, in a snapshot each, so that nobody waits; `tell` hears of each page, and what it throws ends all.
    package func examineRows(_ tell: (Int64) throws -> Void = { _ in }) throws -> ExaminedRows {
        guard let department = place.department else { return try examineOffice(tell) }
        var names: [String] = []
        try read { reading in try reading.eachStream { names.append($0.name) } }
        var broken: [String] = [], pages: Int64 = 0
        for name in names {
            var after: String? = ""
            while let key = after {
                let (next, found) = try department.rehash(stream: name, after: key, limit: Self.examinedPage)
                broken += found
                after = next
                pages += 1
                try tell(pages * Int64(Self.examinedPage))
            }
        }
        let rows = try read { reading in try names.reduce(0) { try $0 + Int(reading.stream($1)?.rows ?? 0) } }
        return ExaminedRows(rows: rows, broken: broken)
    }

    private func examineOffice(_ tell: (Int64) throws -> Void) throws -> ExaminedRows {
        var rows = 0, broken: [String] = []
        for space in [Space.appeals, Space.reference] {
            var after: String? = ""
            while let key = after {
                let page = try read { try $0.rows(space, generation: 0, after: key, limit: Self.examinedPage) }
                rows += page.count
                try tell(Int64(rows))
                broken += page.filter { SHA256.hash($0.bytes) != $0.digest }.map(\.key)
                after = page.count == Self.examinedPage ? page.last?.key : nil
            }
        }
        return ExaminedRows(rows: rows, broken: broken)
    }

    /// What there is to judge at this node today, in one snapshot.
    package func examine() throws -> Examination {
        try read { reading in
            let state = try nodeState(reading)
            return Examination(
                state: state,
                today: today,
                calendar: try calendar(reading),
                roles: isOffice ? try rolesInForce(reading) : [:],
                namedByOwner: isOffice ? try heldRoles(reading).filter { $0.isOwners && $0.ending == nil } : [],
                faults: isOffice ? try directoryFaults(reading) : nil,
                behind: state.sync.nodes.filter {
                    $0.record.state == .active && $0.lag > 0 && now - $0.record.contact > Self.silentAtMost
                }.map(\.record.node),
                keptTooLong: isOffice ? 0 : try keptTooLong(reading),
                outboxAge: state.sync.outbox.oldest.map { max(0, now - $0) } ?? 0
            )
        }
    }

    private func rolesInForce(_ reading: any StoreReading) throws -> [String: Int] {
        try entries("role/\(place.node)/", limit: 500, reading).filter { try isInForce($0, reading) }
            .reduce(into: [:]) { $0[$1.id.split(separator: "/").last.map(String.init) ?? "", default: 0] += 1 }
    }

    /// Own operations on appeals that left are to go once they are durable; what stays too long waits for the office.
    private func keptTooLong(_ reading: any StoreReading) throws -> Int {
        var kept = 0, after = ""
        while true {
            let stubs = try reading.stubs(after: after, limit: ReplicationLimits.chunk)
            kept += stubs.filter { $0.kept > 0 && now - $0.at > ReplicationLimits.ownOperationsKept }.count
            guard stubs.count == ReplicationLimits.chunk, let last = stubs.last else { return kept }
            after = last.appeal
        }
    }
}

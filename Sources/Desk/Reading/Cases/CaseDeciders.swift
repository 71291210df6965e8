package import Appeals
import CanonicalJSON
package import Replication

/// Who decides a case that is open, and by when.
package struct CaseDeciders {
    /// A case waits no longer than so many working days after it opened; the term of the appeal runs on meanwhile.
    package static let workingDays = 1

    /// The node whose people decide, and its printed name.
    package let node: String
    package let name: String
    /// Roles of which somebody there must have one, in the order of `Wording.roles`.
    package let roles: [String]
    /// Printed names of who has one now, at most `peopleAtMost`, by their ids.
    package let people: [String]
    /// The day by which it is to be decided; nil where the case does not tell when it opened.
    package let term: CivilDate?

    package static let peopleAtMost = 5
}

extension Desk {
    /// Whoever controls the appeal: its home department, or the office, which also stands in for a home that is complained about.
    package func deciders(of open: OpenCase, _ appeal: Aggregate, _ reading: any StoreReading) throws -> CaseDeciders {
        let office = isOffice ? place.node : try reading.value(Values.office) ?? ""
        let home = appeal.register("home")?.string ?? office
        let isOfficeCase = home == office || Complaint(appeal).departments.contains(home)
        let kind =
            switch open.section {
            case .conflicts: "conflict.settled"
            case .held: "held.adopted"
            case .disagreements, .facts, .registers: "disagreement.settled"
            }
        let parties = Kinds.named(kind)?.parties ?? [:]
        let able = (parties[.controller] ?? []).union(isOfficeCase ? parties[.office] ?? [] : [])
            .filter { !open.isForLeader || Kinds.leaders.contains($0) }
        let roles = Wording.roles.filter { able.contains($0) && Kinds.officeRoles.contains($0) == isOfficeCase }
        let node = isOfficeCase ? office : home
        return CaseDeciders(
            node: node,
            name: try departmentName(node, reading),
            roles: roles,
            people: try people(at: node, with: Set(roles), reading),
            term: try open.since.flatMap { try termOfDecision(since: $0, reading) }
        )
    }

    /// Printed names of who heads a department now, at most `CaseDeciders.peopleAtMost`.
    package func heads(of department: String, _ reading: any StoreReading) throws -> [String] {
        try people(at: department, with: ["head"], reading)
    }

    private func people(at node: String, with roles: Set<String>, _ reading: any StoreReading) throws -> [String] {
        let prefix = "role/\(node)/"
        var users: Set<String> = []
        for entry in try entries(prefix, limit: 500, reading) where try isInForce(entry, reading) {
            let parts = entry.id.dropFirst(prefix.count).split(separator: "/").map(String.init)
            if parts.count == 2, roles.contains(parts[1]) { users.insert(parts[0]) }
        }
        let shown = users.sorted().prefix(CaseDeciders.peopleAtMost)
        let names = try names(of: Set(shown), reading)
        return shown.map { names.person($0) }
    }

    private func termOfDecision(since: Int64, _ reading: any StoreReading) throws -> CivilDate? {
        guard let day = KyivTime.moment(at: since)?.date else { return nil }
        // A case is shown whatever was published as a calendar.
        do {
            let calendar = try calendar(reading)
            return (1...60).lazy.compactMap { day.adding(days: $0) }.first {
                calendar.workingDays(after: day, through: $0) == CaseDeciders.workingDays
            }
        } catch is CalendarRefusal { return nil }
    }
}

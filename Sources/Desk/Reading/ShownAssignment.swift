package import Appeals
import CanonicalJSON
package import Replication

/// One assignment of an appeal, as a command shows and chooses it.
package struct ShownAssignment {
    package let entity: String
    package let department: String
    package let role: String
    package let state: AssignmentState?
    package let order: Int64

    /// All assignments of an appeal that this node sees, in the order in which the office decided them.
    ///
    /// Own ones that are not with the office yet come last.
    package static func all(of appeal: Aggregate) -> [ShownAssignment] {
        appeal.entities(with: "department").map { entity in
            ShownAssignment(
                entity: entity,
                department: appeal.register("department@" + entity)?.string ?? "",
                role: appeal.register("role@" + entity)?.string ?? "",
                state: appeal.state(of: entity),
                order: appeal[.registers, "department@" + entity]?.commit ?? 0
            )
        }.sorted { ($0.order, $0.entity) < ($1.order, $1.entity) }
    }
}

extension Desk {
    /// The assignment that is meant: named, or the only one in one of these states.
    ///
    /// A department means its own. Of several the one is meant that is at work, and the main executor's before any other.
    package func assignment(
        _ named: String?,
        of appeal: Aggregate,
        in states: Set<AssignmentState>,
        _ reading: any StoreReading
    ) throws -> String {
        let all = ShownAssignment.all(of: appeal)
        if let name = named {
            if all.contains(where: { $0.entity == name }) { return name }
            let department = try department(name, reading)
            let own = all.filter { $0.department == department }
            if let fitting = own.last(where: { $0.state.map(states.contains) == true }) ?? own.last {
                return fitting.entity
            }
            throw noAssignment(all, name)
        }
        let own = isOffice ? all : all.filter { $0.department == place.node }
        var fitting = own.filter { $0.state.map(states.contains) == true }
        // The one at work is meant before one that is done, and that before one that was taken away; then the main executor's.
        let narrower: [(ShownAssignment) -> Bool] = [
            { $0.state?.isGround == true }, { $0.state?.isGround == true && $0.state != .done }, { $0.role == "main" },
        ]
        for isMeant in narrower where fitting.count > 1 {
            let meant = fitting.filter(isMeant)
            if !meant.isEmpty { fitting = meant }
        }
        // One that is in another state is still the one that is meant: the rules then say why not.
        if fitting.isEmpty, own.count == 1 { fitting = own }
        guard fitting.count == 1 else { throw noAssignment(fitting.isEmpty ? own : fitting, nil) }
        return fitting[0].entity
    }

    private func noAssignment(_ all: [ShownAssignment], _ name: String?) -> DeskError {
        let list = all.map { "\($0.department) [\($0.state.map(Wording.state)?.uk ?? "")] \($0.entity)" }.joined(
            separator: "; "
        )
        let english = all.map { "\($0.department) [\($0.state?.rawValue ?? "")] \($0.entity)" }.joined(separator: "; ")
        guard !all.isEmpty else {
            return DeskError(
                .notFound,
                "unknownAssignment",
                uk: "у звернення тут немає доручень",
                en: "the appeal has no assignment here",
                remedy: Sentence(uk: "Далі: \(.toDo(.resolutionIssue))", en: "Next: \(.toDo(.resolutionIssue))")
            )
        }
        if let name {
            return DeskError(
                .notFound,
                "unknownAssignment",
                uk: "немає доручення «\(name)»; є: \(list)",
                en: "there is no assignment \"\(name)\"; there are: \(english)"
            )
        }
        return .usage(
            "ambiguousAssignment",
            uk: "вкажіть \(.input("assignment")), одне з: \(list)",
            en: "give \(.input("assignment")), one of: \(english)"
        )
    }

    /// The version of an answer that is meant: named, or the approved one, or the last drafted.
    package func version(
        _ named: String?,
        of appeal: Aggregate,
        _ assignment: String,
        approvedFirst: Bool
    ) throws(DeskError) -> String {
        let drafts = appeal.items(.facts).compactMap { name, item -> (write: String, commit: Int64)? in
            guard let fact = FactName(name), fact.kind == "answer", fact.entity == assignment else { return nil }
            return (fact.write, item.commit)
        }.sorted { ($0.commit, WriteName($0.write)?.number ?? 0) < ($1.commit, WriteName($1.write)?.number ?? 0) }
        if let name = named {
            guard drafts.contains(where: { $0.write == name }) else {
                let known = drafts.map(\.write).joined(separator: ", ")
                throw DeskError(
                    .notFound,
                    "unknownVersion",
                    uk: "немає редакції «\(name)»; є: \(known)",
                    en: "there is no version \"\(name)\"; there are: \(known)"
                )
            }
            return name
        }
        if approvedFirst, let approved = appeal.register("answer@" + assignment)?.string { return approved }
        guard let last = drafts.last else {
            throw DeskError(
                .notFound,
                "unknownVersion",
                uk: "відповіді ще немає",
                en: "there is no answer yet",
                remedy: Sentence(uk: "Спершу: \(.toDo(.answerDraft))", en: "First: \(.toDo(.answerDraft))")
            )
        }
        return last.write
    }
}

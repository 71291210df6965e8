import Appeals
import CanonicalJSON
import Replication

/// Which assignment of which appeal is meant, as people name them.
package struct AssignmentTarget {
    /// The appeal's index, id, or the beginning of its id.
    package let appeal: String
    /// The assignment's name, or the department that has it; nil for the one that is meant (`Desk.assignment`).
    package let assignment: String?

    package init(appeal: String, assignment: String?) {
        self.appeal = appeal
        self.assignment = assignment
    }
}

/// What an act on an assignment was about.
package struct AboutAssignment {
    /// The assignment's name.
    package let assignment: String
}

/// Acts on one assignment.
///
/// All of them throw `unknownAppeal` or `appealLeft`, `unknownAssignment` or `ambiguousAssignment`, what `actor` throws,
/// and at a department a `Refusal` of the rules. The states that each looks for only choose among several assignments:
/// an act in a wrong state is refused by the rules (`wrongState`).
extension Desk {
    /// The executor takes an assignment that was issued, and may name the person who does it.
    ///
    /// - Parameter person: by login or name; `unknownPerson` if the directory has no such, `personLeft`, `worksElsewhere`, `ambiguousName` if it
    ///   fits several.
    package func acceptAssignment(_ target: AssignmentTarget, person: String?) throws -> Acted<AboutAssignment> {
        try actOnAssignment("assignment.accepted", target, in: [.issued]) { body, _, _, reading in
            body["person"] = try person.map { .string(try appointed($0, reading)) }
        }
    }

    /// The executor says that the matter is not in its competence, why, and who might do it instead.
    package func declineAssignment(
        _ target: AssignmentTarget,
        reason: String,
        suggested: String?
    ) throws -> Acted<AboutAssignment> {
        try actOnAssignment("assignment.declined", target, in: [.issued, .accepted]) { body, _, _, _ in
            body["reason"] = .string(reason)
            body["suggested"] = suggested.map(JSON.string)
        }
    }

    /// Whoever issued an assignment takes it back; one that is done cannot be.
    package func recallAssignment(_ target: AssignmentTarget, reason: String) throws -> Acted<AboutAssignment> {
        let states: Set<AssignmentState> = [.issued, .accepted, .declined, .submitted, .returned]
        return try actOnAssignment("assignment.recalled", target, in: states) { body, _, _, _ in
            body["reason"] = .string(reason)
        }
    }

    /// A department says which of its people does the work.
    ///
    /// - Parameter person: by login or name; `unknownPerson` if the directory has no such, `personLeft`, `worksElsewhere`, `ambiguousName` if it
    ///   fits several.
    package func appointPerson(_ target: AssignmentTarget, person: String) throws -> Acted<AboutAssignment> {
        try actOnAssignment("person.assigned", target, in: AssignmentState.working.union([.submitted])) {
            body,
            _,
            _,
            reading in
            body["person"] = .string(try appointed(person, reading))
        }
    }

    /// Who is to do the work: one of the directory who works here, or has a role here.
    private func appointed(_ typed: String, _ reading: any StoreReading) throws -> String {
        let user = try person(typed, reading)
        guard let entry = try entry("person/" + user, reading) else {
            throw DeskError(Refusal(.unknownPerson, path: typed))
        }
        guard !RoleEntry.hasLeft(entry) else { throw DeskError(Refusal(.personLeft, path: user)) }
        let works = entry.register("entry")?["department"]?.string
        guard try works == place.node || !roles(of: user, in: place.node, reading).isEmpty else {
            throw DeskError(Refusal(.worksElsewhere, path: works ?? ""))
        }
        return user
    }

    /// An act whose body is about one assignment; `fill` gets the appeal, empty if it has left, and the assignment's name.
    func actOnAssignment(
        _ kind: String,
        _ target: AssignmentTarget,
        in states: Set<AssignmentState>,
        personal: JSONObject? = nil,
        _ fill: (inout JSONObject, Aggregate, String, any StoreReading) throws -> Void
    ) throws -> Acted<AboutAssignment> {
        try act { transaction in
            let (shown, assignment) = try found(target, in: states, transaction)
            var body: JSONObject = ["assignment": .string(assignment)]
            try fill(&body, shown.appeal, assignment, transaction)
            var draft = Draft(
                kind: kind,
                appeal: shown.id,
                actor: try actor(kind, transaction),
                body: body,
                personal: personal
            )
            // Of an appeal that left only the stub is here: the ended assignment is cited, and the office decides.
            if shown.appeal.isEmpty { draft.authority = assignment }
            return (draft, AboutAssignment(assignment: assignment))
        }
    }

    /// The appeal and the assignment that are meant; an appeal that left with an assignment named in full.
    private func found(
        _ target: AssignmentTarget,
        in states: Set<AssignmentState>,
        _ reading: any StoreReading
    ) throws -> (ShownAppeal, String) {
        let id = try find(target.appeal, reading)
        if let shown = try shown(id, reading) {
            return (shown, try assignment(target.assignment, of: shown.appeal, in: states, reading))
        }
        guard try reading.stub(id) != nil, let name = target.assignment, WriteName(name) != nil else {
            throw try gone(target.appeal, id, reading)
        }
        return (ShownAppeal(id: id, appeal: Aggregate(id: id), pending: []), name)
    }
}

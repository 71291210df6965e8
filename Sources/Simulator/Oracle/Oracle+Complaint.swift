import Appeals
import CanonicalJSON
import Replication

/// DESIGN.md "Complaints" said once more: whom a complaint is about, and what that closes.
extension CaseFile {
    private func parties(_ kind: String) -> Set<String> {
        let named = register("complainedAgainst")?.value.array ?? []
        return Set(named.compactMap { $0[kind]?.string })
    }

    var departmentsComplainedAgainst: Set<String> { parties("department") }
    var personsComplainedAgainst: Set<String> { parties("person") }

    var partiesOutside: Set<String> { parties("outside") }

    /// Whether nobody has found out yet who is meant.
    var isPartyUnresolved: Bool { !parties("unresolved").isEmpty }

    /// Since when a department is complained against.
    func day(_ party: String) -> String? { register("complainedSince")?.value[party]?.string }

    /// Whether somebody must settle first whom the complaint is about.
    var isComplaintDisputed: Bool { isOpenConflict(of: "complainedAgainst") }

    /// Who may not see the appeal is told to those who have it, and appointments of such people are void.
    mutating func reactToComplaint(write: String, commit: Int64, today: String) {
        guard register("complainedAgainst") != nil else { return }
        let known = register("complainedSince")?.value.object?.members.map(\.key) ?? []
        if Set(known) != departmentsComplainedAgainst {
            var days = JSONObject()
            for party in departmentsComplainedAgainst { days[party] = .string(day(party) ?? today) }
            expect(.item(Item(value: .object(days), write: write, commit: commit)), .registers, "complainedSince")
        }
        let barred = personsComplainedAgainst.sorted().map(JSON.string)
        if register("barred")?.value.array ?? [] != barred {
            expect(.item(Item(value: .array(barred), write: write, commit: commit)), .registers, "barred")
        }
        for entity in entities("person") where personsComplainedAgainst.contains(text("person@" + entity) ?? "") {
            expect(.item(Item(value: .null, write: write, commit: commit)), .registers, "person@" + entity)
        }
    }
}

extension Oracle {
    /// Whether the office decides in the stead of a home department: that, or its head, is complained against.
    func officeStandsIn(_ file: CaseFile) throws -> Bool {
        guard let home = file.text("home"), home != "office" else { return false }
        if file.departmentsComplainedAgainst.contains(home) { return true }
        return try file.personsComplainedAgainst.contains { try isHead($0, of: home) }
    }

    private func isHead(_ user: String, of department: String) throws -> Bool {
        try city.officeStore.read { reading in
            let row = try reading.row(Space.reference, generation: 0, key: "role/\(department)/\(user)/head")
            let entry = try row.map { try city.watch.read.aggregate($0) }
            guard let entry, entry[.registers, "granted"] != nil else { return false }
            return try end(ofRole: entry, reading) == nil
        }
    }

    /// The refusal that a complaint demands; nil if none does.
    func complained(_ operation: Operation, _ file: CaseFile) -> Verdict? {
        switch operation.kind {
        case "resolution.issued":
            let named = (operation.body["assignments"]?.array ?? []).compactMap { $0["department"]?.string }
            let isParty = named.contains(where: file.departmentsComplainedAgainst.contains)
            return isParty || file.isComplaintDisputed || file.isPartyUnresolved ? Verdict(.refused) : nil
        case "assignment.accepted", "person.assigned":
            let person = operation.body["person"]?.string ?? ""
            return file.personsComplainedAgainst.contains(person) ? Verdict(.refused, [.complainedAgainst]) : nil
        case "appeal.forwarded", "control.returned":
            let to = operation.body["to"]?.string ?? ""
            let isParty = file.partiesOutside.contains { Alike.areAlike($0, to) }
            return isParty || file.isComplaintDisputed || file.isPartyUnresolved ? Verdict(.refused) : nil
        case "control.removed": return file.isPartyUnresolved ? Verdict(.refused) : nil
        case "answer.accepted", "answer.returned":
            if operation.kind == "answer.accepted", file.isPartyUnresolved { return Verdict(.refused) }
            guard let department = file.text("department@" + (operation.body["assignment"]?.string ?? "")) else {
                return nil
            }
            return file.departmentsComplainedAgainst.contains(department) ? Verdict(.refused) : nil
        case "held.adopted":
            let held = operation.body["held"]?.string ?? ""
            if file.isPartyUnresolved, file.assignment(ofHeld: held) != nil { return Verdict(.refused) }
            return file.personsComplainedAgainst.contains(file.author(ofHeld: held) ?? "") ? Verdict(.refused) : nil
        default: return nil
        }
    }

    /// Who leads an act that only a leader decides; nil for other kinds.
    static func decider(_ operation: Operation) -> String? {
        switch operation.kind {
        case "resolution.issued": operation.body["author"]?["user"]?.string
        case "term.extended": operation.body["decidedBy"]?.string
        case "control.put", "control.removed", "control.returned", "appeal.forwarded", "appeal.returned",
            "appeal.notConsidered", "appeal.withdrawn", "appeal.explained":
            operation.body["author"]?.string
        default: nil
        }
    }

    /// A decision of a leader whom the complaint is about, or of the office about itself by who writes it down.
    func concernsDecider(_ operation: Operation, _ file: CaseFile) -> Bool {
        guard let decider = Self.decider(operation) else { return false }
        return file.personsComplainedAgainst.contains(decider)
            || file.departmentsComplainedAgainst.contains("office") && decider == operation.actor.user
    }

    /// Whether nobody but those whom the complaint is about has approved this version.
    func isApprovedByParty(_ version: String, of assignment: String, _ file: CaseFile) -> Bool {
        let heads = file.heads(approving: version, of: assignment)
        return !heads.isEmpty && heads.allSatisfy(file.personsComplainedAgainst.contains)
    }
}

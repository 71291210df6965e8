import Appeals
import CanonicalJSON
import Replication

/// Complaints about who holds the appeal, told by a correction: before and after it is assigned, proposed and settled,
/// about the department where the card is at home or its head, about the office or its leader, and taken back.
extension City {
    /// Another leader than the mayor: about whom a complaint may be.
    static let vice = "vice"

    /// Who decides about an appeal: another than the mayor most times when it complains about them or about the office.
    func leader(of id: String) throws -> String {
        let parties = try officeRow(id)?.register(Complaint.register)?.array ?? []
        let isConcerned = parties.contains { $0["person"]?.string == "mayor" || $0["department"]?.string == "office" }
        return isConcerned && fifth.chance(0.6) ? Self.vice : "mayor"
    }

    /// The office has another leader, from the first complaint on.
    func addLeader() throws {
        guard !hasVice else { return }
        hasVice = true
        try reference(
            "person.put",
            ["user": .string(Self.vice), "department": "office"],
            personal: ["name": .string(Self.vice)]
        )
        try reference("role.granted", ["user": .string(Self.vice), "role": "leader", "department": "office"])
    }

    func complain() throws {
        try addLeader()
        guard let id = fifth.pick(try departmentCards() + ledger.registered), let row = try officeRow(id) else {
            return
        }
        let isThere = row.register(Complaint.register)?.array?.isEmpty == false
        if isThere, fifth.chance(0.4) {
            count("complaint taken back")
            try names([], on: id)
        } else if fifth.chance(0.3), let main = try mainExecutor(of: row) {
            // The main executor proposes; a person settles it, or an answer waits until somebody does.
            count("complaint proposed")
            try siteDraft(main, "appeal.corrected", id, "clerk", token: nil) {
                $0.body = ["fields": [Complaint.register: .array([party(of: row)])]]
            }
        } else {
            count("complaint")
            try names([party(of: row)], on: id)
        }
    }

    /// Cards that departments registered themselves and that are at the office.
    private func departmentCards() throws -> [String] {
        try officeStore.read { reading in
            try sites.flatMap { site in
                try reading.openTenures(Space.slice(site.name), after: "", limit: 20).filter { $0.view == "home" }
                    .map(\.key)
            }
        }
    }

    private func mainExecutor(of row: Appeals.Aggregate) throws -> Site? {
        let entity = openAssignments(row).first { row.register("role@" + $0)?.string == "main" }
        let department = entity.flatMap { row.register("department@" + $0)?.string }
        guard let site = sites.first(where: { $0.name == department }), site.sleepsUntil <= now,
            try site.store.read({ try site.department.confirmed(row.id, $0) }) != nil
        else { return nil }
        return site
    }

    /// A department that holds the appeal, one of its people, somebody outside, or somebody of whom nobody knows yet who that is.
    private func party(of row: Appeals.Aggregate) -> JSON {
        var holders = openAssignments(row).compactMap { row.register("department@" + $0)?.string }
        if let home = row.register("home")?.string, home != "office" { holders.append(home) }
        let any = fifth.pick(sites)?.name ?? ""
        let department = fifth.chance(0.7) ? fifth.pick(holders) ?? any : any
        switch fifth.below(10) {
        case 0...2: return ["department": .string(department)]
        case 3: return ["person": .string("clerk-" + department)]
        case 4, 5: return ["person": .string("head-" + department)]
        case 6: return ["department": "office"]
        case 7: return ["person": "mayor"]
        case 8: return ["unresolved": "відділом"]
        default: return ["outside": "перевізник"]
        }
    }

    /// The registrar corrects, or the head of the department where the card is at home.
    private func names(_ parties: [JSON], on id: String) throws {
        let status = try officeAct(
            "appeal.corrected",
            id,
            ("olena", "registrar"),
            ["fields": [Complaint.register: .array(parties)]]
        )
        guard status == .refused, let home = try officeRow(id)?.register("home")?.string,
            let site = sites.first(where: { $0.name == home }), site.sleepsUntil <= now
        else { return }
        try siteDraft(site, "appeal.corrected", id, "head", token: nil) {
            $0.body = ["fields": [Complaint.register: .array(parties)]]
        }
    }
}

import Appeals
import CanonicalJSON
import Replication

/// What departments do in one go with an answer, so that cases come up which acts drawn one by one hardly ever make.
extension City {
    /// Two executors of one appeal answer; one answers whose appeal is disputed; one answers beyond the first term.
    func answers() throws {
        switch fifth.below(4) {
        case 0, 1: try twoAnswer()
        case 2: try submitInDispute()
        default: try answerLate()
        }
    }

    /// An assignment that a department sees as its own in one of some states; of an appeal, or of any.
    func shown(at site: Site, in states: Set<String>, of id: String? = nil) throws -> (String, String)? {
        var found: [(String, String)] = []
        for row in try site.shownRows() where id == nil || row.key == id {
            let appeal = try row.aggregate()
            for entity in appeal.entities(with: "department")
            where appeal.register("department@" + entity)?.string == site.name
                && states.contains(appeal.register("state@" + entity)?.string ?? "")
            {
                found.append((row.key, entity))
            }
        }
        return fifth.pick(found)
    }

    private static let inHand: Set<String> = ["issued", "accepted", "returned"]

    /// C6: the main executor and a co-executor write to the applicant, each for itself, with one result or with two.
    private func twoAnswer() throws {
        guard let id = fifth.pick(ledger.registered) else { return }
        let both = try sites.compactMap { site in try shown(at: site, in: Self.inHand, of: id).map { (site, $0.1) } }
        guard both.count > 1 else {
            guard let main = fifth.pick(sites)?.name, let co = fifth.pick(sites)?.name, main != co else { return }
            return _ = try assign(id, [(main, "main"), (co, "co")])
        }
        for (site, assignment) in both {
            try attempt { try send(site, id, assignment, date: "2026-02-02") }
        }
    }

    /// C2, C3: an executor that has the appeal now submits its answer while a former one's waits for a decision.
    private func submitInDispute() throws {
        let disputed = try ledger.registered.filter { id in
            guard let row = try officeStore.read({ try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() })
            else { return false }
            return Disagreements.open(in: row).contains { ["C2", "C3"].contains($0.rule) }
        }
        guard let id = fifth.pick(disputed) else { return }
        for site in sites {
            guard let (_, assignment) = try shown(at: site, in: Self.inHand, of: id) else { continue }
            try attempt { try submit(site, id, assignment, try approve(site, id, assignment)) }
        }
    }

    /// C8, C9: the term is extended, and the main executor's letter is of the last day.
    private func answerLate() throws {
        guard let site = fifth.pick(sites), let (id, assignment) = try shown(at: site, in: Self.inHand) else { return }
        guard let row = try officeStore.read({ try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() }),
            let due = row.register("due.statutory")?.string.flatMap({ CivilDate($0) })
        else { return }
        if !row.items(.facts, beginning: "extension ").isEmpty || fifth.chance(0.3) {
            return try send(site, id, assignment, date: due.description)
        }
        try extendTerm(of: id, from: due)
    }

    // MARK: steps of an answer

    /// Takes the work on, writes and approves a final answer; gives its version.
    func approve(_ site: Site, _ id: String, _ assignment: String) throws -> String {
        let about: JSONObject = ["assignment": .string(assignment)]
        try attempt { try siteAct(site, "assignment.accepted", id, "head", about) }
        var draft = about
        draft["final"] = true
        draft["result"] = .string(fifth.pick(["satisfied", "explained", "refused"]) ?? "")
        let version = try siteAct(site, "answer.drafted", id, "clerk", draft, text: true)
        var approval = about
        approval["version"] = .string(version)
        try siteAct(site, "answer.approved", id, "head", approval)
        return version
    }

    /// Writes to the applicant.
    private func send(_ site: Site, _ id: String, _ assignment: String, date: String) throws {
        let version = try approve(site, id, assignment)
        let letter: JSONObject = [
            "assignment": .string(assignment), "version": .string(version), "to": "applicant", "by": "email",
            "date": .string(date),
        ]
        try siteAct(site, "answer.dispatched", id, "clerk", letter)
    }

    /// Talks with the applicant and gives the answer to the office.
    func submit(_ site: Site, _ id: String, _ assignment: String, _ version: String) throws {
        let talk: JSONObject = ["assignment": .string(assignment), "date": "2026-02-04", "how": "phone"]
        try siteAct(site, "feedback.recorded", id, "clerk", talk, text: true, field: "words")
        let body: JSONObject = ["assignment": .string(assignment), "version": .string(version)]
        try siteAct(site, "answer.submitted", id, "head", body)
    }
}

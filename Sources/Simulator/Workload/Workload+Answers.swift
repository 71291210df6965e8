import Appeals
import CanonicalJSON
import Replication

/// What departments do in one go with an answer, so that cases come up which acts drawn one by one hardly ever make.
extension City {
    /// Two executors of one appeal answer; one answers whose appeal is disputed; one answers beyond the first term.
    func answers() throws {
        switch fifth.below(40) {
        case 0: try answerLate()
        case 1...20: try twoAnswer()
        default: try submitInDispute()
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

    static let inHand: Set<String> = ["issued", "accepted", "returned"]

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
            guard let row = try officeRow(id) else { return false }
            return Disagreements.open(in: row).contains { ["C2", "C3"].contains($0.rule) }
        }
        guard let id = fifth.pick(disputed) else { return }
        for site in sites {
            guard let (_, assignment) = try shown(at: site, in: Self.inHand, of: id) else { continue }
            try attempt { try submit(site, id, assignment, try approve(site, id, assignment)) }
        }
    }

    /// C8, C9: the term of an appeal that was due in two days is extended; days pass, and the letter is of a day after the
    /// first term, or of one before it.
    private func answerLate() throws {
        let today = Today.date(officeNow)
        // No time passes between two transactions of one call.
        guard !isBetween, let site = fifth.pick(sites), let due = today.adding(days: 2),
            let id = try register(due: (due, today.adding(days: 20) ?? due)),
            try assign(id, [(site.name, "main")]) == .accepted
        else { return }
        try extendTerm(of: id, from: due)
        let days = fifth.pick([1, 3, 4]) ?? 3
        count("days pass")
        note("\(days) days pass")
        try pass(Int64(days) * 86_400_000) {}
        guard let (_, assignment) = try shown(at: site, in: Self.inHand, of: id) else { return }
        try send(site, id, assignment, date: Today.date(now).description)
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
        try dispatch(site, id, assignment, try approve(site, id, assignment), date: date)
    }

    /// An approved answer goes to the applicant.
    func dispatch(_ site: Site, _ id: String, _ assignment: String, _ version: String, date: String) throws {
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

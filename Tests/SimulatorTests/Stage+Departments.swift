import Appeals
import CanonicalJSON

@testable import Replication
@testable import Simulator

/// What people of a department do, and what befalls their disk.
extension Stage {
    func siteActs(_ site: Site, _ words: Words) throws {
        let verb = try words.required(0)
        switch verb {
        case "backup": site.backups = [site.medium.backup()]
        case "rollback":
            guard let backup = site.backups.last else { throw Unknown("\(site.name) has no backup") }
            try city.rollback(site, to: backup)
        case "clone": try clone(site, as: words.required(1))
        case "crash": city.start(site)
        case "damage": try damage(site)
        case "send": try send(site, words)
        case "log": try tellLog(site)
        default: try cardActs(site, verb, words)
        }
    }

    private func cardActs(_ site: Site, _ verb: String, _ words: Words) throws {
        if verb == "register" { return try register(site, words) }
        let letter = try words.required(verb == "submit" && words[1] == "answer" ? 2 : 1)
        let appeal = try appeal(letter)
        let view = try site.store.read { try site.department.view(appeal, $0, now: site.clock(city.now)).appeal }
        switch verb {
        case "show":
            guard let view else { return said.append("\(site.name) shows nothing of \(letter)") }
            try show(view, at: site.name, as: letter)
        case "accept", "decline", "draft", "approve", "submit", "dispatch", "feedback":
            try answer(site, verb, appeal, view ?? Appeals.Aggregate(id: appeal), words)
        case "note":
            try act(site, "note.added", appeal, "clerk", [:], ["text": .string(words.after(2).rest)])
        case "phone":
            try act(site, "contact.added", appeal, "clerk", [:], ["phone": .string(try words.required(2))])
        case "correct":
            let correction = try Self.correction(words)
            try act(site, "appeal.corrected", appeal, "clerk", correction.body, correction.personal)
        case "complain":
            try act(site, "appeal.corrected", appeal, "clerk", Self.complaint(words))
        case "appoint":
            // roads: appoint A clerk
            guard let assignment = newestAssignment(of: site.name, view ?? Appeals.Aggregate(id: appeal)) else {
                return said.append("\(site.name) has no assignment on its screen")
            }
            let person = "\(try words.required(2))-\(site.name)"
            let body: JSONObject = ["assignment": .string(assignment), "person": .string(person)]
            try act(site, "person.assigned", appeal, "head", body)
        default: throw Unknown("a department does not \(verb)")
        }
    }

    /// The way of an answer; `submit answer` is draft, feedback, approval and submission at once.
    private func answer(
        _ site: Site,
        _ verb: String,
        _ appeal: String,
        _ view: Appeals.Aggregate,
        _ words: Words
    ) throws {
        if verb == "submit", words[1] == "answer" {
            for step in ["draft", "feedback", "approve", "submit"] {
                let after = try site.store.read {
                    try site.department.view(appeal, $0, now: site.clock(city.now)).appeal
                }
                try answer(site, step, appeal, after ?? view, words.after(1))
            }
            return
        }
        guard let assignment = newestAssignment(of: site.name, view) else {
            return said.append("\(site.name) has no assignment on its screen")
        }
        var body: JSONObject = ["assignment": .string(assignment)]
        var personal: JSONObject?
        let versions = view.names(.facts).compactMap { FactName($0) }.filter {
            $0.kind == "answer" && $0.entity == assignment
        }
        if ["approve", "submit", "dispatch"].contains(verb) {
            let newest = versions.compactMap { WriteName($0.write) }.max()?.description
            body["version"] = verb == "approve" ? .string(newest ?? "") : view.register("answer@" + assignment) ?? .null
        }
        switch verb {
        case "decline": body["reason"] = .string(words.text("because") ?? "не в компетенції")
        case "draft":
            body["final"] = .bool(!words.words.contains("preliminary"))
            body["result"] = .string(words[2].flatMap { IssueResult(rawValue: $0)?.rawValue } ?? "satisfied")
            personal = ["text": .string(words.text("saying") ?? "Відремонтовано")]
        case "feedback":
            body["date"] = .string(Today.date(city.now).description)
            body["how"] = "phone"
            personal = ["words": "Дякую"]
        case "dispatch":
            body["to"] = "applicant"
            body["by"] = "paper"
            body["date"] = .string(words.value("on") ?? Today.date(city.now).description)
        default: break
        }
        let kinds = [
            "accept": "assignment.accepted", "decline": "assignment.declined", "draft": "answer.drafted",
            "approve": "answer.approved", "submit": "answer.submitted", "dispatch": "answer.dispatched",
            "feedback": "feedback.recorded",
        ]
        let role = ["decline", "approve"].contains(verb) ? "head" : "clerk"
        try act(site, kinds[verb] ?? "", appeal, role, body, personal)
    }

    private func register(_ site: Site, _ words: Words) throws {
        let letter = try words.required(1)
        let number = String(appeals.count + 1)
        let appeal =
            appeals[letter] ?? "01995c3a-0000-7000-8000-" + String(repeating: "0", count: 12 - number.count) + number
        appeals[letter] = appeal
        var body = Self.registration(index: "\(site.name.uppercased())-Ж-\(number)")
        body["addressee"] = "department"
        try act(site, "appeal.registered", appeal, "clerk", body, Self.applicant)
    }

    private func act(
        _ site: Site,
        _ kind: String,
        _ appeal: String,
        _ role: String,
        _ body: JSONObject,
        _ personal: JSONObject? = nil
    ) throws {
        try attempt(site.name) {
            try site.department.act(now: site.clock(city.now)) { _ in
                Draft(
                    kind: kind,
                    appeal: appeal,
                    actor: Actor(user: "\(role)-\(site.name)", role: role),
                    body: body,
                    personal: personal
                )
            }
            try city.carryOut(try site.link.step(.acted, now: site.clock(city.now)), site)
        }
    }

    // MARK: disks

    /// A copy of the disk runs beside the department, with its key.
    private func clone(_ site: Site, as name: String) throws {
        let medium = try Medium(site.medium.backup())
        let department = city.department(site.name, medium.store)
        let clone = Site(name: site.name, medium: medium, department: department, link: Link(department, seed: 1))
        clones[name] = clone
        city.start(clone)
    }

    /// One byte of the last own operation's signature changes on the disk before it was sent.
    private func damage(_ site: Site) throws {
        try site.store.write { transaction in
            let origin = try site.department.currentOrigin(transaction).origin
            guard var record = try transaction.operations(origin, after: 0, limit: .max).last else {
                throw Unknown("\(site.name) has done nothing")
            }
            let place = record.bytes.count - 20
            record.bytes[place] = record.bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            try transaction.putOperation(record)
        }
    }

    /// `send again` pushes the whole log once more; `send without the first` leaves its first undecided operation out.
    private func send(_ site: Site, _ words: Words) throws {
        let lines = try site.store.read { reading in
            let origin = try site.department.currentOrigin(reading)
            let all = try reading.operations(origin.origin, after: 0, limit: .max)
            switch words.after(1).rest {
            case "again": return (origin.origin, all)
            case "without the first": return (origin.origin, Array(all.filter { $0.outcome == nil }.dropFirst()))
            default: throw Unknown("nobody can send “\(words.after(1).rest)”")
            }
        }
        let epoch = try city.officeStore.read { try $0.value(Values.epoch) } ?? ""
        let body: [UInt8] = lines.1.flatMap { (record: OperationRecord) -> [UInt8] in record.bytes + [10] }
        let query = [("epoch", epoch), ("origin", lines.0.description)]
        let request = WireRequest(.push, query: query, body: body)
        guard case .reply(let response, _) = try city.office.handle(request, peer: site.name, now: city.now) else {
            return
        }
        guard response.status == 200 else {
            return said.append("the office answers \(response.errorCode?.rawValue ?? "")")
        }
        for line in Lines.split(response.body).dropLast() {
            let json = try JSON(parsing: Array(line), limits: Limits.aggregate)
            if let outcome = Outcome(json) {
                said.append("the office answers \(outcome.write): \(Observed.text(outcome))")
            } else {
                let wanted = json["wanted"]?.integer.map { ", wants \($0)" } ?? ""
                said.append("the office answers \(json["answer"]?.string ?? "")\(wanted)")
            }
        }
    }

    private func tellLog(_ site: Site) throws {
        try site.store.read { reading in
            for origin in try site.department.origins(reading) {
                for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                    let state = record.decision?.rawValue ?? record.status?.rawValue ?? "not sent"
                    said.append("\(record.origin):\(record.number) \(record.kind) \(record.appeal ?? ""): \(state)")
                }
            }
        }
    }
}

import Appeals
import CanonicalJSON
import Replication

/// What people do: whatever their screens allow; a refusal of the advice is no fault.
extension City {
    /// One thing that somebody in the city does.
    func act() throws {
        if hasAll, fourth.chance(0.15) { return try laterAct() }
        if fifth.chance(faults.answers) { return try surviving { try attempt { try answers() } } }
        if faults.alike > 0, typing.chance(faults.alike) {
            return try surviving { try attempt { try typesAlike() } }
        }
        if random.chance(0.45) {
            try surviving { try attempt { try officeActs() } }
        } else if let site = random.pick(sites) {
            try surviving { try departmentActs(site) }
        }
    }

    /// Does what may be refused by the advice, as it may on any screen.
    func attempt(_ run: () throws -> Void) throws {
        do { try run() } catch is Refusal { count("advice refused") }
    }

    /// A new appeal's id, from the run's own chance.
    func uuid() -> String { Self.uuid(draw(16)) }

    static func uuid(_ text: String) -> String {
        let hex = Array(text)
        func part(_ range: Range<Int>) -> String { String(hex[range]) }
        return [part(0..<8), part(8..<12), part(12..<16), part(16..<20), part(20..<32)].joined(separator: "-")
    }

    // MARK: office

    /// Somebody at the office takes up an appeal, or a new one is registered.
    private func officeActs() throws {
        guard ledger.registered.count > 2, random.chance(0.8), let appeal = random.pick(ledger.registered) else {
            try register()
            return
        }
        let row = try officeStore.read { try $0.row(Space.appeals, generation: 0, key: appeal) }
        guard let row else { return }
        let state = try watch.read.aggregate(row)
        switch random.below(10) {
        case 0...3: try assign(appeal, state)
        case 4: try officeCorrects(appeal)
        case 5, 6: try review(appeal, state)
        case 7: try settle(appeal, state)
        case 8:
            try officeAct(
                "note.added",
                appeal,
                ("olena", "registrar"),
                [:],
                personal: ["text": .string(ledger.token())]
            )
        default: if random.chance(faults.erasure * 10) { try erase(appeal) }
        }
    }

    /// Acts of the office whose words are looked for afterwards.
    private static let told: Set<String> = ["note.added", "appeal.corrected", "appeal.registered"]

    /// An act of the office's people; what was told to be saved goes into the ledger.
    @discardableResult
    func officeAct(
        _ kind: String,
        _ appeal: String,
        _ actor: (String, String),
        _ body: JSONObject,
        personal: JSONObject? = nil
    ) throws -> OutcomeStatus {
        let draft = Draft(
            kind: kind,
            appeal: appeal,
            actor: Actor(user: actor.0, role: actor.1),
            body: body,
            personal: personal
        )
        let outcome = try runningOffice { try office.act(now: officeNow) { _ in draft } }.outcome
        count("office \(outcome.status.rawValue)")
        countOutcome(outcome)
        note("office \(kind) \(appeal.prefix(6)) \(outcome.status.rawValue) \(outcome.reason?.rawValue ?? "")")
        let token = Self.told.contains(kind) ? personal?["text"]?.string ?? body["reason"]?.string : nil
        if let token, outcome.status != .refused || kind == "appeal.corrected" {
            ledger.saved(Ledger.Act(token: token, site: "office", appeal: appeal, kind: kind))
        }
        return outcome.status
    }

    /// A new appeal, due and at the latest due on other days than most; gives its id if it was taken.
    @discardableResult
    func register(due: (first: CivilDate, cap: CivilDate)? = nil) throws -> String? {
        let appeal = uuid()
        let (first, cap) = (due?.first.description ?? "2026-03-03", due?.cap.description ?? "2026-03-20")
        let body: JSONObject = [
            "index": .string("К-\(ledger.registered.count + 1 + officeRestores * 10_000)"),
            "registeredOn": "2026-02-03",
            "receivedAt": "2026-02-03T09:14:00+02:00", "channel": "mayorPhone", "addressee": "mayor",
            "kind": "application",
            "receiptSign": "first", "subjectType": "individual", "issues": [["heading": "090"], ["heading": "100"]],
            "due": [
                "statutory": .string(first), "control": .string(first), "cap": .string(cap), "basis": "month",
                "calendar": "2026-1",
            ],
        ]
        let status = try officeAct(
            "appeal.registered",
            appeal,
            ("olena", "registrar"),
            body,
            personal: [
                "text": .string(ledger.token()), "name": "Коваленко", "phones": ["+380"],
                "phonesTyped": [.string("+380 " + ledger.token())],
            ]
        )
        guard status == .accepted else { return nil }
        ledger.registered.append(appeal)
        return appeal
    }

    /// A resolution that replaces all open assignments by new ones.
    private func assign(_ appeal: String, _ state: Appeals.Aggregate) throws {
        guard let main = random.pick(sites)?.name else { return }
        // What is off control is taken up again before anybody gets it.
        if state.register("control")?.string == "removed" {
            let decision: JSONObject = ["author": .string(try leader(of: appeal)), "reason": "рішення"]
            guard try officeAct("control.returned", appeal, ("iryna", "specialist"), decision) == .accepted else {
                return
            }
        }
        let open = state.entities(with: "state").filter {
            ["issued", "accepted", "declined", "submitted", "returned"].contains(
                state.register("state@" + $0)?.string ?? ""
            )
        }
        let isSecond = faults.secondResolution > 0 && !open.isEmpty && seventh.chance(faults.secondResolution)
        if isSecond { count("second resolution") }
        let issues = state.entities(with: "issue")
        var assignments: [JSON] = [["department": .string(main), "role": "main"]]
        if random.chance(0.3), let co = random.pick(sites)?.name, co != main {
            var assignment: JSONObject = ["department": .string(co), "role": "co"]
            if let issue = random.pick(issues), random.chance(0.5) { assignment["issues"] = [.string(issue)] }
            assignments.append(.object(assignment))
        }
        try officeAct(
            "resolution.issued",
            appeal,
            ("iryna", "specialist"),
            [
                "author": ["user": .string(try leader(of: appeal)), "role": "leader"],
                "assignments": .array(assignments),
                "supersedes": .array(isSecond ? [] : open.map(JSON.string)),
                "onControl": .bool(state.register("control") == nil),
            ],
            personal: ["text": "виконати"]
        )
    }

    /// The applicant's address, which departments correct too (C12).
    private func officeCorrects(_ appeal: String) throws {
        let token = ledger.token()
        try officeAct(
            "appeal.corrected",
            appeal,
            ("olena", "registrar"),
            ["reason": .string(token)],
            personal: ["fields": ["applicant.address": .string("office \(token)")]]
        )
    }

    /// Whatever was submitted is accepted or returned.
    private func review(_ appeal: String, _ state: Appeals.Aggregate) throws {
        for entity in state.entities(with: "state") where state.register("state@" + entity)?.string == "submitted" {
            guard let version = state.register("answer@" + entity) else { continue }
            let kind = random.chance(0.6) ? "answer.accepted" : "answer.returned"
            var body: JSONObject = ["assignment": .string(entity), "version": version]
            if kind == "answer.returned" { body["reason"] = "доопрацювати" }
            try officeAct(kind, appeal, ("iryna", "specialist"), body)
        }
    }

    /// The first open case, with any of its choices.
    private func settle(_ appeal: String, _ state: Appeals.Aggregate) throws {
        for (name, rule) in Disagreements.open(in: state) {
            guard let choice = random.pick(Disagreements.choices(rule)) else { continue }
            if rule == "C12" {
                try officeAct(
                    "conflict.settled",
                    appeal,
                    ("olena", "registrar"),
                    ["conflict": .string(name), "choice": .string(choice)]
                )
            } else {
                try officeAct(
                    "disagreement.settled",
                    appeal,
                    ("iryna", "specialist"),
                    ["disagreement": .string(name), "choice": .string(choice), "reason": "так"]
                )
            }
            return
        }
    }

    /// An administrator erases an appeal; the ledger knows it if it became durable.
    func erase(_ appeal: String) throws {
        let status: OutcomeStatus?
        do {
            status = try officeAct("appeal.erased", appeal, ("boss", "administrator"), ["reason": "за рішенням"])
        } catch let stop as Medium.Stop {
            // It may be durable though nobody was told.
            guard try officeStore.read({ try $0.isErased(appeal) }) else { throw stop }
            status = .accepted
        }
        if status == .accepted {
            ledger.erased.insert(appeal)
            ledger.registered.removeAll { $0 == appeal }
            count("erasure")
        }
    }

    // MARK: departments

    /// Somebody at a department opens an appeal and does what comes to hand.
    func departmentActs(_ site: Site) throws {
        guard site.sleepsUntil <= now else { return }
        let clock = site.clock(now)
        guard let appeal = try random.pick(site.shownRows())?.key else { return }
        let shown = try site.store.read { try site.department.view(appeal, $0, now: clock) }
        try SessionGuarantees.read(appeal, shown, site, self)
        guard let view = shown.appeal else { return }
        let own = view.entities(with: "department", being: site.name)
        let ranked = own.sorted { rank(view, $0) > rank(view, $1) }
        guard let assignment = ranked.first else { return }
        try attempt { try work(site, appeal, view, assignment) }
    }

    /// What is being worked on comes before what waits, and both before what is over.
    private func rank(_ view: Appeals.Aggregate, _ entity: String) -> Int {
        ["issued": 5, "accepted": 6, "returned": 6, "submitted": 4][view.register("state@" + entity)?.string ?? ""] ?? 0
    }

    /// Any act on an assignment, in no order: the advice refuses what makes no sense.
    private func work(_ site: Site, _ appeal: String, _ view: Appeals.Aggregate, _ assignment: String) throws {
        let about: JSONObject = ["assignment": .string(assignment)]
        let drafts = view.names(.facts).compactMap { FactName($0) }.filter {
            $0.kind == "answer" && $0.entity == assignment
        }
        var body = about
        switch random.below(9) {
        case 0: try siteAct(site, "assignment.accepted", appeal, "head", body)
        case 1:
            body["final"] = true
            body["result"] = .string(random.pick(["satisfied", "explained"]) ?? "satisfied")
            try siteAct(site, "answer.drafted", appeal, "clerk", body, text: true)
        case 2, 3:
            guard let version = drafts.last?.write else { return }
            body["version"] = .string(version)
            try siteAct(site, "answer.approved", appeal, "head", body)
        case 4:
            guard let version = view.register("answer@" + assignment) else { return }
            body["version"] = version
            try siteAct(site, "answer.submitted", appeal, "head", body)
        case 5:
            guard let version = view.register("answer@" + assignment) else { return }
            body["version"] = version
            body["to"] = "applicant"
            body["by"] = "email"
            // Some are sent after the first term has passed, before or after it was extended.
            body["date"] = hasAll && fourth.chance(0.3) ? "2026-03-05" : "2026-02-02"
            try siteAct(site, "answer.dispatched", appeal, "clerk", body)
        case 6:
            body["date"] = "2026-02-04"
            body["how"] = "phone"
            try siteAct(site, "feedback.recorded", appeal, "clerk", body, text: true, field: "words")
        case 7: try siteCorrects(site, appeal)
        default: try siteAct(site, "note.added", appeal, "clerk", [:], text: true)
        }
    }

    /// A correction that is a proposal, or one of equals: a clash in either case.
    private func siteCorrects(_ site: Site, _ appeal: String) throws {
        let token = ledger.token()
        try siteDraft(site, "appeal.corrected", appeal, "clerk", token: token) {
            $0.body = ["reason": .string(token)]
            $0.personal = ["fields": ["applicant.address": .string("\(site.name) \(token)")]]
        }
    }

    /// An act of a department's people; `text`: with a token in the personal part, to be looked for afterwards.
    @discardableResult
    func siteAct(
        _ site: Site,
        _ kind: String,
        _ appeal: String,
        _ role: String,
        _ body: JSONObject,
        text: Bool = false,
        field: String = "text"
    ) throws -> String {
        let token = ledger.token()
        return try siteDraft(site, kind, appeal, role, token: text ? token : nil) {
            $0.body = body
            if text { $0.personal = [field: .string(token)] }
        }
    }

    /// Gives the name of what was written.
    @discardableResult
    func siteDraft(
        _ site: Site,
        _ kind: String,
        _ appeal: String,
        _ role: String,
        token: String?,
        _ fill: (inout Draft) -> Void
    ) throws -> String {
        var draft = Draft(kind: kind, appeal: appeal, actor: Actor(user: "\(role)-\(site.name)", role: role), body: [:])
        fill(&draft)
        let signed = try running(site) { try site.department.act(now: site.clock(now)) { _ in draft } }
        watch.history.wrote(site.name, appeal, signed.operation.write, id: signed.id)
        count("authored")
        note("\(site.name) \(kind) \(appeal.prefix(6)) \(signed.operation.write) \(token ?? "")")
        // What is done at a copy goes with it, unless it was sent before.
        if let token, !site.isClone {
            ledger.saved(Ledger.Act(token: token, site: site.name, appeal: appeal, kind: kind))
        }
        try step(site, .acted)
        return "\(signed.operation.write)"
    }
}

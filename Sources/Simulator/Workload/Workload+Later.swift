import Appeals
import CanonicalJSON
import Replication

/// What people do in later seeds: inspectors, terms, removal from control, decisions on what waits, registrations of
/// departments, a whole department's appeals given to another.
extension City {
    /// Every department has an inspector too.
    func addInspectors() throws {
        for site in sites {
            try person("inspector-" + site.name, of: site.name)
            try reference(
                "role.granted",
                [
                    "user": .string("inspector-" + site.name), "role": "inspector",
                    "department": .string(site.name),
                ]
            )
        }
    }

    /// One act of those that came later.
    func laterAct() throws {
        switch fourth.below(10) {
        case 0...3: if let site = fourth.pick(sites) { try surviving { try inspectorActs(site) } }
        case 4...5: if let site = fourth.pick(sites) { try surviving { try headActs(site) } }
        default: try surviving { try attempt { try officeDecides() } }
        }
    }

    // MARK: inspectors

    /// Takes a package along, or does in the field what an older one says, whatever has become of it meanwhile.
    private func inspectorActs(_ site: Site) throws {
        if site.packages.isEmpty || fourth.chance(0.4) {
            guard let (appeal, assignment) = try heldAppeal(site) else { return }
            site.packages.append((appeal.id, assignment))
            if site.packages.count > 6 { site.packages.removeFirst() }
            return
        }
        guard let package = fourth.pick(site.packages) else { return }
        let about: JSONObject = ["assignment": .string(package.assignment)]
        try attempt {
            switch fourth.below(4) {
            case 0:
                var body = about
                body["date"] = "2026-02-04"
                body["how"] = "meeting"
                try inspects(site, "feedback.recorded", package, body, field: "words")
            case 1:
                var body = about
                body["document"] = "photo"
                body["number"] = "1"
                body["date"] = "2026-02-04"
                try inspects(site, "document.recorded", package, body, field: nil)
            case 2: try inspects(site, "contact.added", package, [:], field: "phone")
            default: try inspects(site, "note.added", package, [:], field: "text")
            }
        }
    }

    private func inspects(
        _ site: Site,
        _ kind: String,
        _ package: (appeal: String, assignment: String),
        _ body: JSONObject,
        field: String?
    ) throws {
        let token = ledger.token()
        count("inspector")
        try siteDraft(site, kind, package.appeal, "inspector", token: kind == "contact.added" ? nil : token) {
            $0.body = body
            if let field { $0.personal = [field: .string(token)] } else { $0.body["note"] = .string(token) }
            $0.authority = package.assignment
        }
    }

    // MARK: departments

    /// A head declines or names a person; a clerk registers what came to the department itself.
    private func headActs(_ site: Site) throws {
        if fourth.chance(0.25) { return try attempt { try registers(site) } }
        guard let (appeal, assignment) = try heldAppeal(site) else { return }
        try attempt {
            switch fourth.below(3) {
            case 0:
                try siteDraft(site, "assignment.declined", appeal.id, "head", token: nil) {
                    $0.body = ["assignment": .string(assignment), "reason": "не в компетенції"]
                }
            case 1:
                try siteDraft(site, "person.assigned", appeal.id, "head", token: nil) {
                    $0.body = ["assignment": .string(assignment), "person": .string("clerk-" + site.name)]
                }
            default:
                guard let contact = appeal.entities(with: "contact.phone").last else { return }
                try siteDraft(site, "contact.removed", appeal.id, "clerk", token: nil) {
                    $0.body = ["contact": .string(contact)]
                }
            }
        }
    }

    /// A department registers an appeal that came to it (R2).
    private func registers(_ site: Site) throws {
        let appeal = uuid()
        let token = ledger.token()
        try siteDraft(site, "appeal.registered", appeal, "clerk", token: token) {
            $0.body = [
                "index": .string("\(site.name.uppercased())-Ж-\(ledger.lastToken)"), "registeredOn": "2026-02-03",
                "receivedAt": "2026-02-03T09:14:00+02:00", "channel": "departmentEmail", "addressee": "department",
                "kind": "application", "receiptSign": "first", "subjectType": "individual",
                "issues": [["heading": "090"]],
            ]
            $0.personal = ["text": .string(token), "name": "Коваленко"]
        }
        count("registered by a department")
    }

    // MARK: the office

    /// Somebody decides about work that waits.
    private func officeDecides() throws {
        guard let id = fourth.pick(ledger.registered),
            let appeal = try officeStore.read({ try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() })
        else { return }
        let specialist = ("iryna", "specialist")
        switch fourth.below(6) {
        case 0:
            guard let due = appeal.register("due.statutory")?.string.flatMap({ CivilDate($0) }) else { return }
            try due.dayNumber % 5 == 0 ? correctReceipt(of: id) : extendTerm(of: id, from: due)
        case 1: try decidesControl(id, appeal, specialist)
        case 2, 3:
            let waiting = appeal.items(.held).filter { $0.item.value.heldState == .waiting }
            guard let held = fourth.pick(waiting)?.name else { return }
            let kind = fourth.chance(0.5) ? "held.adopted" : "held.declined"
            let reason = appeal[.held, held]?.value["reason"]?.string
            let decider =
                switch reason.flatMap(Reason.init) {
                case .leaderConcerned: (Self.vice, "leader")
                case .secondResolution: fourth.chance(0.8) ? ("mayor", "leader") : specialist
                default: specialist
                }
            let status = try officeAct(kind, id, decider, ["held": .string(held), "reason": "рішення"])
            if status == .accepted, kind == "held.adopted", reason == Reason.secondResolution.rawValue {
                count("second resolution adopted")
            }
        case 4:
            guard let assignment = fourth.pick(openAssignments(appeal)) else { return }
            try officeAct(
                "assignment.recalled",
                id,
                specialist,
                ["assignment": .string(assignment), "reason": "інше рішення"]
            )
        default: try correctsOnAnOldScreen(id)
        }
    }

    /// Control by whether it is on; an appeal with nobody at work ends in one of the ways that need no department.
    private func decidesControl(
        _ id: String,
        _ appeal: Appeals.Aggregate,
        _ specialist: (String, String)
    ) throws {
        let reason: JSONObject = ["author": .string(try leader(of: id)), "reason": "рішення"]
        switch appeal.register("control")?.string {
        case "removed": try officeAct("control.returned", id, specialist, reason)
        case "onControl" where !openAssignments(appeal).isEmpty:
            try officeAct(
                "control.removed",
                id,
                specialist,
                ["author": .string(try leader(of: id)), "basis": "виконано"]
            )
        case nil where !openAssignments(appeal).isEmpty || appeal.commit % 4 > 0:
            try officeAct("control.put", id, specialist, reason)
        default:
            var body: JSONObject = [
                "author": .string(try leader(of: id)), "date": .string(Today.date(officeNow).description),
            ]
            let kind = [
                "appeal.forwarded", "appeal.returned", "appeal.notConsidered", "appeal.withdrawn", "appeal.explained",
                "appeal.concluded",
            ][
                Int(appeal.commit % 6)
            ]
            if kind == "appeal.forwarded" { body["to"] = "Водоканал" }
            if kind == "appeal.notConsidered" { body["ground"] = "anonymous" }
            if ["appeal.returned", "appeal.notConsidered", "appeal.withdrawn"].contains(kind) {
                body["reason"] = "рішення"
            }
            if kind == "appeal.explained" { body["by"] = "phone" }
            if kind == "appeal.concluded" { body["register"] = "журнал" }
            if kind == "appeal.concluded", appeal.commit % 4 == 0 { body["result"] = "satisfied" }
            let words: JSONObject? = kind == "appeal.explained" ? ["text": .string(ledger.token())] : nil
            try officeAct(kind, id, specialist, body, personal: words)
        }
    }

    /// Three days more.
    func extendTerm(of id: String, from due: CivilDate) throws {
        guard let later = due.adding(days: 3)?.description else { return }
        try officeAct(
            "term.extended",
            id,
            ("iryna", "specialist"),
            [
                "statutory": .string(later), "control": .string(later),
                "decidedOn": .string(Today.date(officeNow).description), "reason": "довідки",
                "decidedBy": .string(try leader(of: id)), "calendar": "2026-1",
            ]
        )
    }

    /// It came a day earlier than was written down, and its term ends a day earlier.
    func correctReceipt(of id: String) throws {
        try officeAct(
            "receipt.corrected",
            id,
            ("olena", "registrar"),
            [
                "receivedAt": "2026-02-02T16:00:00+02:00", "registeredOn": "2026-02-02", "reason": "штамп на конверті",
                "due": ["statutory": "2026-03-04", "control": "2026-03-04", "basis": "month", "calendar": "2026-1"],
            ]
        )
    }

    /// A registrar corrects what the screen showed before somebody else did.
    private func correctsOnAnOldScreen(_ id: String) throws {
        let token = ledger.token()
        let draft = {
            var draft = Draft(
                kind: "appeal.corrected",
                appeal: id,
                actor: Actor(user: "olena", role: "registrar"),
                body: ["reason": .string(token)],
                personal: ["fields": ["applicant.name": .string("old \(token)")]]
            )
            draft.base = ["applicant.name": String?.none]
            return draft
        }()
        let outcome = try runningOffice { try office.act(now: officeNow) { _ in draft } }.outcome
        count("office \(outcome.status.rawValue)")
        countOutcome(outcome)
    }

    /// Those that give their department a ground.
    func openAssignments(_ appeal: Appeals.Aggregate) -> [String] {
        // After a restore a co-executor's row may bring back the state of an assignment that nobody has any more.
        appeal.entities(with: "department").filter(appeal.isGround)
    }

    /// All that a department has in hand goes to another one.
    func reassignAll() throws {
        guard let from = fourth.pick(sites)?.name, let to = fourth.pick(sites)?.name, from != to else { return }
        count("mass reassignment")
        note("all of \(from) goes to \(to)")
        for id in ledger.registered {
            guard let appeal = try officeStore.read({ try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() })
            else { continue }
            let open = openAssignments(appeal)
            guard open.contains(where: { appeal.register("department@" + $0)?.string == from }) else { continue }
            let status = try officeAct(
                "resolution.issued",
                id,
                ("iryna", "specialist"),
                [
                    "author": ["user": .string(try leader(of: id)), "role": "leader"],
                    "assignments": [["department": .string(to), "role": "main"]],
                    "supersedes": .array(open.map(JSON.string)),
                    "onControl": .bool(appeal.register("control") == nil),
                ],
                personal: ["text": "усе разом"]
            )
            if status == .accepted { count("reassigned in a mass") }
        }
    }

    // MARK: roles

    /// A person loses a role, while they may be working offline.
    func endRole(_ site: Site) throws {
        let role = fourth.pick(["clerk", "head", "inspector"]) ?? "clerk"
        let user = "\(role)-\(site.name)"
        guard !weather.withoutRole.contains(where: { $0.user == user }) else { return }
        count("role ended")
        note("\(user) is no \(role) any more")
        // After a restore of the office it may have ended already; it is given again all the same.
        _ = try directs(
            "role.revoked",
            [
                "user": .string(user), "role": .string(role), "department": .string(site.name),
                "reason": "звільнено",
            ]
        )
        weather.withoutRole.append((site.name, user, role))
    }

    /// One of the roles that were lost comes back.
    func grantAgain() throws {
        guard !weather.withoutRole.isEmpty else { return }
        let person = weather.withoutRole.removeFirst()
        note("\(person.user) is \(person.role) again")
        try self.person(person.user, of: person.department)
        try reference(
            "role.granted",
            [
                "user": .string(person.user), "role": .string(person.role),
                "department": .string(person.department),
            ]
        )
    }

    /// In the quiet time everybody may work again, so that outboxes can empty.
    func grantAllAgain() throws { while !weather.withoutRole.isEmpty { try grantAgain() } }
}

import Appeals
import CanonicalJSON
import Replication

/// What a person does by mistake and takes back when somebody notices: others may have seen it and worked on it.
enum Mistake: String, CaseIterable {
    /// Appeals that went to the wrong department, cards of what was no appeal, values and words that were meant for
    /// another.
    case assignment, registration, correction, contact, acceptance, answer
}

extension City {
    /// One mistake, if there is what it needs.
    func mistake() throws {
        guard let mistake = fifth.pick(Mistake.allCases) else { return }
        let takeBack: (() throws -> Void)? =
            switch mistake {
            case .assignment: try wrongAssignment()
            case .registration: try registeredTwice()
            case .correction: try wrongCorrection()
            case .contact: try wrongContact()
            case .acceptance: try acceptedByMistake()
            case .answer: try wrongAnswer()
            }
        guard let takeBack else { return }
        note("that was a mistake: \(mistake.rawValue)")
        let noticed = now + Int64(fifth.below(20_000))
        weather.mistakes.append(
            (
                noticed,
                { [unowned self] in
                    count("mistake: \(mistake.rawValue)")
                    note("taken back: \(mistake.rawValue)")
                    try takeBack()
                }
            )
        )
    }

    /// Whoever has noticed until then what was wrong takes it back.
    func takeBackMistakes(until time: Int64) throws {
        let due = weather.mistakes.filter { $0.noticed <= time }
        weather.mistakes.removeAll { $0.noticed <= time }
        for mistake in due { try surviving { try attempt { try mistake.takeBack() } } }
    }

    /// The appeal as the office has it; nil if it is erased or was never there.
    func officeRow(_ id: String) throws -> Appeals.Aggregate? {
        try officeStore.read { try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() }
    }

    // MARK: at the office

    /// An appeal that somebody executes goes to another department, and back.
    private func wrongAssignment() throws -> (() throws -> Void)? {
        guard let id = fifth.pick(ledger.registered), let right = try officeRow(id)?.register("mainExecutor")?.string,
            let department = try officeRow(id)?.register("department@" + right)?.string,
            let wrong = fifth.pick(sites.map(\.name).filter { $0 != department }),
            try assign(id, [(wrong, "main")]) == .accepted
        else { return nil }
        return { [unowned self] in
            if fifth.chance(0.3), let row = try officeRow(id), let open = openAssignments(row).last {
                try officeAct(
                    "assignment.recalled",
                    id,
                    ("iryna", "specialist"),
                    ["assignment": .string(open), "reason": "помилка"]
                )
            } else {
                try assign(id, [(department, "main")])
            }
        }
    }

    /// A resolution that puts others in the place of all who have the appeal in hand.
    @discardableResult
    func assign(_ id: String, _ executors: [(department: String, role: String)]) throws -> OutcomeStatus {
        guard let row = try officeRow(id) else { return .refused }
        return try officeAct(
            "resolution.issued",
            id,
            ("iryna", "specialist"),
            [
                "author": ["user": "mayor", "role": "leader"],
                "assignments": .array(
                    executors.map { ["department": .string($0.department), "role": .string($0.role)] }
                ),
                "supersedes": .array(openAssignments(row).map(JSON.string)),
                "onControl": .bool(row.register("control") == nil),
            ],
            personal: ["text": "виконати"]
        )
    }

    /// What came twice is registered twice, and given out; the second card is erased.
    private func registeredTwice() throws -> (() throws -> Void)? {
        guard let id = try register() else { return nil }
        if fifth.chance(0.7), let site = fifth.pick(sites) { try assign(id, [(site.name, "main")]) }
        return { [unowned self] in if ledger.registered.contains(id) { try erase(id) } }
    }

    /// A field is set to what belongs to another card, and then to what is right.
    private func wrongCorrection() throws -> (() throws -> Void)? {
        guard let id = fifth.pick(ledger.registered) else { return nil }
        func correct(_ name: String) throws {
            let token = ledger.token()
            try officeAct(
                "appeal.corrected",
                id,
                ("olena", "registrar"),
                ["reason": .string(token)],
                personal: ["fields": ["applicant.name": .string("\(name) \(token)")]]
            )
        }
        try correct("Інший")
        return { try correct("Коваленко") }
    }

    /// A number that belongs to somebody else.
    private func wrongContact() throws -> (() throws -> Void)? {
        // An office whose program is older does not know how.
        guard !rules.unknownKinds.contains("contact.added"), let id = fifth.pick(ledger.registered),
            let before = try officeRow(id)
        else { return nil }
        let registrar = ("olena", "registrar")
        try officeAct("contact.added", id, registrar, [:], personal: ["phone": .string(ledger.token())])
        let known = Set(before.entities(with: "contact.phone"))
        guard let new = try officeRow(id)?.entities(with: "contact.phone").first(where: { !known.contains($0) }) else {
            return nil
        }
        return { [unowned self] in try officeAct("contact.removed", id, registrar, ["contact": .string(new)]) }
    }

    // MARK: at a department

    /// Work is taken on that belongs to others, and declined.
    private func acceptedByMistake() throws -> (() throws -> Void)? {
        guard let site = fifth.pick(sites), let (id, assignment) = try shown(at: site, in: ["issued"]) else {
            return nil
        }
        try siteAct(site, "assignment.accepted", id, "head", ["assignment": .string(assignment)])
        return { [unowned self] in
            let body: JSONObject = ["assignment": .string(assignment), "reason": "прийнято помилково"]
            try siteAct(site, "assignment.declined", id, "head", body)
        }
    }

    /// The text of another appeal is approved; a second one takes its place before or after the first was submitted.
    private func wrongAnswer() throws -> (() throws -> Void)? {
        guard let site = fifth.pick(sites), let (id, assignment) = try shown(at: site, in: Self.inHand)
        else { return nil }
        let version = try approve(site, id, assignment)
        if fifth.chance(0.4) { try submit(site, id, assignment, version) }
        return { [unowned self] in
            let right = try approve(site, id, assignment)
            if fifth.chance(0.5) { try submit(site, id, assignment, right) }
        }
    }
}

public import CanonicalJSON

/// Cases that span registers (DESIGN.md "Concurrent edits"): pure functions of the appeal's state, so that the order in
/// which facts arrive does not matter.
///
/// Each run opens, advances or leaves a case; a settled case opens again only for new evidence.
public enum Disagreements {
    /// The rules that are built, by their names in cases.
    public enum Rule: String, CaseIterable, Sendable {
        case c1 = "C1", c2 = "C2", c3 = "C3", c6 = "C6", c8 = "C8", c9 = "C9", c12 = "C12"
    }

    /// A case that is open now, whether a disagreement or a conflict that a registrar must settle (C12).
    public static func open(in appeal: Aggregate) -> [(name: String, rule: String)] {
        let rows = appeal.items(.disagreements) + appeal.items(.conflicts)
        return rows.filter { $0.item.value.caseState == .open }
            .map { (name: $0.name, rule: $0.item.value["rule"]?.string ?? "") }
    }

    /// The choice that orders a corrective letter to the applicant.
    public static let letter = "correctiveLetter"

    /// What a person may choose to settle a case of a rule.
    public static func choices(_ rule: String) -> [String] {
        switch Rule(rawValue: rule) {
        case .c2: ["acceptFormer", "giveToCurrent"]
        case .c3: ["acceptFormer", letter]
        case .c6: ["supplementary", letter]
        case .c12: ["keep", "take"]
        case .c1, .c8, .c9, nil: []
        }
    }

    /// `later` is for a replay, whose commit is an old one: a case that has changed since must not get an earlier commit.
    static func react(
        on appeal: inout Aggregate,
        write: String,
        commit: Int64,
        later: Int64? = nil,
        today: CivilDate? = nil,
        sameness: Sameness.Comparison = Sameness.areSame
    ) {
        Complaint.react(on: &appeal, write: write, commit: commit, later: later, today: today)
        ConflictRows.noteSame(on: &appeal, write: write, commit: commit, later: later, sameness)
        let cases = reassigned(appeal) + twoAnswers(appeal) + extensions(appeal)
        for wanted in cases {
            let held = appeal[.disagreements, wanted.name]
            guard let value = wanted.merged(into: held?.value), value != held?.value else { continue }
            let isOlder = commit <= held?.commit ?? 0
            appeal[.disagreements, wanted.name] = Item(
                value: value,
                write: write,
                commit: isOlder ? later ?? commit : commit
            )
        }
    }

    /// A case as the state of the appeal asks for it.
    struct Case {
        let name: String
        let rule: Rule
        let opens: Bool
        let evidence: [String]
        /// Held work waits for the case: then it is not settled, whatever is recorded.
        var waits = false
        var detail: JSONObject = [:]

        /// The case over what is recorded: settled stays settled unless there is evidence that the settler had not seen, or
        /// work still waits: after a restore a settlement can come back without what it decided.
        func merged(into held: JSON?) -> JSON? {
            let known = Disagreements.evidence(held)
            let state = held?.caseState
            let isNew = !known.isSuperset(of: evidence) || state == .settled && waits
            if held != nil, !isNew, state == .settled || held?["rule"]?.string == rule.rawValue { return held }
            // A notice, which nobody has to decide, does not overwrite what a person has settled.
            if state == .settled, !opens { return held }
            // A settled case is not withdrawn because of something that a settlement itself removed.
            if state == .settled, !isNew { return held }
            var value = detail
            value["rule"] = .string(rule.rawValue)
            value["state"] = (opens ? CaseState.open : .noted).json
            value["evidence"] = .array(known.union(evidence).sorted().map(JSON.string))
            return .object(value)
        }
    }

    /// C1–C3: work on an assignment that was taken away, by how far it had gone.
    private static func reassigned(_ appeal: Aggregate) -> [Case] {
        let off = AssignmentState.allCases.filter { !$0.isGround }.flatMap {
            appeal.entities(with: "state", being: $0.rawValue)
        }
        if off.isEmpty { return [] }
        let ended = appeal.entities(with: "department").filter(off.contains)
        if ended.isEmpty { return [] }
        let allLate = appeal.names(.facts).compactMap { name -> (name: String, fact: FactName)? in
            guard let fact = FactName(name), let entity = fact.entity, ended.contains(entity),
                appeal[.facts, name]?.value["late"]?.bool == true
            else { return nil }
            return (name, fact)
        }
        let waiting = appeal.items(.held).compactMap { name, item in
            let value = item.value
            return value.heldState == .waiting ? (name: name, assignment: value["assignment"]?.string) : nil
        }
        return ended.compactMap { entity -> Case? in
            let late = allLate.filter { $0.fact.entity == entity }
            // Including work that arrived before the office took the assignment away: it need not have been on the
            // office's screen.
            let dispatched = appeal.items(.facts, beginning: "dispatch@\(entity) ").filter {
                $0.item.value["to"]?.string == "applicant"
            }
            let held = waiting.filter { $0.assignment == entity }
            let drafts = late.filter { $0.fact.kind == "answer" }
            let name = "reassigned@" + entity
            let evidence = Set(late.map(\.name) + dispatched.map(\.name) + held.map(\.name)).sorted()
            let waits = !held.isEmpty
            if !dispatched.isEmpty { return Case(name: name, rule: .c3, opens: true, evidence: evidence, waits: waits) }
            if waits { return Case(name: name, rule: .c2, opens: true, evidence: evidence, waits: waits) }
            if !drafts.isEmpty { return Case(name: name, rule: .c1, opens: false, evidence: evidence) }
            return nil
        }
    }

    private static func finalDispatches(_ appeal: Aggregate) -> [(entity: String, name: String, value: JSON)] {
        appeal.items(.facts, beginning: "dispatch@").compactMap { name, item in
            guard let entity = FactName(name)?.entity,
                item.value["to"]?.string == "applicant", item.value["final"]?.bool == true
            else { return nil }
            return (entity, name, item.value)
        }
    }

    /// C6: two executors, on duty together, answered the applicant; also if one of them was taken off duty since.
    private static func twoAnswers(_ appeal: Aggregate) -> [Case] {
        let onDuty = finalDispatches(appeal).filter { answer in
            answer.value["late"]?.bool != true || end(of: answer.entity, appeal) == nil
        }
        let answers = onDuty.filter { one in
            onDuty.contains { one.entity != $0.entity && wereTogether(one.entity, $0.entity, appeal) }
        }
        guard Set(answers.map(\.entity)).count > 1 else { return [] }
        let results = Set(answers.map { $0.value["result"]?.string ?? "" })
        return [Case(name: "twoAnswers", rule: .c6, opens: results.count > 1, evidence: answers.map(\.name).sorted())]
    }

    /// The commit at which an assignment was taken away, nil while it is a ground.
    private static func end(of entity: String, _ appeal: Aggregate) -> Int64? {
        appeal.isGround(entity) ? nil : appeal[.registers, "state@" + entity]?.commit
    }

    /// Whether neither of two assignments was made when, or after, the other was taken away.
    private static func wereTogether(_ one: String, _ other: String, _ appeal: Aggregate) -> Bool {
        func began(_ entity: String) -> Int64 { appeal[.registers, "department@" + entity]?.commit ?? 0 }
        return began(one) < end(of: other, appeal) ?? .max && began(other) < end(of: one, appeal) ?? .max
    }

    /// C8, C9: a final answer against an extension of the term.
    private static func extensions(_ appeal: Aggregate) -> [Case] {
        let answers = finalDispatches(appeal).filter { appeal.register("role@" + $0.entity)?.string == "main" }
        let dated = answers.compactMap { answer in answer.value["date"]?.string.map { (date: $0, name: answer.name) } }
        guard let first = dated.min(by: { ($0.date, $0.name) < ($1.date, $1.name) }) else { return [] }
        return appeal.items(.facts, beginning: "extension").compactMap { name, item -> Case? in
            guard let fact = FactName(name), fact.kind == "extension", let from = item.value["from"]?.string,
                let to = item.value["statutory"]?.string, let decided = item.value["decidedOn"]?.string
            else { return nil }
            let evidence = [name, first.name].sorted()
            if first.date <= from {
                return Case(
                    name: "extension@" + fact.write,
                    rule: .c8,
                    opens: false,
                    evidence: evidence,
                    detail: ["unused": true, "onTime": true]
                )
            }
            guard first.date <= to else { return nil }
            return Case(
                name: "extension@" + fact.write,
                rule: .c9,
                opens: false,
                evidence: evidence,
                detail: ["unused": false, "onTime": .bool(decided <= from)]
            )
        }
    }

    // MARK: settling

    /// A case as it was settled, for an office that lost the settlement; nil if it must be settled again: work still
    /// waits, or the former executor is to go on and is not back on duty.
    static func closed(_ name: String, _ choice: String, _ reason: JSON?, in appeal: Aggregate) -> JSON? {
        guard let former = Names.entity(name), var value = appeal[.disagreements, name]?.value.object,
            value.caseState == .open, choices(value["rule"]?.string ?? "").contains(choice)
        else { return nil }
        guard !waits(on: former, appeal), choice != "acceptFormer" || appeal.isGround(former) else { return nil }
        value["state"] = CaseState.settled.json
        value["choice"] = .string(choice)
        value["reason"] = reason
        return .object(value)
    }

    /// A settlement that comes back when its case was opened again meanwhile stands, since its settler had seen all of the
    /// evidence and what it decided is back: nobody is asked twice.
    public static func stands(_ settlement: JSON, of name: String, in appeal: Aggregate) -> Bool {
        let present = appeal[.disagreements, name]?.value
        return settlement.caseState == .settled && present?.caseState == .open
            && evidence(settlement).isSuperset(of: evidence(present))
            && Names.entity(name).map { waits(on: $0, appeal) } != true
    }

    private static func evidence(_ value: JSON?) -> Set<String> {
        Set((value?["evidence"]?.array ?? []).compactMap(\.string))
    }

    private static func waits(on assignment: String, _ appeal: Aggregate) -> Bool {
        appeal.items(.held).contains {
            $0.item.value["assignment"]?.string == assignment && $0.item.value.heldState == .waiting
        }
    }

    static func settle(_ context: KindContext) throws(Refusal) -> [Effect] {
        let name = context.body["disagreement"]?.string ?? ""
        guard let item = context.appeal[.disagreements, name], var value = item.value.object,
            value.caseState == .open,
            let rule = value["rule"]?.string
        else { throw Refusal(.nothingToSettle, path: name) }
        let choice = context.body["choice"]?.string ?? ""
        guard choices(rule).contains(choice) else { throw Refusal(.unknownChoice, path: choice) }
        value["state"] = CaseState.settled.json
        value["choice"] = .string(choice)
        value["reason"] = context.body["reason"]
        value["settledBy"] = context.by
        var effects: [Effect] = []
        if let former = Names.entity(name), rule == "C2" || rule == "C3" {
            if choice == "acceptFormer", let party = context.text("department@" + former) {
                try context.requireFreeOfComplaint([party])
            }
            effects += settleReassigned(former, acceptFormer: choice == "acceptFormer", context)
        }
        effects.append(.decided(ItemName(.disagreements, name), .object(value)))
        return effects
    }

    /// The former executor's work comes into force and the present one is recalled, or the other way round.
    private static func settleReassigned(_ former: String, acceptFormer: Bool, _ context: KindContext) -> [Effect] {
        var effects: [Effect] = []
        var stateIsSet = false
        for (name, item) in context.appeal.items(.held) where item.value.heldState == .waiting {
            let entity = item.value["assignment"]?.string ?? ""
            let isFormer = entity == former
            // Other waiting work was paused by this case; the work of somebody who is off duty by now gets a case of
            // its own.
            let isPaused = item.value["reason"]?.string == Reason.paused.rawValue
            guard isFormer || (isPaused && context.appeal.isGround(entity)) else { continue }
            let stays = context.text("role@" + entity) != context.text("role@" + former)
            let isWanted = isFormer == acceptFormer || !isFormer && stays
            let isConcerned = Held.concerned(name, in: context.appeal) != nil
            let decided = Held.decide(name, adopt: isWanted && !isConcerned, in: context)
            for case .settled("state@" + former, _) in decided { stateIsSet = true }
            effects += decided
        }
        guard acceptFormer else { return effects }
        if !stateIsSet { effects.append(.settled("state@" + former, AssignmentState.accepted.json)) }
        effects.append(.settled("ended@" + former, .null))
        for entity in context.appeal.entities(with: "department") where entity != former {
            guard context.text("role@" + entity) == context.text("role@" + former), context.appeal.isGround(entity)
            else {
                continue
            }
            effects.append(.settled("state@" + entity, AssignmentState.recalled.json))
            effects.append(.settled("ended@" + entity, .string(context.world.today.description)))
        }
        if context.text("role@" + former) == "main" { effects.append(.settled("mainExecutor", .string(former))) }
        return effects
    }
}

extension Kinds {
    /// While a reassignment is disputed, the present executor's answer waits (C2, C3: "B paused").
    static func notPaused(_ context: KindContext) throws(Refusal) {
        for (name, item) in context.appeal.items(.disagreements) where item.value.caseState == .open {
            if name.hasPrefix("reassigned@"), Names.entity(name) != context.assignment {
                throw Refusal(.paused, path: name)
            }
        }
    }
}

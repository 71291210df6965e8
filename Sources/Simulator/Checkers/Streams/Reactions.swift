import Appeals
import CanonicalJSON
import Replication

/// C1, C2, C3, C6, C8, C9 and C12 (DESIGN.md "Concurrent edits") as assertions over an appeal as it is in the end.
enum Reactions: QuietChecker {
    static let name = "reactions"

    static func whenQuiet(_ city: City) throws {
        for row in try city.officeStore.read({ try $0.rows(Space.appeals, generation: 0, after: "", limit: .max) }) {
            try judge(try city.watch.read.aggregate(row), isRestored: city.officeRestores > 0)
        }
    }

    /// After a restore a case may have been settled about work that has come back since: then only what is asked of it.
    static func judge(_ appeal: Appeals.Aggregate, isRestored: Bool = false) throws {
        for (name, _) in appeal.items(.registers, beginning: "department@") {
            try reassigned(Holding.entity(name), appeal)
        }
        try twoAnswers(appeal)
        try extensions(appeal)
        try corrections(appeal, isRestored: isRestored)
        try places(appeal)
        try nothingWithoutReason(appeal, isRestored: isRestored)
    }

    private static func wrong(_ rule: String, _ seen: String, _ appeal: Appeals.Aggregate) -> City.Violation {
        City.Violation(invariant: rule + " of the domain", seen: "\(appeal.id): \(seen)")
    }

    private static func caseOf(_ name: String, _ appeal: Appeals.Aggregate) -> (rule: String, state: String)? {
        appeal[.disagreements, name].map {
            ($0.value["rule"]?.string ?? "", $0.value["state"]?.string ?? "")
        }
    }

    // MARK: C1, C2, C3

    /// Work on an assignment that was taken away: a draft is material and nobody is asked; a decision waits for the centre;
    /// a letter to the applicant is a fact that the centre must decide about.
    private static func reassigned(_ entity: String, _ appeal: Appeals.Aggregate) throws {
        guard !Holding.isGround(appeal.register("state@" + entity)?.string) else { return }
        let found = caseOf("reassigned@" + entity, appeal)
        let letters = appeal.items(.facts, beginning: "dispatch@\(entity) ").filter {
            $0.item.value["to"]?.string == "applicant"
        }
        let waiting = appeal.items(.held).filter {
            $0.item.value["assignment"]?.string == entity && $0.item.value["state"]?.string == "waiting"
        }
        let drafts = appeal.items(.facts, beginning: "answer@\(entity) ").filter {
            $0.item.value["late"]?.bool == true
        }
        if !letters.isEmpty {
            guard let found, found.rule == "C3" && found.state == "open" || found.state == "settled" else {
                throw wrong("C3", "\(entity) was taken away and has answered the applicant, nobody is asked", appeal)
            }
        } else if !waiting.isEmpty {
            guard let found, found.rule == "C2" && found.state == "open" || found.state == "settled" else {
                throw wrong(
                    "C2",
                    "\(waiting[0].name) waits on \(entity), which was taken away; nobody is asked",
                    appeal
                )
            }
            // What waits when its case was settled is told by a case that opens again.
            if found.state == "settled" {
                throw wrong("C2", "\(waiting[0].name) waits on \(entity), its case is settled", appeal)
            }
        } else if !drafts.isEmpty {
            guard found != nil else {
                throw wrong("C1", "the draft \(drafts[0].name) came late, no notice says so", appeal)
            }
        }
    }

    // MARK: C6

    /// Two executors on duty together answered the applicant: the same result is noted, different ones are for a person.
    private static func twoAnswers(_ appeal: Appeals.Aggregate) throws {
        let letters = appeal.items(.facts, beginning: "dispatch@").filter {
            $0.item.value["to"]?.string == "applicant" && $0.item.value["final"]?.bool == true
        }.map { (entity: Holding.entity(Holding.parted($0.name).full), value: $0.item.value) }
        // Who answered when it was on duty no more is for C3.
        let answered = letters.filter { $0.value["late"]?.bool != true }
        let results = answered.map { (entity: $0.entity, result: $0.value["result"]?.string ?? "") }
        let differ = results.contains { one in
            results.contains {
                $0.entity != one.entity && $0.result != one.result && together(one.entity, $0.entity, appeal)
            }
        }
        let both = results.contains { one in
            results.contains { $0.entity != one.entity && together(one.entity, $0.entity, appeal) }
        }
        let found = caseOf("twoAnswers", appeal)
        if differ, found?.state != "open", found?.state != "settled" {
            throw wrong("C6", "two executors answered differently, nobody is asked", appeal)
        }
        if both, found == nil { throw wrong("C6", "two executors answered, no notice says so", appeal) }
        if found != nil, Set(letters.map(\.entity)).count < 2 {
            throw wrong("C6", "two answers are noted, there are none", appeal)
        }
    }

    /// Whether two assignments were open at one time.
    private static func together(_ one: String, _ other: String, _ appeal: Appeals.Aggregate) -> Bool {
        func span(_ entity: String) -> (from: Int64, to: Int64) {
            let state = appeal[.registers, "state@" + entity]
            let isOpen = Holding.isGround(state?.value.string)
            return (appeal[.registers, "department@" + entity]?.commit ?? 0, isOpen ? .max : state?.commit ?? 0)
        }
        let (a, b) = (span(one), span(other))
        return a.from < b.to && b.from < a.to
    }

    // MARK: C8, C9

    /// The first final answer against each extension: before the old term it makes the extension unused (C8); between the
    /// two terms it is in time if the extension was decided before the old term (C9).
    private static func extensions(_ appeal: Appeals.Aggregate) throws {
        let letters = appeal.items(.facts, beginning: "dispatch@").filter {
            $0.item.value["to"]?.string == "applicant" && $0.item.value["final"]?.bool == true
                && appeal.register("role@" + Holding.entity(Holding.parted($0.name).full))?.string == "main"
        }
        guard let first = letters.compactMap({ $0.item.value["date"]?.string }).min() else { return }
        for (name, item) in appeal.items(.facts, beginning: "extension ") {
            let value = item.value
            guard let from = value["from"]?.string, let to = value["statutory"]?.string,
                let decided = value["decidedOn"]?.string, first <= to
            else { continue }
            let rule = first <= from ? "C8" : "C9"
            let found = appeal[.disagreements, "extension@" + Holding.parted(name).write]?.value
            guard found?["rule"]?.string == rule else { throw wrong(rule, "nothing is noted of \(name)", appeal) }
            guard found?["state"]?.string == "noted" else {
                throw wrong(rule, "\(name) is for nobody to decide", appeal)
            }
            let onTime = rule == "C8" || decided <= from
            guard found?["onTime"]?.bool == onTime, found?["unused"]?.bool == (rule == "C8") else {
                throw wrong(rule, "\(name): the answer of \(first) is taken for \(onTime ? "late" : "timely")", appeal)
            }
        }
    }

    // MARK: C12

    /// Of a card field both values are kept: a person settles name, address, category, kind and whom the complaint is
    /// about; of the others it is noted.
    ///
    /// Until somebody settles, the old value is in force.
    private static let settledByPeople: Set<String> = [
        "kind", "complainedAgainst", "applicant.name", "applicant.address", "applicant.category", "problemAddress",
    ]

    private static func corrections(_ appeal: Appeals.Aggregate, isRestored: Bool) throws {
        for (name, item) in appeal.items(.conflicts) {
            let full = Holding.parted(name).full
            let state = item.value["state"]?.string ?? ""
            guard item.value["rule"]?.string == "C12", item.value["register"]?.string == full else {
                throw wrong("C12", "the row \(name) says neither rule nor register", appeal)
            }
            guard ["open", "noted", "settled"].contains(state) else {
                throw wrong("C12", "\(name) is \(state)", appeal)
            }
            if state == "open", !settledByPeople.contains(Holding.bare(full)), Holding.bare(full) != "answer" {
                throw wrong("C12", "\(name) asks a person, though it is for nobody to settle", appeal)
            }
            let inForce = appeal[.registers, full]
            if state == "open", let value = item.value["value"], let inForce,
                inForce.value == value || Alike.areAlike(full, inForce.value, value)
            {
                throw wrong("C12", "\(name) is open, but what it says is in force", appeal)
            }
            if state == "open", let value = item.value["value"], let inForce, isOnePlace(value, inForce.value) {
                throw wrong("C12", "\(name) is open, but both values are one place", appeal)
            }
            if state == "settled", item.value["choice"]?.string == "take", inForce?.commit ?? 0 < item.commit,
                !isRestored
            {
                throw wrong("C12", "\(name) was to be taken and is not in force", appeal)
            }
        }
    }

    /// Whether two addresses that were resolved are one place, by hand.
    private static func isOnePlace(_ one: JSON, _ other: JSON) -> Bool {
        guard let one = Address(one), let other = Address(other), one.place != nil, other.place != nil,
            let place = TypedPlaces.place(of: one.typed)
        else { return false }
        return place == TypedPlaces.place(of: other.typed)
    }

    /// Where an address is said to be is where it is.
    private static func places(_ appeal: Appeals.Aggregate) throws {
        for (name, item) in appeal.items(.registers, beginning: "applicant.address") {
            guard let found = TypedPlaces.found(item.value), let typed = item.value["typed"]?.string else { continue }
            guard found == TypedPlaces.place(of: typed) else {
                throw wrong("the register of streets", "\(name): \(typed) is no \(found)", appeal)
            }
        }
    }

    // MARK: every case

    private static let rules: Set<String> = ["C1", "C2", "C3", "C6", "C8", "C9"]

    /// Every case has a rule, a state that the rule knows, and evidence that is there.
    private static func nothingWithoutReason(_ appeal: Appeals.Aggregate, isRestored: Bool) throws {
        let forPeople: Set<String> = ["C2", "C3", "C6"]
        for (name, item) in appeal.items(.disagreements) {
            let rule = item.value["rule"]?.string ?? "", state = item.value["state"]?.string ?? ""
            guard rules.contains(rule), state == "noted" || forPeople.contains(rule) else {
                throw wrong(rule, "\(name) is \(state) under \(rule)", appeal)
            }
            let evidence = (item.value["evidence"]?.array ?? []).compactMap(\.string)
            guard !evidence.isEmpty else { throw wrong(rule, "\(name) has no evidence", appeal) }
            // A case that came back may name work that has another outcome in this epoch.
            if isRestored { continue }
            for piece in evidence where appeal[.facts, piece] == nil && appeal[.held, piece] == nil {
                throw wrong(rule, "\(name) names \(piece), which is not there", appeal)
            }
        }
    }
}

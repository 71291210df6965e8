import Appeals
import CanonicalJSON
import Replication

/// Says, from the tables of protocol.md "How the office decides" and DESIGN.md "Concurrent edits" alone, which outcome
/// an operation may have and what it leaves of an appeal.
///
/// It knows neither `Judge` nor `Slice` nor `Kind`; of `Policy` it reads the rows.
struct Oracle {
    /// Asked for roles, departments and other operations, never for what the product thinks of them.
    let city: City

    init(_ city: City) { self.city = city }

    /// How an author stands to an appeal.
    private enum Standing {
        case now(Set<String>)
        case ended(Set<String>, since: String?)
        case never
    }

    // MARK: verdict

    /// Which outcomes the operation may have, given the case file as it was.
    func verdict(on decided: Decided, before file: CaseFile?) throws -> Verdict {
        let operation = decided.operation
        let erases = operation.kind == "appeal.erased" && file != nil
        if let appeal = operation.appeal, !erases, try city.officeStore.read({ try $0.isErased(appeal) }) {
            return Verdict(.erased)
        }
        // An office of an older program does not know what others do.
        guard let rule = KindRule.named(operation.kind), operation.schema <= 2,
            !city.office.rules.unknownKinds.contains(operation.kind)
        else { return Verdict(.held, [.newer]) }
        if operation.erasedBodyDigest != nil { return Verdict(.refused, [.missingField]) }
        let shared = try fate(decided)
        switch try role(of: operation) {
        case .never: return Verdict(.refused, [.roleMissing])
        case .ended:
            // What follows held work shares its fate, whoever its author is by now.
            let isBeside = operation.kind == "appeal.registered" && file != nil
            let ended = Verdict(.held, [isBeside ? .appealExists : .roleEnded]) + Verdict(.refused) + lost(operation)
            return shared.map { ended + $0 } ?? ended
        case .now: break
        }
        if let beside = try decidesBeside(operation, file) { return beside }
        if let shared { return shared }
        guard let file else {
            if operation.kind == "appeal.registered" {
                return Verdict(.accepted) + Verdict(.refused, [.wrongIndex, .datesDisorder])
            }
            return Verdict(.refused, [.unknownAppeal]) + lost(operation)
        }
        if operation.kind == "appeal.registered" { return Verdict(.held, [.appealExists]) }
        return try verdict(on: decided, rule, try standing(of: operation, on: file), file)
    }

    private func verdict(
        on decided: Decided,
        _ rule: KindRule,
        _ standing: Standing,
        _ file: CaseFile
    ) throws -> Verdict {
        let operation = decided.operation
        let parties: Set<String>
        switch standing {
        case .never: return Verdict(.refused, [.authorityUnknown]) + lost(operation)
        case .now(let found), .ended(let found, _): parties = found
        }
        if file.personsComplainedAgainst.contains(operation.actor.user) {
            return Verdict(.refused, [.notAuthorised])
        }
        guard parties.contains(where: { rule.roles[$0]?.contains(operation.actor.role) == true }) else {
            return Verdict(.refused, [.notAuthorised])
        }
        if rule.roles.keys.allSatisfy(["main", "co", "inform"].contains),
            let named = operation.body["assignment"]?.string,
            file.text("department@" + named) != operation.origin.node
        {
            return Verdict(.refused, [.notAuthorised, .unknownAssignment])
        }
        if case .ended(_, let since) = standing {
            if isTooOld(since, decided) { return Verdict(.refused, [.lateTooOld]) }
            switch rule.late {
            case .refuse: return Verdict(.refused, [.authorityEnded])
            case .hold: return Verdict(.held, [.authorityEnded])
            case .accept: break
            }
            return Verdict(try status(decided, parties, isLate: true, file))
        }
        if let refused = try guarded(operation, rule, file) { return refused }
        let paused = operation.kind == "answer.submitted" && file.isPaused(operation.body["assignment"]?.string ?? "")
        if paused { return Verdict(.held, [.paused]) }
        let given = Verdict(try status(decided, parties, isLate: false, file))
        return rule.isComplete ? given : given + Verdict(.refused) + Verdict(.held, [.paused])
    }

    /// Late accept and hold end thirty days after the ground did.
    private func isTooOld(_ since: String?, _ decided: Decided) -> Bool {
        guard let last = since.flatMap({ CivilDate($0) })?.adding(days: 30) else { return false }
        return last < Today.date(decided.record.at)
    }

    /// What shares the fate of an own earlier operation: the outcome names it, and it has that fate.
    private func fate(_ decided: Decided) throws -> Verdict? {
        guard decided.outcome.reason == .follows, let first = decided.outcome.first.flatMap({ WriteName($0) }) else {
            return nil
        }
        let record = try city.officeStore.read { try $0.operation(first.origin, first.number) }
        guard first.origin == decided.operation.origin, first < decided.operation.write, let status = record?.status,
            [.held, .refused, .conflict].contains(status)
        else { return Verdict(.accepted) }
        let shared = Verdict(.held, [.follows]) + Verdict(.refused, [.follows]) + Verdict(.conflict, [.follows])
        // Facts stand beside what lost a conflict; only registers lose with it.
        guard status == .conflict, decided.outcome.registers.isEmpty else { return shared }
        return shared + Verdict(.accepted, [.follows]) + Verdict(.acceptedLate, [.follows])
    }

    /// A name that the office may have lost with its restore.
    private func lost(_ operation: Operation) -> Verdict {
        city.officeRestores > 0 ? Verdict(.held, [.authorityLost]) : Verdict(.refused, [.authorityUnknown])
    }

    // MARK: who

    /// How the author stood to the role, then and now.
    private func role(of operation: Operation) throws -> Standing {
        let key = "role/\(operation.origin.node)/\(operation.actor.user)/\(operation.actor.role)"
        return try city.officeStore.read { reading in
            let row = try reading.row(Space.reference, generation: 0, key: key)
            let entry = try row.map { try city.watch.read.aggregate($0) }
            guard let entry, entry[.registers, "granted"] != nil else { return .never }
            guard let ended = try end(ofRole: entry, reading) else { return .now([]) }
            let isThisEpoch = try operation.seen.epoch == reading.value(Values.epoch)
            let seen = try reading.entry(Space.reference, atOrBefore: operation.seen.reference)?.commit ?? 0
            return (isThisEpoch ? seen : 0) < ended ? .ended([], since: nil) : .never
        }
    }

    /// The commit at which a role of the directory ended; nil while it is in force.
    func end(ofRole entry: Appeals.Aggregate, _ reading: any StoreReading) throws -> Int64? {
        let user = entry.id.split(separator: "/").dropFirst(2).first.map(String.init) ?? ""
        let row = try reading.row(Space.reference, generation: 0, key: "person/" + user)
        return DirectoryFile.end(ofRole: entry, person: try row.map { try city.watch.read.aggregate($0) })
    }

    /// How the author's node stands to the appeal.
    private func standing(of operation: Operation, on file: CaseFile) throws -> Standing {
        let node = operation.origin.node
        let home = file.text("home")
        let standsIn = try officeStandsIn(file)
        let isParty = file.departmentsComplainedAgainst.contains(node)
        if node == "office" {
            if standsIn { return .now(["office", "controller"]) }
            return .now(home == "office" || home == nil ? ["office", "controller", "home"] : ["office"])
        }
        guard let authority = operation.authority else { return .never }
        if home == node, file.register("home")?.write == authority {
            return isParty
                ? .ended(["home", "controller"], since: file.day(node))
                : .now(standsIn ? ["home"] : ["home", "controller"])
        }
        guard file.text("department@" + authority) == node, let role = file.text("role@" + authority) else {
            return .never
        }
        let last = Holding.lastDay(file.text("control"), removedOn: file.text("removedOn"))
        let isOver = last.map { $0 < Today.date(city.officeNow) } ?? false
        let isOpen = file.entities("department").contains { entity in
            file.text("department@" + entity) == node && file.text("role@" + entity) == role
                && Holding.isGround(file.text("state@" + entity))
        }
        let since = file.text("ended@" + authority) ?? file.day(node) ?? last?.description
        return isOpen && !isParty && !isOver ? .now([role]) : .ended([role], since: since)
    }

    /// In which capacities an author acts on an appeal.
    func parties(of operation: Operation, on file: CaseFile) throws -> Set<String> {
        switch try standing(of: operation, on: file) {
        case .now(let parties), .ended(let parties, _): parties
        case .never: []
        }
    }

    // MARK: guards

    /// The refusal that a guard demands; nil if none does.
    private func guarded(_ operation: Operation, _ rule: KindRule, _ file: CaseFile) throws -> Verdict? {
        let assignment = operation.body["assignment"]?.string ?? ""
        let version = operation.body["version"]?.string ?? ""
        if !rule.states.isEmpty {
            guard file.register("department@" + assignment) != nil else {
                return Verdict(.refused, [.unknownAssignment])
            }
            guard let state = file.text("state@" + assignment), rule.states.contains(state) else {
                return Verdict(.refused, [.wrongState])
            }
        }
        let isVersion = file.hasFact("answer@\(assignment) \(version)")
        let isInForce = file.text("answer@" + assignment) == version
        if let refused = complained(operation, file) { return refused }
        if concernsDecider(operation, file) { return Verdict(.held, [.leaderConcerned]) + Verdict(.refused) }
        switch operation.kind {
        case "appeal.corrected": return try namesUnknownStreet(operation) ? Verdict(.refused, [.unknownStreet]) : nil
        case "answer.approved": return isVersion ? nil : Verdict(.refused, [.unknownVersion])
        case "answer.submitted", "answer.accepted":
            guard isVersion, isInForce, !isApprovedByParty(version, of: assignment, file) else {
                return Verdict(.refused, [.unknownVersion, .answerNotApproved])
            }
            let isPhone = operation.kind == "answer.accepted" && file.text("channel") == "mayorPhone"
            let isProven =
                file.hasFact(beginning: "feedback@\(assignment) ") || file.hasFact(beginning: "document@\(assignment) ")
            return isPhone && !isProven ? Verdict(.refused, [.feedbackMissing]) : nil
        case "resolution.issued": return mains(operation, file)
        case "held.adopted":
            let isLeader = ["leader", "head", "deputy"].contains(operation.actor.role)
            return isLeader || file.replaced(byHeld: operation.body["held"]?.string ?? "").isEmpty
                ? nil : Verdict(.refused)
        default: return nil
        }
    }

    /// Whether a correction says of an address that it lies in a street which the office has not published.
    private func namesUnknownStreet(_ operation: Operation) throws -> Bool {
        let streets = (operation.personal?["fields"]?.object?.members ?? []).compactMap { $0.value["street"]?.string }
        return try city.officeStore.read { reading in
            try streets.contains { try reading.row(Space.reference, generation: 0, key: "street/" + $0) == nil }
        }
    }

    /// A resolution leaves one main executor, or none if it only informs; a second one waits.
    private func mains(_ operation: Operation, _ file: CaseFile) -> Verdict? {
        let old = Set((operation.body["supersedes"]?.array ?? []).compactMap(\.string))
        let new = (operation.body["assignments"]?.array ?? []).map { $0["role"]?.string ?? "" }
        let standing = file.mains.filter { !old.contains($0) }
        let named = new.filter { $0 == "main" }.count
        if named == 1, !standing.isEmpty { return Verdict(.held, [.secondResolution]) + Verdict(.refused) }
        let count = standing.count + named
        return count == 1 || count == 0 && new.allSatisfy { $0 == "inform" } ? nil : Verdict(.refused)
    }
}

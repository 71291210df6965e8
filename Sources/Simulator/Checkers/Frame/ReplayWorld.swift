import Appeals
import CanonicalJSON
import Replication

/// What an audit looks up while it judges a whole log again: only what the log itself has said so far.
final class ReplayWorld: JudgeLookups {
    let office = "office"
    let advises = false
    var today: CivilDate
    private var entries: [String: Appeals.Aggregate] = [:]
    /// The commits of reference in the order of its stream.
    private var referenceCommits: [Int64] = []
    private var decided: [String: (operation: Operation, status: OutcomeStatus)] = [:]
    /// Register and write → the commit at which the value in force said the same.
    private var same: [String: Int64] = [:]
    private var registrations: [String: [WriteName]] = [:]
    /// What was held because of another write, in the order in which it came.
    private var waiting: [(write: WriteName, first: String)] = []
    private(set) var appeals: [String: Appeals.Aggregate] = [:]
    /// Appeals whose index was taken by one that was erased since: what number they got nobody can say any more.
    private(set) var unnumbered: Set<String> = []
    private var indexes: [String: String] = [:]
    private var erased: Set<String> = []
    private let epoch: String
    /// Entries of reference up to here are gone: the office could no more tell what their reader knew, and doubted for it.
    private let referenceFloor: Int64
    private var isDoubted = false

    init(epoch: String, referenceFloor: Int64 = 0, today: CivilDate) {
        self.epoch = epoch
        self.referenceFloor = referenceFloor
        self.today = today
    }

    /// Judges one operation of the log as the office did; gives the outcome.
    func judge(_ signed: SignedOperation, as told: Outcome, today: CivilDate) throws -> OutcomeStatus {
        self.today = today
        let commit = told.commit
        let operation = signed.operation
        let entry = Kinds.referenceEntry(operation)
        let before = operation.appeal.map { appeals[$0] } ?? entry.flatMap { entries[$0] }
        isDoubted = told.reason == .roleEnded && operation.seen.reference <= referenceFloor
        var judge = Judge(signed, commit: commit, world: self)
        // Declined before the upgrade that would have judged it: it was never anything but unknown.
        if told.reason == .newer { judge.unknownKinds = [operation.kind] }
        let judgement = try judge.judge(on: before)
        decided[operation.write.description] = (operation, judgement.outcome.status)
        if let first = judgement.outcome.first, judgement.outcome.status == .held {
            waiting.append((operation.write, first))
        }
        for (full, status) in judgement.outcome.registers where status == .same {
            same["\(full) \(operation.write)"] = commit
        }
        if operation.kind == "appeal.registered", let appeal = operation.appeal {
            registrations[appeal, default: []].append(operation.write)
        }
        if judgement.erases, let appeal = operation.appeal {
            erased.insert(appeal)
            appeals[appeal] = nil
            return judgement.outcome.status
        }
        for decision in judgement.decisions {
            decided[decision.write]?.status = decision.adopted ? .accepted : .refused
        }
        guard var aggregate = judgement.aggregate else { return judgement.outcome.status }
        if let entry {
            entries[entry] = aggregate
            referenceCommits.append(commit)
        } else {
            if before == nil, !number(&aggregate, write: operation.write.description, commit: commit),
                told.flags.contains("indexTaken")
            {
                unnumbered.insert(aggregate.id)
            }
            // As a store has it: what the next operation writes lies over a text.
            appeals[aggregate.id] = try Aggregate(validated: aggregate.bytes)
        }
        return judgement.outcome.status
    }

    /// Of two equal indices the later gets a new one and keeps the old as the former; whether it did.
    private func number(_ appeal: inout Appeals.Aggregate, write: String, commit: Int64) -> Bool {
        let index = appeal.register("index")?.string ?? ""
        guard indexes[index] != nil else {
            indexes[index] = appeal.id
            return false
        }
        var place = 2
        while indexes["\(index)-\(place)"] != nil { place += 1 }
        indexes["\(index)-\(place)"] = appeal.id
        appeal[.registers, "formerIndex"] = Item(value: .string(index), write: write, commit: commit)
        appeal[.registers, "index"] = Item(value: .string("\(index)-\(place)"), write: write, commit: commit)
        return true
    }

    // MARK: JudgeLookups

    private func role(_ user: String, _ role: String, _ department: String) -> RoleEntry? {
        entries[RoleEntry.key(user, role, in: department)].flatMap { RoleEntry($0, person: entries["person/" + user]) }
    }

    func standing(_ actor: Actor, of node: String, seen: Seen) throws -> RoleStanding {
        guard let role = role(actor.user, actor.role, node) else {
            let isFounded = entries.keys.contains { $0.hasPrefix("role/") }
            return actor.role == "administrator" && node == office && !isFounded ? .current : .none
        }
        guard let end = role.end else { return .current }
        let known = Int(min(seen.reference, Int64(referenceCommits.count)))
        let commit = seen.epoch == epoch && known > 0 && !isDoubted ? referenceCommits[known - 1] : 0
        return commit < end.commit ? .expired : .none
    }

    func holds(_ user: String, oneOf roles: Set<String>, department: String?) throws -> Bool {
        roles.contains { role(user, $0, department ?? office)?.isInForce ?? false }
    }

    func referenceEntry(_ key: String) throws -> Appeals.Aggregate? { entries[key] }
    func referenceEntries(_ prefix: String) throws -> [Appeals.Aggregate] {
        entries.keys.filter { $0.hasPrefix(prefix) }.sorted().compactMap { entries[$0] }
    }

    func departmentExists(_ id: String) throws -> Bool { entries["department/" + id] != nil }
    func outcome(of write: String) throws -> OutcomeStatus? { decided[write]?.status }
    func sameValue(of register: String, by write: String) throws -> Int64? { same["\(register) \(write)"] }
    func operation(of write: String) throws -> Operation? { decided[write]?.operation }
    func registration(of appeal: String, in origin: Origin) throws -> String? {
        registrations[appeal]?.first { $0.origin == origin }?.description
    }
    func canHaveBeenLost(_ write: String) throws -> Bool { false }
    func isErased(_ appeal: String) throws -> Bool { erased.contains(appeal) }
    func followers(of write: String) throws -> [String] {
        waiting.filter { $0.first == write && $0.write.origin == WriteName(write)?.origin }.map(\.write.description)
            .filter { name in
                guard let held = decided[name], held.status == .held else { return false }
                return held.operation.appeal.flatMap { appeals[$0] }?[.held, name] == nil
            }
    }
    func appeal(withIndex index: String) throws -> String? { indexes[index] }
}

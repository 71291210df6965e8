import Appeals
import CanonicalJSON

/// What the domain looks up, answered from a store: at the office while it admits, on a department while it advises.
final class StoreWorld: JudgeLookups {
    private let store: any StoreReading
    let office: String
    let today: CivilDate
    let advises: Bool
    /// Which space and generation hold appeals and reference on this node.
    private let appeals: (space: String, generation: Int64)
    private let reference: (space: String, generation: Int64)
    private let epoch: String
    private var entries: [String: Appeals.Aggregate?] = [:]

    init(
        _ store: any StoreReading,
        office: String,
        today: CivilDate,
        advises: Bool,
        epoch: String,
        appeals: (space: String, generation: Int64),
        reference: (space: String, generation: Int64)
    ) {
        self.store = store
        self.office = office
        self.today = today
        self.advises = advises
        self.epoch = epoch
        self.appeals = appeals
        self.reference = reference
    }

    /// Forgets what was read of reference, after a commit there.
    func referenceChanged() { entries = [:] }

    private func entry(_ key: String) throws -> Appeals.Aggregate? {
        if let known = entries[key] { return known }
        let found = try store.row(reference.space, generation: reference.generation, key: key)?.aggregate()
        if entries.count > 1_000 { entries = [:] }
        entries[key] = .some(found)
        return found
    }

    private func role(_ user: String, _ role: String, _ department: String) throws -> RoleEntry? {
        guard let found = try entry(RoleEntry.key(user, role, in: department)) else { return nil }
        return RoleEntry(found, person: try entry("person/" + user))
    }

    func standing(_ actor: Actor, of node: String, seen: Seen) throws -> RoleStanding {
        guard let role = try role(actor.user, actor.role, node) else {
            // The first administrator of a city grants itself its role; there is none before.
            let isFounding = try actor.role == "administrator" && node == office && store.value(Values.founded) == nil
            return isFounding ? .current : .none
        }
        guard let end = role.end else { return .current }
        // What the author's own node has read of reference its author has seen: the advice is what the office will say.
        if advises { return .none }
        return try seenCommit(seen) < end.commit ? .expired : .none
    }

    /// The commit that the author had read reference up to; 0 if it named another epoch.
    private func seenCommit(_ seen: Seen) throws -> Int64 {
        guard seen.epoch == epoch else { return 0 }
        return try store.entry(Space.reference, atOrBefore: seen.reference)?.commit ?? 0
    }

    func holds(_ user: String, oneOf roles: Set<String>, department: String?) throws -> Bool {
        try roles.sorted().contains { try role(user, $0, department ?? office)?.isInForce ?? false }
    }

    func referenceEntry(_ key: String) throws -> Appeals.Aggregate? { try entry(key) }

    func referenceEntries(_ prefix: String) throws -> [Appeals.Aggregate] {
        var found: [Appeals.Aggregate] = [], after = prefix
        while true {
            let limit = ReplicationLimits.chunk
            let page = try store.rows(reference.space, generation: reference.generation, after: after, limit: limit)
            found += try page.prefix { $0.key.hasPrefix(prefix) }.map { try $0.aggregate() }
            guard page.count == limit, let last = page.last, last.key.hasPrefix(prefix) else { return found }
            after = last.key
        }
    }

    func departmentExists(_ id: String) throws -> Bool { try entry("department/" + id) != nil }

    func outcome(of write: String) throws -> OutcomeStatus? {
        guard let name = WriteName(write), let record = try store.operation(name.origin, name.number) else {
            return nil
        }
        if record.status == .held, let decision = record.decision {
            return decision == .adopted ? .accepted : .refused
        }
        return record.status
    }

    func sameValue(of register: String, by write: String) throws -> Int64? {
        guard let name = WriteName(write), let line = try store.operation(name.origin, name.number)?.outcome,
            let outcome = Outcome(line: line), outcome.registers[register] == .same
        else { return nil }
        return outcome.commit
    }

    func operation(of write: String) throws -> Operation? {
        guard let name = WriteName(write), let record = try store.operation(name.origin, name.number),
            !record.bytes.isEmpty
        else { return nil }
        do {
            let operation = try record.signed().operation
            return operation.erasedBodyDigest == nil ? operation : nil
        } catch { throw StoreError(.corrupt, doing: "reading \(write)", found: "\(error)") }
    }

    func registration(of appeal: String, in origin: Origin) throws -> String? {
        let found = try store.first(
            of: { try store.operations(appeal: appeal, after: $0.map(OperationPlace.init), limit: $1) },
            where: { $0.origin == origin && $0.kind == "appeal.registered" }
        )
        return found.map { WriteName(origin: origin, number: $0.number).description }
    }

    func canHaveBeenLost(_ write: String) throws -> Bool {
        guard let name = WriteName(write), name.origin.node == office else { return false }
        guard let origin = try store.origin(name.origin) else { return try store.value(Values.restored) != nil }
        return origin.state == .closed && name.number > origin.last
    }

    func followers(of write: String) throws -> [String] {
        guard let first = WriteName(write) else { return [] }
        var followers: [String] = []
        var after: Int64 = 0
        while true {
            let filter = DebtFilter(kind: .decision, node: first.origin.node)
            let page = try store.debts(filter, after: after, limit: ReplicationLimits.chunk)
            for name in page.compactMap({ WriteName($0.subject) }) where name.origin == first.origin {
                let line = try store.operation(name.origin, name.number)?.outcome
                if line.flatMap({ Outcome(line: $0) })?.first == write { followers.append(name.description) }
            }
            guard page.count == ReplicationLimits.chunk, let last = page.last else { return followers }
            after = last.id
        }
    }

    func isErased(_ appeal: String) throws -> Bool { try store.isErased(appeal) }

    func appeal(withIndex index: String) throws -> String? {
        index.isEmpty ? nil : try store.key(appeals.space, generation: appeals.generation, index: index)
    }
}

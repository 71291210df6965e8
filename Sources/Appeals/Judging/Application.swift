public import CanonicalJSON

/// Puts the effects of one operation into an appeal, register by register, by the policy's clash rules.
struct Application {
    var appeal: Aggregate
    let write: String
    let commit: Int64
    let by: JSON
    let isLate: Bool
    let base: [String: String?]
    /// Whether a reader takes two values for one.
    var sameness: Sameness.Comparison = Sameness.areSame

    /// The status of a register's write, nil for effects that cannot clash.
    func clash(_ effect: Effect, parties: Set<Party>) throws(Refusal) -> (full: String, status: OutcomeStatus)? {
        switch effect {
        case .settled, .decided: return nil
        case .fact(let name, _, _):
            guard let policy = Policy.fact(name), !policy.adds.isDisjoint(with: parties) else {
                throw Refusal(.notAuthorised, path: name)
            }
            return nil
        case .register(let full, let value):
            guard let policy = Policy.register(Names.bare(full)) else { throw Refusal(.unknownField, path: full) }
            let accepted: OutcomeStatus = isLate ? .acceptedLate : .accepted
            if policy.writes.isDisjoint(with: parties) {
                guard !policy.proposes.isDisjoint(with: parties) else { throw Refusal(.notAuthorised, path: full) }
                if saysSame(full, value) { return (full, .same) }
                return (full, appeal[.registers, full]?.value == value ? accepted : .conflict)
            }
            let current = appeal[.registers, full]
            if current?.write == (base[full] ?? nil) { return (full, accepted) }
            if saysSame(full, value) { return (full, .same) }
            if current?.value == value { return (full, accepted) }
            switch policy.clash {
            case .officeOrder, .addWins: return (full, accepted)
            case .controller: return (full, parties.contains(.controller) ? accepted : .conflict)
            case .firstWins, .keepBoth: return (full, .conflict)
            }
        }
    }

    /// Whether what is in force says the same to a reader.
    private func saysSame(_ full: String, _ value: JSON) -> Bool {
        guard let current = appeal[.registers, full] else { return false }
        return ConflictRows.isSame(full, current.value, value, sameness)
    }

    /// Carries one effect out; a register that is not in force becomes a conflict row instead.
    ///
    /// If an atomic act lost, each of its registers becomes a row, so that its intention can be read.
    mutating func apply(_ effect: Effect, inForce: Bool, isAtomic: Bool) {
        switch effect {
        case .register(let full, let value):
            let held = appeal[.registers, full]
            guard inForce else {
                let isSame = held?.value == value || saysSame(full, value)
                if !isSame { keepBeside(full, value, write: write, isAct: isAtomic) }
                return
            }
            if let held, held.write != (base[full] ?? nil), held.value != value {
                keepBeside(full, held.value, write: held.write, isAct: true)
            }
            appeal[.registers, full] = Item(value: value, write: write, commit: commit)
        case .settled(let full, let value): appeal[.registers, full] = Item(value: value, write: write, commit: commit)
        case .fact(let kind, let entity, var value):
            guard inForce else { return }
            if isLate { value["late"] = true }
            appeal[.facts, FactName.text(kind, entity, write)] = Item(
                value: .object(value),
                write: write,
                commit: commit
            )
        case .decided(let name, let value): appeal[name] = Item(value: value, write: write, commit: commit)
        }
    }

    /// A value that is not in force is always a conflict row; open if the policy wants a person to settle.
    private mutating func keepBeside(_ full: String, _ value: JSON, write losing: String, isAct: Bool) {
        let settles = Policy.register(Names.bare(full))?.settles == true && !isAct
        let state: CaseState = settles ? .open : .noted
        var row: JSONObject = [
            "register": .string(full), "value": value, "inForce": .string(appeal[.registers, full]?.write ?? ""),
            "state": state.json, "rule": .string(Disagreements.Rule.c12.rawValue),
        ]
        if losing == write { row["by"] = by } else { row["inForce"] = .string(write) }
        appeal[.conflicts, "\(full) \(losing)"] = Item(value: .object(row), write: write, commit: commit)
    }
}

extension Application {
    /// The raw effects of an own operation, drawn over the confirmed state.
    ///
    /// Its author sees them until the office has decided, and then what it decided until the row shows that: a value that
    /// clashed stands beside the one in force. Items of the row with a later commit stay.
    static func overlay(
        _ effects: [Effect],
        on appeal: Aggregate,
        write: String,
        by: JSON,
        decided: Outcome? = nil,
        isAtomic: Bool = false
    ) -> Aggregate {
        let decidedAt = decided?.commit
        let nothing = isAtomic && decided?.status == .conflict
        var application = Application(
            appeal: appeal,
            write: write,
            commit: decidedAt ?? appeal.commit,
            by: by,
            isLate: false,
            base: [:]
        )
        for effect in effects {
            if let decidedAt, let name = effect.item, let shown = appeal[name], shown.commit > decidedAt { continue }
            switch effect {
            case .register(let full, _) where nothing || decided?.registers[full] == .conflict:
                application.apply(effect, inForce: false, isAtomic: isAtomic)
            case .register(let full, let value)
            where decided?.registers[full] == .same && application.saysSame(full, value):
                // What is in force stays, once the row has it.
                break
            case .register(let full, let value):
                application.apply(.settled(full, value), inForce: true, isAtomic: false)
            case .settled, .fact, .decided:
                if !nothing { application.apply(effect, inForce: true, isAtomic: false) }
            }
        }
        return application.appeal
    }
}

/// What an author's own node shows and records: effects without judgement.
public enum Overlay {
    /// The appeal with an own, not yet confirmed operation on top; unchanged if this version cannot read it.
    ///
    /// `decided`: its outcome, if the office has decided and the row below is of the same epoch. The row may already be of a
    /// later commit: what changed there is not overdrawn.
    public static func apply(
        _ operation: Operation,
        on appeal: Aggregate?,
        world: any JudgeLookups,
        decided: Outcome? = nil
    ) -> Aggregate? {
        guard let kind = Kinds.named(operation.kind), let id = operation.appeal ?? Kinds.referenceEntry(operation)
        else { return appeal }
        let below = appeal ?? Aggregate(id: id)
        guard let (effects, context) = try? effects(kind, operation, on: below, world: world) else { return appeal }
        return Application.overlay(
            effects,
            on: below,
            write: context.write,
            by: context.by,
            decided: decided,
            isAtomic: kind.isAtomic
        )
    }

    /// The base of a new operation: for each register that it writes, the write that its author was looking at.
    public static func base(
        of operation: Operation,
        on appeal: Aggregate?,
        world: any JudgeLookups
    ) throws -> [String: String?] {
        guard let kind = Kinds.named(operation.kind), let id = operation.appeal ?? Kinds.referenceEntry(operation)
        else { return [:] }
        let below = appeal ?? Aggregate(id: id)
        var base: [String: String?] = [:]
        for effect in try effects(kind, operation, on: below, world: world).0 {
            if case .register(let full, _) = effect, let item = below[.registers, full] { base[full] = item.write }
        }
        return base
    }

    /// The value that an operation gives a register, as its author wrote it: null where it takes the value away, nil where it
    /// gives that register none, or more than its own words would have to be known for it.
    public static func value(of full: String, by operation: Operation, on appeal: Aggregate) -> JSON? {
        guard operation.erasedBodyDigest == nil, let kind = Kinds.named(operation.kind) else { return nil }
        if let name = operation.body["conflict"]?.string {
            // What a settlement took stands in its row, whatever became of that.
            guard operation.body["choice"]?.string == "take", let row = appeal[.conflicts, name]?.value,
                row["register"]?.string == full
            else { return nil }
            return row["value"]
        }
        do {
            for effect in try effects(kind, operation, on: appeal, world: NothingKnown()).0 {
                if case .register(full, let value) = effect { return value }
            }
        } catch { return nil }
        return nil
    }

    private static func effects(
        _ kind: Kind,
        _ operation: Operation,
        on appeal: Aggregate,
        world: any JudgeLookups
    ) throws(Refusal) -> ([Effect], KindContext) {
        let context = KindContext(
            operation: operation,
            write: operation.write.description,
            appeal: appeal,
            world: world,
            standing: .none
        )
        return (try kind.effects(context), context)
    }
}

/// A world of which nobody knows anything: what an operation says by itself.
private struct NothingKnown: JudgeLookups {
    let office = ""
    let advises = true
    let today = CivilDate.first

    func standing(_ actor: Actor, of node: String, seen: Seen) -> RoleStanding { .none }
    func holds(_ user: String, oneOf roles: Set<String>, department: String?) -> Bool { false }
    func departmentExists(_ id: String) -> Bool { false }
    func referenceEntry(_ key: String) -> Aggregate? { nil }
    func referenceEntries(_ prefix: String) -> [Aggregate] { [] }
    func outcome(of write: String) -> OutcomeStatus? { nil }
    func sameValue(of register: String, by write: String) -> Int64? { nil }
    func operation(of write: String) -> Operation? { nil }
    func registration(of appeal: String, in origin: Origin) -> String? { nil }
    func canHaveBeenLost(_ write: String) -> Bool { false }
    func isErased(_ appeal: String) -> Bool { false }
    func appeal(withIndex index: String) -> String? { nil }
}

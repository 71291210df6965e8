public import CanonicalJSON

/// Puts an operation's effects back in force as the office had once decided, by the commit of that decision.
public enum Replay {
    /// Merges what the outcome says took effect; items with a later commit stay.
    ///
    /// `later` is a commit of the present, for cases that this changes though they have a later commit than the outcome.
    public static func merge(
        _ signed: SignedOperation,
        _ outcome: Outcome,
        on appeal: Aggregate?,
        world: any JudgeLookups,
        later: Int64
    ) -> Aggregate {
        let operation = signed.operation
        var merged = appeal ?? Aggregate(id: operation.appeal ?? "")
        guard let kind = Kinds.named(operation.kind), outcome.status != .refused, outcome.status != .erased else {
            return merged
        }
        let context = KindContext(
            operation: operation,
            write: operation.write.description,
            appeal: merged,
            world: world,
            standing: .none
        )
        guard var effects = try? kind.effects(context) else { return merged }
        if outcome.flags.contains(StatedDate.lateFlag) { effects = effects.map(\.toldLate) }
        func put(_ value: JSON, _ name: ItemName) {
            merged.merge(Item(value: value, write: context.write, commit: outcome.commit), as: name)
        }
        if outcome.status == .held {
            guard !waitsBeside(outcome, merged) else { return merged }
            let value = Held.value(
                effects,
                context: context,
                reason: outcome.reason ?? .authorityEnded,
                first: outcome.first
            )
            put(value, ItemName(.held, context.write))
        } else if !(kind.isAtomic && outcome.status == .conflict) {
            for effect in effects {
                switch effect {
                case .register(let full, let value):
                    if outcome.registers[full] != .conflict, outcome.registers[full] != .same {
                        put(value, ItemName(.registers, full))
                    }
                case .settled(let full, let value): put(value, ItemName(.registers, full))
                case .fact(let kind, let entity, var value):
                    if outcome.status == .acceptedLate { value["late"] = true }
                    put(.object(value), ItemName(.facts, FactName.text(kind, entity, context.write)))
                case .decided(let name, let value): put(value, name)
                }
            }
        }
        for (full, row) in rows(of: outcome, effects, context, isWhole: kind.isAtomic, merged) {
            put(row, ItemName(.conflicts, "\(full) \(context.write)"))
        }
        Disagreements.react(
            on: &merged,
            write: context.write,
            commit: outcome.commit,
            later: later,
            today: world.today
        )
        return merged
    }
}

extension Replay {
    /// The rows of the clashes that an outcome reported.
    private static func rows(
        of outcome: Outcome,
        _ effects: [Effect],
        _ context: KindContext,
        isWhole: Bool,
        _ merged: Aggregate
    ) -> [(register: String, row: JSON)] {
        outcome.registers.sorted { $0.key < $1.key }.compactMap { full, status in
            guard status == .conflict, let value = effects.compactMap({ $0.register(full) }).first else { return nil }
            let settles = Policy.register(Names.bare(full))?.settles == true && !isWhole
            let state: CaseState = settles ? .open : .noted
            let row: JSONObject = [
                "register": .string(full), "value": value, "inForce": .string(merged[.registers, full]?.write ?? ""),
                "state": state.json,
                "rule": .string(Disagreements.Rule.c12.rawValue),
                "by": context.by,
            ]
            return (full, .object(row))
        }
    }

    /// Whether held work waits beside the card, which is another's: a registration that met it, and what follows one.
    private static func waitsBeside(_ outcome: Outcome, _ appeal: Aggregate) -> Bool {
        if outcome.reason == .appealExists { return true }
        guard outcome.reason == .follows, let first = outcome.first else { return false }
        return appeal[.held, first] == nil
    }

    /// Puts the decision about held work back in force as the office had told its author: `{adopted, reason, choice?}`.
    ///
    /// With the settler's write and commit, so that a reader of the appeal who offers the same items adds nothing.
    public static func settle(
        _ name: String,
        as told: JSON,
        write: String,
        commit: Int64,
        later: Int64,
        on appeal: inout Aggregate
    ) {
        guard let held = appeal[.held, name], var value = held.value.object else { return }
        func put(_ value: JSON, _ name: ItemName) {
            appeal.merge(Item(value: value, write: write, commit: commit), as: name)
        }
        let adopted = told["adopted"]?.bool == true
        value["state"] = HeldState(adopted: adopted).json
        value["decision"] = told["reason"]
        put(.object(value), ItemName(.held, name))
        if adopted {
            for (full, register) in held.value["registers"]?.object?.members ?? [] {
                put(register, ItemName(.registers, full))
            }
            for (fact, body) in held.value["facts"]?.object?.members ?? [] { put(body, ItemName(.facts, fact)) }
        }
        let disputed = "reassigned@" + (held.value["assignment"]?.string ?? "")
        if let choice = told["choice"]?.string,
            let closed = Disagreements.closed(disputed, choice, told["reason"], in: appeal)
        {
            let open = appeal[.disagreements, disputed]?.commit ?? 0
            appeal[.disagreements, disputed] = Item(
                value: closed,
                write: write,
                commit: open < commit ? commit : later
            )
        }
        // Runs after the settlement, which would otherwise look like a case that nobody has to decide.
        Disagreements.react(on: &appeal, write: write, commit: commit, later: later)
    }

    /// Of several open main assignments, which only a recovery can bring together, the one in force as `mainExecutor`
    /// stays (I9); the others are superseded.
    ///
    /// If that names none of them, because its assignment was taken away before they came back, the last that was issued
    /// stays, in whatever order they come. Gives the names of the superseded, for the operator.
    public static func keepOneMainExecutor(in appeal: inout Aggregate, commit: Int64) -> [String] {
        let open = appeal.openMains.map { (name: $0, issued: appeal[.registers, "department@" + $0]) }
        guard open.count > 1, let last = open.max(by: { $0.issued?.commit ?? 0 < $1.issued?.commit ?? 0 }) else {
            return []
        }
        let main = appeal[.registers, "mainExecutor"]
        let inForce = open.first { $0.name == main?.value.string }
        guard let write = inForce == nil ? last.issued?.write : main?.write else { return [] }
        let stays = inForce?.name ?? last.name
        let surplus = open.map(\.name).filter { $0 != stays }
        for entity in surplus {
            appeal[.registers, "state@" + entity] = Item(value: "superseded", write: write, commit: commit)
        }
        Disagreements.react(on: &appeal, write: write, commit: commit)
        return surplus
    }
}

extension Effect {
    /// The same of an act that tells late of what was done: its fact says so.
    var toldLate: Effect {
        guard case .fact(let kind, let entity, var value) = self else { return self }
        value[StatedDate.lateFlag] = true
        return .fact(kind, entity: entity, value)
    }

    /// Whether its fact says that it was told late.
    var isToldLate: Bool {
        guard case .fact(_, _, let value) = self else { return false }
        return value[StatedDate.lateFlag]?.bool == true
    }

    /// The value that this effect writes to a register.
    func register(_ full: String) -> JSON? {
        if case .register(full, let value) = self { return value }
        return nil
    }
}

import CanonicalJSON

/// Work waiting for a decision: its effects are kept in the appeal, so that adopting them needs nothing else.
enum Held {
    /// The value of a held item.
    static func value(_ effects: [Effect], context: KindContext, reason: Reason, first: String?) -> JSON {
        var registers = JSONObject()
        var facts = JSONObject()
        for effect in effects {
            switch effect {
            case .register(let full, let value), .settled(let full, let value): registers[full] = value
            case .fact(let kind, let entity, let value):
                facts[FactName.text(kind, entity, context.write)] = .object(value)
            case .decided: break
            }
        }
        var value: JSONObject = [
            "kind": .string(context.operation.kind), "reason": .string(reason.rawValue),
            "state": HeldState.waiting.json,
            "by": context.by,
            "registers": .object(registers), "facts": .object(facts),
        ]
        if !context.assignment.isEmpty { value["assignment"] = .string(context.assignment) }
        if let first { value["first"] = .string(first) }
        return .object(value)
    }

    /// A held item and those that follow it: they are settled as one case.
    static func group(of name: String, in appeal: Aggregate) -> [String] {
        let first = appeal[.held, name]?.value["first"]?.string ?? name
        let group = appeal.names(.held).filter { held in
            appeal[.held, held]?.value.heldState == .waiting
                && (held == first || appeal[.held, held]?.value["first"]?.string == first)
        }
        return group.sorted { (WriteName($0)?.number ?? 0) < (WriteName($1)?.number ?? 0) }
    }

    /// Whose work it is, if the complaint is about them: it comes into force by nobody's decision (Article 7).
    static func concerned(_ name: String, in appeal: Aggregate) -> String? {
        guard let author = appeal[.held, name]?.value["by"]?["user"]?.string, Complaint.bars(author, from: appeal)
        else { return nil }
        return author
    }

    /// The effects of adopting or declining one held item; they carry the settler's write and the author's name.
    static func decide(_ name: String, adopt: Bool, in context: KindContext) -> [Effect] {
        guard let held = context.appeal[.held, name], var value = held.value.object else { return [] }
        value["state"] = HeldState(adopted: adopt).json
        value["decidedBy"] = context.by
        if let reason = context.body["reason"] { value["decision"] = reason }
        var effects: [Effect] = [.decided(ItemName(.held, name), .object(value))]
        guard adopt else { return effects }
        for (full, register) in held.value["registers"]?.object?.members ?? [] {
            effects.append(.settled(full, register))
        }
        for (fact, body) in held.value["facts"]?.object?.members ?? [] {
            effects.append(.decided(ItemName(.facts, fact), body))
        }
        for old in replaced(by: held.value, in: context.appeal) {
            effects.append(.settled("state@" + old, AssignmentState.superseded.json))
            effects.append(.settled("ended@" + old, .string(context.world.today.description)))
        }
        return effects
    }

    /// The main executors whom a resolution that names another one replaces when it is adopted (C15).
    ///
    /// Those that it says itself to replace are among its registers.
    private static func replaced(by held: JSON, in appeal: Aggregate) -> [String] {
        let registers = held["registers"]
        guard registers?["mainExecutor"]?.string != nil else { return [] }
        return appeal.openMains.filter { registers?["state@" + $0] == nil }
    }

    /// What is adopted takes effect as if it were done now: it and its followers must pass the guards of their kinds on
    /// the appeal as it is now, and one main executor stays (I9): who is replaced by one that waited, a leader says in person.
    ///
    /// A deciding department has the other's effects but not its operation: there the office's decision follows later.
    static func requireGuards(of name: String, in context: KindContext) throws {
        var appeal = context.appeal
        for held in group(of: name, in: context.appeal) {
            if let operation = try context.world.operation(of: held), let kind = Kinds.named(operation.kind) {
                var held = KindContext(
                    operation: operation,
                    write: held,
                    appeal: appeal,
                    world: context.world,
                    standing: context.standing
                )
                held.adopter = context.operation.actor
                try kind.guards(held)
            }
            let value = context.appeal[.held, held]?.value ?? .null
            if let old = replaced(by: value, in: appeal).first, !Kinds.leaders.contains(context.operation.actor.role) {
                throw Refusal(.secondResolution, path: old)
            }
            let effects = decide(held, adopt: true, in: context)
            appeal = Application.overlay(effects, on: appeal, write: context.write, by: context.by)
        }
        guard appeal.openMains.count <= 1 else { throw Refusal(.oneMainExecutor, path: name) }
    }
}

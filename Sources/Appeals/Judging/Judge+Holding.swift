import CanonicalJSON

/// Decides whether an act that is late or conflicts with another is accepted, held or refused.
extension Judge {
    /// Follows, clashes, guards: in this order, since a guard misses what an earlier held operation would have written.
    func weigh(
        _ kind: Kind,
        _ effects: [Effect],
        _ context: KindContext,
        follows: (String, OutcomeStatus)?
    ) throws -> Judgement {
        if let (first, status) = follows {
            if status == .conflict { return try apply(kind, effects, context, follows: first) }
            guard status == .held else { return following(first, status) }
            return hold(effects, context, .follows, first: first)
        }
        var late = Late.accept
        if case .expired(_, let day) = context.standing {
            if let last = day.flatMap({ CivilDate($0) })?.adding(days: Policy.lateDays), last < world.today {
                throw Refusal(.lateTooOld, path: operation.authority ?? "")
            }
            late = try lateRule(kind, effects)
            if late == .refuse { throw Refusal(.authorityEnded, path: operation.authority ?? "") }
            if late == .hold { return hold(effects, context, .authorityEnded, first: nil) }
        } else {
            // Adopting paused work is refused rather than held in turn.
            do { try kind.guards(context) } catch let refusal as Refusal
                where Reason.waiting.contains(refusal.reason) && kind.name != "held.adopted"
            {
                return hold(effects, context, refusal.reason, first: nil)
            }
        }
        return try apply(kind, effects, context)
    }

    private func lateRule(_ kind: Kind, _ effects: [Effect]) throws -> Late {
        if let late = kind.late { return late }
        var worst = Late.accept
        for effect in effects {
            switch effect {
            case .register(let full, _), .settled(let full, _):
                guard let policy = Policy.register(Names.bare(full)) else { throw Refusal(.unknownField, path: full) }
                worst = max(worst, policy.late)
            case .fact(let name, _, _):
                guard let policy = Policy.fact(name) else { throw Refusal(.unknownField, path: name) }
                worst = max(worst, policy.late)
            case .decided: worst = .refuse
            }
        }
        return worst
    }

    /// The own earlier operation that is held, refused or lost a conflict, and on which this one builds.
    ///
    /// By the bases of registers, and by the names in the body of what such an operation was to make.
    func followed(_ kind: Kind, _ aggregate: Aggregate) throws -> (String, OutcomeStatus)? {
        var worst: (String, OutcomeStatus)?
        var writes = operation.base.sorted { $0.key < $1.key }.compactMap { register, write in
            aggregate[.registers, register]?.write == write ? nil : write
        }
        writes += kind.writes(namedIn: operation.body).filter {
            $0.origin == operation.origin && $0.number < operation.number && !aggregate.shows($0.description)
        }.map(\.description)
        for write in writes {
            guard WriteName(write)?.origin == operation.origin, let status = try world.outcome(of: write) else {
                continue
            }
            guard status == .held || status == .refused || status == .conflict else { continue }
            if aggregate[.held, write].map({ $0.value.heldState != .waiting }) == true { continue }
            let first = aggregate[.held, write]?.value["first"]?.string ?? write
            if status > worst?.1 ?? .accepted { worst = (first, status) }
        }
        return worst
    }

    func hold(_ kind: Kind, _ found: Aggregate?, _ reason: Reason) throws -> Judgement {
        guard let found else { return verdict(.held, reason) }
        let context = KindContext(
            operation: operation,
            write: operation.write.description,
            appeal: found,
            world: world,
            standing: .none
        )
        return hold(try told(kind.effects(context), context), context, reason, first: nil)
    }

    func hold(_ effects: [Effect], _ context: KindContext, _ reason: Reason, first: String?) -> Judgement {
        var judgement = verdict(.held, reason)
        judgement.outcome.first = first
        if effects.contains(where: \.isToldLate) { judgement.outcome.flags.append(StatedDate.lateFlag) }
        var aggregate = context.appeal
        aggregate[.held, context.write] = Item(
            value: Held.value(effects, context: context, reason: reason, first: first),
            write: context.write,
            commit: commit
        )
        finish(&judgement, before: context.appeal, after: aggregate)
        return judgement
    }
}

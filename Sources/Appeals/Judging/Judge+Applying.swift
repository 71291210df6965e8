import CanonicalJSON

/// The changes that an accepted act makes to the aggregate.
extension Judge {
    /// The writes in force of what an operation writes, as if its author had seen them: the last to come wins, silently.
    private func present(_ effects: [Effect], _ appeal: Aggregate) -> [String: String?] {
        var base: [String: String?] = [:]
        for case .register(let full, _) in effects { base[full] = .some(appeal[.registers, full]?.write) }
        return base
    }

    /// The bases, with what is in force in the place of an own value that only said the same.
    ///
    /// Its author was told so and saw the value that stayed; it is stale once another value came after that.
    private func known(_ appeal: Aggregate) throws -> [String: String?] {
        var base = operation.base
        for (full, write) in operation.base {
            guard let write, let item = appeal[.registers, full], item.write != write,
                let commit = try world.sameValue(of: full, by: write), item.commit < commit
            else { continue }
            base[full] = item.write
        }
        return base
    }

    /// `first`: the own operation that lost a conflict and that this one builds on; then nothing takes effect, all is kept beside.
    func apply(
        _ kind: Kind,
        _ effects: [Effect],
        _ context: KindContext,
        follows first: String? = nil
    ) throws -> Judgement {
        var isLate = false
        if case .expired = context.standing { isLate = true }
        var application = Application(
            appeal: context.appeal,
            write: context.write,
            commit: commit,
            by: context.by,
            isLate: isLate,
            base: try base({ try known(context.appeal) }, { present(effects, context.appeal) }),
            sameness: sameness
        )
        let parties = context.standing.parties
        let verdicts = try effects.map { effect in
            try application.clash(effect, parties: parties).map {
                (full: $0.full, status: first == nil ? $0.status : .conflict)
            }
        }
        var judgement = verdict(isLate ? .acceptedLate : .accepted)
        for (full, status) in verdicts.compactMap({ $0 }) {
            judgement.outcome.registers[full] = status
            judgement.outcome.status = max(judgement.outcome.status, status == .same ? .accepted : status)
        }
        let nothing = kind.isAtomic && judgement.outcome.status == .conflict
        for (place, effect) in effects.enumerated() where verdicts[place]?.status != .same {
            let inForce = verdicts[place]?.status != .conflict
            application.apply(effect, inForce: inForce && !nothing, isAtomic: kind.isAtomic)
        }
        if nothing { judgement.outcome.reason = .staleBase }
        if let first {
            judgement.outcome.reason = .follows
            judgement.outcome.first = first
        }
        if kind.isAtomic, judgement.outcome.status != .conflict { judgement.outcome.registers = [:] }
        judgement.erases = operation.kind == "appeal.erased"
        let breaches = StatedDate.breaches(
            in: operation.body,
            of: kind.name,
            on: context.appeal,
            today: world.today
        )
        if !breaches.isEmpty { judgement.outcome.flags.append(StatedDate.flag) }
        if effects.contains(where: \.isToldLate) { judgement.outcome.flags.append(StatedDate.lateFlag) }
        finish(&judgement, before: context.appeal, after: application.appeal)
        return judgement
    }

    /// The effects, with facts that say so if the act tells late of what was done.
    func told(_ effects: [Effect], _ context: KindContext) throws -> [Effect] {
        let isLate = try StatedDate.isToldLate(
            operation.body,
            of: operation.kind,
            on: context.appeal,
            today: world.today
        ) {
            let published = try world.referenceEntries(WorkingCalendar.prefix)
            // An act is judged whatever was published as a calendar.
            do { return try WorkingCalendar.inForce(on: world.today, among: published) } catch is CalendarRefusal {
                return .initial
            }
        }
        return isLate ? effects.map(\.toldLate) : effects
    }

    /// Runs the reactions and says what changed.
    func finish(_ judgement: inout Judgement, before: Aggregate, after: Aggregate) {
        var after = after
        Disagreements.react(
            on: &after,
            write: operation.write.description,
            commit: commit,
            today: world.today,
            sameness: sameness
        )
        judgement.changed = after.names(changedSince: before)
        judgement.decisions = judgement.changed.filter { $0.section == .held }.compactMap { name in
            guard let item = after[name], let state = item.value.heldState, state != .waiting else {
                return nil
            }
            return HeldDecision(
                write: name.name,
                adopted: state == .adopted,
                reason: item.value["decision"]?.string ?? ""
            )
        }
        judgement.aggregate = judgement.changed.isEmpty ? nil : after
    }
}

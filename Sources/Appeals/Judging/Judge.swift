import CanonicalJSON

/// What judging one operation gave.
public struct Judgement: Sendable {
    public var outcome: Outcome
    /// The aggregate as it is to be stored; nil if nothing of it changes.
    public var aggregate: Aggregate?
    /// What changed in it, in canonical order.
    public var changed: [ItemName] = []
    /// Held work that this operation decided: the write, and whether it was adopted.
    public var decisions: [HeldDecision] = []
    /// The appeal is to be erased.
    public var erases = false
    /// Whether this is a lie to be counted: an honest node does not send it.
    public var isLie = false
}

/// The decision of a held operation, as its author's `node:` stream tells it.
public struct HeldDecision: Sendable, Equatable {
    public let write: String
    public let adopted: Bool
    public let reason: String
}

/// Decides what becomes of an operation: protocol.md "How the office decides" from step 4 on.
///
/// The same code runs on a department, where it is advice before saving, and at the office, where it is law.
public struct Judge {
    let world: any JudgeLookups
    let commit: Int64
    let signed: SignedOperation
    /// Only a simulator says no, to show what silent overwriting would do.
    package var keepsClashes = true
    /// Only a simulator says no, to show that people then disagree about what looks the same.
    package var folds = true
    /// Kinds that an older program does not know yet.
    package var unknownKinds: Set<String> = []
    var operation: Operation { signed.operation }

    public init(_ signed: SignedOperation, commit: Int64, world: any JudgeLookups) {
        self.signed = signed
        self.commit = commit
        self.world = world
    }

    /// Judges the operation against the aggregate that it is about, as it is now; nil if there is none.
    ///
    /// `isRepeated`: its command is another operation of the log already.
    public func judge(on aggregate: Aggregate?, isRepeated: Bool = false) throws -> Judgement {
        if isRepeated { return verdict(.refused, .commandUsed, path: "operation.command") }
        do { return try decide(aggregate) } catch let refusal as Refusal {
            var judgement = verdict(.refused, refusal.reason, path: refusal.path)
            judgement.outcome.size = refusal.size
            judgement.isLie = [.authorityUnknown, .roleMissing].contains(refusal.reason)
            return judgement
        }
    }

    func verdict(_ status: OutcomeStatus, _ reason: Reason? = nil, path: String = "") -> Judgement {
        Judgement(
            outcome: Outcome(
                origin: operation.origin,
                number: operation.number,
                id: signed.id,
                status: status,
                reason: reason,
                path: path,
                commit: commit
            )
        )
    }

    private func decide(_ found: Aggregate?) throws -> Judgement {
        // Before everything else: what is held keeps its words.
        if let appeal = operation.appeal, try world.isErased(appeal) { return verdict(.erased, .erased) }
        guard !unknownKinds.contains(operation.kind), let kind = Kinds.named(operation.kind),
            operation.schema <= Kinds.schema
        else { return verdict(.held, .newer) }
        guard operation.erasedBodyDigest == nil else { throw Refusal(.missingField, path: "body") }
        try Schema.salt(operation.body, path: "body")
        if let personal = operation.personal { try Schema.salt(personal, path: "personal") }
        try Form.check(kind: kind.name, body: operation.body, personal: operation.personal)
        switch try world.standing(operation.actor, of: operation.origin.node, seen: operation.seen) {
        case .current: break
        case .expired:
            // What waits for a person is shown on the appeal: nobody puts it on one that was never theirs.
            if found != nil, kind.name != "appeal.registered", case .none = try place(kind, found).1 {
                return try followedAppeal() ?? unknownAuthority(kind)
            }
            return try hold(kind, found, .roleEnded)
        case .none: throw Refusal(.roleMissing, path: "operation.actor")
        }
        if let declined = try declinedOutside(kind, found) { return declined }
        if let lost = try followedAuthority() { return lost }
        if found == nil, kind.name != "appeal.registered", let lost = try followedAppeal() { return lost }
        let (aggregate, standing) = try place(kind, found)
        guard let aggregate else { return verdict(.held, .appealExists) }
        if case .none = standing { return try followedAppeal() ?? unknownAuthority(kind) }
        // Nothing tells a person of a complaint about it.
        guard !Complaint.bars(operation.actor.user, from: aggregate) else {
            throw Refusal(.notAuthorised, path: operation.actor.role)
        }
        let allowed = standing.parties.contains { kind.parties[$0]?.contains(operation.actor.role) == true }
        guard allowed else { throw Refusal(.notAuthorised, path: operation.actor.role) }
        let first = try followed(kind, aggregate)
        try requireOwnAssignment(kind, aggregate, follows: first?.1)
        let context = KindContext(
            operation: operation,
            write: operation.write.description,
            appeal: aggregate,
            world: world,
            standing: standing
        )
        let effects: [Effect]
        do { effects = try kind.effects(context) } catch {
            // What it names is not there: the operation that was to make it is held or refused.
            guard let (write, status) = first, status == .held || status == .refused else { throw error }
            return following(write, status)
        }
        guard effects.count <= Limits.effects else {
            throw Refusal(.tooMany, path: "body", size: Size(effects.count, limit: Limits.effects), kind: kind.name)
        }
        return try weigh(kind, effects, context, follows: first)
    }

    private func following(_ first: String, _ status: OutcomeStatus) -> Judgement {
        var judgement = verdict(status, .follows)
        judgement.outcome.first = first
        return judgement
    }

    /// An operation on an appeal whose own registration is held or refused shares its fate.
    private func followedAppeal() throws -> Judgement? {
        guard let appeal = operation.appeal,
            let write = try world.registration(of: appeal, in: operation.origin),
            let number = WriteName(write)?.number, number < operation.number,
            let status = try world.outcome(of: write), status == .held || status == .refused
        else { return nil }
        return following(write, status)
    }

    /// An operation under an authority that is an own earlier operation, held or refused, shares its fate.
    private func followedAuthority() throws -> Judgement? {
        guard let authority = operation.authority, let write = WriteName(authority), write.origin == operation.origin,
            let status = try world.outcome(of: write.description), status == .held || status == .refused
        else { return nil }
        return following(write.description, status)
    }

    /// The aggregate to judge on and the author's standing; no aggregate if a registration meets an existing appeal.
    private func place(_ kind: Kind, _ found: Aggregate?) throws -> (Aggregate?, Authority) {
        if kind.isReference {
            guard operation.appeal == nil, let entry = Kinds.referenceEntry(operation) else {
                throw Refusal(.wrongType, path: "operation.appeal")
            }
            guard operation.origin.node == world.office else { throw Refusal(.notAuthorised, path: "operation.origin") }
            return (found ?? Aggregate(id: entry), .current([.office]))
        }
        guard let appeal = operation.appeal else { throw Refusal(.missingField, path: "operation.appeal") }
        if kind.name == "appeal.registered" {
            let parties: Set<Party> =
                operation.origin.node == world.office ? [.office, .controller, .home] : [.home, .controller]
            return (found == nil ? Aggregate(id: appeal) : nil, .current(parties))
        }
        guard let found else {
            if try lost() { return (Aggregate(id: appeal), .none) }
            throw Refusal(.unknownAppeal, path: "operation.appeal")
        }
        return (
            found,
            try Authority.of(
                node: operation.origin.node,
                authority: operation.authority,
                on: found,
                in: world
            )
        )
    }

    /// An executor acts on its own assignment alone: authority on the appeal says nothing about another's.
    ///
    /// One that an own held operation was to make is not there yet: what names it waits or goes with that.
    private func requireOwnAssignment(
        _ kind: Kind,
        _ appeal: Aggregate,
        follows: OutcomeStatus?
    ) throws(Refusal) {
        guard kind.parties.keys.allSatisfy({ [.main, .co, .inform].contains($0) }),
            let named = operation.body["assignment"]?.string
        else { return }
        guard let department = appeal.register("department@" + named)?.string else {
            if follows == .held || follows == .refused, WriteName(named)?.origin == operation.origin { return }
            throw Refusal(.unknownAssignment, path: named)
        }
        guard department == operation.origin.node else { throw Refusal(.notAuthorised, path: named) }
    }

    private func lost() throws -> Bool { try operation.authority.map { try world.canHaveBeenLost($0) } ?? false }

    private func unknownAuthority(_ kind: Kind) throws -> Judgement {
        if try lost() { return verdict(.held, .authorityLost) }
        throw Refusal(.authorityUnknown, path: "operation.authority")
    }

    /// Follows, clashes, guards: in this order, since a guard misses what an earlier held operation would have written.
    private func weigh(
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
            // An adoption of what is paused does not wait in its turn: it is refused.
            do { try kind.guards(context) } catch let refusal as Refusal
                where [.paused, .leaderConcerned].contains(refusal.reason) && kind.name != "held.adopted"
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
    private func followed(_ kind: Kind, _ aggregate: Aggregate) throws -> (String, OutcomeStatus)? {
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
            if aggregate[.held, write].map({ $0.value["state"]?.string != "waiting" }) == true { continue }
            let first = aggregate[.held, write]?.value["first"]?.string ?? write
            if status > worst?.1 ?? .accepted { worst = (first, status) }
        }
        return worst
    }

    // MARK: holding

    private func hold(_ kind: Kind, _ found: Aggregate?, _ reason: Reason) throws -> Judgement {
        guard let found else { return verdict(.held, reason) }
        let context = KindContext(
            operation: operation,
            write: operation.write.description,
            appeal: found,
            world: world,
            standing: .none
        )
        return hold(try kind.effects(context), context, reason, first: nil)
    }

    private func hold(_ effects: [Effect], _ context: KindContext, _ reason: Reason, first: String?) -> Judgement {
        var judgement = verdict(.held, reason)
        judgement.outcome.first = first
        var aggregate = context.appeal
        aggregate[.held, context.write] = Item(
            value: Held.value(effects, context: context, reason: reason, first: first),
            write: context.write,
            commit: commit
        )
        finish(&judgement, before: context.appeal, after: aggregate)
        return judgement
    }

    // MARK: applying

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
    private func apply(
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
            base: keepsClashes ? try known(context.appeal) : present(effects, context.appeal),
            folds: folds
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
        finish(&judgement, before: context.appeal, after: application.appeal)
        return judgement
    }

    /// Runs the reactions and says what changed.
    private func finish(_ judgement: inout Judgement, before: Aggregate, after: Aggregate) {
        var after = after
        Disagreements.react(
            on: &after,
            write: operation.write.description,
            commit: commit,
            today: world.today,
            folds: folds
        )
        judgement.changed = after.names(changedSince: before)
        judgement.decisions = judgement.changed.filter { $0.section == .held }.compactMap { name in
            guard let item = after[name], let state = item.value["state"]?.string, state != "waiting" else {
                return nil
            }
            return HeldDecision(
                write: name.name,
                adopted: state == "adopted",
                reason: item.value["decision"]?.string ?? ""
            )
        }
        judgement.aggregate = judgement.changed.isEmpty ? nil : after
    }
}

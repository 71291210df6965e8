import CanonicalJSON

/// Decides what becomes of an operation: protocol.md "How the office decides" from step 4 on.
///
/// The same code runs on a department, where it is advice before saving, and at the office, where it is law.
public struct Judge {
    /// What an act's registers are held against: what its author knew (`known`), else what is there (`present`).
    package typealias Base =
        @Sendable (
            _ known: () throws -> [String: String?],
            _ present: () -> [String: String?]
        ) throws -> [String: String?]

    let world: any JudgeLookups
    let commit: Int64
    let signed: SignedOperation
    /// Another one only in a simulator, to show what silent overwriting would do.
    package var base: Base = { known, _ in try known() }
    /// Whether a reader takes two values for one; another one only in a simulator, to show what people would disagree about.
    package var sameness: Sameness.Comparison = Sameness.areSame
    /// Kinds that an older program does not know yet.
    package var unknownKinds: Set<String> = []
    var operation: Operation { signed.operation }

    /// `commit`: the place in the office's order that the operation takes; on a department, where it is advice, one
    /// after all that it knows.
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
        // Comes first: held work keeps its words.
        if let appeal = operation.appeal, try world.isErased(appeal) { return verdict(.erased, .erased) }
        guard !unknownKinds.contains(operation.kind), let kind = Kinds.named(operation.kind),
            operation.schema <= Kinds.schema
        else { return verdict(.held, .newer) }
        guard operation.erasedBodyDigest == nil else { throw Refusal(.missingField, path: "body") }
        try Schema.salt(operation.body, path: "body")
        if let personal = operation.personal { try Schema.salt(personal, path: "personal") }
        try Form.check(kind: kind.name, body: operation.body, personal: operation.personal)
        let isOwners = kind.isOwners && operation.actor.via == .owner
        switch try isOwners
            ? .current : world.standing(operation.actor, of: operation.origin.node, seen: operation.seen)
        {
        case .current: break
        case .expired:
            // What waits for a person is shown on the appeal: nobody puts it on one that was never theirs, nor another card on
            // the one that has its id.
            if found != nil {
                let (aggregate, standing) = try place(kind, found)
                guard aggregate != nil else { return verdict(.held, .appealExists) }
                if case .none = standing { return try followedAppeal() ?? unknownAuthority(kind) }
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
        // Nothing lets a person learn of a complaint about them.
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
            // The thing it names does not exist: the operation that should have made it is held or refused.
            guard let (write, status) = first, status == .held || status == .refused else { throw error }
            return following(write, status)
        }
        guard effects.count <= Limits.effects else {
            throw Refusal(.tooMany, path: "body", size: Size(effects.count, limit: Limits.effects), kind: kind.name)
        }
        return try weigh(kind, told(effects, context), context, follows: first)
    }

    func following(_ first: String, _ status: OutcomeStatus) -> Judgement {
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
    func place(_ kind: Kind, _ found: Aggregate?) throws -> (Aggregate?, Authority) {
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
}

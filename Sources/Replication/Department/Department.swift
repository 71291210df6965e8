public import Appeals
import CanonicalJSON
import Cryptography

/// A department's node: it works on its own copy, offline for as long as it must (DESIGN.md "The idea").
///
/// What it does is an operation in its own log, shown at once on top of what the office has confirmed.
public final class Department {
    public let node: String
    let store: any Store
    let signer: any Signer
    let verifier: any Verifier
    let draw: (Int) -> String
    package var rules: Rules
    /// Hears what the advice says of each operation, also of one that is refused and not saved.
    package var onAdvice: (SignedOperation, Outcome, any StoreReading) throws -> Void = { _, _, _ in }

    /// A department over its store; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - node: its id, as the office's register has it.
    ///   - draw: that many random bytes as lowercase hexadecimal digits; the engine has no source of its own.
    ///   - rules: all on in the product; instruments take single ones away.
    public init(
        node: String,
        store: any Store,
        signer: any Signer,
        verifier: any Verifier,
        draw: @escaping (Int) -> String,
        rules: Rules = Rules()
    ) {
        self.node = node
        self.store = store
        self.signer = signer
        self.verifier = verifier
        self.draw = draw
        self.rules = rules
    }

    /// Makes an empty store this department's: what it joined, and its first incarnation.
    public func initialize(office: String, officeKey: [UInt8]) throws {
        try store.write { transaction in
            precondition((try? transaction.value(Values.node)) == .some(nil), "a department is founded once")
            try transaction.setValue(Values.role, "department")
            try transaction.setValue(Values.node, node)
            try transaction.setValue(Values.office, office)
            try transaction.setValue(Values.officeKey, officeKey)
            try beginIncarnation(transaction)
        }
    }

    /// Continues a deliberately restored copy under a new incarnation; it can work offline at once.
    public func declareRestore() throws {
        try store.write { transaction in
            _ = try beginIncarnation(transaction)
            try transaction.setValue(Values.accessKey, nil)
        }
    }

    /// Draws the next incarnation and makes it the one that is written to.
    @discardableResult
    func beginIncarnation(_ transaction: any StoreTransaction) throws -> OriginRecord {
        let origin = Origin(node: node, incarnation: draw(4))
        let former = try transaction.value(Values.incarnations) ?? []
        try transaction.setValue(Values.incarnations, former + [origin.incarnation])
        let record = OriginRecord(origin: origin, key: signer.publicKey)
        try transaction.putOrigin(record)
        return record
    }

    /// The node's origins, oldest first; the last is the one that is written to.
    func origins(_ reading: any StoreReading) throws -> [OriginRecord] {
        let names = try reading.value(Values.incarnations) ?? []
        return try names.compactMap { try reading.origin(Origin(node: node, incarnation: $0)) }
    }

    /// The log that is written to: the newest incarnation's.
    ///
    /// A store that was never initialized has none, which is a bug.
    package func currentOrigin(_ reading: any StoreReading) throws -> OriginRecord {
        guard let last = try origins(reading).last else {
            preconditionFailure("a founded department has an incarnation")
        }
        return last
    }

    /// The id of the office that this node joined; empty before it joined.
    func office(_ reading: any StoreReading) throws -> String { try reading.value(Values.office) ?? "" }

    /// The office's public key (SubjectPublicKeyInfo, DER), with which every reply must be signed; empty before it
    /// joined.
    func officeKey(_ reading: any StoreReading) throws -> [UInt8] {
        try reading.value(Values.officeKey) ?? []
    }

    // MARK: what the node shows

    /// The record of a stream as this reader has it; one that was never read has no epoch.
    func position(_ stream: String, _ reading: any StoreReading) throws -> StreamRecord {
        try reading.stream(stream) ?? StreamRecord(name: stream, epoch: "")
    }

    /// What the judge may look up here: advice from this node's own slice and reference, as of the day of `now` (unix
    /// ms).
    func world(_ reading: any StoreReading, now: Int64) throws -> StoreWorld {
        let slice = try position(Space.slice(node), reading)
        let reference = try position(Space.reference, reading)
        return StoreWorld(
            reading,
            office: try office(reading),
            today: Today.date(now),
            advises: true,
            epoch: slice.epoch,
            appeals: (slice.name, slice.generation),
            reference: (reference.name, reference.generation)
        )
    }

    /// The confirmed state of an appeal, without own pending work.
    public func confirmed(_ appeal: String, _ reading: any StoreReading) throws -> Appeals.Aggregate? {
        let slice = try position(Space.slice(node), reading)
        return try reading.row(slice.name, generation: slice.generation, key: appeal)?.aggregate()
    }

    /// The appeal as its people see it: own pending operations redrawn over the confirmed state, in number order.
    public func view(
        _ appeal: String,
        _ reading: any StoreReading,
        now: Int64
    ) throws -> (appeal: Appeals.Aggregate?, pending: [OperationRecord]) {
        let slice = try position(Space.slice(node), reading)
        let confirmed = try reading.row(slice.name, generation: slice.generation, key: appeal)?.aggregate()
        if try reading.isErased(appeal) { return (nil, []) }
        return try rules.drawnUntilVisible(appeal, over: confirmed, of: node, reading) {
            try draw(appeal, over: confirmed, slice, reading, now: now)
        }
    }

    /// Own pending operations over the confirmed state.
    private func draw(
        _ appeal: String,
        over confirmed: Appeals.Aggregate?,
        _ slice: StreamRecord,
        _ reading: any StoreReading,
        now: Int64
    ) throws -> (appeal: Appeals.Aggregate?, pending: [OperationRecord]) {
        var aggregate = confirmed
        let pending = try reading.allPending(appeal: appeal, node: node, beyond: try visible(slice, reading))
            .filter(Self.isOverlaid)
        // After a leave only the list of own operations remains; a registration of one's own begins a card.
        guard aggregate != nil || pending.contains(where: { $0.kind == "appeal.registered" }) else {
            return (nil, pending)
        }
        let world = try world(reading, now: now)
        let isComparable = try rules.isComparable(replaying: reading.value(Values.replaying))
        for record in pending {
            guard let signed = try? record.signed() else { continue }
            var decided = isComparable && record.status != nil ? record.outcome.flatMap { Outcome(line: $0) } : nil
            decided?.commit = record.commit
            aggregate = Overlay.apply(signed.operation, on: aggregate, world: world, decided: decided)
        }
        return (aggregate, pending)
    }

    /// Effects up to this commit are visible in the confirmed state; fewer while work is sent again after a restore.
    func visible(_ slice: StreamRecord, _ reading: any StoreReading) throws -> Int64 {
        guard let through = try rules.endOfVisible(replaying: reading.value(Values.replaying)) else {
            return slice.commit
        }
        return min(slice.commit, through)
    }

    /// Undecided, or accepted until the stream has passed the place of its effect.
    static func isOverlaid(_ record: OperationRecord) -> Bool {
        guard !record.isReplaced else { return false }
        switch record.status {
        case nil, .accepted?, .same?, .acceptedLate?, .conflict?: return true
        case .held?, .refused?, .erased?: return false
        }
    }

    // MARK: acting

    /// Acts for a person: composes, advises, signs and appends to the node's log; durable when it returns.
    ///
    /// The advice applies the office's own rules to what this node knows: a refusal is thrown before anything is saved.
    ///
    /// `command`: a UUID that identifies repetitions of the same act. A repetition returns the first one's operation,
    /// and its draft is not requested, so that no number of a series is drawn in vain.
    @discardableResult
    public func act(
        now: Int64,
        command: String? = nil,
        _ draft: (any StoreTransaction) throws -> Draft
    ) throws -> SignedOperation {
        try store.write { transaction in
            if let known = try transaction.operation(ofCommand: command, node: node) { return try known.signed() }
            var draft = try draft(transaction)
            draft.command = command
            return try act(draft, now: now, transaction)
        }
    }

    /// Several acts in one transaction.
    public func act(
        now: Int64,
        count: Int,
        _ draft: (any StoreTransaction, Int) throws -> Draft
    ) throws -> [SignedOperation] {
        try store.write { transaction in
            try (0..<count).map { try act(try draft(transaction, $0), now: now, transaction) }
        }
    }

    /// One act within a transaction: checks its form, composes and signs it, takes the judge's advice, appends it.
    private func act(_ draft: Draft, now: Int64, _ transaction: any StoreTransaction) throws -> SignedOperation {
        try Form.check(kind: draft.kind, body: draft.body, personal: draft.personal)
        let world = try world(transaction, now: now)
        var record = try currentOrigin(transaction)
        let view = try draft.appeal.map { try self.view($0, transaction, now: now).appeal } ?? nil
        let slice = try position(Space.slice(node), transaction)
        let reference = try position(Space.reference, transaction)
        let clock = try transaction.clock().ticked(now: now)
        let composer = Composer(node: node, signer: signer, draw: draw, world: world)
        let signed = try composer.compose(
            draft,
            origin: record,
            seen: Seen(epoch: slice.epoch, slice: slice.head, reference: reference.head),
            clock: clock,
            now: now,
            appeal: view,
            reference: nil
        )
        // A fact may be authored on an appeal that left, by its stub and the ended authority; the office decides.
        let isOnStub =
            try view == nil && draft.authority != nil && draft.appeal.map { try transaction.stub($0) != nil } ?? false
        if isOnStub {
            guard try world.standing(draft.actor, of: node, seen: signed.operation.seen) != .none else {
                throw Refusal(.roleMissing, path: "operation.actor")
            }
        } else {
            if draft.kind == "appeal.registered", view == nil { try requireUnknown(draft, transaction) }
            let judgement = try Judge(signed, commit: view?.commit ?? 0, world: world).judge(on: view)
            try onAdvice(signed, judgement.outcome, transaction)
            // Nothing new may be kept of an erased appeal either, whatever an inspector took along into the field.
            if [.refused, .erased].contains(judgement.outcome.status), let reason = judgement.outcome.reason {
                throw Refusal(reason, path: judgement.outcome.path, size: judgement.outcome.size, kind: draft.kind)
            }
            try OwnLine.check(judgement.aggregate)
        }
        try OwnLine.check(signed, key: signer.publicKey, verifier)
        try append(signed, to: &record, now: now, transaction)
        try transaction.setClock(clock)
        return signed
    }

    /// The id belongs to another appeal that this node has worked on, even if it has left: that work would show up on
    /// the new card.
    private func requireUnknown(_ draft: Draft, _ reading: any StoreReading) throws {
        guard let appeal = draft.appeal else { return }
        let own = try reading.pending(appeal: appeal, node: node, beyond: -1, limit: 1)
        guard try own.isEmpty && reading.stub(appeal) == nil else {
            throw Refusal(.appealExists, path: "operation.appeal", kind: draft.kind)
        }
    }

    /// Puts an operation at the end of the node's log.
    package func append(
        _ signed: SignedOperation,
        to record: inout OriginRecord,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        var kept = OperationRecord(signed, at: now)
        // Two logs of one node may both have it, and be issued again into this one.
        if try transaction.isRepeated(signed.operation) { kept.command = nil }
        try transaction.putOperation(kept)
        try keepOnStub(signed.operation.appeal, transaction)
        record.last = signed.operation.number
        record.lastID = signed.id
        try transaction.putOrigin(record)
    }
}

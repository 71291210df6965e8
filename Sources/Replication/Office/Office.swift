public import Appeals
public import CanonicalJSON
import Cryptography

/// The office: it orders what everyone proposes (DESIGN.md "The idea").
///
/// A machine without I/O of its own: requests, time and randomness come in, replies and the names of the streams that
/// changed go out; what must be durable is durable in the store before a reply is returned.
public final class Office {
    public let node: String
    let store: any Store
    let signer: any Signer
    let verifier: any Verifier
    /// Fresh random bytes as hex: salts, tokens, epochs.
    ///
    /// From outside, so that a simulation can repeat itself.
    let draw: (Int) -> String
    package var rules: Rules
    /// This program's rules of who may see what; a test may substitute others.
    package var projection = Projection.own
    /// Called with the appeals that committed transactions erased, before anybody is answered: a record of them outside
    /// the backup set; called again with the same ones if it throws.
    public var onErase: ([String]) throws -> Void = { _ in }
    /// How pages of operations yield to other writers; nil: each page in one transaction.
    public var pace: Pace?
    /// Called when a node is frozen, in the transaction that freezes it.
    public var onFreeze: (String, any StoreTransaction, Int64) throws -> Void = { _, _, _ in }
    var keys: [String: [UInt8]] = [:]

    /// An office over its store; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - node: its id in the register.
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

    /// The result of a request.
    public enum Handling: Sendable {
        case reply(WireResponse, changed: [String])
        /// Nothing new yet: ask again when one of these streams changes, or when the wait is over.
        case wait(streams: [String])
    }

    /// Makes an empty store an office: its epoch, its incarnation, its streams.
    public func initialize() throws {
        try store.write { transaction in
            precondition((try? transaction.value(Values.epoch)) == .some(nil), "an office is founded once")
            try transaction.setValue(Values.role, "office")
            try transaction.setValue(Values.node, node)
            try transaction.setValue(Values.office, node)
            try transaction.setValue(Values.projection, projection.text)
            try begin(epoch: draw(16), incarnation: draw(4), in: transaction)
        }
    }

    /// Begins an epoch: its streams start at nothing and are filled by whoever reads (snapshot) and commits (entries).
    func begin(epoch: String, incarnation: String, in transaction: any StoreTransaction) throws {
        try transaction.setValue(Values.epoch, epoch)
        try transaction.setValue(Values.incarnation, incarnation)
        if try transaction.value(Values.sealKey) == nil { try transaction.setValue(Values.sealKey, draw(32)) }
        let origin = Origin(node: node, incarnation: incarnation)
        try transaction.putOrigin(OriginRecord(origin: origin, key: signer.publicKey))
        if try transaction.stream(Space.reference) == nil {
            try transaction.putStream(StreamRecord(name: Space.reference, epoch: epoch))
        }
    }

    /// The refusal (503 `stopped`) while the office waits for its operator; nil if it works.
    func stopped() throws -> WireResponse? { try store.read { try stopped($0) } }

    /// The refusal (503 `stopped`) as this transaction sees it; nil if the office works.
    func stopped(_ reading: any StoreReading) throws -> WireResponse? {
        guard try reading.value(Values.stopped) != nil else { return nil }
        return .refusal(503, .stopped, "the office was found behind its nodes and takes no work")
    }

    /// Handles one request of an authenticated peer.
    ///
    /// `now` is the office's clock, unix milliseconds.
    public func handle(_ request: WireRequest, peer: String, now: Int64, mayWait: Bool = true) throws -> Handling {
        if let malformed = Self.malformed(request) { return .reply(malformed, changed: []) }
        if request.call != .hello, let stopped = try stopped() { return .reply(stopped, changed: []) }
        guard let call = request.call, call.method == request.method else { return unknownCall(request) }
        if call != .hello { try noteContact(peer, now: now) }
        switch call {
        case .hello: return try recordingErasures { try hello(request, peer: peer, now: now) }
        case .push:
            let (replies, changed) = try handle(pushes: [(request, peer)], now: now)
            return .reply(replies[0], changed: changed)
        case .pull: return try pull(request, peer: peer, now: now, mayWait: mayWait)
        case .snapshot: return try snapshot(request, peer: peer, now: now)
        case .probe: return try probe(request, peer: peer)
        case .fetch: return try fetch(request, peer: peer)
        case .receipts: return try receipts(request, peer: peer, now: now)
        case .recovered: return try recordingErasures { try recovered(request, peer: peer, now: now) }
        case .operations: return try operations(request, peer: peer, now: now)
        case .outcomes: return try outcomes(request, peer: peer)
        }
    }

    /// A node that was heard of is noted again after this (ms): people ask whether it is silent for hours, and after each note the
    /// readers of a store read again what they had of it, a hundred kilobytes.
    private static let contactNoted: Int64 = 600_000

    /// When an admitted node was heard of last: by any of its requests, noted again after `contactNoted`.
    private func noteContact(_ peer: String, now: Int64) throws {
        func isDue(_ node: NodeRecord?) -> Bool {
            node.map { $0.state == .active && now - $0.contact >= Self.contactNoted } ?? false
        }
        guard isDue(try store.read({ try $0.node(peer) })) else { return }
        try store.write(.note) { transaction in
            guard var node = try transaction.node(peer), isDue(node) else { return }
            node.contact = now
            try transaction.putNode(node)
        }
    }

    /// The number of a request is 16 hexadecimal digits, or absent.
    static func malformed(_ request: WireRequest) -> WireResponse? {
        guard let ask = request["ask"], !Names.isHex(ask, count: 16) else { return nil }
        return .refusal(400, .badRequest, "ask is not 16 hexadecimal digits")
    }

    /// Acts for a person at the office: composes, signs and admits in one transaction.
    ///
    /// `command`: a UUID that identifies repetitions of the same act. A repetition returns the first one's outcome, and
    /// its draft is not requested, so that no number of a series is drawn in vain.
    @discardableResult
    public func act(
        now: Int64,
        command: String? = nil,
        _ draft: (any StoreTransaction) throws -> Draft
    ) throws -> (outcome: Outcome, changed: [String]) {
        try recordingErasures {
            try store.write { transaction in
                let admission = try Admission(self, transaction, now: now)
                let outcome = try admission.act(command: command) { try draft(transaction) }
                return (outcome, try admission.finish())
            }
        }
    }

    /// Several acts in one transaction: all are durable together.
    public func act(
        now: Int64,
        count: Int,
        _ draft: (any StoreTransaction, Int) throws -> Draft
    ) throws -> (outcomes: [Outcome], changed: [String]) {
        try recordingErasures {
            try store.write { transaction in
                let admission = try Admission(self, transaction, now: now)
                let outcomes = try (0..<count).map { each in try admission.act { try draft(transaction, each) } }
                return (outcomes, try admission.finish())
            }
        }
    }

    /// Performs as many of several acts (an import) as one turn at the writer allows while somebody waits (`pace`), at
    /// least one.
    ///
    /// `isWhole`: whether a transaction may end after that many of them.
    public func actInTurn(
        now: Int64,
        count: Int,
        isWhole: (Int) -> Bool,
        _ draft: (any StoreTransaction, Int) throws -> Draft,
        decided: (Outcome) throws -> Void = { _ in }
    ) throws -> (outcomes: [Outcome], changed: [String]) {
        try recordingErasures {
            try store.write { transaction in
                let admission = try Admission(self, transaction, now: now)
                let turn = Turn(pace, store)
                var outcomes: [Outcome] = []
                while outcomes.count < count, outcomes.isEmpty || !isWhole(outcomes.count) || !turn.isOver {
                    let place = outcomes.count
                    outcomes.append(try admission.act { try draft(transaction, place) })
                    try decided(outcomes[place])
                }
                return (outcomes, try admission.finish())
            }
        }
    }

    /// The day in Kyiv at `now` (unix ms).
    func today(_ now: Int64) -> CivilDate { Today.date(now) }
}

/// What a person wants to do, before it becomes an operation.
public struct Draft: Sendable {
    public var kind: String
    public var appeal: String?
    /// Nil: the node finds the strongest ground that its person has.
    public var authority: String?
    public var actor: Actor
    public var body: JSONObject
    public var personal: JSONObject?
    /// The state that the author's screen showed; nil: the state that the node shows now.
    ///
    /// An inspector's package brings its own.
    public var base: [String: String?]?
    /// What the author's screen showed: of each register that had a value the write that it came from; nil: what the node
    /// shows now.
    ///
    /// The base is made of it, so that it is never newer than what the author saw; `base` goes before it.
    public var shown: [String: String]?
    /// The device on which it was made, if not this node.
    public var device: Device?
    /// Identifies repetitions of the same act: the UUID that `act` was given.
    var command: String?

    /// An act of `actor`; authority and base are found when it is composed.
    public init(kind: String, appeal: String?, actor: Actor, body: JSONObject, personal: JSONObject? = nil) {
        self.kind = kind
        self.appeal = appeal
        self.actor = actor
        self.body = body
        self.personal = personal
    }
}

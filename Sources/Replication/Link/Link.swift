public import Appeals
import CanonicalJSON
import Cryptography

/// The two ways a department talks to its office at a time; push never waits behind a long poll.
public enum Lane: String, Sendable, CaseIterable {
    case exchange, read

    /// By hand, so that the order of dictionaries does not hang on the process's seed.
    public func hash(into hasher: inout Hasher) { hasher.combine(self == .read) }
}

/// What happened, in the past tense.
public enum LinkInput: Sendable {
    /// The node has started, or a wait is over.
    case woke(Lane)
    case replied(Lane, WireResponse)
    /// No reply, or one that was cut off; `retryAfter` in milliseconds if the office named one.
    case failed(Lane, retryAfter: Int64?)
    /// Something was added to this node's own log.
    case acted
    /// A person wants to be sure that nothing newer is at the office, whatever a lane waits for.
    case hurried
    /// Nothing of the appeals in the tray of purges is left on disk.
    case purged

    /// The lane whose request in flight this ends.
    var ended: Lane? {
        switch self {
        case .replied(let lane, _), .failed(let lane, _): lane
        case .woke, .acted, .hurried, .purged: nil
        }
    }
}

/// What is to be done, in the imperative.
public enum LinkAction: Sendable, Equatable {
    case send(Lane, WireRequest)
    /// Wake the lane at this time (unix ms), sooner if something was added to the log.
    case sleep(Lane, until: Int64)
    /// Cancel the lane's request in flight and report `failed`; a late reply is ignored.
    case abandon(Lane)
    /// Make sure that nothing of what was deleted is left on disk, then say `purged`.
    case purge
}

/// How the link stands, for `status`; derived from acknowledged positions, never from "request finished".
public struct LinkStatus: Sendable, Equatable {
    /// Unix ms of the last verified reply; 0 if there was none.
    public var contact: Int64 = 0
    /// What prevents synchronisation; empty if nothing does.
    public var problem = ""
    /// Where what is being sent begins: the number up to which the office had all when there was last nothing to send, and the
    /// log; nil until something was pushed.
    public var settled: Settled?

    /// A log, and a number that the office had acknowledged.
    public struct Settled: Sendable, Equatable {
        public let origin: Origin
        public let number: Int64
    }
}

/// A department's side of the protocol as a state machine: no I/O, no clock of its own (protocol.md "The calls").
///
/// Exchange lane: hello → (own operations back, a new incarnation) → recovered → push … → receipts → sleep.
/// Read lane: after a hello, for each stream a snapshot if there is no position, then pull to the head, repair on a
/// differing digest, then a long poll on the slice. Every stream is compared at its head before the first long poll.
public struct Link {
    let department: Department
    var backoff: [Lane: Backoff]
    public internal(set) var status = LinkStatus()
    var exchange = Exchange.hello
    var reading = Reading.waitsForHello
    /// Epoch and state of the last hello; nil before the first one and after every error that ends a session.
    var session: Session?
    /// Records per page: halved after a reply that was cut off, down to one, and doubled after a good one.
    ///
    /// Invariant for each lane: 1 ≤ limit ≤ `pageRecords`.
    var limit: [Lane: Int]
    /// The comparison in progress.
    ///
    /// Invariant: not nil exactly while the read lane is `probing` or `fetching`.
    var comparison: Comparison?
    /// Which of the two lists of erasures is finished since the last hello that let the session continue.
    var erasuresEnded = (told: false, learnt: false)
    /// A snapshot replaced entries that were never read, and some of them may have been erasures: the next hello
    /// reports them.
    var missedErasures = false
    /// The office named as many missing receipts as fit in one reply: there may be more.
    var owesMore = false
    /// Lanes with a request in flight.
    ///
    /// Invariant: exactly these will get a `.replied` or a `.failed`.
    var isBusy: Set<Lane> = []
    /// The number of each lane's last request, which its reply repeats.
    ///
    /// Invariant: every busy lane has one.
    var asked: [Lane: String] = [:]
    var asks: Asks
    /// The request that a lane was expected to make next, and the number under which it was already sent.
    var foreseen: [Lane: (request: WireRequest, ask: String)] = [:]
    /// Lanes whose request in flight belongs to a session that ended: its reply is ignored.
    ///
    /// Invariant: each of them is busy.
    var voided: Set<Lane> = []
    /// Streams not yet compared at their heads since the hello, or since a person asked for haste.
    ///
    /// Invariant: empty while the lane is `waiting` in the long poll.
    var unread: Set<String> = []
    /// The office asked for its own signed lines as evidence: the next hellos carry them.
    var showsEvidence = false
    /// The token that came with `tokenStale`; kept until the incarnation that it belongs to has been drawn.
    var staleToken: String?
    /// For each own origin, the epoch in which the office's copy of its log was last compared operation by operation.
    var lookedBack: [Origin: String] = [:]
    /// The catch-up that the next pull belongs to; nil at its beginning.
    ///
    /// Losing it costs only bandwidth.
    var catchUp: CatchUp?
    var hasNews = false
    /// Nothing is asked before, since the office named it (unix ms).
    var notBefore: Int64 = 0
    /// What each lane does, and since when; when it was told to try next, unless a request is on its way.
    var began: [Lane: (doing: LaneStanding.Doing, at: Int64)] = [:]
    var nextTry: [Lane: Int64] = [:]
    /// Seconds that a long poll may wait; 0 makes the link ask and sleep instead (a simulation).
    public var waitSeconds = ReplicationLimits.waitSeconds
    /// How long an idle lane sleeps when it has nothing to do (ms).
    public var idleSleep: Int64 = 60_000
    /// How long a lane waits for the other one, which wakes it as soon as it may go on (ms).
    static let waitForLane: Int64 = 60_000

    struct Session {
        var epoch: String
        /// The epoch that the node was in before, if the office's has changed since.
        ///
        /// Invariant: never equal to `epoch`. Its logs are then sent again from the point that the office still has.
        var formerEpoch: String?
        /// Own origins still to be greeted, oldest first; the last is the one written to.
        ///
        /// Invariant: never empty; when the last one is done, the session ends.
        var origins: [Origin]
        /// The last number of the current origin that the office has.
        ///
        /// Invariant: 0 or more.
        var stored: Int64
    }

    /// What the exchange lane is doing; each state lists where it leads.
    enum Exchange: Equatable {
        /// → hello, comparingLogs, refreshing, waitsForSnapshots, pushing
        case hello
        /// Own operations are fetched to find the last common number → comparingLogs, refetching
        case comparingLogs(Origin, after: Int64, known: Int64, common: Int64?)
        /// Own operations that this node lost are taken back → refetching, refreshing
        case refetching(Origin, after: Int64, upTo: Int64)
        /// Outcomes of what was taken back, and after a restore those that may be others now, are asked for
        /// → hello, waitsForSnapshots
        case refreshing(Origin, after: Int64, upTo: Int64)
        /// Waits until the read lane has its snapshots, which it takes in this session → recovering
        case waitsForSnapshots
        /// → recovering, pushing
        case recovering(upTo: Int64)
        /// → pushing, hello, receipts
        case pushing(Origin, first: Int64, last: Int64)
        /// → idle
        case receipts(upTo: Int64, differences: Int64)
        /// → pushing, receipts, hello
        case idle
    }

    /// What the read lane is doing.
    enum Reading: Equatable {
        case waitsForHello
        case snapshot(String, begun: Position?, commit: Int64, after: String)
        case pulling(String)
        case probing(String, ranges: [String], ids: [String])
        case fetching(String, ids: [String])
        case waiting
    }

    /// A link that has not spoken yet: its first step is a hello.
    ///
    /// `seed` is for jitter and the numbers of requests.
    public init(_ department: Department, seed: UInt64) {
        self.department = department
        limit = [.exchange: department.rules.sizes.pageRecords, .read: department.rules.sizes.pageRecords]
        backoff = [.exchange: Backoff(seed: seed), .read: Backoff(seed: seed ^ 0x5DEE_CE66)]
        asks = Asks(seed: seed)
    }

    /// The streams in the order in which they are read.
    var streams: [String] { department.streams }

    /// One step.
    ///
    /// Trouble of the store is thrown, trouble of the peer is handled. After a throw the link is as it was, but for the
    /// request in flight, which has ended: a step is made on a copy, so that neither a state nor an action is half done.
    public mutating func step(_ input: LinkInput, now: Int64) throws -> [LinkAction] {
        try department.rules.wholeStep(of: &self, ending: input.ended) { try $0.stepInPlace(input, now: now) }
    }

    /// Reacts to an input, lets a lane that waited for the other go on, and numbers the requests.
    private mutating func stepInPlace(_ input: LinkInput, now: Int64) throws -> [LinkAction] {
        let wasGreeted = session != nil
        let actions = try react(to: input, now: now) + awaited(wasGreeted: wasGreeted, now: now)
        noteStanding(actions, now: now)
        return actions.map { asking($0, now: now) }
    }

    /// Gives each request a number of its own, which its reply must repeat: an old signed reply cannot be replayed.
    private mutating func asking(_ action: LinkAction, now: Int64) -> LinkAction {
        guard case .send(let lane, var request) = action else { return action }
        let ahead = foreseen.removeValue(forKey: lane)
        let ask = ahead.flatMap { $0.request == request ? $0.ask : nil } ?? asks.next(now: now)
        asked[lane] = ask
        request.query.append(("ask", ask))
        return .send(lane, request)
    }

    /// The request that the lane will probably make next, exactly as it would make it: a node may send it ahead of
    /// time.
    ///
    /// If the lane then asks for anything else, that gets another number.
    public mutating func foresee(_ request: WireRequest, on lane: Lane, now: Int64) -> WireRequest {
        var request = request
        request.query.removeAll { name, _ in name == "ask" }
        let ask = asks.next(now: now)
        foreseen[lane] = (request, ask)
        request.query.append(("ask", ask))
        return request
    }

    /// Wakes the other lane when the condition that it waits for holds; it does not poll, which on a node without a
    /// network would go on for weeks.
    private func awaited(wasGreeted: Bool, now: Int64) throws -> [LinkAction] {
        var actions: [LinkAction] = []
        if !wasGreeted, session != nil, !isBusy.contains(.read) { actions.append(.sleep(.read, until: now)) }
        if exchange == .waitsForSnapshots, !isBusy.contains(.exchange), try isRead() {
            actions.append(.sleep(.exchange, until: now))
        }
        return actions
    }

    /// What an input changes, and what is to be done next.
    private mutating func react(to input: LinkInput, now: Int64) throws -> [LinkAction] {
        switch input {
        case .woke(let lane): return try next(lane, now: now)
        case .acted:
            hasNews = true
            return exchange == .idle && !isBusy.contains(.exchange) ? try next(.exchange, now: now) : []
        case .purged:
            return try next(.exchange, now: now)
        case .hurried: return hurry(now: now)
        case .failed(let lane, let retryAfter):
            isBusy.remove(lane)
            // A cancelled request says nothing about the office.
            guard voided.remove(lane) == nil || session == nil else { return again(lane, now: now) }
            limit[lane] = max(1, (limit[lane] ?? 1) / 2)
            status.problem = "unreachable"
            return [.sleep(lane, until: now + pause(lane, now: now, retryAfter: retryAfter))]
        case .replied(let lane, let response):
            isBusy.remove(lane)
            guard voided.remove(lane) == nil else {
                // What it says is no use, but when to ask again.
                if response.retryAfter != nil { _ = pause(lane, now: now, retryAfter: response.retryAfter) }
                return again(lane, now: now)
            }
            return try receive(response, lane, now: now)
        }
    }

    /// Idle lanes act at once; a long poll is cancelled, and every stream is compared at its head without waiting.
    private mutating func hurry(now: Int64) -> [LinkAction] {
        var actions = Lane.allCases.filter { !isBusy.contains($0) }.map { LinkAction.sleep($0, until: now) }
        guard reading == .waiting else { return actions }
        beginReading()
        if isBusy.contains(.read) {
            voided.insert(.read)
            actions.append(.abandon(.read))
        }
        return actions
    }

    /// Lets an idle lane act; a busy one is left alone.
    private mutating func next(_ lane: Lane, now: Int64) throws -> [LinkAction] {
        guard !isBusy.contains(lane) else { return [] }
        if let until = pausedUntil(now: now) { return [.sleep(lane, until: until)] }
        return lane == .exchange ? try nextExchange(now: now) : try nextReading(now: now)
    }

    /// Marks the lane busy and gives the request to its caller; until it ends, the lane asks nothing else.
    mutating func send(_ lane: Lane, _ request: WireRequest) -> [LinkAction] {
        isBusy.insert(lane)
        return [.send(lane, request)]
    }

    /// Verifies a reply and its number, then hands it to its lane.
    ///
    /// A reply that fails either test is trouble of the peer: nothing of it is used.
    private mutating func receive(_ response: WireResponse, _ lane: Lane, now: Int64) throws -> [LinkAction] {
        guard response.status == 200 else { return try refused(response, lane, now: now) }
        let key = try department.store.read { try department.officeKey($0) }
        guard let page = VerifiedReply(response.body, key: key, verifier: department.verifier) else {
            if response.errorCode != nil { return try refused(response, lane, now: now) }
            return trouble("the reply is not signed by the office", lane, now: now)
        }
        guard let ask = asked[lane], department.rules.isAnswer(page.reply["ask"]?.string, to: ask) else {
            return trouble("the reply is not for this request", lane, now: now)
        }
        backoff[lane]?.reset()
        limit[lane] = min(department.rules.sizes.pageRecords, (limit[lane] ?? 1) * 2)
        status.contact = now
        status.problem = ""
        do {
            return lane == .exchange
                ? try exchanged(page, response.body, now: now) : try read(page, now: now) + exchangeDue(now: now)
        } catch let problem as Department.ReadProblem {
            switch problem {
            case .notMine: return trouble("the reply is not for this request", lane, now: now)
            case .malformed(let reason): return trouble(reason, lane, now: now)
            }
        }
    }

    /// Appeals that left through the read lane wake an idle exchange lane: purge receipts and erasures must not wait a
    /// minute.
    private func exchangeDue(now: Int64) throws -> [LinkAction] {
        guard reading == .waiting, exchange == .idle, !isBusy.contains(.exchange) else { return [] }
        let isDue =
            try missedErasures
            || department.store.read {
                try !department.receiptsDue($0, limit: 1).isEmpty || !department.differencesToTell($0, limit: 1).isEmpty
            }
        return isDue ? [.sleep(.exchange, until: now)] : []
    }

    /// A reply that cannot be used is treated as if none had come.
    mutating func trouble(_ reason: String, _ lane: Lane, now: Int64, retryAfter: Int64? = nil) -> [LinkAction] {
        status.problem = reason
        return [.sleep(lane, until: now + pause(lane, now: now, retryAfter: retryAfter))]
    }

    /// Lets the lane go on at once, through a step of its own.
    mutating func again(_ lane: Lane, now: Int64) -> [LinkAction] { [.sleep(lane, until: now)] }

    /// The office refused a request as a whole; nothing of it was stored.
    private mutating func refused(_ response: WireResponse, _ lane: Lane, now: Int64) throws -> [LinkAction] {
        let code = response.errorCode
        status.problem = code?.rawValue ?? "HTTP \(response.status)"
        switch code {
        case .evidenceWanted?: return askedForEvidence(lane, now: now)
        case .epochChanged?, .helloNeeded?, .clone?, .officeBehind?, .stopped?:
            endSession()
            let isWaiting = code == .officeBehind || code == .stopped
            let delay = isWaiting ? pause(lane, now: now, retryAfter: response.retryAfter) : 0
            return Lane.allCases.filter { !isBusy.contains($0) }.map { .sleep($0, until: now + delay) }
        case .snapshotNeeded?:
            // A long poll that was interrupted for a very long time meets this just as a pull does.
            let polled = reading == .waiting ? Space.slice(department.node) : nil
            guard lane == .read, let stream = polled ?? pulled else { return trouble(status.problem, lane, now: now) }
            try beginSnapshot(stream)
            return again(lane, now: now)
        case .badRequest? where lane == .exchange && response.status == 409 && exchange.isRecovering:
            try escalateUnrecovered(now: now)
            return again(lane, now: now)
        case .tooLarge?:
            limit[lane] = max(1, (limit[lane] ?? 1) / 2)
            return again(lane, now: now)
        case .badRequest, .unknownCall, .tooManyTries, .notAllowed, .notApproved, .revoked, .frozen, .unconfirmed,
            .foreignStream, .trouble, nil:
            return trouble(status.problem, lane, now: now, retryAfter: response.retryAfter)
        }
    }

    /// The stream that is being pulled, if one is.
    private var pulled: String? {
        if case .pulling(let stream) = reading { return stream }
        return nil
    }

    /// Starts over with a hello; requests in flight are void.
    mutating func endSession() {
        session = nil
        exchange = .hello
        reading = .waitsForHello
        comparison = nil
        catchUp = nil
        voided = isBusy
    }
}

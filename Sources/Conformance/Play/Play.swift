import Appeals
import CanonicalJSON
import Glibc
import Node
import Replication

/// The script: what the office does, what somebody does at the node, and what must be seen then.
struct Play {
    /// Where requests come in; everything that the script reads stands there.
    let sync: SyncHandler
    /// Where the node joins.
    let enrolment: EnrolmentHandler
    /// Who does what has to be done at the node.
    let performer: Performer
    /// What the step `join` is given.
    let invitation: String
    /// Tells whoever watches what happens.
    let say: (Label) -> Void

    /// What had to come did not: what follows cannot be seen.
    struct Overdue: Error { let clause: Clause }

    /// Milliseconds in which a node does by itself what it must.
    static let soon: Int64 = 15_000

    /// The parts in order; one that breaks off leaves the others to be tried.
    func run() throws {
        let acts: [(Label, () throws -> Void)] = [
            (Label(uk: "приєднання", en: "joining"), joining),
            (Label(uk: "перший сеанс", en: "first session"), firstSession),
            (Label(uk: "дії та їхні наслідки", en: "operations"), operations),
            (Label(uk: "відповіді, що не є відповідями", en: "replies that are none"), badReplies),
            (Label(uk: "відмови", en: "refusals"), refusals),
            (Label(uk: "малі сторінки", en: "small pages"), smallPages),
            (Label(uk: "різниця рядків", en: "repair"), repair),
            (Label(uk: "пізня робота, вибуття, розписка", en: "late work, departure, receipt"), departure),
            (Label(uk: "стирання", en: "erasure"), erasure), (Label(uk: "стара копія диска", en: "rollback"), rollback),
            (Label(uk: "застарілий токен", en: "stale token"), staleToken),
            (Label(uk: "відновлення Центру", en: "restore of the office"), restore),
            (Label(uk: "скасування ключа", en: "revocation"), revocation),
        ]
        for (place, act) in acts.enumerated() {
            say(Label("[\(place + 1)/\(acts.count)] ") + act.0)
            do { try act.1() } catch let overdue as Overdue {
                guard place > 0, try recovers() else { throw overdue }
                say(
                    Label(
                        uk: "перервано на \(overdue.clause.rawValue); решта цієї частини не видна",
                        en: "broken off at \(overdue.clause.rawValue); the rest of this part is not seen"
                    )
                )
            }
        }
    }

    /// After what did not come: whether the node still reads, now that nothing is dressed or refused.
    private func recovers() throws -> Bool {
        let mark = try sync.with { sync in
            sync.endTricks()
            sync.closed = []
            return sync.exchanges.count
        }
        return try wait(within: Self.soon) { $0.isPolled(since: 0) || $0.isRead(since: mark) }
    }

    // MARK: waiting

    /// Waits for what must be seen; what is not in time fails the clause and ends the script.
    func expect(
        _ clause: Clause,
        within limit: Int64 = soon,
        _ what: String,
        _ holds: (SyncHandler) throws -> Bool
    ) throws {
        guard try wait(within: limit, holds) else {
            try sync.with { $0.judge.findings.fail(clause, "not within \(limit / 1_000) s: \(what)") }
            throw Overdue(clause: clause)
        }
        try sync.with { $0.judge.findings.pass(clause) }
    }

    func wait(within limit: Int64, _ holds: (SyncHandler) throws -> Bool) throws -> Bool {
        let end = Clock.monotonic() + limit
        while true {
            if try sync.with(holds) { return true }
            guard Clock.monotonic() < end else { return false }
            usleep(20_000)
        }
    }

    func check(_ clause: Clause, _ what: String, _ holds: (SyncHandler) throws -> Bool) throws {
        try sync.with { sync in
            let isSo = try holds(sync)
            sync.judge.findings.check(clause, isSo, what)
        }
    }

    /// Waits until the node has read everything and polls again; one that never polls has to ask at the heads.
    func rest(from mark: Int = 0) throws {
        if try wait(within: 30_000, { $0.isPolled(since: mark) || $0.hasNoPolls && $0.isRead(since: mark) }) {
            return try sync.with { sync in if !sync.hasNoPolls { sync.judge.findings.pass(.longPoll) } }
        }
        try sync.with { $0.judge.findings.fail(.longPoll, "not within 30 s: the node polls its slice at all heads") }
        guard try sync.with({ $0.isRead(since: mark) }) else { throw Overdue(clause: .longPoll) }
        say(Label(uk: "вузол не чекає на новини: далі без цього", en: "the node does not poll: going on without"))
        try sync.with { $0.hasNoPolls = true }
    }

    /// Pulls are refused from now on; gives the mark before.
    func closePulls() throws -> Int {
        try sync.with { sync in
            sync.closed = ["pull"]
            try sync.wake(all: true)
            return sync.exchanges.count
        }
    }

    /// The same, and a pull has met it: what the office does now, the node reads when pulls are open again.
    func whileNobodyReads() throws -> Int {
        let mark = try closePulls()
        _ = try wait(within: Self.soon) { $0.exchanges.dropFirst(mark).contains { $0.trick == .refusal } }
        return mark
    }

    func mark() throws -> Int { try sync.with { $0.exchanges.count } }

    /// A step of somebody, of which something must come in time.
    ///
    /// False if this node cannot do it: then its clause is excused.
    @discardableResult
    func step(
        _ step: Step,
        _ clause: Clause,
        _ what: String,
        _ seen: (SyncHandler) throws -> Bool
    ) throws -> Bool {
        guard try performer.perform(step) == .yes else {
            if step.isNeeded { throw ScriptError("the command cannot do the step \(step.name), which every node can") }
            say(Label(uk: "вузол цього не вміє: \(clause.rawValue)", en: "the node cannot: \(clause.rawValue)"))
            try sync.with { sync in
                sync.judge.findings.excuse([clause])
                sync.endTricks()
            }
            return false
        }
        try expect(clause, within: performer.patience, what, seen)
        return true
    }

    // MARK: joining and the first session

    /// The first reply is a stranger's and must not be believed; the second is the office's.
    private func joining() throws {
        let done = try performer.perform(.joinRefused(invitation: invitation))
        try expect(.enrolForm, within: performer.patience, "a request to join") { _ in enrolment.requests > 0 }
        usleep(500_000)
        // A person sees it; a command says so by its exit code.
        let wasTaken = try sync.with { performer.command != nil && done == .yes || !$0.exchanges.isEmpty }
        try check(.enrolReplyVerified, "the node joined by a reply that a stranger had signed") { _ in !wasTaken }
        if wasTaken { throw Overdue(clause: .enrolReplyVerified) }
        do {
            try step(.join(invitation: invitation), .enrolReplyVerified, "another request to join, after the bad reply")
            {
                _ in enrolment.granted > 0
            }
        } catch let error as ScriptError {
            try check(.enrolReplyVerified, "the node does not join after the bad reply: \(error)") { _ in false }
            throw Overdue(clause: .enrolReplyVerified)
        }
    }

    /// From the first hello to the first long poll: every stream read, in order.
    private func firstSession() throws {
        try sync.with { sync in
            for _ in 1...5 { try sync.office.register(main: ProbeIdentity.node) }
            try sync.office.register(main: "other")
            var trick = Trick(.foreignSignature) { $0.call == "snapshot" && $0.stream.hasPrefix("slice:") }
            trick.dress = { try sync.office.spoilt(.foreignSignature, $0, $1) }
            sync.play(trick)
        }
        try step(.start, .helloFirst, "a hello") { $0.exchanges.contains { $0.call == "hello" } }
        try askedAgain(.foreignSignature, .wrongSignature)
        try rest()
        try check(.snapshotPages, "the slice was read in one page, though it has five rows") { sync in
            sync.exchanges.filter { $0.call == "snapshot" && $0.stream.hasPrefix("slice:") && $0.isAnswered }.count > 2
        }
        try expect(.helloAfterSnapshot, "a hello behind the last page of a snapshot") { sync in
            let last = sync.exchanges.last { $0.call == "snapshot" }?.number ?? 0
            return sync.exchanges.contains { $0.call == "hello" && $0.number > last }
        }
        try expect(.renewsAtHalf, within: performer.patience, "a request to renew the certificate") { sync in
            sync.judge.findings.state(.renewsAtHalf) == .passed
        }
        try rest()
    }

    /// After a reply that was none the very same must be asked again.
    func askedAgain(_ kind: Trick.Kind, _ clause: Clause, from mark: Int = 0, within limit: Int64 = soon) throws {
        try expect(clause, within: limit, "the same request again, after a reply \(kind.rawValue)") { sync in
            guard let bad = sync.exchanges.dropFirst(mark).first(where: { $0.trick == kind }) else { return false }
            return sync.exchanges.contains { $0.number > bad.number && $0.isSame(as: bad) }
        }
    }
}

extension Exchange {
    /// Whether it asks for the same from the same place.
    func isSame(as other: Exchange) -> Bool {
        call == other.call && ["stream", "epoch", "after", "mark"].allSatisfy { request[$0] == other.request[$0] }
    }
}

extension SyncHandler {
    /// Whether a poll waits that was asked at or after a mark.
    func isPolled(since mark: Int) -> Bool {
        exchanges.dropFirst(mark).contains { $0.isPoll && $0.response == nil && $0.trick == nil }
    }

    /// Whether the node was told at or after a mark that it is at the head of its slice.
    func isRead(since mark: Int) -> Bool {
        requests("pull", since: mark).contains { pull in
            pull.stream == Self.slice && pull.isAnswered && pull.reply?["to"] == pull.reply?["head"]
        }
    }

    /// Whether it is the request in which the node hears of news: its poll, or a pull of who does not poll.
    func isListening(_ exchange: Exchange) -> Bool {
        exchange.isPoll || hasNoPolls && exchange.call == "pull" && exchange.stream == Self.slice
    }

    /// The one stream that the node polls.
    static let slice = "slice:" + ProbeIdentity.node

    func requests(_ call: String, since mark: Int) -> [Exchange] {
        exchanges.dropFirst(mark).filter { $0.call == call }
    }
}

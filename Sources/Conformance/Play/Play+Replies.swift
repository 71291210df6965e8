import Appeals
import CanonicalJSON
import Cryptography
import Glibc
import Node
import Replication

/// Replies that are none, refusals, small pages.
extension Play {
    /// Each way in which a page can be no reply, one after the other: the same must be asked again, and nothing
    /// taken.
    func badReplies() throws {
        let kinds: [(Trick.Kind, Clause)] = [
            (.foreignSignature, .wrongSignature), (.changedLine, .changedLine), (.withoutLast, .cutPage),
            (.otherAsk, .askRepeated), (.former, .formerReply), (.otherEpoch, .otherEpoch),
            (.otherPosition, .otherPosition), (.malformed, .malformedLine), (.flood, .replyBounded),
        ]
        for (place, (kind, clause)) in kinds.enumerated() {
            let mark = try woken(address: "вул. Миру, \(place + 2)") { sync in
                var trick = Trick(kind) { sync.isListening($0) }
                let former = sync.exchanges.last { sync.isListening($0) && $0.isAnswered && $0.honest != nil }?.honest
                trick.dress = { exchange, honest in
                    kind == .former ? former : try sync.office.spoilt(kind, exchange, honest)
                }
                return trick
            }
            try askedAgain(kind, clause, from: mark)
            try rest(from: mark)
        }
        let mark = try woken(address: "вул. Миру, 100") { sync in
            var trick = Trick(.newer) { sync.isListening($0) }
            trick.dress = { try sync.office.newer($1) }
            return trick
        }
        try expect(.unknownFieldsIgnored, "a pull from behind a page with unknown fields") { sync in
            guard let page = sync.exchanges.dropFirst(mark).first(where: { $0.trick == .newer }), let reply = page.reply
            else { return false }
            return sync.exchanges.contains {
                $0.number > page.number && $0.stream == page.stream
                    && $0.request.number("after") == reply["to"]?.integer
            }
        }
        try rest(from: mark)
        try late()
    }

    /// The office changes a card, so that the poll that waits is answered, by a trick; gives the mark before.
    func woken(address: String, _ trick: (SyncHandler) -> Trick) throws -> Int {
        try sync.with { sync in
            let mark = sync.exchanges.lastIndex { $0.isPoll && $0.response == nil } ?? sync.exchanges.count
            sync.play(trick(sync))
            try sync.office.correct(1, address: address)
            return mark
        }
    }

    /// Another stream moves; its page is held back for longer than a node may wait.
    private func late() throws {
        let mark = try sync.with { sync in
            var trick = Trick(.late) { $0.call == "pull" && $0.stream == "reference" && !$0.isPoll }
            trick.delay = 14_000
            sync.play(trick)
            try sync.office.person("newcomer", named: "Новий Працівник")
            return sync.exchanges.count
        }
        try expect(.pollWoken, "a pull of reference, whose head moved") { sync in
            sync.requests("pull", since: mark).contains { $0.stream == "reference" }
        }
        try askedAgain(.late, .lateReply, from: mark, within: 40_000)
        try check(.smallerAfterCut, "the page behind a cut one is not half as large") { sync in
            guard let late = sync.exchanges.dropFirst(mark).first(where: { $0.trick == .late }),
                let again = sync.exchanges.first(where: { $0.number > late.number && $0.isSame(as: late) }),
                let former = late.request.number("limit"), let limit = again.request.number("limit")
            else { return false }
            return limit <= max(1, former / 2)
        }
        try rest(from: mark)
    }

    // MARK: refusals

    /// The next poll is refused so; gives its place.
    private func refusePoll(_ status: Int, _ code: ErrorCode) throws -> Int {
        let mark = try sync.with { sync in
            var trick = Trick(.refusal) { sync.isListening($0) }
            trick.before = { _ in .refusal(status, code, "the script says so") }
            sync.play(trick)
            try sync.wake(all: true)
            return sync.exchanges.count
        }
        var place = mark
        let came = try wait(within: Self.soon) { sync in
            guard let refused = sync.exchanges.dropFirst(mark).first(where: { $0.trick == .refusal }) else {
                return false
            }
            place = refused.number
            return true
        }
        guard came else {
            try sync.with { $0.judge.findings.fail(.longPoll, "no poll came behind the former one") }
            throw Overdue(clause: .longPoll)
        }
        return place
    }

    /// Makes the node say hello.
    func greet(_ clause: Clause = .helloOnDemand) throws {
        let place = try refusePoll(409, .helloNeeded)
        try expect(clause, "a hello behind the refusal helloNeeded") { sync in
            sync.exchanges.contains { $0.number > place && $0.call == "hello" && $0.isAnswered }
        }
        try rest(from: place)
    }

    /// Each refusal that tells the node what to do.
    func refusals() throws {
        try greet()
        try evidence()
        var place = try refusePoll(410, .snapshotNeeded)
        try expect(.snapshotOnDemand, "a snapshot of the slice behind snapshotNeeded") { sync in
            sync.requests("snapshot", since: place).contains { $0.stream.hasPrefix("slice:") }
        }
        try rest(from: place)
        place = try refusePoll(503, .stopped)
        try expect(.waitsWhenStopped, "a hello behind stopped") { sync in
            sync.exchanges.contains { $0.number > place && $0.call == "hello" }
        }
        try rest(from: place)
        try tooLarge()
        try pauses()
    }

    /// The office claims not to know what it said: the node must show the office's own signed lines.
    private func evidence() throws {
        let place = try refusePoll(409, .evidenceWanted)
        let key = try sync.with { $0.office.identity.signer.publicKey }
        try expect(.evidenceShown, "a hello with evidence that the office signed") { sync in
            guard let hello = sync.requests("hello", since: place).first?.hello,
                let lines = hello["evidence"]?.array, !lines.isEmpty
            else { return false }
            return lines.allSatisfy { line in
                guard let signed = SignedReply(Array((line.string ?? "").utf8)) else { return false }
                return signed.isSigned(by: key, verifier: sync.judge.verifier)
            }
        }
        try rest(from: place)
    }

    /// 413: the next page must be half as large.
    private func tooLarge() throws {
        let place = try refusePoll(413, .tooLarge)
        try expect(.smallerAfterTooLarge, "a pull of half the limit behind tooLarge") { sync in
            let former = sync.exchanges[place].request.number("limit") ?? 0
            guard let again = sync.requests("pull", since: place + 1).first, let limit = again.request.number("limit")
            else { return false }
            return limit <= max(1, former / 2)
        }
        try rest(from: place)
    }

    /// 503 again and again: the pauses grow, and none is shorter than Retry-After.
    private func pauses() throws {
        let mark = try closePulls()
        usleep(5_000_000)
        try sync.with { sync in
            let pulls = sync.requests("pull", since: mark).filter { $0.trick == .refusal }
            let pauses = zip(pulls, pulls.dropFirst()).map { $1.at - $0.at }
            sync.judge.findings.check(
                .backsOff,
                pulls.count <= 20,
                "\(pulls.count) pulls in 5 s, each refused with 503"
            )
            if let least = pauses.min() {
                sync.judge.findings.check(
                    .retryAfter,
                    least >= 900,
                    "a pull came \(least) ms behind a Retry-After of 1 s"
                )
            }
            sync.closed = []
        }
        try rest(from: mark)
    }

    /// Changes of five appeals while nobody reads: several pages.
    func smallPages() throws {
        let mark = try whileNobodyReads()
        try sync.with { sync in
            for appeal in 1...5 { try sync.office.correct(appeal, address: "вул. Мала, \(appeal)") }
            sync.closed = []
        }
        try expect(.pullPages, within: 20_000, "three pages of two lines, one behind the other") { sync in
            let pages = sync.requests("pull", since: mark).filter { $0.isAnswered && $0.stream.hasPrefix("slice:") }
            return pages.filter { !$0.replyLines.isEmpty }.count >= 3
        }
        try rest(from: mark)
    }
}

import Appeals
import CanonicalJSON
import Cryptography

/// `POST /sync/v1/push`: operations in, one answer each out (protocol.md "How the office decides").
extension Office {
    /// A line of a push after step 2: an operation, or the reason why it is not one.
    private enum ReadLine: Sendable {
        case operation(SignedOperation)
        case unreadable(path: String, reason: String)
    }

    /// A push whose form was checked: where its lines are among those that are read, and what this office said of
    /// some of them in an epoch that it lost.
    private struct Push {
        let request: WireRequest
        let origin: Origin
        let key: [UInt8]
        let lines: [ArraySlice<UInt8>]
        let former: [String: Outcome]
    }

    private enum Checked {
        case push(Push)
        case refused(WireResponse)
    }

    /// A push on its way through one or more transactions.
    private struct Entering {
        let push: Push
        /// Where its lines begin among all that are read.
        let first: Int
        var place = 0
        var isBroken = false
        var page: PageWriter
        var reply: WireResponse?
    }

    /// Handles pushes of authenticated peers, in this order; one reply each, and the streams that changed.
    ///
    /// Pushes that arrived during another commit share the next one, in one transaction as long as nobody else waits to
    /// write (`pace`). Otherwise a page is admitted in pieces, each durable before the next begins, with other writers
    /// in between. `now` in unix milliseconds.
    public func handle(
        pushes: [(request: WireRequest, peer: String)],
        now: Int64
    ) throws -> (replies: [WireResponse], changed: [String]) {
        if let stopped = try stopped() { return (pushes.map { _ in stopped }, []) }
        let epoch = try store.read { try $0.value(Values.epoch) } ?? ""
        let checked = try pushes.map { try check($0.request, peer: $0.peer, epoch: epoch) }
        // A request that is refused as a whole changes nothing and does not wait for the disk.
        let refused = checked.compactMap { if case .refused(let response) = $0 { response } else { nil } }
        if refused.count == checked.count { return (refused, []) }
        let lines = checked.flatMap { checked -> [(line: ArraySlice<UInt8>, origin: Origin, key: [UInt8])] in
            guard case .push(let push) = checked else { return [] }
            return push.lines.map { ($0, push.origin, push.key) }
        }
        let line = verifier.read(lines.count) { [verifier] range in
            lines[range].map { Self.read($0.line, origin: $0.origin, key: $0.key, verifier) }
        }
        var first = 0
        var entering: [Entering] = []
        for case .push(let push) in checked {
            entering.append(Entering(push: push, first: first, page: PageWriter(limit: .max, rules.sizes)))
            first += push.lines.count
        }
        let changed = try recordingErasures { try admit(&entering, line, epoch: epoch, now: now) }
        var replies = entering.compactMap(\.reply)[...]
        return (
            checked.compactMap { if case .refused(let response) = $0 { response } else { replies.popFirst() } }, changed
        )
    }

    /// Admits pushes in as many transactions as their pace asks for.
    private func admit(
        _ entering: inout [Entering],
        _ line: (Int) -> ReadLine,
        epoch: String,
        now: Int64
    ) throws -> [String] {
        var changed: Set<String> = []
        while entering.contains(where: { $0.reply == nil }) {
            let begun = entering
            let (advanced, streams) = try store.write { transaction in
                var advanced = begun
                let admission = try Admission(self, transaction, now: now)
                let turn = Turn(pace, store)
                for place in advanced.indices where advanced[place].reply == nil {
                    if let stopped = try stopped(transaction) {
                        advanced[place].reply = stopped
                    } else if !rules.isMade(in: admission.epoch, named: epoch) {
                        advanced[place].reply = Self.otherEpoch
                    } else {
                        try admit(&advanced[place], line, admission, { turn.isOver })
                        if advanced[place].reply == nil || turn.isOver { break }
                    }
                }
                return (advanced, try admission.finish())
            }
            entering = advanced
            changed.formUnion(streams)
        }
        return changed.sorted()
    }

    private static let otherEpoch = WireResponse.refusal(409, .epochChanged, "the page was made in another epoch")

    /// The form of a push, its epoch and its origin: what concerns the request as a whole.
    private func check(_ request: WireRequest, peer: String, epoch: String) throws -> Checked {
        if let malformed = Self.malformed(request) { return .refused(malformed) }
        let lines = Lines.split(request.body)
        let operations = lines.filter { !$0.starts(with: Self.formerPrefix) }
        let limit = rules.sizes.pageRecords
        guard lines.count <= 2 * limit, operations.count <= limit else {
            return .refused(.refusal(413, .tooLarge, "a page has at most \(limit) operations"))
        }
        guard let text = request["origin"], let origin = Origin(text), origin.node == peer else {
            return .refused(.refusal(400, .badRequest, "origin is not one of the node \(peer)"))
        }
        guard rules.isMade(in: epoch, named: request["epoch"]) else { return .refused(Self.otherEpoch) }
        guard let key = try key(of: origin) else { return .refused(Self.unknown(origin)) }
        var former: [String: Outcome] = [:]
        for line in lines where line.starts(with: Self.formerPrefix) {
            for outcome in formerOutcomes(line) { former[outcome.id] = outcome }
        }
        return .push(Push(request: request, origin: origin, key: key, lines: operations, former: former))
    }

    /// 409 `helloNeeded`: the office has no record of this origin.
    private static func unknown(_ origin: Origin) -> WireResponse {
        .refusal(409, .helloNeeded, "the incarnation \(origin) is not recorded here")
    }

    /// Judges the operations of one push from where it stands, until its transaction is over; `line` gives them as read.
    ///
    /// If the origin was closed or frozen between two pieces, the push is refused; operations already admitted are
    /// recognised when it is sent again.
    private func admit(
        _ entering: inout Entering,
        _ line: (Int) -> ReadLine,
        _ admission: Admission,
        _ isOver: () -> Bool
    ) throws {
        let push = entering.push
        guard var record = try admission.record(push.origin) else {
            entering.reply = Self.unknown(push.origin)
            return
        }
        // After a restore a closed log is accepted too, up to the number that its author named.
        if record.state == .frozen || record.state == .closed && record.end == 0 {
            let code: ErrorCode = record.state == .frozen ? .frozen : .clone
            let found = "the incarnation \(push.origin) is \(record.state.rawValue) at \(record.last)"
            entering.reply = .refusal(409, code, found)
            return
        }
        try admission.transaction.hint {
            Self.hints(of: (entering.place..<push.lines.count).map { line(entering.first + $0) })
        }
        while entering.place < push.lines.count {
            let read = line(entering.first + entering.place)
            try answer(&entering, read, admission: admission, record: &record)
            entering.place += 1
            if entering.place < push.lines.count, isOver() { return admission.keep(record) }
        }
        let former = push.request["chain"].flatMap { Names.isHex($0, count: 64) ? $0 : nil } ?? ""
        var reply: JSONObject = [
            "call": ProtocolCall.push.json, "origin": .string(push.origin.description),
            "epoch": .string(admission.epoch),
            "stored": .integer(record.last), "chain": .string(former), "commit": .integer(admission.commit),
        ]
        reply["durable"] = try durable(record, admission.transaction)
        admission.keep(record)
        entering.reply = try entering.page.finish(reply, to: push.request, signer: signer)
    }

    /// What the operations of a page are judged by.
    private static func hints(of lines: [ReadLine]) -> [StoreHint] {
        lines.flatMap { line -> [StoreHint] in
            guard case .operation(let signed) = line else { return [] }
            guard let appeal = signed.operation.appeal else { return [.operation(signed.operation.write)] }
            return [
                .operation(signed.operation.write), .row(space: Space.appeals, key: appeal), .tenures(key: appeal),
                .erasure(appeal: appeal),
            ]
        }
    }

    private func key(of origin: Origin) throws -> [UInt8]? {
        if let key = keys[origin.description] { return key }
        guard let key = try store.read({ try $0.origin(origin)?.key }) else { return nil }
        if keys.count > 4_096 { keys = [:] }
        keys[origin.description] = key
        return key
    }

    /// Step 2 for one line: strict form, origin, signature.
    private static func read(
        _ line: ArraySlice<UInt8>,
        origin: Origin,
        key: [UInt8],
        _ verifier: any Verifier
    ) -> ReadLine {
        do {
            let signed = try SignedOperation(line: Array(line))
            guard signed.operation.origin == origin else {
                return .unreadable(path: "operation.origin", reason: "the page is of \(origin)")
            }
            let message = Operation.message(envelope: signed.envelope)
            guard verifier.verifies(signed.signature, over: message, by: key) else {
                return .unreadable(path: "signature", reason: "the key of \(origin) did not sign this operation")
            }
            return .operation(signed)
        } catch { return .unreadable(path: error.path, reason: error.reason) }
    }

    static let formerPrefix = Array(#"{"former""#.utf8)

    /// A line `{"former":{"lines":[…],"last":"…"}}`: a page of outcomes that this office signed in an epoch it lost.
    private func formerOutcomes(_ line: ArraySlice<UInt8>) -> [Outcome] {
        var limits = JSONLimits.protocolProfile
        limits.totalBytes = ReplicationLimits.requestBytes
        guard let json = try? JSON(parsing: Array(line), limits: limits), let page = json["former"]?["lines"]?.array,
            let last = json["former"]?["last"]?.string
        else { return [] }
        let lines = page.compactMap { $0.string.map { Array($0.utf8)[...] } }
        guard lines.count == page.count, let signed = SignedReply(Array(last.utf8)),
            signed.holds(over: Lines.digest(lines), key: signer.publicKey, verifier: verifier)
        else { return [] }
        return lines.compactMap { line in Outcome(line: line) }
    }

    /// Steps 3–9 for one line; the lines after a bad one get `gap`.
    private func answer(
        _ entering: inout Entering,
        _ line: ReadLine,
        admission: Admission,
        record: inout OriginRecord
    ) throws {
        switch line {
        case .unreadable(let path, let reason) where !entering.isBroken:
            entering.isBroken = true
            entering.page.append(Answer.unreadable(place: entering.place, path: path, reason: reason))
        case .unreadable: entering.page.append(Answer.gap(wanted: record.last + 1))
        case .operation(let signed):
            let number = signed.operation.number
            if !entering.isBroken, number <= record.last {
                entering.page.append(try known(signed, admission: admission, isFork: &entering.isBroken))
            } else if entering.isBroken || number > record.last + 1 {
                entering.page.append(Answer.gap(wanted: record.last + 1))
            } else if rules.isFork(signed.operation.previous, beside: record.lastID)
                || record.state == .closed && number > record.end
            {
                entering.isBroken = true
                entering.page.append(Answer.fork(number: record.last, id: record.lastID))
            } else {
                let told = rules.standing(entering.push.former[signed.id])
                let outcome =
                    try told.map { try admission.readmit(signed, $0, into: &record) }
                    ?? admission.admit(signed, into: &record)
                entering.page.append(outcome.json.canonicalBytes())
            }
        }
    }

    /// A number that is here already: the stored outcome, or `fork` if it names another operation.
    private func known(_ signed: SignedOperation, admission: Admission, isFork: inout Bool) throws -> [UInt8] {
        guard let stored = try admission.transaction.operation(signed.operation.origin, signed.operation.number) else {
            return Answer.gap(wanted: (try admission.record(signed.operation.origin)?.last ?? 0) + 1)
        }
        if rules.isFork(signed.id, beside: stored.id) {
            isFork = true
            return Answer.fork(number: stored.number, id: stored.id)
        }
        return try rules.answer(toRepeated: signed, stored, admission) ?? Answer.gap(wanted: stored.number)
    }
}

/// Answers about the log, which are not outcomes.
enum Answer {
    /// `{"answer":"unreadable","path":…,"place":…,"reason":…}`: the line at `place`, from 0, is no operation.
    static func unreadable(place: Int, path: String, reason: String) -> [UInt8] {
        let object: JSON = [
            "answer": PushAnswer.unreadable.json, "place": .integer(Int64(place)), "path": .string(path),
            "reason": .string(reason),
        ]
        return object.canonicalBytes()
    }

    /// `{"answer":"gap","wanted":…}`: the number that the office needs next.
    static func gap(wanted: Int64) -> [UInt8] {
        let object: JSON = ["answer": PushAnswer.gap.json, "wanted": .integer(wanted)]
        return object.canonicalBytes()
    }

    /// `{"answer":"fork","id":…,"number":…}`: which operation the office has under this number.
    static func fork(number: Int64, id: String) -> [UInt8] {
        let object: JSON = ["answer": PushAnswer.fork.json, "number": .integer(number), "id": .string(id)]
        return object.canonicalBytes()
    }
}

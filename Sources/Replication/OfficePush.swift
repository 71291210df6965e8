import Appeals
import CanonicalJSON
import Cryptography

/// `POST /sync/v1/push`: operations in, one answer each out (sync.md section 4).
extension Office {
    /// A line of a push after step 2: an operation, or why it is none.
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

    /// Handles pushes of authenticated peers in one transaction, in this order; one reply each, and the streams that
    /// changed.
    ///
    /// What came while another push was committed shares the next commit. `now` in unix milliseconds.
    public func handle(
        pushes: [(request: WireRequest, peer: String)],
        now: Int64
    ) throws -> (replies: [WireResponse], changed: [String]) {
        if let stopped = try stopped() { return (pushes.map { _ in stopped }, []) }
        let epoch = try store.read { try $0.value("epoch") } ?? ""
        let checked = try pushes.map { try check($0.request, peer: $0.peer, epoch: epoch) }
        // A request that is refused as a whole changes nothing, and waits for no disk.
        let refused = checked.compactMap { if case .refused(let response) = $0 { response } else { nil } }
        if refused.count == checked.count { return (refused, []) }
        let lines = checked.flatMap { checked -> [(line: ArraySlice<UInt8>, origin: Origin, key: [UInt8])] in
            guard case .push(let push) = checked else { return [] }
            return push.lines.map { ($0, push.origin, push.key) }
        }
        let line = verifier.read(lines.count) { [verifier] range in
            lines[range].map { Self.read($0.line, origin: $0.origin, key: $0.key, verifier) }
        }
        return try recordingErasures { try admit(checked, line, now: now) }
    }

    private func admit(
        _ checked: [Checked],
        _ line: (Int) -> ReadLine,
        now: Int64
    ) throws -> (replies: [WireResponse], changed: [String]) {
        try store.write { transaction in
            let admission = try Admission(self, transaction, now: now)
            var first = 0
            let replies = try checked.map { checked in
                switch checked {
                case .refused(let response): return response
                case .push(let push):
                    let start = first
                    first += push.lines.count
                    return try admit(push, { line(start + $0) }, admission)
                }
            }
            return (replies, try admission.finish())
        }
    }

    /// The form of a push, its epoch and its origin: what concerns the request as a whole.
    private func check(_ request: WireRequest, peer: String, epoch: String) throws -> Checked {
        let lines = Lines.split(request.body)
        let operations = lines.filter { !$0.starts(with: Self.formerPrefix) }
        let limit = rules.sizes.pageRecords
        guard lines.count <= 2 * limit, operations.count <= limit else {
            return .refused(.refusal(413, .tooLarge, "a page has at most \(limit) operations"))
        }
        guard let text = request["origin"], let origin = Origin(text), origin.node == peer else {
            return .refused(.refusal(400, .badRequest, "origin is not one of the node \(peer)"))
        }
        if rules.pushNamesEpoch, request["epoch"] != epoch {
            return .refused(.refusal(409, .epochChanged, "the page was made in another epoch"))
        }
        guard let key = try key(of: origin) else { return .refused(Self.unknown(origin)) }
        var former: [String: Outcome] = [:]
        for line in lines where line.starts(with: Self.formerPrefix) {
            for outcome in formerOutcomes(line) { former[outcome.id] = outcome }
        }
        return .push(Push(request: request, origin: origin, key: key, lines: operations, former: former))
    }

    private static func unknown(_ origin: Origin) -> WireResponse {
        .refusal(409, .helloNeeded, "the incarnation \(origin) is not recorded here")
    }

    /// Judges the operations of one push; `line` gives them as they are read.
    private func admit(_ push: Push, _ line: (Int) -> ReadLine, _ admission: Admission) throws -> WireResponse {
        guard var record = try admission.record(push.origin) else { return Self.unknown(push.origin) }
        if record.state != .open {
            let code: ErrorCode = record.state == .frozen ? .frozen : .clone
            return .refusal(409, code, "the incarnation \(push.origin) is \(record.state.rawValue) at \(record.last)")
        }
        var page = PageWriter(limit: .max, rules.sizes)
        try answer(push, line, admission: admission, record: &record, page: &page)
        let former = push.request["chain"].flatMap { Names.isHex($0, count: 64) ? $0 : nil } ?? ""
        var reply: JSONObject = [
            "call": "push", "origin": .string(push.origin.description), "epoch": .string(admission.epoch),
            "stored": .integer(record.last), "chain": .string(former), "commit": .integer(admission.commit),
        ]
        reply["durable"] = try durable(record, admission.transaction)
        admission.keep(record)
        return try page.finish(reply, signer: signer)
    }

    /// The key of an origin, kept in memory once it was read; an incarnation never changes its key.
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

    /// Steps 3–9 for each line, in order; the lines after a bad one get `gap`.
    private func answer(
        _ push: Push,
        _ line: (Int) -> ReadLine,
        admission: Admission,
        record: inout OriginRecord,
        page: inout PageWriter
    ) throws {
        var isBroken = false
        for place in push.lines.indices {
            switch line(place) {
            case .unreadable(let path, let reason) where !isBroken:
                isBroken = true
                page.append(Answer.unreadable(place: place, path: path, reason: reason))
            case .unreadable: page.append(Answer.gap(wanted: record.last + 1))
            case .operation(let signed):
                let number = signed.operation.number
                if !isBroken, number <= record.last {
                    page.append(try known(signed, admission: admission, isFork: &isBroken))
                } else if isBroken || number > record.last + 1 {
                    page.append(Answer.gap(wanted: record.last + 1))
                } else if rules.forkCheck, signed.operation.previous != record.lastID {
                    isBroken = true
                    page.append(Answer.fork(number: record.last, id: record.lastID))
                } else {
                    let outcome =
                        try push.former[signed.id].flatMap { rules.formerOutcomesKept ? $0 : nil }.map {
                            try admission.readmit(signed, $0, into: &record)
                        }
                        ?? admission.admit(signed, into: &record)
                    page.append(outcome.json.canonicalBytes())
                }
            }
        }
    }

    /// A number that is here already: the stored outcome, or `fork` if it names another operation.
    private func known(_ signed: SignedOperation, admission: Admission, isFork: inout Bool) throws -> [UInt8] {
        guard let stored = try admission.transaction.operation(signed.operation.origin, signed.operation.number) else {
            return Answer.gap(wanted: (try admission.record(signed.operation.origin)?.last ?? 0) + 1)
        }
        guard stored.id == signed.id || !rules.forkCheck else {
            isFork = true
            return Answer.fork(number: stored.number, id: stored.id)
        }
        if !rules.deduplication, var record = try admission.record(signed.operation.origin) {
            return try admission.admit(signed, into: &record).json.canonicalBytes()
        }
        return stored.outcome ?? Answer.gap(wanted: stored.number)
    }
}

/// Answers about the log, which are not outcomes.
enum Answer {
    static func unreadable(place: Int, path: String, reason: String) -> [UInt8] {
        let object: JSON = [
            "answer": "unreadable", "place": .integer(Int64(place)), "path": .string(path), "reason": .string(reason),
        ]
        return object.canonicalBytes()
    }

    static func gap(wanted: Int64) -> [UInt8] {
        let object: JSON = ["answer": "gap", "wanted": .integer(wanted)]
        return object.canonicalBytes()
    }

    static func fork(number: Int64, id: String) -> [UInt8] {
        let object: JSON = ["answer": "fork", "number": .integer(number), "id": .string(id)]
        return object.canonicalBytes()
    }
}

import Appeals
import CanonicalJSON
import Cryptography

/// The department's own log: pages to push, outcomes, and what happens after a fork or a hole (sync.md section 8).
extension Department {
    // MARK: push

    /// A page of own operations after `number`, with the former outcomes of those that were acknowledged in a lost epoch.
    func page(
        of origin: Origin,
        after number: Int64,
        limit: Int,
        resends: Bool
    ) throws -> (body: [UInt8], first: Int64, last: Int64)? {
        try store.read { reading in
            guard let own = try reading.origin(origin) else { return nil }
            // A branch that was issued again goes out under its new names alone.
            let records = try reading.operations(origin, after: number, limit: limit).prefix { record in
                record.decision != "reissued" && (own.state != .closed || record.number <= own.acknowledged)
            }
            guard let first = records.first else { return nil }
            var body: [UInt8] = []
            var last = number
            let pages = FormerPages(
                resends ? try reading.outcomePages(origin, from: first.number, to: records.last?.number ?? 0) : []
            )
            var former: Int?
            for record in records {
                if last > number, body.count + record.bytes.count > rules.sizes.pageBytes { break }
                if let place = pages.place(of: record), place != former {
                    former = place
                    body += pages.line(place) + [10]
                }
                body += record.bytes
                body.append(10)
                last = record.number
            }
            return (body, first.number, last)
        }
    }

    /// What a page of answers asks for next.
    enum Pushed: Equatable {
        case upTo(Int64)
        case unreadable(Int64, reason: String)
        /// The office's last number.
        case fork(known: Int64)
        case gap(wanted: Int64)
    }

    /// Records verified outcomes; an operation gets its outcome by origin, number *and* id.
    func apply(_ page: VerifiedReply, body: [UInt8], origin: Origin, first: Int64, last: Int64) throws -> Pushed {
        try store.write { transaction in
            guard page.reply["call"]?.string == "push", page.reply["origin"]?.string == origin.description,
                var record = try transaction.origin(origin), let stored = page.reply["stored"]?.integer
            else { throw ReadProblem.malformed("the last line of a push lacks a field") }
            var result = Pushed.upTo(last)
            var number = first
            for line in page.lines {
                guard let json = try? JSON(parsing: Array(line)) else {
                    throw ReadProblem.malformed("an answer is not JSON")
                }
                if let outcome = Outcome(json) {
                    // A reply to another page is not this page's.
                    guard outcome.origin == origin, outcome.number == number else { throw ReadProblem.notMine }
                    guard try learn(outcome, Array(line), transaction) else {
                        result = .fork(known: stored)
                        break
                    }
                    record.acknowledged = max(record.acknowledged, outcome.number)
                } else if let problem = Self.problem(json, number, stored: stored) {
                    result = problem
                    break
                } else {
                    // Passed over, its operation would be without an outcome for ever.
                    throw ReadProblem.malformed("an answer is neither an outcome nor about the log")
                }
                number += 1
            }
            if case .upTo = result, number <= last { throw ReadProblem.notMine }
            try learnDurable(page.reply["durable"], of: &record, transaction)
            record.chain = SHA256.hash(page.evidence).hex
            try transaction.putOrigin(record)
            if number > first {
                try keepEvidence(page, as: origin.description, transaction)
                let told = OutcomePage(
                    origin: origin,
                    first: first,
                    last: number - 1,
                    isRetransmitted: false,
                    bytes: body
                )
                try keep(told, transaction)
            }
            return result
        }
    }

    /// What the office says is durable is so if its log has the very operation under that number: in another's log, of
    /// a copy of this node, it says nothing about this one.
    func learnDurable(
        _ told: JSON?,
        of record: inout OriginRecord,
        _ transaction: any StoreTransaction
    ) throws {
        if let number = told?["number"]?.integer, number > record.durable,
            let own = try transaction.operation(record.origin, number),
            own.id == told?["id"]?.string || !rules.durableNamesID
        {
            record.durable = number
        }
        // What is durable is never sent again: its evidence has served.
        try transaction.deleteOutcomePages(record.origin, upTo: record.durable, limit: rules.sizes.chunk)
    }

    private static func problem(_ json: JSON, _ number: Int64, stored: Int64) -> Pushed? {
        switch json["answer"]?.string {
        case "fork": .fork(known: stored)
        case "gap": .gap(wanted: json["wanted"]?.integer ?? number)
        case "unreadable": .unreadable(number, reason: "\(json["path"]?.string ?? ""): \(json["reason"]?.string ?? "")")
        default: nil
        }
    }

    /// False if the office has another operation under this number.
    private func learn(_ outcome: Outcome, _ line: [UInt8], _ transaction: any StoreTransaction) throws -> Bool {
        if try transaction.setOutcome(outcome, as: line) { return true }
        guard var record = try transaction.operation(outcome.origin, outcome.number) else { return true }
        guard !rules.outcomeNamesID else { return false }
        record.outcome = line
        record.status = outcome.status
        record.commit = outcome.commit
        try transaction.putOperation(record)
        return true
    }

    // MARK: fork and holes

    /// Draws a new incarnation and issues the branch from `number` again, acknowledged or not, in number order.
    ///
    /// The branch of a log that was closed before goes on in the present one. `reissues` names the old id; bases, authority and bodies that named re-issued operations are rewritten.
    func reissue(
        from number: Int64,
        of log: Origin? = nil,
        excluding holes: Set<Int64> = [],
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        let current = try currentOrigin(transaction)
        let former = try log.flatMap { try transaction.origin($0) } ?? current
        let isOld = former.origin != current.origin
        var closed = former
        closed.state = .closed
        // What the office has of it is this log's own, also where no outcome arrived: a restored office will ask for it,
        // up to here and no further.
        closed.acknowledged = number - 1
        try transaction.putOrigin(closed)
        var record = try isOld ? current : beginIncarnation(transaction)
        var reissue = Reissue(former: former.origin, present: record.origin)
        var after = number - 1
        while true {
            let page = try transaction.operations(former.origin, after: after, limit: rules.sizes.chunk)
            for var old in rules.reissueInOrder ? page : page.reversed() {
                defer { after = max(after, old.number) }
                if holes.contains(old.number) || old.bytes.isEmpty || old.isReplaced { continue }
                if !rules.reissueAcknowledged, old.outcome != nil { continue }
                let signed: SignedOperation
                do { signed = try old.signed() } catch {
                    try quarantine(old, reason: "\(error)", now: now, transaction)
                    continue
                }
                let again = try reissue.operation(
                    signed,
                    number: record.last + 1,
                    previous: record.lastID,
                    signer: signer
                )
                try append(again, to: &record, now: old.at, transaction)
                old.decision = "reissued"
                old.status = old.status ?? .refused
                try transaction.putOperation(old)
            }
            if page.count < rules.sizes.chunk { break }
        }
    }

    /// Steps over a line that the office could not read: it goes to the tray for a person, what followed is issued again.
    ///
    /// `origin` is the log that was pushed: after a restore of the office also one that was closed long ago.
    func stepOver(_ number: Int64, of origin: Origin, reason: String, now: Int64) throws {
        try store.write { transaction in
            guard let record = try transaction.operation(origin, number) else { return }
            try quarantine(record, reason: reason, now: now, transaction)
            try reissue(from: number, of: origin, excluding: [number], now: now, transaction)
        }
    }

    func quarantine(
        _ record: OperationRecord,
        reason: String,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        var record = record
        try transaction.addTray(
            TrayRecord(
                kind: "quarantine",
                subject: "\(record.origin):\(record.number)",
                text: reason,
                bytes: record.bytes,
                at: now
            )
        )
        record.status = .refused
        record.decision = "quarantined"
        try transaction.putOperation(record)
    }

    /// The last number at which the own log and the office's agree, within a page that the office sent of it.
    func common(_ page: VerifiedReply, origin: Origin) throws -> Int64? {
        try store.read { reading in
            for line in page.lines.reversed() {
                guard let json = try? JSON(parsing: Array(line), limits: Limits.aggregate),
                    let number = json["number"]?.integer,
                    let id = json["id"]?.string
                else { throw ReadProblem.malformed("a line is not an operation") }
                if try reading.operation(origin, number)?.id == id { return number }
            }
            return nil
        }
    }

    /// Begins anew after `common`: the branch beyond it goes on under a new incarnation.
    ///
    /// What the office has of the log beyond `after` is still to be fetched; that is remembered, since the process may end.
    /// `token` is the one that came with `tokenStale`: it counts only together with the new incarnation.
    func branch(
        after common: Int64,
        of origin: Origin,
        refetching after: Int64,
        upTo known: Int64,
        token: String? = nil,
        now: Int64
    ) throws {
        try store.write { transaction in
            if let token { try transaction.setValue("token", token) }
            try reissue(from: common + 1, of: origin, now: now, transaction)
            if after < known { try transaction.setValue("refetching", "\(origin) \(after) \(known)") }
        }
    }

    /// Whether the office has another operation under a number of an own log than this node.
    func isAnother(_ id: String?, in origin: Origin, at number: Int64) throws -> Bool {
        guard rules.ownLogsCompared, number > 0 else { return false }
        return try store.read { try $0.operation(origin, number).map { $0.id != id } ?? false }
    }

    /// Whether a log that has ended at the office had more here that an office has acknowledged: it goes on in the
    /// present log, since the office takes nothing more in that one.
    func endsBeforeAcknowledged(_ origin: Origin, at known: Int64, id: String?) throws -> Bool {
        try store.read { reading in
            guard rules.endedLogGoesOn, let acknowledged = try reading.origin(origin)?.acknowledged,
                acknowledged >= known
            else {
                return false
            }
            return try acknowledged > known || known > 0 && reading.operation(origin, known)?.id != id
        }
    }

    /// The own operations that a branch left to be fetched: origin, number after which, and up to which.
    func unadopted() throws -> (origin: Origin, after: Int64, upTo: Int64)? {
        guard let words = try store.read({ try $0.value("refetching") })?.split(separator: " "), words.count == 3,
            let origin = Origin(String(words[0])), let after = Int64(words[1]), let upTo = Int64(words[2])
        else { return nil }
        return (origin, after, upTo)
    }

    /// Forgets what was to be fetched: it is here, or the office has it no more.
    func endRefetching() throws { try store.write { try $0.setValue("refetching", nil) } }

    /// Whether an operation of the office's log stands in the place that it has in this one.
    ///
    /// An office that was restored since the logs were compared may have another hand's under the same numbers: taken for
    /// the own, it would take the place of acts that nobody else holds.
    private func continues(
        _ signed: SignedOperation?,
        _ id: String,
        _ number: Int64,
        of origin: Origin,
        _ reading: any StoreReading
    ) throws -> Bool {
        if let own = try reading.operation(origin, number), !own.isReplaced, own.id != id { return false }
        guard let signed, let before = try reading.operation(origin, number - 1) else { return true }
        return signed.operation.previous == before.id
    }

    /// Takes own operations back that the office has and this node lost; their ids and signatures are this node's own.
    ///
    /// Gives the last number of the page, 0 if there is none, nil if what the office has does not go on from here.
    func adopt(_ page: VerifiedReply, origin: Origin, now: Int64) throws -> Int64? {
        try store.write { transaction in
            guard var record = try transaction.origin(origin) else { throw ReadProblem.notMine }
            var last: Int64? = 0
            for line in page.lines {
                guard let json = try? JSON(parsing: Array(line), limits: Limits.aggregate),
                    let number = json["number"]?.integer,
                    let id = json["id"]?.string, let outcome = json["outcome"], let status = Outcome(outcome)
                else { throw ReadProblem.malformed("a line is not an operation with its outcome") }
                let bytes = json["operation"]?.canonicalBytes() ?? []
                let signed = bytes.isEmpty ? nil : try? SignedOperation(stored: bytes)
                if let signed, signed.id != id || signed.operation.origin != origin {
                    throw ReadProblem.malformed("another's operation")
                }
                guard try continues(signed, id, number, of: origin, transaction) else {
                    last = nil
                    break
                }
                last = number
                var fetched = OperationRecord(
                    origin: origin,
                    number: number,
                    id: id,
                    appeal: signed?.operation.appeal,
                    kind: signed?.operation.kind ?? "",
                    bytes: bytes,
                    outcome: outcome.canonicalBytes(),
                    status: status.status,
                    commit: status.commit,
                    at: now
                )
                if let operation = signed?.operation, try !transaction.isRepeated(operation) {
                    fetched.command = operation.command
                }
                try transaction.putOperation(fetched)
                try keepOnStub(signed?.operation.appeal, transaction)
                try learn(of: WriteName(origin: origin, number: number), transaction)
                if number > record.last {
                    record.last = number
                    record.lastID = id
                }
                record.acknowledged = max(record.acknowledged, number)
            }
            try transaction.putOrigin(record)
            if last ?? 0 > 0 { try keepEvidence(page, as: origin.description, transaction) }
            return last
        }
    }
}

/// Issues operations again under a new incarnation, in number order, remembering which name became which.
struct Reissue {
    let former: Origin
    let present: Origin
    private var numbers: [Int64: Int64] = [:]

    init(former: Origin, present: Origin) {
        self.former = former
        self.present = present
    }

    mutating func operation(
        _ signed: SignedOperation,
        number: Int64,
        previous: String,
        signer: any Signer
    ) throws -> SignedOperation {
        var operation = signed.operation
        numbers[operation.number] = number
        operation.origin = present
        operation.number = number
        operation.previous = previous
        operation.reissues = signed.id
        operation.authority = operation.authority.map(rewrite)
        var base: [String: String?] = [:]
        for (register, write) in operation.base { base[rewriteRegister(register)] = .some(write.map(rewrite)) }
        operation.base = base
        if case .object(let body) = rewrite(.object(operation.body)) { operation.body = body }
        return try SignedOperation(operation, sign: signer.sign)
    }

    private func rewrite(_ name: String) -> String {
        guard let write = WriteName(name), write.origin == former, let number = numbers[write.number] else {
            return name
        }
        let suffix = name.split(separator: "/", maxSplits: 1).dropFirst().first.map { "/" + $0 } ?? ""
        return "\(present):\(number)\(suffix)"
    }

    private func rewriteRegister(_ full: String) -> String {
        guard let entity = Names.entity(full) else { return full }
        return Names.bare(full) + "@" + rewrite(entity)
    }

    private func rewrite(_ value: JSON) -> JSON {
        switch value {
        case .string(let text): return .string(rewrite(text))
        case .array(let elements): return .array(elements.map(rewrite))
        case .object(let object):
            return .object(JSONObject(members: object.members.map { (rewriteRegister($0.key), rewrite($0.value)) }))
        case .null, .bool, .integer, .double: return value
        }
    }
}

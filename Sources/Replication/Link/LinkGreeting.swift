import Appeals
import CanonicalJSON
import Cryptography

/// The hello: what the node says of itself, and what the office's answer to it changes.
extension Link {
    /// The hello: own log, token, positions, and what a restored office must learn again (protocol.md section 7.1).
    ///
    /// After a restore the origin is the one being greeted in turn, and `logs` names all of them.
    func hello(now: Int64) throws -> WireRequest {
        try department.store.read { reading in
            let all = try department.origins(reading)
            let record =
                try session?.origins.first.flatMap { try reading.origin($0) } ?? department.currentOrigin(reading)
            let positions = try streams.map { try department.position($0, reading) }.filter { !$0.epoch.isEmpty }
            let acknowledged = try reading.operation(record.origin, record.acknowledged)
            let oldest = try reading.operations(record.origin, after: record.acknowledged, limit: 1).first?.at ?? 0
            // An older origin is only greeted after a restore, to be sent again; the office must not take it for a clone.
            let isCurrent = record.origin == all.last?.origin
            let epoch = try reading.value(Values.epoch) ?? ""
            var hello = Hello(
                origin: record.origin,
                key: record.key,
                last: (record.last, record.lastID),
                acknowledged: (acknowledged?.number ?? 0, acknowledged?.id ?? ""),
                epoch: isCurrent ? epoch : session?.formerEpoch ?? epoch,
                token: try reading.value(Values.token) ?? "",
                positions: positions.map {
                    Position(stream: $0.name, epoch: $0.epoch, sequence: $0.head, mark: $0.mark)
                },
                clock: now,
                oldestUnsent: oldest,
                erasures: try reading.erasures(
                    after: try reading.value(Values.erasuresTold) ?? "",
                    limit: department.rules.sizes.helloErasures
                )
            )
            hello.known = session?.epoch ?? ""
            if session?.formerEpoch != nil { hello.logs = try department.namedLogs(reading) }
            if showsEvidence { hello.evidence = try department.evidence(reading) }
            hello.erasuresAfter = try reading.value(Values.erasuresLearnt) ?? ""
            return WireRequest(.hello, body: hello.json.canonicalBytes() + [10])
        }
    }

    /// After a restore of the office: everything sent again and given back takes effect by this commit.
    private func endReplay(at commit: Int64, _ transaction: any StoreTransaction) throws {
        let isOffered = try !transaction.tray(kind: .offered, after: 0, limit: 1).isEmpty
        if isOffered, try transaction.value(Values.offeredUntil) == nil {
            try transaction.setValue(Values.offeredUntil, commit)
        }
        if try transaction.value(Values.replaying) != nil, try transaction.value(Values.replayed) == nil {
            try transaction.setValue(Values.replayed, commit)
        }
    }

    /// Notes how far the node's logs are durable; of closed logs no push would say so any more.
    private func learnDurable(_ page: VerifiedReply, _ transaction: any StoreTransaction) throws {
        var told = (page.reply["durable"]?.object?.members ?? []).map { (name: $0.0, durable: $0.1) }
        if let name = page.reply["origin"]?.string, let own = page.reply["log"]?["durable"] { told.append((name, own)) }
        for (name, durable) in told {
            guard let origin = Origin(name), var record = try transaction.origin(origin) else { continue }
            try department.learnDurable(durable, of: &record, transaction)
            try transaction.putOrigin(record)
        }
    }

    /// Begins a session in an epoch; if the epoch is new to the node, all own logs are greeted, oldest first.
    private mutating func beginSession(_ epoch: String, former: String?, _ state: LogState?, _ known: Int64) throws {
        let all = try department.store.read { try department.origins($0) }
        // An empty former log has nothing to send again.
        let origins = all.filter { $0.last > 0 || $0.origin == all.last?.origin }.map(\.origin)
        session = Session(
            epoch: epoch,
            formerEpoch: former,
            origins: state == .epoch ? origins : Array(origins.suffix(1)),
            stored: known
        )
    }

    /// Takes the office's answer to a hello: the token is durable before it is used, then the state of the log decides.
    ///
    /// `epoch` and `earlierFirst` begin or reorder a session; `fork`, `behind`, `closed` and `tokenStale` compare the
    /// logs; `distrusted` begins anew; `new` and `known` push. Throws `ReadProblem.malformed` if the last line lacks a
    /// field. Source: protocol.md section 7.1, the table of what the node does.
    mutating func greeted(_ page: VerifiedReply, now: Int64) throws {
        guard ProtocolCall.hello.isNamed(in: page.reply), let epoch = page.reply["epoch"]?.string,
            let origin = page.reply["origin"]?.string.flatMap({ Origin($0) }), let log = page.reply["log"],
            let word = log["state"]?.string, let token = page.reply["token"]?.string
        else { throw Department.ReadProblem.malformed("the hello's last line lacks a field") }
        // A word of a later version says no more than that the log is known.
        let state = LogState(rawValue: word)
        let known = log["number"]?.integer ?? 0
        let (former, isUntold, isUnlearnt) = try department.store.write { transaction in
            let former = try transaction.value(Values.epoch)
            let hasUntold = try turnErasures(isKnown: state != .epoch, transaction)
            try keepToken(token, state, page, transaction)
            if let common = page.reply["commonThrough"]?.integer { try transaction.setValue(Values.common, common) }
            if former == nil || former == epoch {
                try transaction.setValue(Values.epoch, epoch)
                // After a restore of the office: what was sent again is in place at this commit.
                try endReplay(at: page.reply["commit"]?.integer ?? 0, transaction)
            }
            try learnDurable(page, transaction)
            let hasUnlearnt = try learnErasures(page, transaction, now: now)
            return (former, hasUntold, hasUnlearnt)
        }
        staleToken = state == .tokenStale ? token : nil
        switch state {
        case .distrusted:
            try department.beginAnew(after: known, of: origin, token: token, now: now)
            return endSession()
        case .earlierFirst: return try greetFirst(log["earlier"]?.string.flatMap { Origin($0) })
        // In state `known`, too: otherwise only the next operation would reveal the fork, and an unreadable one would
        // not.
        case .known where try department.isAnother(log["id"]?.string, in: origin, at: known),
            .fork, .behind, .closed, .tokenStale:
            if try needsNoComparison(of: origin, state, known, log["id"]?.string) { break }
            lookBack(in: origin, from: known, epoch)
            return
        case .known, .new, .epoch, .frozen, .tooMany, nil: break
        }
        let isRestored = former != nil && former != epoch && state != .epoch
        if hasMoreErasures(isUntold: isUntold && isRestored, isUnlearnt: isUnlearnt) { return }
        if session?.epoch != epoch { try beginSession(epoch, former: state == .epoch ? former : nil, state, known) }
        if state == .epoch { return }
        let owed = page.reply["owed"]?.array ?? []
        try department.learnOwed(owed, epoch: epoch, now: now)
        owesMore = !owed.isEmpty && owed.count >= page.reply["limits"]?["pageRecords"]?.integer ?? .max
        // Operations that the office has but whose outcomes never arrived here are sent again; the stored outcomes come
        // back.
        showsEvidence = false
        session?.stored = try department.store.read { min(known, try $0.origin(origin)?.acknowledged ?? 0) }
        if reading == .waitsForHello { beginReading() }
        guard session?.formerEpoch != nil else {
            exchange = .pushing(origin, first: 0, last: known)
            return
        }
        try beginReplay(of: origin, page)
    }

    /// After a restore: outcomes that may have changed come first, then snapshots, recovery and the log.
    private mutating func beginReplay(of origin: Origin, _ page: VerifiedReply) throws {
        let upTo = session?.stored ?? 0
        let common = page.reply["commonThrough"]?.integer ?? 0
        let first = try department.rules.toRefresh {
            try department.firstDecided(after: common, in: origin, upTo: upTo)
        }
        exchange = first.map { .refreshing(origin, after: $0 - 1, upTo: upTo) } ?? .waitsForSnapshots
    }
}

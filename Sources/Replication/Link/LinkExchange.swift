import Appeals
import CanonicalJSON
import Cryptography

/// The exchange lane: hello, what a fork or a restore asks for, push, receipts.
extension Link {
    mutating func nextExchange(now: Int64) throws -> [LinkAction] {
        switch exchange {
        case .hello:
            if let left = try department.unadopted() {
                exchange = .refetching(left.origin, after: left.after, upTo: left.upTo)
                return try nextExchange(now: now)
            }
            missedErasures = false
            return send(.exchange, try hello(now: now))
        case .comparingLogs(let origin, let after, _, _), .refetching(let origin, let after, _):
            return send(.exchange, ownLog("operations", of: origin, after: after))
        case .refreshing(let origin, let after, _):
            return send(.exchange, ownLog("outcomes", of: origin, after: after))
        case .waitsForSnapshots:
            guard try isRead() else { return [.sleep(.exchange, until: now + Self.waitForLane)] }
            exchange = .recovering(upTo: 0)
            return try nextExchange(now: now)
        case .recovering: return try recover(now: now)
        case .pushing, .idle: return try push(now: now)
        case .receipts: return try receipts(now: now)
        }
    }

    private func ownLog(_ call: String, of origin: Origin, after: Int64) -> WireRequest {
        WireRequest(
            "GET",
            "/sync/v1/" + call,
            query: [
                ("origin", origin.description), ("after", String(after)), ("limit", String(limit[.exchange] ?? 1)),
            ]
        )
    }

    /// Whether every stream has a position in the session's epoch, and what a former generation held is in the tray.
    func isRead() throws -> Bool {
        guard let session else { return false }
        return try department.store.read { reading in
            try streams.allSatisfy { name in
                try department.position(name, reading).epoch == session.epoch
                    && reading.value("setAside/" + name) == nil
            }
        }
    }

    private func hello(now: Int64) throws -> WireRequest {
        try department.store.read { reading in
            let all = try department.origins(reading)
            let record =
                try session?.origins.first.flatMap { try reading.origin($0) } ?? department.currentOrigin(reading)
            let positions = try streams.map { try department.position($0, reading) }.filter { !$0.epoch.isEmpty }
            let acknowledged = try reading.operation(record.origin, record.acknowledged)
            let oldest = try reading.operations(record.origin, after: record.acknowledged, limit: 1).first?.at ?? 0
            // An older origin is only greeted after a restore, to be sent again; the office must not take it for a clone.
            let isCurrent = record.origin == all.last?.origin
            let epoch = try reading.value("epoch") ?? ""
            var hello = Hello(
                origin: record.origin,
                key: record.key,
                last: (record.last, record.lastID),
                acknowledged: (acknowledged?.number ?? 0, acknowledged?.id ?? ""),
                epoch: isCurrent ? epoch : session?.formerEpoch ?? epoch,
                token: try reading.value("token") ?? "",
                positions: positions.map {
                    Position(stream: $0.name, epoch: $0.epoch, sequence: $0.head, mark: $0.mark)
                },
                clock: now,
                oldestUnsent: oldest,
                erasures: try reading.erasures(
                    after: try reading.value("erasuresTold") ?? "",
                    limit: department.rules.sizes.helloErasures
                )
            )
            hello.known = session?.epoch ?? ""
            if session?.formerEpoch != nil { hello.logs = try department.namedLogs(reading) }
            if showsEvidence { hello.evidence = try department.evidence(reading) }
            hello.erasuresAfter = try reading.value("erasuresLearnt") ?? ""
            return WireRequest("POST", "/sync/v1/hello", body: hello.json.canonicalBytes() + [10])
        }
    }

    mutating func exchanged(_ page: VerifiedReply, _ body: [UInt8], now: Int64) throws -> [LinkAction] {
        switch exchange {
        case .hello: try greeted(page, now: now)
        case .comparingLogs(let origin, _, _, _) where page.reply["epoch"]?.string != lookedBack[origin]:
            // The office was restored since: what was found common is in a log that it may not have any more.
            endSession()
        case .comparingLogs(let origin, let after, let known, let former):
            try lookBack(page, origin, after: after, known: known, former: former, now: now)
        case .refetching(let origin, _, let upTo):
            guard let last = try department.adopt(page, origin: origin, now: now) else {
                try department.endRefetching()
                endSession()
                break
            }
            if last > 0, last < upTo {
                exchange = .refetching(origin, after: last, upTo: upTo)
            } else {
                // Their outcomes are this node's evidence too: a restored office will ask for it.
                exchange = try department.unadopted().map { .refreshing(origin, after: $0.after, upTo: upTo) } ?? .hello
            }
        case .refreshing(let origin, _, let upTo):
            let last = try department.refresh(page, body: body, origin: origin, now: now)
            let isOver = last == 0 || last >= upTo
            exchange = isOver ? try refreshed() : .refreshing(origin, after: last, upTo: upTo)
        case .recovering(let upTo): try keepOffered(upTo: upTo)
        case .pushing(let origin, let first, let last):
            let result = try department.apply(page, body: body, origin: origin, first: first, last: last)
            try pushed(result, of: origin, now: now)
        case .receipts(let upTo, let told):
            try department.receiptsTold(upTo: upTo, differences: told, now: now)
            // The list of what is owed was full, or a receipt did not count, having been signed in another epoch: the
            // next hello names what is missing.
            exchange = owesMore || page.reply["uncounted"]?.integer ?? 0 > 0 ? .hello : .idle
        case .waitsForSnapshots, .idle: break
        }
        return again(.exchange, now: now)
    }

    /// What was adopted has its outcomes; or, after a restore, what may be decided otherwise now.
    private func refreshed() throws -> Exchange {
        guard try department.unadopted() != nil else { return .waitsForSnapshots }
        try department.endRefetching()
        return .hello
    }

    /// Whether there is nothing to look back for in a log that is not the present one.
    ///
    /// What another hand's branch took the place of there is sent again in the present log; once is enough in an epoch.
    private func needsNoComparison(of origin: Origin, _ state: String, _ known: Int64, _ id: String?) throws -> Bool {
        let isOld = try department.store.read { try department.currentOrigin($0).origin != origin }
        switch state {
        case _ where !isOld: return false
        case "closed": return try !department.endsBeforeAcknowledged(origin, at: known, id: id)
        case "fork", "known": return !department.rules.ownLogsCompared || lookedBack[origin] == session?.epoch
        default: return true
        }
    }

    /// Begins to compare the office's log of an own origin, as it is in this epoch, operation by operation.
    private mutating func lookBack(in origin: Origin, from known: Int64, _ epoch: String) {
        lookedBack[origin] = epoch
        let after = max(0, known - Int64(department.rules.sizes.pageRecords))
        exchange = .comparingLogs(origin, after: after, known: known, common: nil)
    }

    /// Looks in a page of the office's log for the last operation that both have.
    ///
    /// A page may hold fewer than were asked for, and the log may have grown since the office told its last number, by a
    /// push that came late or by a copy of this node: while all of a page is common the search goes on after it. A branch
    /// that began too early would do the same work twice, and what is common but not fetched would have no outcome.
    private mutating func lookBack(
        _ page: VerifiedReply,
        _ origin: Origin,
        after: Int64,
        known: Int64,
        former: Int64?,
        now: Int64
    ) throws {
        let found = try department.common(page, origin: origin)
        let reached = page.reply["to"]?.integer ?? after
        let known = max(known, reached)
        if let found, found == reached, reached > after {
            exchange = .comparingLogs(origin, after: reached, known: known, common: found)
            return
        }
        guard let common = found ?? former ?? (after == 0 ? 0 : nil) else {
            let before = max(0, after - Int64(department.rules.sizes.pageRecords))
            exchange = .comparingLogs(origin, after: before, known: known, common: nil)
            return
        }
        let acknowledged = try department.store.read { try $0.origin(origin)?.acknowledged ?? 0 }
        // Also what is common but whose outcome never arrived here.
        try department.branch(
            after: common,
            of: origin,
            refetching: min(common, acknowledged),
            upTo: known,
            token: staleToken,
            now: now
        )
        staleToken = nil
        exchange = .hello
        session = nil
    }

    /// After a restore of the office: what was sent again and given back is in place at this commit.
    private func endReplay(at commit: Int64, _ transaction: any StoreTransaction) throws {
        let isOffered = try !transaction.tray(kind: "offered", after: 0, limit: 1).isEmpty
        if isOffered, try transaction.value("offeredUntil") == nil {
            try transaction.setValue("offeredUntil", String(commit))
        }
        if try transaction.value("replaying") != nil, try transaction.value("replayed") == nil {
            try transaction.setValue("replayed", String(commit))
        }
    }

    /// How far the node's logs are durable: nothing more is pushed of the others that would say so.
    private func learnDurable(_ page: VerifiedReply, _ transaction: any StoreTransaction) throws {
        var told = (page.reply["durable"]?.object?.members ?? []).map { (name: $0.0, durable: $0.1) }
        if let name = page.reply["origin"]?.string, let own = page.reply["log"]?["durable"] { told.append((name, own)) }
        for (name, durable) in told {
            guard let origin = Origin(name), var record = try transaction.origin(origin) else { continue }
            try department.learnDurable(durable, of: &record, transaction)
            try transaction.putOrigin(record)
        }
    }

    /// A session of an epoch; of one that the node did not know all own logs are greeted, oldest first.
    private mutating func beginSession(_ epoch: String, former: String?, _ state: String, _ known: Int64) throws {
        let all = try department.store.read { try department.origins($0) }
        // A former log that holds nothing has nothing to send again.
        let origins = all.filter { $0.last > 0 || $0.origin == all.last?.origin }.map(\.origin)
        session = Session(
            epoch: epoch,
            formerEpoch: former,
            origins: state == "epoch" ? origins : Array(origins.suffix(1)),
            stored: known
        )
    }

    private mutating func greeted(_ page: VerifiedReply, now: Int64) throws {
        guard page.reply["call"]?.string == "hello", let epoch = page.reply["epoch"]?.string,
            let origin = page.reply["origin"]?.string.flatMap({ Origin($0) }), let log = page.reply["log"],
            let state = log["state"]?.string, let token = page.reply["token"]?.string
        else { throw Department.ReadProblem.malformed("the hello's last line lacks a field") }
        let known = log["number"]?.integer ?? 0
        let (former, isUntold, isUnlearnt) = try department.store.write { transaction in
            let former = try transaction.value("epoch")
            let hasUntold = try turnErasures(isKnown: state != "epoch", transaction)
            try keepToken(token, state, page, transaction)
            if let common = page.reply["commonThrough"]?.integer { try transaction.setValue("common", String(common)) }
            if former == nil || former == epoch {
                try transaction.setValue("epoch", epoch)
                // After a restore of the office: what was sent again is in place at this commit.
                try endReplay(at: page.reply["commit"]?.integer ?? 0, transaction)
            }
            try learnDurable(page, transaction)
            let hasUnlearnt = try learnErasures(page, transaction, now: now)
            return (former, hasUntold, hasUnlearnt)
        }
        staleToken = state == "tokenStale" ? token : nil
        switch state {
        case "distrusted":
            try department.beginAnew(after: known, of: origin, token: token, now: now)
            return endSession()
        case "earlierFirst": return try greetFirst(log["earlier"]?.string.flatMap { Origin($0) })
        // Of `known`: else only the next operation would tell, and one that nobody can read tells nothing.
        case "known" where try department.isAnother(log["id"]?.string, in: origin, at: known),
            "fork", "behind", "closed", "tokenStale":
            if try needsNoComparison(of: origin, state, known, log["id"]?.string) { break }
            lookBack(in: origin, from: known, epoch)
            return
        default: break
        }
        let isRestored = former != nil && former != epoch && state != "epoch"
        if hasMoreErasures(isUntold: isUntold && isRestored, isUnlearnt: isUnlearnt) { return }
        if session?.epoch != epoch { try beginSession(epoch, former: state == "epoch" ? former : nil, state, known) }
        if state == "epoch" { return }
        let owed = page.reply["owed"]?.array ?? []
        try department.learnOwed(owed, epoch: epoch, now: now)
        owesMore = !owed.isEmpty && owed.count >= page.reply["limits"]?["pageRecords"]?.integer ?? .max
        // What the office has but whose outcome never arrived here is sent again: the stored outcome comes back.
        showsEvidence = false
        session?.stored = try department.store.read { min(known, try $0.origin(origin)?.acknowledged ?? 0) }
        if reading == .waitsForHello { beginReading() }
        guard session?.formerEpoch != nil else {
            exchange = .pushing(origin, first: 0, last: known)
            return
        }
        try beginReplay(of: origin, page)
    }

    /// After a restore: outcomes that may be others by now come first, then snapshots, recovery and the log.
    private mutating func beginReplay(of origin: Origin, _ page: VerifiedReply) throws {
        let upTo = session?.stored ?? 0
        let common = page.reply["commonThrough"]?.integer ?? 0
        let first =
            department.rules.outcomesRefreshed
            ? try department.firstDecided(after: common, in: origin, upTo: upTo) : nil
        exchange = first.map { .refreshing(origin, after: $0 - 1, upTo: upTo) } ?? .waitsForSnapshots
    }

    // MARK: recovered

    /// Offers what a former generation held beyond the backup, page by page.
    private mutating func recover(now: Int64) throws -> [LinkAction] {
        let items = try department.store.read { try $0.tray(kind: "setAside", after: 0, limit: limit[.exchange] ?? 1) }
        guard let last = items.last else {
            exchange = .pushing(try currentOrigin(), first: 0, last: session?.stored ?? 0)
            return try nextExchange(now: now)
        }
        var body: [UInt8] = []
        var sent: Int64 = 0
        for item in items where body.count < department.rules.sizes.pageBytes {
            body += Array(#"{"row":"#.utf8) + item.bytes
            body += Array(#","seal":"\#(item.text)","stream":"\#(item.subject)"}"#.utf8) + [10]
            sent = item.id
        }
        exchange = .recovering(upTo: min(sent, last.id))
        return send(.exchange, WireRequest("POST", "/sync/v1/recovered", body: body))
    }

    /// The office takes nothing back any more: what it lost stays here for people, and must not keep own work from going.
    mutating func escalateUnrecovered(now: Int64) throws {
        try department.store.write { transaction in
            for item in try transaction.tray(kind: "setAside", after: 0, limit: department.rules.sizes.chunk) {
                let row = try Appeals.Aggregate(parsing: item.bytes)
                try transaction.addTray(
                    TrayRecord(
                        kind: "recovery",
                        subject: row.id,
                        text: "the office was restored too long ago to take this row of \(item.subject) back",
                        bytes: item.bytes,
                        at: now
                    )
                )
                try transaction.deleteTray(item.id)
            }
        }
        exchange = .recovering(upTo: 0)
    }

    /// The office has it, but may be restored once more before this node can read it there.
    private func keepOffered(upTo: Int64) throws {
        try department.store.write { transaction in
            try department.eachInTray("setAside", upTo: upTo, transaction) { item in
                try department.turn(item, into: "offered", transaction)
            }
        }
    }

    // MARK: push

    private func currentOrigin() throws -> Origin {
        if let origin = session?.origins.first { return origin }
        return try department.store.read { try department.currentOrigin($0).origin }
    }

    private mutating func push(now: Int64) throws -> [LinkAction] {
        guard let session else {
            exchange = .hello
            return try nextExchange(now: now)
        }
        hasNews = false
        let origin = try currentOrigin()
        let resends = session.formerEpoch != nil
        if let page = try department.page(
            of: origin,
            after: session.stored,
            limit: limit[.exchange] ?? 1,
            resends: resends
        ) {
            exchange = .pushing(origin, first: page.first, last: page.last)
            let chain = try department.store.read { try $0.origin(origin)?.chain } ?? ""
            return send(
                .exchange,
                WireRequest(
                    "POST",
                    "/sync/v1/push",
                    query: [("epoch", session.epoch), ("origin", origin.description), ("chain", chain)],
                    body: page.body
                )
            )
        }
        if resends { return try replayed(now: now) }
        return try purge(now: now)
    }

    /// One origin's log is at the office again: the next older-to-newer origin, or the new epoch is begun.
    private mutating func replayed(now: Int64) throws -> [LinkAction] {
        let left = Array((session?.origins ?? []).dropFirst())
        if left.isEmpty {
            let epoch = session?.epoch ?? ""
            try department.store.write { try $0.setValue("epoch", epoch) }
            session = nil
        } else {
            session?.origins = left
        }
        exchange = .hello
        return try nextExchange(now: now)
    }

    private mutating func pushed(_ result: Department.Pushed, of origin: Origin, now: Int64) throws {
        switch result {
        case .upTo(let last): session?.stored = last
        case .unreadable(let number, let reason):
            try department.stepOver(number, of: origin, reason: reason, now: now)
            session = nil
            exchange = .hello
            return
        case .gap(let wanted): session?.stored = wanted - 1
        case .fork(let known):
            lookBack(in: try currentOrigin(), from: known, session?.epoch ?? "")
            return
        }
        exchange = .idle
    }

    // MARK: purge receipts

    private mutating func purge(now: Int64) throws -> [LinkAction] {
        if missedErasures {
            exchange = .hello
            return try nextExchange(now: now)
        }
        if try department.store.read({ try $0.stubs(after: "", limit: 1).isEmpty }) == false {
            try department.purgeDurable(now: now)
        }
        let (isDue, isSigned) = try department.store.read { reading in
            (
                try !department.receiptsDue(reading, limit: 1).isEmpty,
                try !department.receiptsSigned(reading, limit: 1).isEmpty
                    || !department.differencesToTell(reading, limit: 1).isEmpty
            )
        }
        if isSigned {
            exchange = .receipts(upTo: 0, differences: 0)
            return try nextExchange(now: now)
        }
        exchange = .idle
        if isDue { return [.sleep(.exchange, until: now + idleSleep), .purge] }
        return hasNews ? try push(now: now) : [.sleep(.exchange, until: now + idleSleep)]
    }

    private mutating func receipts(now: Int64) throws -> [LinkAction] {
        let limit = limit[.exchange] ?? 1
        let (told, items) = try department.store.read { reading in
            let told = try department.differencesToTell(reading, limit: limit)
            return (told, try department.receiptsSigned(reading, limit: max(0, limit - told.count)))
        }
        guard !told.isEmpty || !items.isEmpty else {
            exchange = .idle
            return try push(now: now)
        }
        exchange = .receipts(upTo: items.last?.id ?? 0, differences: told.last?.id ?? 0)
        let lines = told.map(\.bytes) + items.map(\.bytes)
        let body = lines.flatMap { (line: [UInt8]) -> [UInt8] in line + [10] }
        return send(.exchange, WireRequest("POST", "/sync/v1/receipts", body: body))
    }
}

extension Link.Exchange {
    /// Whether it offers what the office had published and lost.
    var isRecovering: Bool {
        if case .recovering = self { return true }
        return false
    }
}

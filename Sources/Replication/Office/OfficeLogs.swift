import Appeals
import CanonicalJSON
import Cryptography

/// A node's logs at a hello: which one continues, which have ended and where, and which comes first after a restore.
extension Office {
    /// The answer to a hello about its log.
    struct Greeting {
        var state: LogState
        var record: OriginRecord?
        /// The log that comes first.
        var earlier: Origin?

        init(_ state: LogState, _ record: OriginRecord? = nil, earlier: Origin? = nil) {
            self.state = state
            self.record = record
            self.earlier = earlier
        }
    }

    /// Finds the state of the log that a hello names, and records what follows from it: a new origin, an end, a frozen
    /// node.
    ///
    /// Source: protocol.md section 7.1, the table of states.
    func greet(
        _ hello: Hello,
        _ node: inout NodeRecord,
        epoch: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> Greeting {
        let isReplay = !hello.epoch.isEmpty && hello.epoch != epoch
        // A node from another epoch greets its origins again, oldest first, once it knows this epoch.
        if isReplay, hello.known != epoch { return Greeting(.epoch, try transaction.origin(hello.origin)) }
        if isReplay, let earlier = try rules.earlierLog({ try endLogs(hello, transaction) }) {
            return Greeting(.earlierFirst, try transaction.origin(hello.origin), earlier: earlier)
        }
        guard let record = try transaction.origin(hello.origin) else {
            return try begin(hello, &node, transaction, now: now)
        }
        switch record.state {
        // The node has been admitted again: its old log has ended, and the branch continues under a new incarnation.
        case .frozen: return Greeting(.closed, record)
        // A branch beyond the end of a closed incarnation belongs to a clone: both cannot be right, so a person
        // decides.
        case .closed where hello.last.number > record.last && hello.epoch == epoch:
            return Greeting(.frozen, try freeze(record, &node, at: hello.last.number, transaction, now: now))
        case .closed where !isReplay: return Greeting(.closed, record)
        case .closed, .open: break
        }
        let state = try compare(hello, record, &node, isReplay: isReplay, transaction)
        // A copy's log counts as a fork even if it has ended.
        let isOver = record.state == .closed && record.last >= record.end && state != .fork
        return Greeting(isOver ? .closed : state, record)
    }

    /// The state of a known log: token, last number and id against the office's copy.
    private func compare(
        _ hello: Hello,
        _ record: OriginRecord,
        _ node: inout NodeRecord,
        isReplay: Bool,
        _ reading: any StoreReading
    ) throws -> LogState {
        if !isReplay, !node.token.isEmpty, hello.token != node.token, hello.token != node.formerToken {
            return .tokenStale
        }
        if hello.token == node.token || node.token.isEmpty || isReplay { renew(&node) }
        if hello.last.number == record.last, rules.isFork(hello.last.id, beside: record.lastID) { return .fork }
        guard hello.last.number < record.last else { return .known }
        let stored = hello.last.number == 0 ? "" : try reading.operation(hello.origin, hello.last.number)?.id
        return stored == hello.last.id ? .behind : .fork
    }

    /// Records a new incarnation; the node's other open logs have ended.
    private func begin(
        _ hello: Hello,
        _ node: inout NodeRecord,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> Greeting {
        guard try isWithinTheDay(node.node, transaction, now: now) else { return Greeting(.tooMany) }
        try endOthers(hello, transaction)
        var record = OriginRecord(origin: hello.origin, key: hello.key)
        if let log = hello.logs.dropLast().first(where: { $0.origin == hello.origin }) {
            record.state = .closed
            record.end = log.number
        }
        try transaction.putOrigin(record)
        renew(&node)
        return Greeting(.new, record)
    }

    /// Ends the node's open logs that the hello does not name, at their last number.
    ///
    /// An empty one is forgotten when the next one ends: until then a copy that continues in it is noticed.
    private func endOthers(_ hello: Hello, _ transaction: any StoreTransaction) throws {
        let named = Set(hello.logs.map(\.origin) + [hello.origin])
        for var former in try transaction.origins(node: hello.origin.node) where !named.contains(former.origin) {
            guard former.state == .open else {
                if former.state == .closed, former.last == 0 { try transaction.deleteOrigin(former.origin) }
                continue
            }
            former.state = .closed
            try transaction.putOrigin(former)
        }
    }

    /// Counts a new incarnation; false beyond the daily limit, which raises one alarm.
    private func isWithinTheDay(_ node: String, _ transaction: any StoreTransaction, now: Int64) throws -> Bool {
        let counted = Values.incarnationsToday(node)
        let (former, known) = try transaction.value(counted) ?? (0, 0)
        let day = now / 86_400_000
        let count = former == day ? known : 0
        guard count < ReplicationLimits.incarnationsADay else {
            try alarm(.incarnations, of: node, "more than \(count) incarnations in a day", transaction, now)
            return false
        }
        try transaction.setValue(counted, (day, count + 1))
        return true
    }

    /// Ends each named log but the last at the number that its author named; gives the first before the greeted one
    /// that still lacks work here.
    private func endLogs(_ hello: Hello, _ transaction: any StoreTransaction) throws -> Origin? {
        if !hello.logs.isEmpty { try endOthers(hello, transaction) }
        var earlier: Origin?
        var isBefore = true
        for log in hello.logs.dropLast() {
            isBefore = isBefore && log.origin != hello.origin
            let found = try transaction.origin(log.origin)
            if isBefore, earlier == nil, found?.state != .frozen, found?.last ?? 0 < log.number { earlier = log.origin }
            guard var record = found, record.state != .frozen else { continue }
            let end = max(record.last, log.number)
            guard record.state != .closed || record.end != end else { continue }
            record.state = .closed
            record.end = end
            try transaction.putOrigin(record)
        }
        return earlier
    }

    /// Freezes a log and its node: two copies were seen, and a person decides.
    private func freeze(
        _ record: OriginRecord,
        _ node: inout NodeRecord,
        at number: Int64,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> OriginRecord {
        var record = record
        node.state = .frozen
        record.state = .frozen
        try transaction.putOrigin(record)
        try transaction.addTray(
            TrayRecord(
                kind: .alarm,
                subject: node.node,
                text: TrayRecord.clone + "\(record.origin) has \(number), it ended at \(record.last)",
                at: now
            )
        )
        return record
    }

    /// The new token takes effect once it has been used; until then the former one is valid too, since a reply can be
    /// lost.
    private func renew(_ node: inout NodeRecord) {
        node.formerToken = node.token
        node.token = draw(16)
    }
}

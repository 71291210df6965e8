import Cryptography

/// What must hold between two steps of a link; each invariant is also stated at its field.
extension Link {
    /// What is wrong, in a sentence; nil if nothing is.
    package var problem: String? {
        if let lane = Lane.allCases.first(where: { voided.contains($0) && !isBusy.contains($0) }) {
            return "the request of \(lane.rawValue) is void, and none is out"
        }
        if let lane = isBusy.first(where: { asked[$0] == nil }) { return "\(lane.rawValue) asks under nothing" }
        if let session {
            if session.origins.isEmpty { return "a session has no origin to greet" }
            if session.stored < 0 { return "the office has \(session.stored) operations" }
            if session.epoch.isEmpty { return "a session has no epoch" }
            if session.formerEpoch == session.epoch { return "a session's former epoch is its own" }
        }
        if let lane = Lane.allCases.first(where: { !(1...department.rules.sizes.pageRecords).contains(limit[$0] ?? 0) })
        {
            return "a page of \(lane.rawValue) has \(limit[lane] ?? 0) records"
        }
        if (comparison != nil) != reading.isComparing { return "a comparison and \(reading)" }
        if case .probing(_, let ranges, _) = reading, ranges.isEmpty { return "no range is left to probe" }
        if case .fetching(_, let ids) = reading, ids.isEmpty { return "no row is left to fetch" }
        if reading == .waiting, !unread.isEmpty { return "a long poll waits while \(unread.sorted()) are not compared" }
        return exchange.problem ?? (exchange == .waitsForSnapshots ? waiting : nil)
    }

    /// A text for the link's present state, for an observer that watches whether it makes progress.
    package var place: String { "\(exchange) \(reading) \(limit[.exchange] ?? 0) \(limit[.read] ?? 0)\n" }
    package var node: String { department.node }

    /// Whether the lane's request is in flight.
    package func isWaiting(for lane: Lane) -> Bool { isBusy.contains(lane) }

    /// The exchange lane waits for snapshots: then the read lane is on its way to them, or a hello is next.
    private var waiting: String? {
        guard session != nil else { return nil }
        return reading == .waitsForHello ? "both lanes wait for the other" : nil
    }
}

extension Link.Exchange {
    /// What is wrong with the state itself.
    var problem: String? {
        switch self {
        case .hello, .waitsForSnapshots, .idle: nil
        case .comparingLogs(_, let after, let known, let common):
            after < 0 || known < 0 || (common ?? 0) < 0 ? "looks back to before a log's begin" : nil
        case .refetching(_, let after, let upTo), .refreshing(_, let after, let upTo):
            after < 0 || after > upTo ? "asks for \(after) to \(upTo)" : nil
        case .recovering(let upTo), .receipts(let upTo, _): upTo < 0 ? "an item \(upTo) of the tray" : nil
        case .pushing(_, let first, let last): first < 0 || first > last ? "pushes \(first) to \(last)" : nil
        }
    }
}

extension Link.Reading {
    /// Whether it looks where rows differ.
    var isComparing: Bool {
        switch self {
        case .probing, .fetching: true
        case .waitsForHello, .snapshot, .pulling, .waiting: false
        }
    }
}

extension OriginRecord {
    /// What is wrong with the record, in a sentence; nil if nothing is.
    package var problem: String? {
        if last < 0 || acknowledged < 0 || durable < 0 { return "\(origin) has a number below 0" }
        if (last == 0) != lastID.isEmpty { return "\(origin) ends at \(last) with the id “\(lastID)”" }
        if acknowledged > last { return "\(acknowledged) of \(origin) is acknowledged, its last is \(last)" }
        if durable > last { return "\(durable) of \(origin) is durable, its last is \(last)" }
        return nil
    }
}

extension StreamRecord {
    /// What is wrong with the record, in a sentence; nil if nothing is.
    package var problem: String? {
        if head < 0 || rows < 0 || floor < 0 || generation < 0 || commit < 0 { return "\(name) has a number below 0" }
        if (head == 0) != mark.isEmpty { return "\(name) is at \(head) with the mark “\(mark)”" }
        if floor > head { return "\(name) begins after \(floor) and ends at \(head)" }
        if rows == 0, digest != .zero { return "\(name) has no rows and a digest" }
        return nil
    }
}

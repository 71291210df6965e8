import Appeals
import CanonicalJSON
import Cryptography

/// The office's signed lines that a department can show as evidence, and what follows if the operator decides that its
/// claim is untrue.
extension Department {
    /// Keeps the signed last line of the page that gave a position or an acknowledgement; in the same transaction.
    func keepEvidence(_ page: VerifiedReply, as name: String, _ transaction: any StoreTransaction) throws {
        try transaction.setValue(Values.evidence(name), String(decoding: page.evidence, as: UTF8.self))
    }

    /// Whether the stored line already shows the same position: an empty poll leaves the store unchanged.
    func isShown(_ page: VerifiedReply, as name: String, _ reading: any StoreReading) throws -> Bool {
        guard let kept = try reading.value(Values.evidence(name), as: { SignedReply(Array($0.utf8)) }) else {
            return false
        }
        return ["stream", "epoch", "to", "mark", "commit"].allSatisfy { kept.reply[$0] == page.reply[$0] }
    }

    /// The last lines that show where this node stands: of its streams, of the log that is written to, of the last hello.
    func evidence(_ reading: any StoreReading) throws -> [String] {
        let names = streams + [try currentOrigin(reading).origin.description]
        return try (names + ["hello"]).compactMap { try reading.value(Values.evidence($0)) }
            .filter { $0.utf8.count <= ReplicationLimits.evidenceBytes }
    }

    /// The streams in reading order; `reference`, which says who may do what, comes first.
    var streams: [String] { [Space.reference, Space.slice(node), Space.node(node)] }

    /// All own logs with the last number that will be sent of each; of closed ones only those that hold something.
    func namedLogs(_ reading: any StoreReading) throws -> [(origin: Origin, number: Int64)] {
        let all = try origins(reading)
        guard let current = all.last else { return [] }
        let former = all.dropLast().map { (origin: $0.origin, number: $0.state == .closed ? $0.acknowledged : $0.last) }
        return former.filter { $0.number > 0 }.suffix(ReplicationLimits.helloLogs - 1)
            + [(current.origin, current.last)]
    }

    /// Carries out the office operator's decision that this node's claim is untrue.
    ///
    /// The log ends where the office's copy ends. Operations acknowledged beyond that go to people and are never sent
    /// again; those still waiting for their first answer continue in a new incarnation. Every stream is read anew.
    func beginAnew(after known: Int64, of origin: Origin, token: String, now: Int64) throws {
        try store.write { transaction in
            try transaction.setValue(Values.token, token)
            if try currentOrigin(transaction).origin == origin {
                try leaveToPeople(after: known, of: origin, now: now, transaction)
                try reissue(from: known + 1, of: origin, now: now, transaction)
            }
            for name in streams { try forgetPosition(in: name, transaction) }
            try transaction.setValue(Values.evidence(origin.description), nil)
            try transaction.setValue(Values.evidence("hello"), nil)
        }
    }

    /// Quarantines the acknowledged operations after a number, a chunk at a time.
    private func leaveToPeople(
        after known: Int64,
        of origin: Origin,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        let reason = "acknowledged, but the office has no such operation and its operator does not believe it"
        var after = known
        while true {
            let page = try transaction.operations(origin, after: after, limit: rules.sizes.chunk)
            for record in page where record.status != nil && !record.isReplaced {
                try quarantine(record, reason: reason, now: now, transaction)
            }
            guard page.count == rules.sizes.chunk, let last = page.last else { return }
            after = last.number
        }
    }

    /// The visible rows stay until a snapshot replaces them.
    private func forgetPosition(in name: String, _ transaction: any StoreTransaction) throws {
        guard var stream = try transaction.stream(name) else { return }
        (stream.epoch, stream.head, stream.mark) = ("", 0, "")
        try transaction.putStream(stream)
        try transaction.setValue(Values.evidence(name), nil)
        try transaction.setValue(Values.stagedBegun(name), nil)
    }
}

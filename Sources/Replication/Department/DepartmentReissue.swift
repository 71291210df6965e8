import Appeals
import CanonicalJSON
import Cryptography

/// Own operations issued again in a new incarnation, after a fork or around a line that nobody can read.
extension Department {
    /// Draws a new incarnation and issues the branch from `number` again, acknowledged or not, in number order.
    ///
    /// A branch of a log that is already closed continues in the present one. `reissues` names the old id; bases,
    /// authority and bodies that named re-issued operations are rewritten.
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
            for var old in rules.inOrder(page) {
                defer { after = max(after, old.number) }
                if holes.contains(old.number) || old.bytes.isEmpty || old.isReplaced { continue }
                guard rules.isIssuedAgain(old) else { continue }
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
                old.decision = .reissued
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

    /// Takes an operation out of the log's way: it is refused here, never sent again, and stands in the tray for a
    /// person.
    func quarantine(
        _ record: OperationRecord,
        reason: String,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        var record = record
        try transaction.addTray(
            TrayRecord(
                kind: .quarantine,
                subject: "\(record.origin):\(record.number)",
                text: reason,
                bytes: record.bytes,
                at: now
            )
        )
        record.status = .refused
        record.decision = .quarantined
        try transaction.putOperation(record)
    }
}

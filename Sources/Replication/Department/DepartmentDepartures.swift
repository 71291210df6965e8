import Appeals
import CanonicalJSON
import Cryptography

/// Appeals that left this node's slice, and what is owed for them.
extension Department {
    /// Where the office said that an appeal left; nil if it was found missing in a snapshot or a probe.
    struct Departure {
        let epoch: String
        let commit: Int64
        let tenure: Int64
    }

    /// The stub of an appeal that left and the receipt that is owed for it; own content that is durable goes at once.
    func markLeft(
        _ held: Row,
        stub: JSON,
        _ departure: Departure?,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        let own = try transaction.allPending(appeal: held.key, node: node, beyond: -1)
        let kept = try own.filter { try isStillNeeded($0, transaction) }
        for record in own where try !isStillNeeded(record, transaction) { try strip(record, transaction) }
        try rules.keepOutbox(own, transaction)
        try transaction.putStub(
            StubRecord(
                appeal: held.key,
                bytes: stub.canonicalBytes(),
                at: now,
                kept: Int64(kept.count),
                index: stub["index"]?.string ?? ""
            )
        )
        try oweReceipt(held.key, tenure: departure?.tenure ?? held.tenure, departure, now: now, transaction)
    }

    /// The next tenure of an appeal has begun: items that only the former showed are gone or never came, and a receipt
    /// is owed for them; own work stays with the appeal, even if it has not been sent yet.
    ///
    /// For a former tenure that ended with a `leave` the office needs no further receipt and would not count one.
    func tenureEnded(
        _ appeal: String,
        _ tenure: Int64,
        _ departure: Departure?,
        in stream: String,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        guard stream == Space.slice(node) else { return }
        try oweReceipt(appeal, tenure: tenure, departure, now: now, transaction)
    }

    /// Whether the end of this tenure was read in this epoch: its receipt, told or not, names the commit.
    func knowsEnd(_ appeal: String, tenure: Int64, in epoch: String, _ reading: any StoreReading) throws -> Bool {
        guard let debt = try reading.debt(.receipt, node: node, subject: appeal) else { return false }
        return debt.state != .dropped && debt.tenure == tenure && debt.epoch == epoch && debt.commit > 0
    }

    /// A departure was read: one receipt is owed, for the newest departure, even if there was no row to remove.
    func oweReceipt(
        _ appeal: String,
        tenure: Int64,
        _ departure: Departure?,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        guard try !transaction.isErased(appeal) else { return }
        try dropReceipts(appeal, now: now, transaction)
        var debt = DebtRecord(.receipt, node: node, subject: appeal, at: now)
        debt.tenure = tenure
        debt.epoch = departure?.epoch ?? ""
        debt.commit = departure?.commit ?? 0
        try transaction.openDebt(debt)
    }

    /// The appeal is back in this tenure, or erased (0): drops all debts but the receipt for the tenure that this one
    /// followed.
    func dropReceipts(
        _ appeal: String,
        from tenure: Int64 = 0,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        for kind in [DebtRecord.Kind.receipt, .secondReceipt] {
            guard let debt = try transaction.debt(kind, node: node, subject: appeal), debt.state == .open,
                !debt.isOf(tenure - 1)
            else { continue }
            try transaction.closeDebt(debt, as: .dropped, at: now)
        }
    }

    /// A snapshot contains an appeal whose departure was still owed a receipt: it is back.
    func dropReturned(to slice: StreamRecord, now: Int64, _ transaction: any StoreTransaction) throws {
        for kind in [DebtRecord.Kind.receipt, .secondReceipt] {
            var after: Int64 = 0
            while true {
                let filter = DebtFilter(kind: kind, node: node)
                let page = try transaction.debts(filter, after: after, limit: rules.sizes.chunk)
                for debt in page {
                    guard
                        let row = try transaction.row(slice.name, generation: slice.generation, key: debt.subject),
                        !debt.isOf(row.tenure - 1)
                    else { continue }
                    try transaction.closeDebt(debt, as: .dropped, at: now)
                }
                guard page.count == rules.sizes.chunk, let last = page.last else { break }
                after = last.id
            }
        }
    }

    /// What the office asks for: a receipt that it lacks of an appeal that is not here (protocol.md "Stored, durable, purge,
    /// erasure").
    func learnOwed(_ owed: [JSON], epoch: String, now: Int64) throws {
        guard !owed.isEmpty else { return }
        try store.write { transaction in
            let slice = try position(Space.slice(node), transaction)
            // In the former epoch's slice a row may still be here that the office does not know of.
            guard slice.epoch == epoch else { return }
            for pair in owed {
                guard let appeal = pair.array?.first?.string, Names.isAppeal(appeal),
                    let tenure = pair.array?.last?.integer, tenure >= 0,
                    try !isHere(appeal, tenure: tenure, generation: slice.generation, slice, transaction),
                    try !transaction.isErased(appeal)
                else { continue }
                let kind: DebtRecord.Kind = tenure == 0 ? .secondReceipt : .receipt
                if let open = try transaction.debt(kind, node: node, subject: appeal), open.state == .open {
                    if open.tenure == tenure { continue }
                    // The office asks for another tenure than the one known here; the office is right.
                    try transaction.closeDebt(open, as: .dropped, at: now)
                }
                var debt = DebtRecord(kind, node: node, subject: appeal, at: now)
                debt.tenure = tenure
                debt.epoch = try transaction.debt(kind, node: node, subject: appeal)?.epoch ?? ""
                debt.sequence = slice.head
                try transaction.openDebt(debt)
            }
        }
    }
}

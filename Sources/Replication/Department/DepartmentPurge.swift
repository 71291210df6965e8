import Appeals
import CanonicalJSON
import Cryptography

/// What left this node: own work that stays until it is durable, and the receipts that the node owes for it.
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
        let own = try transaction.pending(appeal: held.key, node: node, beyond: -1, limit: .max)
        let kept = try own.filter { try isStillNeeded($0, transaction) }
        for record in own where try !isStillNeeded(record, transaction) { try strip(record, transaction) }
        if !rules.outboxKeptOnLeave {
            for var record in own where record.status == nil {
                record.bytes = []
                try transaction.putOperation(record)
            }
        }
        try transaction.putStub(
            StubRecord(appeal: held.key, bytes: stub.canonicalBytes(), at: now, kept: Int64(kept.count))
        )
        try oweReceipt(held.key, tenure: departure?.tenure ?? held.tenure, departure, now: now, transaction)
    }

    /// The next tenure of an appeal has begun: what the former showed and this one does not is gone, or never came, and
    /// is receipted; own work stays with the appeal, also what is not sent yet.
    ///
    /// Of a former tenure that ended with a `leave` the office needs no word any more, and does not count it.
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

    /// A departure was read: one receipt is owed, of the newest; also where there was no row to go.
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

    /// The appeal is here again in this tenure, or is erased (0): nothing is owed any more but the receipt of the tenure
    /// that this one followed.
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

    /// A snapshot has what was owed as gone: it is here again.
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

    /// What the office asks for (section 14.1): a receipt that it lacks of an appeal that is not here.
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
                    // The office asks for another tenure than the one that this node knew: its word is the one that counts.
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

    // MARK: own work that stays

    /// Whether only this node has an operation for certain: the office may still lose it with its disk.
    private func isStillNeeded(_ record: OperationRecord, _ reading: any StoreReading) throws -> Bool {
        if record.isReplaced { return false }
        guard rules.keptUntilDurable, record.status != nil else { return record.status == nil }
        return record.number > (try reading.origin(record.origin)?.durable ?? 0)
    }

    /// Destroys an own operation's content.
    ///
    /// Its envelope stays: the chain has no hole, and what was not yet decided is still sent, so that the office can
    /// say `erased`.
    func strip(_ record: OperationRecord, _ transaction: any StoreTransaction) throws {
        guard !record.bytes.isEmpty else { return }
        var record = record
        do { record.bytes = try record.signed().stripped } catch {
            throw StoreError(.corrupt, doing: "stripping \(record.origin):\(record.number)", found: "\(error)")
        }
        try transaction.putOperation(record)
    }

    /// One more own operation on an appeal that left is kept until it is durable.
    func keepOnStub(_ appeal: String?, _ transaction: any StoreTransaction) throws {
        guard let appeal, var stub = try transaction.stub(appeal) else { return }
        stub.kept += 1
        try transaction.putStub(stub)
    }

    /// Own operations on appeals that left go once they have an outcome and are durable; a second receipt says so.
    ///
    /// Looks at one page of stubs; what is kept longer than 90 days is put before the operator.
    func purgeDurable(now: Int64) throws {
        try store.write { transaction in
            let after = try transaction.value("purgedAfter") ?? ""
            let stubs = try transaction.stubs(after: after, limit: rules.sizes.chunk)
            try transaction.setValue("purgedAfter", stubs.count == rules.sizes.chunk ? stubs.last?.appeal : nil)
            let slice = try position(Space.slice(node), transaction)
            for stub in stubs where stub.kept > 0 {
                // A snapshot brought it back: nothing of it is to be purged, and of before only the receipt of the tenure
                // that this one followed is owed.
                if let row = try transaction.row(slice.name, generation: slice.generation, key: stub.appeal) {
                    try transaction.deleteStub(stub.appeal)
                    try dropReceipts(stub.appeal, from: row.tenure, now: now, transaction)
                    continue
                }
                try purgeDurable(stub, now: now, transaction)
            }
        }
    }

    private func purgeDurable(_ stub: StubRecord, now: Int64, _ transaction: any StoreTransaction) throws {
        var stub = stub
        let own = try transaction.pending(appeal: stub.appeal, node: node, beyond: -1, limit: .max)
        let kept = try own.filter { try isStillNeeded($0, transaction) }
        if kept.isEmpty {
            for record in own { try strip(record, transaction) }
            stub.kept = 0
            try transaction.putStub(stub)
            try transaction.setValue("kept/" + stub.appeal, nil)
            // What was authored on the stub after its receipt ends with one of its own.
            guard try transaction.debt(.receipt, node: node, subject: stub.appeal)?.state != .open,
                try transaction.debt(.secondReceipt, node: node, subject: stub.appeal)?.state != .open
            else { return }
            try transaction.openDebt(DebtRecord(.secondReceipt, node: node, subject: stub.appeal, at: now))
            return
        }
        // The stub keeps the day on which the appeal left; the alarm is repeated after as long again.
        let told = try transaction.number("kept/" + stub.appeal) ?? 0
        guard now - max(stub.at, told) > ReplicationLimits.ownOperationsKept else { return }
        try transaction.setValue("kept/" + stub.appeal, String(now))
        try transaction.addTray(
            TrayRecord(
                kind: "alarm",
                subject: stub.appeal,
                text: "\(kept.count) own operations are not durable after 90 days",
                at: now
            )
        )
    }

    // MARK: receipts

    /// Signs the receipts that are due, at most a chunk; `wiped` makes sure that nothing of what was deleted is left on disk.
    ///
    /// What leaves while it does so waits for the next time. False if nothing could be signed now.
    @discardableResult
    public func signReceipts(now: Int64, wiped: () throws -> Bool = { true }) throws -> Bool {
        let due = try store.read { try receiptsDue($0) }
        guard !due.isEmpty, try wiped() else { return false }
        try store.write { transaction in
            for debt in due {
                guard let present = try transaction.debt(debt.kind, node: node, subject: debt.subject), present == debt
                else { continue }
                try sign(debt, now: now, transaction)
            }
        }
        return true
    }

    /// Debts whose receipts may be signed as soon as the disk is clean: a chunk of them, in order.
    ///
    /// Not while anything of the appeal is here: in a generation that goes, in a snapshot that comes, or set aside after a
    /// restore of the office.
    ///
    /// `limit`: who only asks whether there are any looks no further than the first.
    func receiptsDue(_ reading: any StoreReading, limit: Int = .max) throws -> [DebtRecord] {
        let limit = min(limit, rules.sizes.chunk)
        let slice = try position(Space.slice(node), reading)
        guard !slice.epoch.isEmpty else { return [] }
        var due: [DebtRecord] = []
        for kind in [DebtRecord.Kind.receipt, .secondReceipt] {
            var after: Int64 = 0
            while due.count < limit {
                let filter = DebtFilter(kind: kind, node: node, isSigned: false)
                let page = try reading.debts(filter, after: after, limit: limit)
                if due.isEmpty, !page.isEmpty, try isWaiting(slice, reading) { return [] }
                for debt in page where due.count < limit {
                    if try isDue(debt, slice, reading), try !waitsForPeople(debt.subject, reading) { due.append(debt) }
                }
                guard page.count == limit, let last = page.last else { break }
                after = last.id
            }
        }
        return due
    }

    /// Whether a former generation, or what is to be offered to a restored office, is still here.
    private func isWaiting(_ slice: StreamRecord, _ reading: any StoreReading) throws -> Bool {
        guard rules.receiptWaitsForAside else { return false }
        if try hasFormerGeneration(of: slice.name, reading) { return true }
        return try ["setAside", "offered"].contains { try !reading.tray(kind: $0, after: 0, limit: 1).isEmpty }
    }

    private func isDue(_ debt: DebtRecord, _ slice: StreamRecord, _ reading: any StoreReading) throws -> Bool {
        for generation in slice.generation...(slice.generation + 1)
        where try isHere(debt.subject, tenure: debt.tenure, generation: generation, slice, reading) {
            return false
        }
        guard debt.kind == .secondReceipt else { return true }
        // The first one goes before it.
        if try reading.debt(.receipt, node: node, subject: debt.subject)?.state == .open { return false }
        return try content(debt.subject, reading) == 0
    }

    /// Whether a row of this tenure, or of one before it, is here; any row at all for the second receipt (tenure 0).
    private func isHere(
        _ appeal: String,
        tenure: Int64,
        generation: Int64,
        _ slice: StreamRecord,
        _ reading: any StoreReading
    ) throws -> Bool {
        guard let row = try reading.row(slice.name, generation: generation, key: appeal) else { return false }
        return tenure == 0 || row.tenure <= tenure
    }

    /// Whether something of an appeal that a restored office did not take waits for a person.
    private func waitsForPeople(_ appeal: String, _ reading: any StoreReading) throws -> Bool {
        try !reading.tray(kind: "recovery", subject: appeal, after: 0, limit: 1).isEmpty
    }

    /// Own operations on an appeal whose content is on the disk.
    private func content(_ appeal: String, _ reading: any StoreReading) throws -> Int64 {
        let own = try reading.pending(appeal: appeal, node: node, beyond: -1, limit: .max)
        return Int64(
            try own.filter { try !$0.bytes.isEmpty && $0.signed().operation.erasedBodyDigest == nil }.count
        )
    }

    private func sign(_ debt: DebtRecord, now: Int64, _ transaction: any StoreTransaction) throws {
        let slice = try position(Space.slice(node), transaction)
        // Where the next tenure followed at once, own work stays with the appeal and is none of the receipt's.
        let isStaying = try transaction.row(slice.name, generation: slice.generation, key: debt.subject) != nil
        let kept = try isStaying ? 0 : content(debt.subject, transaction)
        var content = PurgeReceipt.Content(
            node: node,
            appeal: debt.subject,
            tenure: debt.tenure,
            kept: kept,
            at: now,
            epoch: slice.epoch,
            answered: .head(slice.head)
        )
        if debt.kind == .secondReceipt {
            guard kept == 0 else { return }
            // It names the first one, as long as that was of this epoch; asked for, it names the present place.
            if let first = try firstReceipt(debt.subject, transaction), first.epoch == slice.epoch,
                debt.sequence == 0
            {
                content.answered = first.answered
            }
        } else if debt.epoch == slice.epoch, debt.commit > 0 {
            content.answered = .leave(commit: debt.commit)
        } else if !debt.epoch.isEmpty, debt.epoch != slice.epoch {
            content.former = debt.epoch
        }
        var signed = debt
        signed.kept = kept
        signed.bytes = try PurgeReceipt(content, signer: signer).line
        signed.epoch = slice.epoch
        try transaction.putDebt(signed)
        if debt.kind == .receipt, kept > 0 { try oweSecond(debt.subject, kept, now: now, transaction) }
    }

    private func firstReceipt(_ appeal: String, _ reading: any StoreReading) throws -> PurgeReceipt.Content? {
        guard let debt = try reading.debt(.receipt, node: node, subject: appeal), !debt.bytes.isEmpty else {
            return nil
        }
        guard let receipt = PurgeReceipt(debt.bytes) else {
            throw StoreError(.corrupt, doing: "reading the receipt of \(appeal)", found: "\(debt.bytes.count) bytes")
        }
        return receipt.content
    }

    /// The stub says how much own work stays, and a second receipt is owed for it.
    private func oweSecond(
        _ appeal: String,
        _ kept: Int64,
        now: Int64,
        _ transaction: any StoreTransaction
    ) throws {
        var stub = try transaction.stub(appeal) ?? StubRecord(appeal: appeal, bytes: Array("{}".utf8), at: now, kept: 0)
        stub.kept = max(stub.kept, kept)
        try transaction.putStub(stub)
        guard try transaction.debt(.secondReceipt, node: node, subject: appeal)?.state != .open else { return }
        try transaction.openDebt(DebtRecord(.secondReceipt, node: node, subject: appeal, at: now))
    }

    /// Signed receipts that the office was not told yet, in order.
    func receiptsSigned(_ reading: any StoreReading, limit: Int) throws -> [DebtRecord] {
        let kinds: [DebtRecord.Kind] = [.receipt, .secondReceipt]
        let signed = try kinds.flatMap {
            try reading.debts(DebtFilter(kind: $0, node: node, isSigned: true), after: 0, limit: limit)
        }
        return Array(signed.sorted { $0.id < $1.id }.prefix(limit))
    }

    /// The office has answered all signed receipts up to this one, and the differences up to that item of the tray.
    func receiptsTold(upTo last: Int64, differences told: Int64, now: Int64) throws {
        try store.write { transaction in
            for item in try differencesToTell(transaction, limit: rules.sizes.chunk) where item.id <= told {
                try transaction.deleteTray(item.id)
            }
            for debt in try receiptsSigned(transaction, limit: rules.sizes.pageRecords) where debt.id <= last {
                try transaction.closeDebt(debt, as: .paid, at: now)
            }
        }
    }
}

extension DebtRecord {
    /// Whether it is the receipt of this tenure.
    fileprivate func isOf(_ tenure: Int64) -> Bool { kind == .receipt && self.tenure > 0 && self.tenure == tenure }
}

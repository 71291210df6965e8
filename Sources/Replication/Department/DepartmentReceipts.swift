import Appeals
import CanonicalJSON
import Cryptography

/// Purge receipts: which are due, signed, and told to the office.
extension Department {
    /// Signs the receipts that are due, at most a chunk; `wiped` makes sure that nothing of what was deleted is left on disk.
    ///
    /// Appeals that leave meanwhile wait for the next time. False if nothing could be signed now.
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

    /// Debts whose receipts may be signed once the disk has been wiped: a chunk of them, in order.
    ///
    /// Not while anything of the appeal is here: in a generation being dropped, in a snapshot being staged, or set
    /// aside after a restore of the office.
    ///
    /// `limit`: a caller that only asks whether there are any passes 1.
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
                if due.isEmpty, !page.isEmpty, try rules.receiptsWait(forAside: isAside(slice, reading)) { return [] }
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
    private func isAside(_ slice: StreamRecord, _ reading: any StoreReading) throws -> Bool {
        if try hasFormerGeneration(of: slice.name, reading) { return true }
        return try [TrayKind.setAside, .offered].contains { try !reading.tray(kind: $0, after: 0, limit: 1).isEmpty }
    }

    /// Whether nothing of the appeal is here any more, so that its receipt may be signed once the disk is wiped.
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
    func isHere(
        _ appeal: String,
        tenure: Int64,
        generation: Int64,
        _ slice: StreamRecord,
        _ reading: any StoreReading
    ) throws -> Bool {
        guard let row = try reading.row(slice.name, generation: generation, key: appeal) else { return false }
        return tenure == 0 || row.tenure <= tenure
    }

    /// Whether part of an appeal that a restored office did not take is waiting for a person.
    private func waitsForPeople(_ appeal: String, _ reading: any StoreReading) throws -> Bool {
        try !reading.tray(kind: .recovery, subject: appeal, after: 0, limit: 1).isEmpty
    }

    /// Own operations on an appeal whose content is on the disk.
    private func content(_ appeal: String, _ reading: any StoreReading) throws -> Int64 {
        var count: Int64 = 0
        try reading.eachPending(appeal: appeal, node: node, beyond: -1) {
            if try !$0.bytes.isEmpty && $0.signed().operation.erasedBodyDigest == nil { count += 1 }
        }
        return count
    }

    /// Signs one receipt as of the present head, and puts the line with its debt.
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
            // It names what the first one named if that was of this epoch; a receipt that the office asked for names
            // the present position.
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

    /// What the first receipt about an appeal said, if it is kept.
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
    func isOf(_ tenure: Int64) -> Bool { kind == .receipt && self.tenure > 0 && self.tenure == tenure }
}

import Appeals
import CanonicalJSON
import Cryptography

/// What left this node: own work that stays until it is durable.
extension Department {
    // MARK: own work that stays

    /// Whether only this node has an operation for certain: the office may still lose it with its disk.
    func isStillNeeded(_ record: OperationRecord, _ reading: any StoreReading) throws -> Bool {
        if record.isReplaced { return false }
        if record.status == nil { return true }
        return try rules.isKept(record.number, beyond: reading.origin(record.origin)?.durable ?? 0)
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

    /// Counts one more own operation on an appeal that left, kept until it is durable.
    func keepOnStub(_ appeal: String?, _ transaction: any StoreTransaction) throws {
        guard let appeal, var stub = try transaction.stub(appeal) else { return }
        stub.kept += 1
        try transaction.putStub(stub)
    }

    /// Purges own operations on appeals that left, once they have outcomes and are durable; a second receipt reports
    /// it.
    ///
    /// Looks at one page of stubs; work kept longer than 90 days is reported to the operator.
    func purgeDurable(now: Int64) throws {
        try store.write { transaction in
            let after = try transaction.value(Values.purgedAfter) ?? ""
            let stubs = try transaction.stubs(after: after, limit: rules.sizes.chunk)
            try transaction.setValue(Values.purgedAfter, stubs.count == rules.sizes.chunk ? stubs.last?.appeal : nil)
            let slice = try position(Space.slice(node), transaction)
            for stub in stubs where stub.kept > 0 {
                // A snapshot brought it back: nothing of it may be purged, and of its earlier debts only the receipt
                // for the preceding tenure remains.
                if let row = try transaction.row(slice.name, generation: slice.generation, key: stub.appeal) {
                    try transaction.deleteStub(stub.appeal)
                    try dropReceipts(stub.appeal, from: row.tenure, now: now, transaction)
                    continue
                }
                try purgeDurable(stub, now: now, transaction)
            }
        }
    }

    /// Purges one stub's own work as far as it is durable; with the last of it a second receipt is owed.
    private func purgeDurable(_ stub: StubRecord, now: Int64, _ transaction: any StoreTransaction) throws {
        var stub = stub
        let own = try transaction.allPending(appeal: stub.appeal, node: node, beyond: -1)
        let kept = try own.filter { try isStillNeeded($0, transaction) }
        if kept.isEmpty {
            for record in own { try strip(record, transaction) }
            stub.kept = 0
            try transaction.putStub(stub)
            try transaction.setValue(Values.kept(stub.appeal), nil)
            // What was authored on the stub after its receipt ends with one of its own.
            guard try transaction.debt(.receipt, node: node, subject: stub.appeal)?.state != .open,
                try transaction.debt(.secondReceipt, node: node, subject: stub.appeal)?.state != .open
            else { return }
            try transaction.openDebt(DebtRecord(.secondReceipt, node: node, subject: stub.appeal, at: now))
            return
        }
        // The stub keeps the day on which the appeal left; the alarm is repeated after as long again.
        let told = try transaction.value(Values.kept(stub.appeal)) ?? 0
        guard now - max(stub.at, told) > ReplicationLimits.ownOperationsKept else { return }
        try transaction.setValue(Values.kept(stub.appeal), now)
        try transaction.addTray(
            TrayRecord(
                kind: .alarm,
                subject: stub.appeal,
                text: "\(kept.count) own operations are not durable after 90 days",
                at: now
            )
        )
    }
}

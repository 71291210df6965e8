import Appeals
import CanonicalJSON
import Cryptography

/// Erasures reported by a hello: with this office's seal they are carried out, without it a person decides.
extension Office {
    /// Takes a page of a reader's erasures; gives the streams that changed.
    func learn(
        _ told: [ErasureRecord],
        from peer: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> [String] {
        let unknown = try told.filter { try !transaction.isErased($0.appeal) }
        guard !unknown.isEmpty, let seal = try Seal(transaction) else { return [] }
        // Only an office that was restored can have forgotten an erasure.
        let isRestored = try transaction.value(Values.restored) != nil
        let admission = try Admission(self, transaction, now: now)
        var lies = 0
        for erasure in unknown {
            if rules.isErasure(erasure.seal, sealedAs: seal.erasure(of: erasure.appeal), afterRestore: isRestored) {
                try admission.erase(erasure.appeal, commit: admission.nextCommit())
            } else if isRestored, try transaction.tenure(Space.slice(peer), key: erasure.appeal) != nil {
                try admission.suspend(erasure.appeal, toldBy: peer)
            } else {
                lies += 1
            }
        }
        if lies > 0 {
            try alarm(.foreignErasure, of: peer, "lie: \(lies) erasures without this office's seal", transaction, now)
        }
        return try admission.finish()
    }

    /// What the operator decided about an appeal that a reader says was erased.
    public enum ErasureDecision: Sendable, Equatable {
        case done(changed: [String])
        /// No such appeal waits for a decision.
        case notSuspended
    }

    /// The erasure was not so: the appeal is shown again to whoever has a ground.
    public func rejectErasure(of appeal: String, now: Int64) throws -> ErasureDecision {
        try store.write { transaction in
            let admission = try Admission(self, transaction, now: now)
            guard try admission.readmit(suspended: appeal) else { return .notSuspended }
            return .done(changed: try admission.finish())
        }
    }

    /// The appeals that wait for the operator's decision, in the order of ids.
    public static func suspended(_ reading: any StoreReading, after: String, limit: Int) throws -> [String] {
        try reading.rows(Space.suspended, generation: 0, after: after, limit: limit).map(\.key)
    }
}

extension Admission {
    /// Hides an appeal from everybody: its row is moved aside and every open tenure ends; nothing is destroyed.
    func suspend(_ appeal: String, toldBy peer: String) throws {
        guard try transaction.value(Values.notErased(appeal)) == nil,
            let row = try transaction.row(Space.appeals, generation: 0, key: appeal)
        else { return }
        try transaction.putRow(Space.suspended, generation: 0, row)
        try transaction.deleteRow(Space.appeals, generation: 0, key: appeal)
        try writer.withdraw(appeal, commit: nextCommit())
        try transaction.addTray(
            TrayRecord(kind: .alarm, subject: appeal, text: TrayRecord.undecidedErasure + " by " + peer, at: now)
        )
    }

    /// Puts the row back in its place; false if the appeal is not suspended.
    fileprivate func readmit(suspended appeal: String) throws -> Bool {
        guard let row = try transaction.row(Space.suspended, generation: 0, key: appeal) else { return false }
        try transaction.deleteRow(Space.suspended, generation: 0, key: appeal)
        // If it is reported again without a seal, it is not suspended again.
        try transaction.setValue(Values.notErased(appeal), true)
        try forgetUndecided(appeal)
        let aggregate = try row.aggregate()
        try store(row, aggregate, changed: aggregate.allNames, commit: nextCommit())
        return true
    }

    /// The tray no longer asks about it.
    func forgetUndecided(_ appeal: String) throws {
        try clearTray(.alarm, of: appeal, beginning: TrayRecord.undecidedErasure)
    }

    /// Deletes the tray's items about one appeal, a chunk at a time.
    func clearTray(_ kind: TrayKind, of appeal: String, beginning text: String = "") throws {
        let limit = office.rules.sizes.chunk
        var after: Int64 = 0
        while true {
            let items = try transaction.tray(kind: kind, subject: appeal, after: after, limit: limit)
            for item in items where item.text.hasPrefix(text) { try transaction.deleteTray(item.id) }
            guard items.count == limit, let last = items.last else { return }
            after = last.id
        }
    }
}

extension StoreReading {
    /// An appeal's row at the office, also while it is suspended: what arrives meanwhile is judged and kept, and shown
    /// to nobody.
    func appealRow(_ appeal: String) throws -> Row? {
        try row(Space.appeals, generation: 0, key: appeal) ?? row(Space.suspended, generation: 0, key: appeal)
    }

    /// Whether an appeal waits at the office for the operator's decision about an erasure.
    public func isSuspended(_ appeal: String) throws -> Bool {
        try row(Space.suspended, generation: 0, key: appeal) != nil
    }
}

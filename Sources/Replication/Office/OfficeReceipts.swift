import Appeals
import CanonicalJSON
import Cryptography

/// `POST /sync/v1/receipts`, and the receipts that the office still wants: a departure is owed until its receipt has
/// come.
extension Office {
    /// Takes purge receipts and told differences, at most `pageRecords` lines (413 beyond).
    ///
    /// 400 if a receipt is not signed by any key that the peer has had; then nothing of the page counts. The reply says
    /// how many came and how many paid for nothing. Source: protocol.md section 7.6.
    func receipts(_ request: WireRequest, peer: String, now: Int64) throws -> Handling {
        let all = Lines.split(request.body)
        let (differences, lines) = Self.differences(in: all)
        guard all.count <= rules.sizes.pageRecords else {
            return .reply(
                .refusal(413, .tooLarge, "at most \(rules.sizes.pageRecords) receipts a page"),
                changed: []
            )
        }
        let keys = Set(try store.read { try $0.origins(node: peer) }.map(\.key))
        var receipts: [PurgeReceipt] = []
        for line in lines {
            guard let receipt = PurgeReceipt(Array(line)), receipt.content.node == peer,
                keys.contains(where: { receipt.holds(key: $0, verifier: verifier) })
            else {
                return .reply(.refusal(400, .badRequest, "a receipt is not signed by a key of \(peer)"), changed: [])
            }
            receipts.append(receipt)
        }
        let response: WireResponse = try store.write { transaction in
            try note(differences, of: peer, transaction, now: now)
            let epoch = try transaction.value(Values.epoch) ?? ""
            var uncounted: Int64 = 0
            for receipt in receipts where try !count(receipt, epoch: epoch, transaction, now: now) {
                uncounted += 1
                try warn(of: receipt, epoch: epoch, transaction, now: now)
            }
            return try PageWriter(limit: .max, rules.sizes).finish(
                [
                    "call": ProtocolCall.receipts.json, "epoch": .string(epoch),
                    "count": .integer(Int64(receipts.count)),
                    "uncounted": .integer(uncounted),
                ],
                to: request,
                signer: signer
            )
        }
        return .reply(response, changed: [])
    }

    /// Counts a receipt for the one departure that it answers; false if nothing is owed that it pays.
    private func count(
        _ receipt: PurgeReceipt,
        epoch: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws -> Bool {
        let content = receipt.content
        let kind: DebtRecord.Kind = content.tenure == 0 ? .secondReceipt : .purge
        guard var debt = try transaction.debt(kind, node: content.node, subject: content.appeal), debt.state == .open,
            debt.tenure == content.tenure,
            try rules.isCounted(answeringDeparture: pays(content, debt, epoch: epoch, transaction))
        else { return false }
        debt.bytes = receipt.line
        debt.kept = content.kept
        try transaction.closeDebt(debt, as: .paid, at: now)
        guard kind == .purge, content.kept > 0 else { return true }
        var second = DebtRecord(.secondReceipt, node: content.node, subject: content.appeal, at: now)
        second.epoch = content.epoch
        switch content.answered {
        case .leave(let commit): second.commit = commit
        case .head(let head): second.sequence = head
        }
        try transaction.openDebt(second)
        return true
    }

    /// Whether a receipt answers this departure: the same epoch and commit, or a position beyond it in this epoch.
    ///
    /// What a former epoch's departure left is only known by a place in this epoch: since then the node may have got the
    /// appeal again, in a stretch that this office lost.
    private func pays(
        _ content: PurgeReceipt.Content,
        _ debt: DebtRecord,
        epoch: String,
        _ reading: any StoreReading
    ) throws -> Bool {
        guard content.epoch == epoch else { return false }
        switch content.answered {
        case .leave(let commit): return debt.epoch == epoch && debt.commit == commit && commit > 0
        case .head(let head):
            guard content.kept == 0 || debt.kind == .purge else { return false }
            guard head <= (try reading.stream(Space.slice(content.node))?.head ?? 0) else { return false }
            return debt.epoch != epoch || head >= debt.sequence
        }
    }

    /// Reports a receipt that cannot be true to the operator, once a day for each node.
    ///
    /// A receipt already counted, or too late, is no lie: replies get lost.
    private func warn(
        of receipt: PurgeReceipt,
        epoch: String,
        _ transaction: any StoreTransaction,
        now: Int64
    ) throws {
        let content = receipt.content
        guard content.epoch == epoch, content.tenure > 0, case .leave = content.answered else { return }
        let tenure = try transaction.tenure(Space.slice(content.node), key: content.appeal)
        let ended = tenure.map { $0.isOpen ? $0.tenure - 1 : $0.tenure } ?? 0
        guard content.tenure > ended else { return }
        let told = Values.receiptLie(content.node)
        if let last = try transaction.value(told), now - last < ReplicationLimits.receiptAlarm { return }
        try transaction.setValue(told, now)
        try transaction.addTray(
            TrayRecord(
                kind: .alarm,
                subject: content.node,
                text: "lie: a receipt of \(content.appeal), whose tenure \(content.tenure) has not ended",
                at: now
            )
        )
    }

    /// Receipts that a node should have sent: of departures that it has read, and of those of former epochs.
    ///
    /// A hello's reply names a page of them: what was lost with a backup, or never had a row to go, is asked for so.
    ///
    /// `read`: how far the node has read its slice, as its hello says.
    func owed(by node: String, epoch: String, read: Int64, _ reading: any StoreReading) throws -> [JSON] {
        var owed: [JSON] = []
        for kind in [DebtRecord.Kind.purge, .secondReceipt] {
            var after: Int64 = 0
            while owed.count < rules.sizes.pageRecords {
                let page = try reading.debts(
                    DebtFilter(kind: kind, node: node),
                    after: after,
                    limit: rules.sizes.chunk
                )
                for debt in page where debt.epoch != epoch || debt.sequence <= read {
                    owed.append([.string(debt.subject), .integer(debt.tenure)])
                }
                guard page.count == rules.sizes.chunk, let last = page.last else { break }
                after = last.id
            }
        }
        return Array(owed.prefix(rules.sizes.pageRecords))
    }
}

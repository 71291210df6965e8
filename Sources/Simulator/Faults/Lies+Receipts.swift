import Appeals
import CanonicalJSON
import Replication

/// Receipts under the department's own key that say what is not so: of what it never had, too early, of another
/// departure, of a former epoch, told again.
extension City {
    /// One lie; nothing may be counted for it, and the office's store may not grow by it.
    func lieOfReceipts(_ site: Site) throws {
        guard let content = try untrueReceipt(of: site) else { return }
        let receipt = try PurgeReceipt(content, signer: TwinSigner(site.name))
        let lines = 1 + fifth.below(3)
        let before = try receiptsCounted()
        let body = Array(repeating: receipt.line + [10], count: lines).reduce(into: [UInt8]()) { $0 += $1 }
        let response = try serve(WireRequest(.receipts, body: body), site)
        guard response.status == 200, let last = Lines.split(response.body).last else { return count("lie unheard") }
        count("lie untrueReceipt")
        let uncounted = SignedReply(Array(last))?.reply["uncounted"]?.integer
        let after = try receiptsCounted()
        guard uncounted == Int64(lines), after.totals == before.totals, after.tray <= before.tray + 1 else {
            throw Violation(
                invariant: "an untrue receipt is not counted",
                seen: "\(site.name): \(String(decoding: receipt.line, as: UTF8.self)), uncounted \(uncounted ?? -1) "
                    + "of \(lines), tray \(before.tray) → \(after.tray)"
            )
        }
    }

    /// What the office keeps of receipts.
    private func receiptsCounted() throws -> (totals: [DebtTotals], tray: Int) {
        try officeStore.read { reading in
            (
                try DebtRecord.Kind.allCases.map { try reading.debtTotals($0) },
                try reading.tray(kind: nil, after: 0, limit: .max).count
            )
        }
    }

    private func untrueReceipt(of site: Site) throws -> PurgeReceipt.Content? {
        try officeStore.read { reading in
            let epoch = try reading.value(Values.epoch) ?? ""
            let head = try reading.stream(Space.slice(site.name))?.head ?? 0
            let keys = try reading.rows(Space.appeals, generation: 0, after: "", limit: .max).map(\.key)
            let appeal = fifth.chance(0.1) ? nil : fifth.pick(keys)
            let tenure = try appeal.flatMap { try reading.tenure(Space.slice(site.name), key: $0) }
            let debt = try appeal.flatMap { try reading.debt(.purge, node: site.name, subject: $0) }
            var content = PurgeReceipt.Content(
                node: site.name,
                appeal: appeal ?? Self.uuid(fifth.hex(16)),
                tenure: tenure?.tenure ?? 1,
                kept: Int64(fifth.below(2)),
                at: officeNow,
                epoch: epoch,
                answered: .head(head)
            )
            // Of what is owed only another departure than that one is untrue.
            guard let debt, debt.state == .open else {
                if fifth.chance(0.5) { content.answered = .leave(commit: debt?.commit ?? 1) }
                return content
            }
            switch fifth.below(5) {
            case 0: content.answered = .leave(commit: debt.commit + 1)
            case 1: content.answered = .leave(commit: debt.commit - 1)
            case 2: content.answered = .head(head + 1)
            case 3:
                content.epoch = fifth.hex(16)
                content.answered = .leave(commit: debt.commit)
            default:
                content.tenure = debt.tenure + 1
                content.answered = .leave(commit: debt.commit)
            }
            return content
        }
    }
}

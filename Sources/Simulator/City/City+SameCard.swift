import Appeals
import CanonicalJSON
import Replication

/// A department registers an appeal whose id exists already: what waits beside the card, and what follows it, is declined by
/// the office or by its own node.
extension City {
    func registersAgain() throws {
        guard let site = fifth.pick(sites), site.sleepsUntil <= now, let id = fifth.pick(ledger.registered),
            try isUnknown(id, at: site)
        else { return }
        let number = ledger.lastToken * 100 + fifth.below(100)
        try siteDraft(site, "appeal.registered", id, "clerk", token: nil) {
            $0.body = [
                "index": .string("\(site.name.uppercased())-С-\(number)"), "registeredOn": "2026-02-03",
                "receivedAt": "2026-02-03T09:14:00+02:00", "channel": "departmentEmail", "addressee": "department",
                "kind": "application", "receiptSign": "first", "subjectType": "individual",
                "issues": [["heading": "090"]],
            ]
            $0.personal = ["text": "те саме звернення", "name": "Коваленко"]
        }
        count("registered again")
        guard fifth.chance(0.6) else { return }
        try siteDraft(site, "note.added", id, "clerk", token: nil) { $0.personal = ["text": "до нього"] }
    }

    /// Whether a node neither has an appeal nor has anything of its own about it.
    private func isUnknown(_ id: String, at site: Site) throws -> Bool {
        try site.store.read { reading in
            try site.department.view(id, reading, now: now).0 == nil && reading.stub(id) == nil
                && reading.pending(appeal: id, node: site.name, beyond: -1, limit: 1).isEmpty
        }
    }

    /// Somebody declines one that waits: it must be possible, and decides what follows it too.
    func declinesBeside() throws {
        let owed = try officeStore.read { try $0.debts(DebtFilter(kind: .decision), after: 0, limit: 50) }
        guard let debt = fifth.pick(owed), let write = WriteName(debt.subject),
            let record = try officeStore.read({ try $0.operation(write.origin, write.number) }),
            let appeal = record.appeal
        else { return }
        let body: JSONObject = ["held": .string(debt.subject), "reason": "таке звернення вже є"]
        if fifth.chance(0.3), let site = sites.first(where: { $0.name == write.origin.node }), site.sleepsUntil <= now {
            try siteDraft(site, "held.declined", appeal, "head", token: nil) { $0.body = body }
            return
        }
        let status = try officeAct("held.declined", appeal, ("iryna", "specialist"), body)
        guard status == .accepted, try !isOwed(debt.subject) else {
            throw Violation(invariant: "what waits can be decided", seen: "\(debt.subject) is \(status.rawValue)")
        }
        count("declined beside")
    }

    private func isOwed(_ write: String) throws -> Bool {
        try officeStore.read { reading in
            guard let node = WriteName(write)?.origin.node else { return false }
            return try reading.debt(.decision, node: node, subject: write)?.state == .open
        }
    }
}

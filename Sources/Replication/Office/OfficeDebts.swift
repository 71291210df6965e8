import Appeals
import CanonicalJSON

/// What people at the office still owe: decisions about work without a place on an appeal, and corrective letters.
extension Admission {
    /// Whether the node may leave one more operation that waits without a place on an appeal.
    func mayWait(_ node: String) throws -> Bool {
        try transaction.debtCount(DebtFilter(kind: .decision, node: node)) < Int64(office.rules.sizes.waitingWork)
    }

    /// The debts that recording an operation with this outcome opens or closes.
    func settleDebts(of operation: Operation, _ outcome: Outcome) throws {
        if outcome.status == .held { try oweDecision(operation) }
        guard let appeal = operation.appeal, outcome.status <= .acceptedLate else { return }
        switch operation.kind {
        case "disagreement.settled" where operation.body["choice"]?.string == Disagreements.letter:
            guard try transaction.debt(.letter, node: office.node, subject: appeal)?.state != .open else { return }
            var debt = DebtRecord(.letter, node: office.node, subject: appeal, at: now)
            debt.epoch = epoch
            debt.commit = outcome.commit
            try transaction.openDebt(debt)
        case "answer.dispatched":
            try transaction.settleDebt(.letter, node: office.node, subject: appeal, as: .paid, at: now)
        default: break
        }
    }

    /// Opens the debt of a decision about held work that has no place on an appeal.
    private func oweDecision(_ operation: Operation) throws {
        let write = operation.write
        guard let record = try transaction.operation(write.origin, write.number), record.status == .held,
            record.decision == nil,
            try transaction.debt(.decision, node: write.origin.node, subject: write.description)?.state != .open
        else { return }
        if let appeal = operation.appeal,
            try transaction.row(Space.appeals, generation: 0, key: appeal)?.aggregate()[.held, write.description] != nil
        {
            return
        }
        var debt = DebtRecord(.decision, node: write.origin.node, subject: write.description, at: now)
        debt.epoch = epoch
        debt.commit = record.commit
        try transaction.openDebt(debt)
    }

    /// Held work was decided, or no longer waits.
    func decisionCame(_ write: WriteName, as state: DebtRecord.State = .paid) throws {
        try transaction.settleDebt(.decision, node: write.origin.node, subject: write.description, as: state, at: now)
    }
}

extension MemoryTransaction {
    func debt(_ kind: DebtRecord.Kind, node: String, subject: String) throws -> DebtRecord? {
        state.debts.newest(kind, node: node, subject: subject)
    }
    func debts(_ filter: DebtFilter, after: Int64, limit: Int) throws -> [DebtRecord] {
        state.debts.page(filter, after: after, limit: limit)
    }
    func debtCount(_ filter: DebtFilter) throws -> Int64 { state.debts.count(filter) }
    func debtTotals(_ kind: DebtRecord.Kind) throws -> DebtTotals { state.debts.totals(kind) }

    func openDebt(_ debt: DebtRecord) throws -> Int64 {
        let id = change { $0.debts.open(debt) }
        undoing { $0.debts.forget(id) }
        return id
    }
    func putDebt(_ debt: DebtRecord) throws {
        guard let former = state.debts[debt.id] else { return }
        try replace(former, with: debt, state: former.state, closedAt: former.closedAt)
    }
    func closeDebt(_ debt: DebtRecord, as state: DebtRecord.State, at now: Int64) throws {
        try putDebt(debt)
        guard let former = self.state.debts[debt.id], former.state == .open else { return }
        try replace(former, with: former, state: state, closedAt: now)
    }
    private func replace(
        _ former: DebtRecord,
        with debt: DebtRecord,
        state: DebtRecord.State,
        closedAt: Int64
    ) throws {
        var debt = debt
        debt.state = state
        debt.closedAt = closedAt
        change { $0.debts.put(debt) }
        undoing { $0.debts.put(former) }
    }
}

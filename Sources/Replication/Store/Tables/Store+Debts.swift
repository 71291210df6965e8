/// What is owed, by whom and about what.
public protocol DebtReading: AnyObject {
    /// The newest debt of this kind, node and subject, open or closed.
    func debt(_ kind: DebtRecord.Kind, node: String, subject: String) throws -> DebtRecord?
    /// At most `limit` open debts with `id > after`, in the order in which they were opened.
    func debts(_ filter: DebtFilter, after: Int64, limit: Int) throws -> [DebtRecord]
    /// How many open debts a filter wants.
    func debtCount(_ filter: DebtFilter) throws -> Int64
    /// How many debts of a kind there ever were.
    func debtTotals(_ kind: DebtRecord.Kind) throws -> DebtTotals
}

/// Changes of debts.
public protocol DebtWriting: DebtReading {
    /// Opens a debt and gives it its id, rising; what was opened before of the same subject stays as it is.
    @discardableResult
    func openDebt(_ debt: DebtRecord) throws -> Int64
    /// Replaces what a debt of the same id says; whether it is open stays as it was.
    func putDebt(_ debt: DebtRecord) throws
    /// Keeps a debt as it is given, closed at a time (unix milliseconds): its row stays, with the line that paid it.
    func closeDebt(_ debt: DebtRecord, as state: DebtRecord.State, at now: Int64) throws
}

extension DebtWriting {
    /// Closes what is still open of this kind, node and subject; says whether anything was.
    @discardableResult
    public func settleDebt(
        _ kind: DebtRecord.Kind,
        node: String,
        subject: String,
        as state: DebtRecord.State,
        at now: Int64
    ) throws -> Bool {
        guard let debt = try debt(kind, node: node, subject: subject), debt.state == .open else { return false }
        try closeDebt(debt, as: state, at: now)
        return true
    }
}

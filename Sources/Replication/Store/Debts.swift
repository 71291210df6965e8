/// What is owed, by whom and about what: a row that stays open until it is paid or nobody owes it any more.
public struct DebtRecord: Sendable, Equatable {
    /// What is owed; one table for all of them.
    public enum Kind: String, CaseIterable, Sendable {
        /// Office: a node owes the receipt that what left it is gone from its disk.
        case purge
        /// Department: the receipt that it owes for such a departure, signed once nothing is left.
        case receipt
        /// Either: the second receipt, once own work that stayed is durable and gone.
        case secondReceipt
        /// Office: a decision about work that waits and has no place on an appeal; `node` is the author's.
        case decision
        /// Office: the corrective letter that a settlement ordered.
        case letter
        /// Office: an invitation that is not used yet, and has to be one day, or withdrawn.
        case withdrawal
        /// Office: the second half of a revocation: somebody's word that the copy on that machine is gone; `subject` is its key.
        case revocation
    }

    /// Whether it is owed, and why no more.
    public enum State: String, Sendable {
        case open
        /// What was owed came.
        case paid
        /// Nobody owes it any more: the appeal came back, or was erased.
        case dropped
    }

    /// Given by the store, rising.
    public var id: Int64 = 0
    public var kind: Kind
    /// The node that owes it.
    public var node: String
    /// An appeal, a write, an invitation.
    public var subject: String
    /// The tenure that ended; 0 where none did.
    public var tenure: Int64 = 0
    /// What it answers: the epoch, and the commit and the number of the entry that opened it; or where it was asked for.
    public var epoch = ""
    public var commit: Int64 = 0
    public var sequence: Int64 = 0
    /// Own operations that stayed, as the receipt says.
    public var kept: Int64 = 0
    /// The signed line that pays it; empty until there is one.
    public var bytes: [UInt8] = []
    public var openedAt: Int64
    /// 0 while it is open.
    public var closedAt: Int64 = 0
    public var state = State.open

    public init(_ kind: Kind, node: String, subject: String, at: Int64) {
        self.kind = kind
        self.node = node
        self.subject = subject
        openedAt = at
    }
}

/// Which open debts are wanted; nil means any.
public struct DebtFilter: Sendable, Equatable {
    public var kind: DebtRecord.Kind?
    public var node: String?
    /// Whether the line that pays it is signed.
    public var isSigned: Bool?
    /// Opened at this time (ms) or before.
    public var openedUpTo: Int64?

    public init(
        kind: DebtRecord.Kind? = nil,
        node: String? = nil,
        isSigned: Bool? = nil,
        openedUpTo: Int64? = nil
    ) {
        self.kind = kind
        self.node = node
        self.isSigned = isSigned
        self.openedUpTo = openedUpTo
    }

    func fits(_ debt: DebtRecord) -> Bool {
        debt.state == .open && kind.map { $0 == debt.kind } ?? true && node.map { $0 == debt.node } ?? true
            && isSigned.map { $0 == !debt.bytes.isEmpty } ?? true && openedUpTo.map { debt.openedAt <= $0 } ?? true
    }
}

/// How many debts of a kind there ever were: what was opened is closed or still open.
public struct DebtTotals: Sendable, Equatable {
    public var opened: Int64
    public var closed: Int64
    public var open: Int64

    public init(opened: Int64, closed: Int64, open: Int64) {
        self.opened = opened
        self.closed = closed
        self.open = open
    }
}

extension StoreTransaction {
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

/// The table of debts of a store in memory.
struct MemoryDebts {
    private struct Key: Hashable {
        let kind: DebtRecord.Kind
        let node: String
        let subject: String
    }
    private var records: [Int64: DebtRecord] = [:]
    private var bySubject: [Key: [Int64]] = [:]
    private var opened: [DebtRecord.Kind: Int64] = [:]
    private var closed: [DebtRecord.Kind: Int64] = [:]
    private var openIDs: [Int64] = []
    private var last: Int64 = 0

    private func key(_ debt: DebtRecord) -> Key { Key(kind: debt.kind, node: debt.node, subject: debt.subject) }

    func newest(_ kind: DebtRecord.Kind, node: String, subject: String) -> DebtRecord? {
        bySubject[Key(kind: kind, node: node, subject: subject)]?.last.flatMap { records[$0] }
    }

    func page(_ filter: DebtFilter, after: Int64, limit: Int) -> [DebtRecord] {
        Array(openIDs.lazy.filter { $0 > after }.compactMap { records[$0] }.filter(filter.fits).prefix(limit))
    }

    func count(_ filter: DebtFilter) -> Int64 { Int64(page(filter, after: 0, limit: .max).count) }

    func totals(_ kind: DebtRecord.Kind) -> DebtTotals {
        DebtTotals(
            opened: opened[kind] ?? 0,
            closed: closed[kind] ?? 0,
            open: count(DebtFilter(kind: kind))
        )
    }

    mutating func open(_ debt: DebtRecord) -> Int64 {
        last += 1
        var debt = debt
        debt.id = last
        debt.state = .open
        debt.closedAt = 0
        records[last] = debt
        bySubject[key(debt), default: []].append(last)
        openIDs.append(last)
        opened[debt.kind, default: 0] += 1
        return last
    }

    /// How the last `open` is taken back.
    mutating func forget(_ id: Int64) {
        guard let debt = records.removeValue(forKey: id) else { return }
        bySubject[key(debt)]?.removeAll { $0 == id }
        openIDs.removeAll { $0 == id }
        opened[debt.kind, default: 0] -= 1
        last -= 1
    }

    subscript(_ id: Int64) -> DebtRecord? { records[id] }

    /// Replaces a record of the same id, open or closed.
    mutating func put(_ debt: DebtRecord) {
        guard let former = records[debt.id] else { return }
        records[debt.id] = debt
        switch (former.state == .open, debt.state == .open) {
        case (true, false):
            openIDs.removeAll { $0 == debt.id }
            closed[debt.kind, default: 0] += 1
        case (false, true):
            openIDs.append(debt.id)
            openIDs.sort()
            closed[debt.kind, default: 0] -= 1
        default: break
        }
    }
}

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

/// What is owed, by whom and about what: a row that stays open until it is paid or dropped.
///
/// Invariants: a closed row is never opened again, and `closedAt` is 0 exactly while it is open.
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

    /// Whether it is still owed, and if not, why.
    public enum State: String, Sendable {
        case open
        /// What was owed came.
        case paid
        /// Dropped without payment: the appeal came back, or was erased.
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

    /// A debt, open since `at` (unix ms); the store gives it its number.
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

    /// What is nil does not narrow; `openedUpTo` is in unix ms.
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

    /// As the ledger counts them; `opened` is `closed + open` if nothing was lost.
    public init(opened: Int64, closed: Int64, open: Int64) {
        self.opened = opened
        self.closed = closed
        self.open = open
    }
}

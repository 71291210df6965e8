public import Appeals
import CanonicalJSON

/// An operation as stored in the log: the bytes as received, and its outcome.
public struct OperationRecord: Sendable, Equatable {
    public var origin: Origin
    public var number: Int64
    /// 64 hexadecimal digits.
    public var id: String
    public var appeal: String?
    public var kind: String
    /// The line as received, without line feed; empty once erased.
    public var bytes: [UInt8] { didSet { read = nil } }
    /// What `bytes` say, where they were just made of it or read: a log in memory need not be read again.
    private var read: ReadOperation?
    /// The canonical outcome line; nil while undecided (on a department's node).
    public var outcome: [UInt8]?
    /// The outcome's status, nil while undecided; `held` without an outcome if the decision came first.
    public var status: OutcomeStatus?
    public var commit: Int64
    /// Office: receive time, department: authoring time; unix milliseconds.
    public var at: Int64
    /// What became of it beside its outcome; nil while nothing has.
    public var decision: Decision?
    /// The command that it became: of the operations of one log at most one has it.
    public var command: String?

    /// Issued again under another name, or in quarantine: the office will never have it under this one.
    public var isReplaced: Bool { decision == .reissued || decision == .quarantined }

    /// An operation as a store keeps it; `bytes` are empty if its words were destroyed.
    public init(
        origin: Origin,
        number: Int64,
        id: String,
        appeal: String?,
        kind: String,
        bytes: [UInt8],
        outcome: [UInt8]?,
        status: OutcomeStatus?,
        commit: Int64,
        at: Int64,
        decision: Decision? = nil
    ) {
        self.origin = origin
        self.number = number
        self.id = id
        self.appeal = appeal
        self.kind = kind
        self.bytes = bytes
        self.outcome = outcome
        self.status = status
        self.commit = commit
        self.at = at
        self.decision = decision
    }

    /// An operation as it goes into a log, decided or not; of an erased one no content is left.
    package init(_ signed: SignedOperation, outcome: Outcome? = nil, at: Int64) {
        let operation = signed.operation
        self.init(
            origin: operation.origin,
            number: operation.number,
            id: signed.id,
            appeal: operation.appeal,
            kind: operation.kind,
            bytes: outcome?.status == .erased ? signed.stripped : signed.bytes,
            outcome: outcome?.json.canonicalBytes(),
            status: outcome?.status,
            commit: outcome?.commit ?? 0,
            at: at
        )
        command = outcome?.reason == .commandUsed ? nil : operation.command
        if outcome?.status != .erased { read = ReadOperation(signed) }
    }

    /// The operation that `bytes` are.
    package func signed() throws -> SignedOperation { try read?.signed ?? SignedOperation(stored: bytes) }

    /// Equal as stored; what was read of the bytes does not count.
    public static func == (a: OperationRecord, b: OperationRecord) -> Bool {
        a.origin == b.origin && a.number == b.number && a.id == b.id && a.appeal == b.appeal && a.kind == b.kind
            && a.bytes == b.bytes && a.outcome == b.outcome && a.status == b.status && a.commit == b.commit
            && a.at == b.at && a.decision == b.decision && a.command == b.command
    }
}

/// An operation as it was read, shared by the copies of its record.
private final class ReadOperation: Sendable {
    let signed: SignedOperation
    init(_ signed: SignedOperation) { self.signed = signed }
}

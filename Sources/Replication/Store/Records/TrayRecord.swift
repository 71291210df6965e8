public import Appeals
import CanonicalJSON
public import Cryptography

/// An operation as it lies in the log: the bytes as received, and what became of it.
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

/// What a node knows of one origin's log.
public struct OriginRecord: Sendable, Equatable {
    /// Whether the log goes on, has ended, or waits for a person.
    public enum State: String, Sendable { case open, closed, frozen }
    public var origin: Origin
    /// The public key that signs it, SubjectPublicKeyInfo DER.
    public var key: [UInt8]
    /// The last number of the log that is here, 0 if none.
    public var last: Int64
    public var lastID: String
    public var state: State
    /// Hash of the last signed outcome page of this origin (hex), empty at first.
    public var chain: String
    /// The highest positions in `seen` so far.
    public var seen: Seen
    /// All operations up to this number are durable: in a verified backup on another device, or a second replica.
    public var durable: Int64
    /// The last number with an outcome (author's node).
    public var acknowledged: Int64
    /// Office: the end that the author named, after a restore, of this closed log, which is taken up to there; else 0.
    public var end: Int64

    /// An open, empty log; `key` is a SubjectPublicKeyInfo (DER).
    public init(origin: Origin, key: [UInt8]) {
        self.origin = origin
        self.key = key
        last = 0
        lastID = ""
        state = .open
        chain = ""
        seen = Seen(epoch: "", slice: 0, reference: 0)
        durable = 0
        acknowledged = 0
        end = 0
    }
}

/// One row of a space: the confirmed state of an appeal (or entry) and the columns that lists need.
public struct Row: Sendable, Equatable {
    public var key: String
    /// Canonical bytes of the aggregate.
    public var bytes: [UInt8] { didSet { read = nil } }
    /// What `bytes` say, where they were just made of it: a store in memory need not read them again.
    var read: Appeals.Aggregate?
    /// SHA-256 of `bytes`.
    public var digest: SHA256Digest
    public var commit: Int64
    /// The tenure of the row's stream (reader); 0 at the office.
    public var tenure: Int64
    public var columns: RowColumns
    /// Reader: the office's seal on exactly these bytes, offered with them after a restore; empty elsewhere.
    public var seal = ""

    /// A row as a store keeps it: `digest` is that of `bytes`, `columns` are read from them.
    public init(key: String, bytes: [UInt8], digest: SHA256Digest, commit: Int64, tenure: Int64, columns: RowColumns) {
        self.key = key
        self.bytes = bytes
        self.digest = digest
        self.commit = commit
        self.tenure = tenure
        self.columns = columns
    }

    /// Equal as stored; what was read of the bytes does not count.
    public static func == (a: Row, b: Row) -> Bool {
        a.key == b.key && a.bytes == b.bytes && a.digest == b.digest && a.commit == b.commit && a.tenure == b.tenure
            && a.columns == b.columns && a.seal == b.seal
    }
}

/// What lists sort and filter by; empty strings where an entry has no such thing.
public struct RowColumns: Sendable, Equatable {
    /// The registration index.
    public var index = ""
    /// `YYYY-MM-DD` or empty.
    public var registeredOn = ""
    /// The statutory due date, or empty.
    public var due = ""
    /// registered, assigned, answered, done, removed (derived).
    public var state = ""
    /// The department of the main executor.
    public var main = ""
    /// Whether a case is open.
    public var isDisputed = false
    /// The persons complained against, to whom the appeal is not there, in order.
    public var barred: [String] = []

    /// Of a row of which nothing is read yet.
    public init() {}
}

/// A stream's head, at its publisher or as its reader has it.
public struct StreamRecord: Sendable, Equatable {
    public var name: String
    public var epoch: String
    public var head: Int64
    public var mark: String
    /// Sum of the rows' digests mod 2^256, and their count.
    public var digest: SHA256Digest
    public var rows: Int64
    /// Publisher: entries at or below are gone; a reader below gets a snapshot.
    public var floor: Int64
    /// Reader: the generation of rows that is visible.
    public var generation: Int64
    /// Reader: all commits up to this one are visible in this stream.
    public var commit: Int64

    /// A stream without entries, at 0 and without a mark.
    public init(name: String, epoch: String) {
        self.name = name
        self.epoch = epoch
        head = 0
        mark = ""
        digest = .zero
        rows = 0
        floor = 0
        generation = 0
        commit = 0
    }
}

/// An entry of a stream, as stored: what changed, not its values; projection happens at reading.
public struct EntryRecord: Sendable, Equatable {
    /// `none` is a number whose entry was compacted away: only its mark is left.
    public enum Kind: String, Sendable { case enter, put, leave, erase, outcome, none }
    public var sequence: Int64
    public var kind: Kind
    public var key: String
    public var tenure: Int64
    public var commit: Int64
    /// First 16 hex digits of SHA-256(former mark, commit, key).
    public var mark: String
    /// Names of the items that changed, for `put`; the stub's bytes for `leave` are made at reading.
    public var changed: [ItemName]

    /// An entry of a stream, at the position `sequence`, after which its reader stands with `mark`.
    public init(
        sequence: Int64,
        kind: Kind,
        key: String,
        tenure: Int64,
        commit: Int64,
        mark: String,
        changed: [ItemName]
    ) {
        self.sequence = sequence
        self.kind = kind
        self.key = key
        self.tenure = tenure
        self.commit = commit
        self.mark = mark
        self.changed = changed
    }
}

/// A department's stay with an appeal in one role, at the publisher.
public struct TenureRecord: Sendable, Equatable {
    public var stream: String
    public var key: String
    /// Counted per appeal and stream, from 1.
    public var tenure: Int64
    /// The text of the view (role and issues); empty in streams without projection.
    public var view: String
    public var isOpen: Bool
    /// The sequence of its `enter`.
    public var opened: Int64
    /// Digest of the projected row, while open.
    public var digest: SHA256Digest
    /// The last day of its grounds, `YYYY-MM-DD`; empty while no day is set.
    public var ends: String
    /// The version of the projection of which the digest is.
    public var projection: Int64

    /// A tenure: `view` says in which capacity the department sees the appeal, `ends` the day on which it closes by
    /// itself.
    public init(
        stream: String,
        key: String,
        tenure: Int64,
        view: String,
        isOpen: Bool,
        opened: Int64,
        digest: SHA256Digest,
        ends: String = "",
        projection: Int64 = 0
    ) {
        self.stream = stream
        self.key = key
        self.tenure = tenure
        self.view = view
        self.isOpen = isOpen
        self.opened = opened
        self.digest = digest
        self.ends = ends
        self.projection = projection
    }
}

/// A node on the office's allow-list.
public struct NodeRecord: Sendable, Equatable {
    /// Whether the key is let in.
    public enum State: String, Sendable {
        case active, revoked, frozen
        /// The office was restored, and nobody has said yet whether the key is still meant to be let in.
        case unconfirmed
    }
    public var node: String
    /// SHA-256 of its key's SubjectPublicKeyInfo, hex.
    public var key: String
    public var state: State
    /// The session token it was last given, and the one before until the new one has been used.
    public var token: String
    public var formerToken: String
    /// Unix milliseconds of its last contact; 0 if never.
    public var contact: Int64

    /// A node on the allow-list that has not said anything yet; `key` is the SHA-256 of its public key, in hexadecimal.
    public init(node: String, key: String) {
        self.node = node
        self.key = key
        state = .active
        token = ""
        formerToken = ""
        contact = 0
    }
}

/// How far one node has read one stream, at the publisher.
public struct ReaderRecord: Sendable, Equatable {
    public var node: String
    public var stream: String
    /// Everything up to here is confirmed.
    public var sequence: Int64
    public var at: Int64
    /// A snapshot under way pins the compaction floor here, since `pinnedAt`; -1 if none.
    public var pin: Int64
    public var pinnedAt: Int64

    /// How far a node has read a stream; `pin` is where its unfinished snapshot began, -1 without one.
    public init(node: String, stream: String, sequence: Int64, at: Int64, pin: Int64 = -1, pinnedAt: Int64 = 0) {
        self.node = node
        self.stream = stream
        self.sequence = sequence
        self.at = at
        self.pin = pin
        self.pinnedAt = pinnedAt
    }
}

/// What is left of an appeal that went: index, dates, own result; nothing personal.
///
/// Neither slice nor digest.
public struct StubRecord: Sendable, Equatable {
    public var appeal: String
    public var bytes: [UInt8]
    public var at: Int64
    /// Own operations whose content is kept until they have an outcome and are durable.
    public var kept: Int64

    /// A stub; `at` is when the appeal left (unix ms), `kept` how many own operations still hold content.
    public init(appeal: String, bytes: [UInt8], at: Int64, kept: Int64) {
        self.appeal = appeal
        self.bytes = bytes
        self.at = at
        self.kept = kept
    }
}

/// An appeal that was erased, with the office's seal on that as its reader keeps it.
public struct ErasureRecord: Sendable, Equatable {
    public var appeal: String
    public var seal: String

    /// An erasure; `seal` is empty if it came without one.
    public init(appeal: String, seal: String) {
        self.appeal = appeal
        self.seal = seal
    }
}

/// Something that a person must look at: quarantined lines, clashes of a recovery, alarms, unexplained repairs.
public struct TrayRecord: Sendable, Equatable {
    public var id: Int64
    public var kind: TrayKind
    /// What it is about: a write, an appeal, a node.
    public var subject: String
    public var text: String
    public var bytes: [UInt8]
    public var at: Int64

    /// An item of the tray; the store gives it its number.
    public init(id: Int64 = 0, kind: TrayKind, subject: String, text: String, bytes: [UInt8] = [], at: Int64) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.text = text
        self.bytes = bytes
        self.at = at
    }

    /// Words of a `recovery` row that the office has not sealed, and of the alarm that there were too many.
    public static let unsealed = "without this office's seal"
    public static let flood = "recovery flood"
    /// Words of an alarm that asks the operator to decide about an appeal that is suspended.
    public static let undecidedErasure = "erasure told without this office's seal"
    /// Words of an alarm that a node claims what it cannot show.
    public static let withoutEvidence = "without evidence"
    /// Whether this is a row that a department offered without a fitting seal; its bytes are the row.
    public var isUnsealed: Bool { kind == .recovery && text.contains(Self.unsealed) && !bytes.isEmpty }
}

public import Appeals

/// Operations of all logs with what became of them, by origin and number.
public protocol OperationReading: AnyObject {
    /// The operation with this number of a log.
    func operation(_ origin: Origin, _ number: Int64) throws -> OperationRecord?
    /// At most `limit` operations of a log with `number > after`, in order.
    func operations(_ origin: Origin, after: Int64, limit: Int) throws -> [OperationRecord]
    /// The operation that a command became in this log.
    func operation(command: String, of origin: Origin) throws -> OperationRecord?
    /// At most `limit` operations on an appeal, in order of commit, then origin and number, behind `after` or from the first.
    func operations(appeal: String, after: OperationPlace?, limit: Int) throws -> [OperationRecord]
    /// At most `limit` operations that are about no appeal, the latest first: by commit, then origin and number, before a place or from the last.
    func operationsOfNoAppeal(before: OperationPlace?, limit: Int) throws -> [OperationRecord]
    /// At most `limit` operations with this status and no decision yet, of one origin's node or of all, in order of
    /// origin and number, behind a write or from the first.
    func operations(status: OutcomeStatus, node: String?, after: WriteName?, limit: Int) throws -> [OperationRecord]
    /// At most `limit` own operations that are undecided or whose commit is beyond `commit` and that are about this
    /// appeal (overlay), in order of authoring: time (ms), origin, number; behind `after` or from the first.
    func pending(
        appeal: String,
        node: String,
        beyond commit: Int64,
        after: PendingPlace?,
        limit: Int
    ) throws -> [OperationRecord]
    /// At most `limit` appeals that have such operations, with `key > after`, in the order of keys.
    func pendingAppeals(node: String, beyond commit: Int64, after: String, limit: Int) throws -> [String]
}

/// Changes of operations.
public protocol OperationWriting: OperationReading {
    /// Puts an operation in the place of the one with its origin and number, or anew.
    ///
    /// Throws `.other` if another operation of the log has the same command.
    func putOperation(_ operation: OperationRecord) throws
    /// Records the outcome of the operation that has this number *and* this id; false if there is none.
    ///
    /// One of a later commit stays: what was held may have been decided while a reply was under way.
    func setOutcome(_ outcome: Outcome, as line: [UInt8]) throws -> Bool
}

/// Where an operation stands among those on its appeal.
public struct OperationPlace: Sendable, Equatable {
    /// The commit of its outcome; 0 while it has none.
    public let commit: Int64
    /// Tells operations of one commit apart.
    public let write: WriteName

    /// The place of this record, after which a list goes on.
    public init(_ record: OperationRecord) {
        commit = record.commit
        write = WriteName(origin: record.origin, number: record.number)
    }

    /// A place whose parts are known.
    package init(commit: Int64, write: WriteName) {
        self.commit = commit
        self.write = write
    }
}

/// Where an own operation stands among those of its appeal that wait.
public struct PendingPlace: Sendable, Equatable {
    /// Unix milliseconds of its authoring.
    public let at: Int64
    /// Tells operations of one millisecond apart.
    public let write: WriteName

    /// The place of this record, after which a list goes on.
    public init(_ record: OperationRecord) {
        at = record.at
        write = WriteName(origin: record.origin, number: record.number)
    }
}

extension OperationReading {
    /// The first of them.
    public func operations(status: OutcomeStatus, node: String?, limit: Int) throws -> [OperationRecord] {
        try operations(status: status, node: node, after: nil, limit: limit)
    }

    /// The first of them.
    public func operations(appeal: String, limit: Int) throws -> [OperationRecord] {
        try operations(appeal: appeal, after: nil, limit: limit)
    }

    /// The first of them.
    public func pending(appeal: String, node: String, beyond commit: Int64, limit: Int) throws -> [OperationRecord] {
        try pending(appeal: appeal, node: node, beyond: commit, after: nil, limit: limit)
    }
}

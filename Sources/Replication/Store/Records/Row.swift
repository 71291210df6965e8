import Appeals
public import Cryptography

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
    /// The index that it was registered under, where the office gave it another one; empty elsewhere.
    public var formerIndex = ""
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
    /// The earliest day on which something about it is due, `YYYY-MM-DD` or empty.
    public var term = ""
    /// What is to be done about it, in order: `WorkToken` as text.
    public var work: [String] = []
    /// Changes with whatever of the row is searched (`SearchedText`, `soughtMarks`); 0 of what nobody searches.
    public var sought: Int64 = 0

    /// Of a row of which nothing is read yet.
    public init() {}
}

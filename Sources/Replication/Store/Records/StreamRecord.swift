public import Appeals
public import Cryptography

/// A stream's head, at its publisher or as its reader has it.
///
/// Invariants: no number is below 0, `floor <= head`, `mark` is empty exactly if `head` is 0, and a stream without rows
/// has the digest zero. Rows, count, digest, head and mark change in one transaction. `problem` says which is broken.
public struct StreamRecord: Sendable, Equatable {
    public var name: String
    public var epoch: String
    /// The sequence of the last entry, published or applied; 0 before the first.
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

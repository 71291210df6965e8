public import Appeals

/// What a node knows of one origin's log.
///
/// Invariants: `0 <= durable <= last`, `0 <= acknowledged <= last`, and `lastID` is empty exactly if `last` is 0.
/// `problem` says which is broken; the simulator asks after every step.
public struct OriginRecord: Sendable, Equatable {
    /// Whether the log continues, has ended, or waits for a person.
    public enum State: String, Sendable { case open, closed, frozen }
    public var origin: Origin
    /// The public key that signs it, SubjectPublicKeyInfo DER.
    public var key: [UInt8]
    /// The last number of the log that is here, 0 if none.
    public var last: Int64
    /// The id of that operation; empty exactly if there is none.
    public var lastID: String
    /// Never leaves `closed` or `frozen` for `open`: a log that ended goes on under another incarnation.
    public var state: State
    /// Hash of the last signed outcome page of this origin (hex), empty at first.
    public var chain: String
    /// The highest positions in `seen` so far.
    public var seen: Seen
    /// All operations up to this number are durable: in a verified backup on another device, or a second replica.
    ///
    /// Never falls, and never exceeds `last`.
    public var durable: Int64
    /// The last number with an outcome (author's node); never exceeds `last`, and falls only where a closed log ends.
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

/// What a node keeps for the people who work at it and never sends: an account, a session, a draft.
///
/// None of it is replicated, and none of it is evidence: what was done stands in operations.
public struct LocalRecord: Sendable, Equatable {
    /// What it is; one table for all of them.
    ///
    /// Keys are the owner's id and a slash where one person has several.
    public enum Space: String, CaseIterable, Sendable {
        /// A person's secrets at this node, by the person's id.
        case account
        /// A code for one use, by its hash: the first run, an invitation, a new start.
        case code
        /// Somebody signed in, by the hash of the session's secret.
        case session
        /// A key for a program, by the hash of its secret.
        case token
        /// Words that somebody has typed and not sent: `PERSON/PAGE`.
        case draft
        /// An act that is filled and begins when its time is up, unless its author takes it back: `PERSON/UUID`.
        case delayed
        /// What was asked under a key that a program gave, so that a repetition is answered alike: `PERSON/UUID`.
        case asked
        /// Up to where a person has seen a card: `PERSON/APPEAL`.
        case seen
        /// What happened to people's access, by time.
        case audit
        /// Wrong guesses about a name, or from an address: `user/HASH`, `address/HASH`.
        case guesses
        /// A list with filters that a person has given a name: `PERSON/UUID`.
        case view
        /// A register of another system that is imported: `job/UUID`, its file by `part/UUID/NUMBER`, rows that were not taken by
        /// `row/UUID/NUMBER`, and by `card/UUID/NUMBER` which appeals were made of it.
        case register
        /// What the office knew of the city at a full hour, by the hour since 1970 in eight digits.
        case hour

        /// Whether it is over when its time is: a delayed act begins then.
        public var endsWithItsTime: Bool { self != .delayed }
    }

    public var space: Space
    public var key: String
    /// The appeals whose content it holds, by their ids: it goes with the first of them that goes.
    public var appeals: [String]
    /// Unix milliseconds from which on it may be deleted; 0: it is kept.
    public var until: Int64
    public var bytes: [UInt8]

    /// A record of a space under a key of at most 512 bytes, of at most a hundred appeals; `until` in unix milliseconds.
    public init(_ space: Space, _ key: String, appeals: [String] = [], until: Int64 = 0, bytes: [UInt8]) {
        self.space = space
        self.key = key
        self.appeals = appeals
        self.until = until
        self.bytes = bytes
    }
}

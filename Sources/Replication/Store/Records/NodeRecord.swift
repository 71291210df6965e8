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

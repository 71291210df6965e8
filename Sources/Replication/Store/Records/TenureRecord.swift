public import Cryptography

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

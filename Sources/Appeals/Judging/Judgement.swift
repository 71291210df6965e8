import CanonicalJSON

/// The result of judging one operation.
public struct Judgement: Sendable {
    /// What the author is told.
    public var outcome: Outcome
    /// The aggregate as it is to be stored; nil if nothing of it changes.
    public var aggregate: Aggregate?
    /// What changed in it, in canonical order.
    public var changed: [ItemName] = []
    /// Held work that this operation decided: the write, and whether it was adopted.
    public var decisions: [HeldDecision] = []
    /// The appeal is to be erased.
    public var erases = false
    /// Whether it counts as a lie: an honest node does not send this.
    public var isLie = false
}

/// The decision of a held operation, as its author's `node:` stream tells it.
public struct HeldDecision: Sendable, Equatable {
    /// The held operation.
    public let write: String
    /// Whether it came into force.
    public let adopted: Bool
    /// In the settler's words.
    public let reason: String
}

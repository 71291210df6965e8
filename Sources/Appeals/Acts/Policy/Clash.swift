/// What a clash does: two writes of one register of which neither author had seen the other (DESIGN.md "Policy").
public enum Clash: String, Sendable {
    /// The later commit is in force.
    case officeOrder
    /// The controller's value is in force, whoever is later.
    case controller
    /// The value in force stays.
    case firstWins
    /// The value in force stays, the other is shown beside it until somebody entitled settles.
    case keepBoth
    /// Sets: one entity an element; adding makes it.
    case addWins
}

/// What happens to work that arrives after its author's ground has ended.
public enum Late: String, Sendable, Comparable {
    case accept, hold, refuse
    private var rank: Int { self == .accept ? 0 : self == .hold ? 1 : 2 }
    /// From mild to strict.
    public static func < (a: Late, b: Late) -> Bool { a.rank < b.rank }
}

/// The capacity in which somebody acts on an appeal.
public enum Party: String, Sendable, CaseIterable, Comparable {
    /// The central office.
    case office
    /// The decider: the office, or the head of the home department if the appeal was addressed to it (R2).
    case controller
    /// The department that registered the appeal.
    case home
    /// The main executor, a co-executor, a department told for information.
    case main, co, inform

    /// Roles order home > main > co > inform.
    var strength: Int {
        switch self {
        case .office, .controller: 5
        case .home: 4
        case .main: 3
        case .co: 2
        case .inform: 1
        }
    }

    /// The weaker is the smaller: of several grounds the greatest is the role.
    public static func < (a: Party, b: Party) -> Bool { a.strength < b.strength }
    public func hash(into hasher: inout Hasher) {
        // Not the text: sets of parties are asked at every effect.
        hasher.combine(self == .controller ? 0 : strength)
    }
}

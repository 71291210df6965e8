import Replication

/// What became of each clause.
package struct Findings: Sendable {
    /// What became of one.
    package enum State: String, Sendable { case passed, failed, notSeen }

    /// Seen to be kept at least once; one finding weighs more.
    private var passed: Set<Clause> = []
    /// The first finding of each clause that failed.
    private var found: [Clause: String] = [:]
    /// Clauses in the order in which they failed.
    private(set) var order: [Clause] = []

    /// Clauses about what cannot be done with this node.
    private var excused: Set<Clause> = []

    /// These need not be seen: the node cannot do the step that shows them.
    mutating func excuse(_ clauses: Set<Clause>) { excused.formUnion(clauses) }

    /// Whether all that must be is needs this clause.
    package func isNeeded(_ clause: Clause) -> Bool { clause.isMust && !excused.contains(clause) }

    /// It was looked at, and held.
    mutating func pass(_ clause: Clause) { passed.insert(clause) }

    /// It was broken; the first finding is kept.
    mutating func fail(_ clause: Clause, _ what: String) {
        guard found[clause] == nil else { return }
        found[clause] = what
        order.append(clause)
    }

    /// One look at a clause; it is kept only if every look finds it so.
    mutating func check(_ clause: Clause, _ holds: Bool, _ what: @autoclosure () -> String) {
        if holds { pass(clause) } else { fail(clause, what()) }
    }

    /// One finding outweighs any number of looks at which the clause held.
    package func state(_ clause: Clause) -> State {
        if found[clause] != nil { return .failed }
        return passed.contains(clause) ? .passed : .notSeen
    }

    /// How the clause was first broken, in words; nil if it was not.
    package func finding(_ clause: Clause) -> String? { found[clause] }

    /// How many clauses came to this, needed or not.
    package func count(_ state: State) -> Int { Clause.allCases.filter { self.state($0) == state }.count }

    /// Whether all that must be is.
    package var isConforming: Bool {
        Clause.allCases.allSatisfy { state($0) == .passed || state($0) == .notSeen && !isNeeded($0) }
    }
}

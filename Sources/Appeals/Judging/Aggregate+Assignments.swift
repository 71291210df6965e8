import CanonicalJSON

/// The assignments of an appeal and where they stand.
extension Aggregate {
    /// The state of an assignment; nil if there is no such assignment.
    package func state(of assignment: String) -> AssignmentState? {
        register("state@" + assignment)?.string.flatMap(AssignmentState.init)
    }

    /// Whether an assignment is there and was not taken away.
    package func isGround(_ assignment: String) -> Bool { state(of: assignment)?.isGround == true }

    /// The main executors' assignments that were not taken away; more than one at most while something is decided (I9).
    var openMains: [String] {
        entities(with: "role", being: "main").filter(isGround)
    }
}

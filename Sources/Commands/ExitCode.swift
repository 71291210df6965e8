/// What a command's process ends with; a code that is not listed here must be taken for a failure.
package enum ExitCode: Int32, Sendable, CaseIterable {
    case ok = 0
    case failed = 1
    case usage = 2
    /// Finished, with some items skipped or rejected.
    case skipped = 3
    case configuration = 4
    case notFound = 5
    case permission = 6
    case notInitialised = 10
    case locked = 11
    case wrongKey = 12
    case wrongVersion = 13
    /// What was done waits for a decision, or decisions are open.
    case conflictsWaiting = 20
    case lagOverLimit = 21
    case unreachable = 22
    case quarantineNotEmpty = 23
    case integrity = 30
    case timeout = 124
    case interrupted = 130

    /// The name that machines read beside the number.
    package var name: String { String(describing: self) }
}

import Testing

/// A breach of a rule of the house: where it is, what it is, and how to mend it.
struct Violation: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let found: String
    let remedy: String

    init(_ path: String, _ line: Int, _ found: String, remedy: String) {
        self.path = path
        self.line = line
        self.found = found
        self.remedy = remedy
    }

    /// Of a whole file.
    init(_ path: String, _ found: String, remedy: String) { self.init(path, 1, found, remedy: remedy) }

    var description: String { "\(path):\(line): \(found). \(remedy)." }
}

/// Expects that a rule is kept; if not, every breach is a line of the failure.
func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
    guard !violations.isEmpty else { return }
    let list = violations.map { "\n" + $0.description }.joined()
    Issue.record("\(violations.count) to mend:\(list)", sourceLocation: sourceLocation)
}

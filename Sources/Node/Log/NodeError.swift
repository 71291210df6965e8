public import Appeals

/// Why a node cannot do what it was asked: what was being done, what was found, what to do, and the exit code.
public struct NodeError: Error, Equatable, Sendable, CustomStringConvertible {
    public let code: ExitCode
    public let doing: Label
    public let found: Label
    public let remedy: Label

    public init(_ code: ExitCode, doing: Label, found: Label, remedy: Label) {
        self.code = code
        self.doing = doing
        self.found = found
        self.remedy = remedy
    }

    /// For the log, which is English.
    public var description: String { "\(doing.en): \(found.en). \(remedy.en)" }

    /// What was being done and what was found.
    public var message: Label { doing + Label(": ") + found }
}

/// Why a node cannot do what it was asked: what was being done, what was found, what to do, and the exit code.
public struct NodeError: Error, Equatable, Sendable, CustomStringConvertible {
    public let code: ExitCode
    public let doing: String
    public let found: String
    public let remedy: String

    public init(_ code: ExitCode, doing: String, found: String, remedy: String) {
        self.code = code
        self.doing = doing
        self.found = found
        self.remedy = remedy
    }

    public var description: String { "\(doing): \(found). \(remedy)" }
}

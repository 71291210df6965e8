/// Why a mapping was refused, or does not fit its source: where, what was found, what to do.
public struct MappingRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let found: String
    public let remedy: String

    public init(path: String, found: String, remedy: String) {
        self.path = path
        self.found = found
        self.remedy = remedy
    }

    public var description: String { "mapping: \(path): found \(found); \(remedy)" }
}

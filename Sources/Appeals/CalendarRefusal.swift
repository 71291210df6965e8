/// Why calendar data was refused: where, what was found there, what to do.
public struct CalendarRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let found: String
    public let remedy: String

    public init(path: String, found: String, remedy: String) {
        self.path = path
        self.found = found
        self.remedy = remedy
    }

    public var description: String { "calendar: \(path): found \(found); \(remedy)" }
}

/// Why calendar data was refused: where, what was found there, what to do.
public struct CalendarRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let found: Label
    public let remedy: Label

    public init(path: String, found: Label, remedy: Label) {
        self.path = path
        self.found = found
        self.remedy = remedy
    }

    public var description: String { label.en }

    public var label: Label {
        Label(
            uk: "календар, \(path): знайдено: \(found.uk); \(remedy.uk)",
            en: "calendar: \(path): found \(found.en); \(remedy.en)"
        )
    }
}

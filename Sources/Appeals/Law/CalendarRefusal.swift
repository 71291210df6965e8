/// Why calendar data was refused: where, what was found there, what to do.
public struct CalendarRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The key of calendar data, or of an element in it.
    public let path: String
    /// What stands there.
    public let found: Label
    /// What to put in its place.
    public let remedy: Label

    public init(path: String, found: Label, remedy: Label) {
        self.path = path
        self.found = found
        self.remedy = remedy
    }

    public var description: String { label.en }

    /// One sentence of all three.
    public var label: Label {
        Label(
            uk: "календар, \(path): знайдено: \(found.uk); \(remedy.uk)",
            en: "calendar: \(path): found \(found.en); \(remedy.en)"
        )
    }
}

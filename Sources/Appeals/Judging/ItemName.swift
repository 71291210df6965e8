/// What an aggregate consists of; the order is the canonical order of the names.
public enum Section: String, CaseIterable, Sendable, Comparable {
    case conflicts, disagreements, facts, held, registers

    public static func < (a: Section, b: Section) -> Bool { a.place < b.place }
    public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

/// The name of one item of an aggregate, written `section/name` where a stream says what changed.
public struct ItemName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// One of the five.
    public let section: Section
    public let name: String

    public init(_ section: Section, _ name: String) {
        self.section = section
        self.name = name
    }

    public init?(_ text: String) {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")),
            let section = Section(rawValue: String(text[..<slash]))
        else { return nil }
        self.init(section, String(text[text.utf8.index(after: slash)...]))
    }

    public var description: String { section.rawValue + "/" + name }
    public static func < (a: ItemName, b: ItemName) -> Bool {
        a.section == b.section ? a.name < b.name : a.section < b.section
    }
}

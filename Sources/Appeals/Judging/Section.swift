/// What an aggregate consists of; the order is the canonical order of the names.
public enum Section: String, CaseIterable, Sendable, Comparable {
    case conflicts, disagreements, facts, held, registers

    public static func < (a: Section, b: Section) -> Bool { a.place < b.place }
    public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

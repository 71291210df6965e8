public import Appeals

/// Why a mapping was refused, or does not fit its source: where, what was found, what to do.
public struct MappingRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let found: Label
    public let remedy: Label

    public init(path: String, found: Label, remedy: Label) {
        self.path = path
        self.found = found
        self.remedy = remedy
    }

    public var description: String { label.en }

    private static let places = ["the file": "файл", "the header": "рядок заголовків", "the source": "джерело"]

    public var label: Label {
        Label(
            uk: "опис відповідності, \(Self.places[path] ?? path): знайдено: \(found.uk); \(remedy.uk)",
            en: "mapping: \(path): found \(found.en); \(remedy.en)"
        )
    }
}

package import Appeals

/// Why a mapping was refused, or does not fit its source: where, what was found, what to do.
package struct MappingRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    package let found: Label
    package let remedy: Label

    package init(path: String, found: Label, remedy: Label) {
        self.path = path
        self.found = found
        self.remedy = remedy
    }

    package var description: String { label.en }

    private static let places = ["the file": "файл", "the header": "рядок заголовків", "the source": "джерело"]

    package var label: Label {
        Label(
            uk: "опис відповідності, \(Self.places[path] ?? path): знайдено: \(found.uk); \(remedy.uk)",
            en: "mapping: \(path): found \(found.en); \(remedy.en)"
        )
    }
}

import CanonicalJSON

@testable import Appeals

/// The table by which values are the same to a reader, and texts that are and are not.
enum Samenesses {
    static func write(_ book: VectorBook) {
        table(book)
        vectors(book)
    }

    private static func table(_ book: VectorBook) {
        func code(_ point: UInt32) -> String {
            let digits = String(point, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        func ranges(_ ranges: [ClosedRange<UInt32>]) -> String {
            ranges.map { $0.count == 1 ? code($0.lowerBound) : "\(code($0.lowerBound))–\(code($0.upperBound))" }
                .joined(separator: " ")
        }
        let alike = Sameness.lookAlikes.sorted { $0.key < $1.key }.map { "\(code($0.key))→\(code($0.value))" }
        let composed = Sameness.compositions.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { "\($0.key.map(code).joined(separator: "+"))→\(code($0.value))" }
        Tables.table(
            book,
            "folding",
            ["step", "code points (U+)", "become"],
            [
                ["1", ranges(Sameness.invisible), "nothing"],
                ["2", ranges(Sameness.spaces), "0020; a run one, none at the ends"],
                ["2", Sameness.apostrophes.map(code).joined(separator: " "), code(Sameness.apostrophe)],
                ["3", alike.joined(separator: " "), "within a word that has a letter 0400–052F"],
                ["4", composed.joined(separator: " "), "one letter"],
            ]
        )
    }

    private static func vectors(_ book: VectorBook) {
        let pairs = [
            ("вул. Прем'єрська, 5", "вул. Прем’єрська, 5"), ("вул. Київська, 5", "вул.  Київська,\u{A0}5 "),
            ("Іваненко", "Iвaнeнкo"), ("Коваль", "Ко\u{AD}ва\u{200B}ль"), ("Київ", "Киi\u{308}в"),
            ("Андрій", "Андріи\u{306}"), ("Гнат", "Ґнат"), ("київ", "Київ"), ("Івано-Франківськ", "Івано–Франківськ"),
            ("СОМ", "COM"), ("І-1", "I-1"), ("", "\u{2060}"),
        ]
        book.lines(
            "same",
            pairs.map { one, other in
                [
                    "one": .string(one), "other": .string(other), "folded": .string(Sameness.text(other)),
                    "same": .bool(Sameness.areSame(.string(one), .string(other))),
                ]
            }
        )
    }
}

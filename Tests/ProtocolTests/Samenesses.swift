import CanonicalJSON

@testable import Appeals

/// The table by which values are the same to a reader, and texts that are and are not.
enum Samenesses {
    /// The steps in order; code points in hexadecimal, ranges with both ends.
    static func rows() -> [JSON] {
        func code(_ point: UInt32) -> String {
            let digits = String(point, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        func ranges(_ ranges: [ClosedRange<UInt32>]) -> JSON {
            .array(
                ranges.map {
                    .string($0.count == 1 ? code($0.lowerBound) : "\(code($0.lowerBound))-\(code($0.upperBound))")
                }
            )
        }
        let alike = Sameness.lookAlikes.sorted { $0.key < $1.key }.map { (code($0.key), JSON.string(code($0.value))) }
        let composed = Sameness.compositions.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { ($0.key.map(code).joined(separator: "+"), JSON.string(code($0.value))) }
        return [
            ["step": 1, "drop": ranges(Sameness.invisible)],
            ["step": 2, "runToOneSpace": ranges(Sameness.spaces), "trim": true],
            [
                "step": 2, "become": .string(code(Sameness.apostrophe)),
                "each": .array(Sameness.apostrophes.map { .string(code($0)) }),
            ],
            [
                "step": 3, "inWordsWithLetterOf": "0400-052F", "replace": .object(JSONObject(members: alike)),
                "wordOf": ["0027", "0041-005A", "0061-007A", "00C0-024F", "0300-036F", "0400-052F"],
            ],
            ["step": 4, "compose": .object(JSONObject(members: composed))],
        ]
    }

    static func write(_ book: VectorBook) {
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
        book.lines(
            "places",
            places.map { one, other in ["one": one, "other": other, "same": .bool(Sameness.areSame(one, other))] }
        )
    }

    /// Addresses that were resolved and that were not.
    private static let places: [(JSON, JSON)] = {
        func place(_ typed: JSON, _ house: JSON, _ parts: JSONObject = JSONObject()) -> JSON {
            var place: JSONObject = ["typed": typed, "street": "heroiv-ato", "house": house]
            for (name, part) in parts.members { place[name] = part }
            return .object(place)
        }
        let plain = place("вул. Димитрова, 30а", "30А")
        return [
            (plain, place("Героїв АТО 30-А", "30А", ["district": "Саксаганський"])),
            (plain, place("вул. Димитрова, 30", "30")),
            (plain, place("вул. Димитрова, 30а, кв. 5", "30А", ["flat": "5"])),
            (plain, place("вул. Димитрова, 30а, корп. 2", "30А", ["block": "2"])),
            (
                place("вул. Димитрова, 30а, під'їзд 2", "30А", ["more": "під'їзд 2"]),
                place("Героїв АТО, 30а, під’їзд 2", "30А", ["more": "під’їзд 2"])
            ),
            (plain, "вул.  Димитрова, 30а"), (plain, "Героїв АТО 30-А"),
        ]
    }()
}

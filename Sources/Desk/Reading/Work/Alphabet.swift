/// The order of words in a list: by the Ukrainian alphabet, numbers within them by their value.
package enum Alphabet {
    private static let places: [Unicode.Scalar: UInt32] = Dictionary(
        uniqueKeysWithValues: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя".unicodeScalars.enumerated().map {
            ($0.element, UInt32(0x430 + $0.offset))
        }
    )

    /// What compares as the text does.
    package static func key(_ text: String) -> [UInt32] {
        var key: [UInt32] = []
        var digits: [UInt32] = []
        func number() {
            // Longer numbers are larger: their length stands before their digits.
            if !digits.isEmpty { key += [0x30, UInt32(digits.count)] + digits }
            digits = []
        }
        for scalar in text.lowercased().unicodeScalars {
            if ("0"..."9").contains(scalar) {
                if digits != [0x30] { digits.append(scalar.value) } else { digits = [scalar.value] }
                continue
            }
            number()
            key.append(places[scalar] ?? scalar.value)
        }
        number()
        return key
    }
}

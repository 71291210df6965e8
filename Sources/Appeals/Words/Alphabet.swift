/// The order of words in a list: by the Ukrainian alphabet, numbers within them by their value.
package enum Alphabet {
    private static let places: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
        uniqueKeysWithValues: zip(
            "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя".unicodeScalars,
            (UInt32(0x430)...).lazy.compactMap(Unicode.Scalar.init)
        )
    )

    /// A text whose bytes compare as words of the alphabet do; empty for an empty text.
    package static func place(_ text: String) -> String {
        var place = String.UnicodeScalarView(), digits = String.UnicodeScalarView()
        func number() {
            // Longer numbers are larger: their length stands before their digits.
            if !digits.isEmpty, let length = Unicode.Scalar(UInt32(0x30 + min(digits.count, 0x1000))) {
                place += ["0", length]
                place += digits
            }
            digits.removeAll()
        }
        for scalar in text.lowercased().unicodeScalars {
            if ("0"..."9").contains(scalar) {
                if digits.elementsEqual(["0"]) { digits.removeAll() }
                digits.append(scalar)
                continue
            }
            number()
            place.append(places[scalar] ?? scalar)
        }
        number()
        return String(place)
    }
}

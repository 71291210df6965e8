public import CanonicalJSON

/// The folding by which two values are the same to a reader: a closed table of code points, fixed by `schema`.
///
/// It decides whether there is anything to disagree about, so it knows nothing that could change under it: no locale, no
/// library's tables. Case, ґ and г, and dashes stay apart. What a search may fold beyond this decides nothing and is not
/// here.
public enum Sameness {
    /// The schema that this table belongs to; another table is another schema.
    public static let schema: Int64 = 1

    /// Whether two values are one to whoever asks.
    package typealias Comparison = @Sendable (_ one: JSON, _ other: JSON) -> Bool

    /// Whether two values say the same: texts that a reader cannot tell apart, addresses of one place; lists are compared
    /// element by element.
    public static func areSame(_ one: JSON, _ other: JSON) -> Bool {
        switch (one, other) {
        case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8) || folded(one) == folded(other)
        case (.array(let one), .array(let other)):
            one.count == other.count && zip(one, other).allSatisfy { areSame($0, $1) }
        default: one == other || Address.areSame(one, other)
        }
    }

    /// The code points that stand for a text when it is compared.
    static func folded(_ text: String) -> [UInt32] {
        var seen: [UInt32] = []
        for scalar in text.unicodeScalars where !isInvisible(scalar.value) {
            let point = isSpace(scalar.value) ? space : isApostrophe(scalar.value) ? apostrophe : scalar.value
            if point != space || (seen.last ?? space) != space { seen.append(point) }
        }
        if seen.last == space { seen.removeLast() }
        return composed(cyrillic(seen))
    }

    /// The text as it is compared, for vectors and look-ups.
    public static func text(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for point in folded(text) { if let scalar = Unicode.Scalar(point) { result.append(scalar) } }
        return String(result)
    }

    // MARK: words

    /// Latin letters that look like Cyrillic ones become those, in every word that has a Cyrillic letter.
    private static func cyrillic(_ points: [UInt32]) -> [UInt32] {
        var result = points
        for word in points.indices.split(whereSeparator: { !isOfWord(points[$0]) })
        where word.contains(where: { isCyrillic(points[$0]) }) {
            for place in word { if let alike = lookAlikes[points[place]] { result[place] = alike } }
        }
        return result
    }

    /// A letter and the mark above it that together are one Cyrillic letter become that one.
    private static func composed(_ points: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        for point in points {
            if let last = result.last, let letter = compositions[[last, point]] {
                result[result.count - 1] = letter
            } else {
                result.append(point)
            }
        }
        return result
    }

    private static func isOfWord(_ point: UInt32) -> Bool {
        isCyrillic(point) || point == apostrophe || (0x300...0x36F).contains(point)
            || (0x41...0x5A).contains(point) || (0x61...0x7A).contains(point) || (0xC0...0x24F).contains(point)
    }

    /// Whether a code point belongs to a word or a number of one.
    static func isLetter(_ point: UInt32) -> Bool { isOfWord(point) || (0x30...0x39).contains(point) }

    private static func isCyrillic(_ point: UInt32) -> Bool { (0x400...0x52F).contains(point) }

    // MARK: the table

    static let space: UInt32 = 0x20
    static let apostrophe: UInt32 = 0x27

    /// Read as one space; runs are one, those at the ends are none.
    static let spaces: [ClosedRange<UInt32>] = [
        0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
        0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
    ]

    /// Read as U+0027.
    static let apostrophes: [UInt32] = [
        0x27, 0x60, 0xB4, 0x2B9, 0x2BB, 0x2BC, 0x2BD, 0x2BE, 0x2C8, 0x2CA, 0x2CB, 0x2018, 0x2019, 0x201B, 0x2032,
        0x2035,
        0xFF07,
    ]

    /// Not read at all.
    static let invisible: [ClosedRange<UInt32>] = [
        0x00...0x08, 0x0E...0x1F, 0x7F...0x84, 0x86...0x9F, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x180B...0x180E,
        0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFF9...0xFFFB,
        0xE0000...0xE007F, 0xE0100...0xE01EF,
    ]

    /// Latin → Cyrillic within a word that has a Cyrillic letter.
    static let lookAlikes: [UInt32: UInt32] = [
        0x41: 0x410, 0x42: 0x412, 0x43: 0x421, 0x45: 0x415, 0x48: 0x41D, 0x49: 0x406, 0x4B: 0x41A, 0x4D: 0x41C,
        0x4F: 0x41E, 0x50: 0x420, 0x54: 0x422, 0x58: 0x425, 0x59: 0x423, 0xCB: 0x401, 0xCF: 0x407, 0x61: 0x430,
        0x63: 0x441, 0x65: 0x435, 0x69: 0x456, 0x6F: 0x43E, 0x70: 0x440, 0x78: 0x445, 0x79: 0x443,
        0xEB: 0x451, 0xEF: 0x457,
    ]

    /// A Cyrillic letter and U+0306 or U+0308.
    static let compositions: [[UInt32]: UInt32] = [
        [0x418, 0x306]: 0x419, [0x438, 0x306]: 0x439, [0x423, 0x306]: 0x40E, [0x443, 0x306]: 0x45E,
        [0x406, 0x308]: 0x407, [0x456, 0x308]: 0x457, [0x415, 0x308]: 0x401, [0x435, 0x308]: 0x451,
    ]

    /// Whether a code point is read as a space, a line end among them.
    package static func isSpace(_ point: UInt32) -> Bool { spaces.contains { $0.contains(point) } }
    private static func isApostrophe(_ point: UInt32) -> Bool { apostrophes.contains(point) }
    /// Whether a code point is not read at all.
    package static func isInvisible(_ point: UInt32) -> Bool {
        // Most of a text is Ukrainian, and none of that is invisible.
        !(0x20...0x7E).contains(point) && !isCyrillic(point) && invisible.contains { $0.contains(point) }
    }
}

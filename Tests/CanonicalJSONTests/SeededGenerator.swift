@testable import CanonicalJSON

/// SplitMix64: the same seed gives the same run everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func text() -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "ї", "Щ", "é", "\u{301}",
            "’", "№", "\u{E000}", "\u{FFFF}", "\u{10000}", "😀", "\u{10FFFF}", "\u{D7FF}", "\u{2028}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<below(below(3) == 0 ? 40 : 9) {
            text.append(below(2) == 0 ? alphabet[below(alphabet.count)] : "а")
        }
        return String(text)
    }

    mutating func value(depth: Int = 0, fractions: Bool = false) -> JSON {
        switch below(depth < 5 ? 9 : 5) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2:
            return .integer(Int64.random(in: -JSONLimits.greatestInteger...JSONLimits.greatestInteger, using: &self))
        case 3: return fractions ? fraction() : .integer(Int64(below(200) - 100))
        case 4: return .string(text())
        case 5, 6: return .array((0..<below(5)).map { _ in value(depth: depth + 1, fractions: fractions) })
        default:
            var object = JSONObject()
            for _ in 0..<below(7) { object[text()] = value(depth: depth + 1, fractions: fractions) }
            return .object(object)
        }
    }

    /// A double that is no integer to the reader.
    private mutating func fraction() -> JSON {
        while true {
            let number = Double(bitPattern: next())
            let whole = number.magnitude <= 9_007_199_254_740_991 && Double(Int64(number)) == number
            if number.isFinite, !whole { return .double(number) }
        }
    }

    /// Changes a few bytes, the way damage or malice does.
    mutating func mutated(_ original: [UInt8]) -> [UInt8] {
        let pieces: [[UInt8]] =
            [
                "\"", "\\", "\\u", "\\ud800", "\\u0000", "{", "}", "[", "]", ",", ":", "-", "0", ".5", "1e9", "null",
                "{}", " ", "\"a\":", "😀", "\\/",
            ].map { Array($0.utf8) } + [
                [0xC0], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xD0], [0x80], [0], [0xEF, 0xBB, 0xBF],
            ]
        var bytes = original
        for _ in 0...below(3) {
            guard !bytes.isEmpty else { return bytes }
            let place = below(bytes.count)
            switch below(5) {
            case 0: bytes[place] ^= UInt8(1 << below(8))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: pieces[below(pieces.count)], at: place)
            case 3:
                bytes.replaceSubrange(place..<min(bytes.count, place + 1 + below(6)), with: pieces[below(pieces.count)])
            default:
                bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + below(30))], at: below(bytes.count))
            }
        }
        return bytes
    }
}

/// A text with bytes written in angle brackets: `"<C0 80>"`.
func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
        guard first == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) else {
            bytes.append(first)
            continue
        }
        let numbers = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
        bytes += numbers.compactMap { UInt8($0, radix: 16) }
        rest = rest[(end + 1)...]
    }
    return bytes
}

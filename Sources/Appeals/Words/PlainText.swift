/// Text from outside, made harmless for a terminal and a log.
///
/// Control characters move the cursor, rename the window or end a line; marks of direction show a line in another order
/// than it is written; U+2028 and U+2029 are line ends to some readers.
public enum PlainText {
    /// What stands in the place of a harmful character.
    public static let replacement: Unicode.Scalar = "\u{fffd}"

    /// Whether a character may do something to who reads it; line feed and tab are left to the caller.
    public static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a: false
        // Control characters.
        case 0x00...0x1f, 0x7f...0x9f: true
        // Marks, embeddings, overrides and isolates of direction, and the format characters that go with them.
        case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x206f: true
        // Line and paragraph separators; annotations; tags.
        case 0x2028, 0x2029, 0xfff9...0xfffb, 0xe0000...0xe007f: true
        default: false
        }
    }

    /// Text of several lines, as a person may read it.
    public static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        return replaced(text) { isHarmful($0) ? replacement : $0 }
    }

    /// A value as part of one line: what would end the line becomes a space.
    public static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || isHarmful($0) }) else { return text }
        return replaced(text) { $0.value == 0x0a || $0.value == 0x09 ? " " : isHarmful($0) ? replacement : $0 }
    }

    /// JSON with the same value whose harmful characters are escaped.
    ///
    /// They stand inside its strings only; those below U+0020 are escaped already.
    public static func json(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: isHarmful) else { return json }
        var result = ""
        for scalar in json.unicodeScalars {
            guard isHarmful(scalar) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        return result
    }

    private static func replaced(_ text: String, _ change: (Unicode.Scalar) -> Unicode.Scalar) -> String {
        var result = ""
        result.unicodeScalars.append(contentsOf: text.unicodeScalars.lazy.map(change))
        return result
    }
}

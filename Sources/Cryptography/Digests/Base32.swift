/// Base32 without padding, in the two alphabets in which people read and type secrets.
public enum Base32 {
    /// What the 32 characters are.
    public enum Alphabet: String, Sendable {
        /// RFC 4648 section 6: what authenticators take.
        case rfc4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
        /// Without `I`, `L`, `O`, `U`: what is read aloud and copied from paper.
        case paper = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    }

    /// As many characters as the bits need, the last one filled with zeros.
    public static func encode(_ bytes: [UInt8], _ alphabet: Alphabet) -> String {
        let characters = Array(alphabet.rawValue.utf8)
        var text: [UInt8] = [], bits: UInt32 = 0, width: UInt32 = 0
        for byte in bytes {
            bits = (bits << 8 | UInt32(byte)) & 0xFFFF
            width += 8
            while width >= 5 {
                width -= 5
                text.append(characters[Int(bits >> width & 31)])
            }
        }
        if width > 0 { text.append(characters[Int(bits << (5 - width) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text as `encode` gives it; nil for foreign characters, a wrong length or bits that belong to no byte.
    public static func decode(_ text: String, _ alphabet: Alphabet) -> [UInt8]? {
        let characters = Array(alphabet.rawValue.utf8)
        var bytes: [UInt8] = [], bits: UInt32 = 0, width: UInt32 = 0
        for character in text.utf8 {
            guard let value = characters.firstIndex(of: character) else { return nil }
            bits = (bits << 5 | UInt32(value)) & 0xFFFF
            width += 5
            if width >= 8 {
                width -= 8
                bytes.append(UInt8(bits >> width & 0xFF))
            }
        }
        guard width < 5, bits & (1 << width - 1) == 0 else { return nil }
        return bytes
    }
}

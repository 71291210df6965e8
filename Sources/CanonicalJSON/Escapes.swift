/// Escape sequences of strings.
extension Scanner {
    /// Checks the escape here; its length in the text and as UTF-8.
    func scanEscape(at place: Int) throws(JSONError) -> (raw: Int, decoded: Int) {
        guard place + 1 < count else { throw JSONError(offset: count, reason: "the text ends within a string") }
        switch base[place + 1] {
        case UInt8(ascii: "u"):
            return try scanUnicodeEscape(at: place)
        case UInt8(ascii: "/") where canonical:
            throw JSONError(offset: place, reason: "an escape that canonical text does not use")
        case let letter:
            guard Escapes.meaning(of: letter) != nil else {
                throw JSONError(offset: place, reason: "an unknown escape")
            }
            return (2, 1)
        }
    }

    private func scanUnicodeEscape(at place: Int) throws(JSONError) -> (raw: Int, decoded: Int) {
        let unit = try hexUnit(at: place)
        if canonical {
            let isWritten = unit < 0x20 && Escapes.letter(for: UInt8(truncatingIfNeeded: unit)) == nil
            guard isWritten, !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains(base[place + 5]) else {
                throw JSONError(offset: place, reason: "an escape that canonical text does not use")
            }
        }
        switch unit {
        case ..<0x80: return (6, 1)
        case ..<0x800: return (6, 2)
        case 0xD800..<0xDC00:
            guard place + 7 < count, base[place + 6] == UInt8(ascii: "\\"), base[place + 7] == UInt8(ascii: "u"),
                (0xDC00..<0xE000).contains(try hexUnit(at: place + 6))
            else { throw JSONError(offset: place, reason: "a lone surrogate") }
            return (12, 4)
        case 0xDC00..<0xE000: throw JSONError(offset: place, reason: "a lone surrogate")
        default: return (6, 3)
        }
    }

    private func hexUnit(at place: Int) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for offset in 2..<6 {
            guard place + offset < count else {
                throw JSONError(offset: count, reason: "the text ends within a string")
            }
            guard let digit = Escapes.hexValue(base[place + offset]) else {
                throw JSONError(offset: place + offset, reason: "not a hexadecimal digit")
            }
            unit = unit << 4 | digit
        }
        return unit
    }

    /// The text of a string that `scanString` has checked.
    @inline(__always)
    func text(of token: StringToken) -> String {
        guard token.escaped else {
            return String(copying: unsafe UTF8Span(unchecked: bytes(token.range).span))
        }
        return Escapes.decoded(bytes(token.range))
    }

    /// The order of two keys as RFC 8785 has it.
    @inline(__always)
    func order(_ left: StringToken, _ right: StringToken) -> Int {
        if !left.escaped && !right.escaped { return ByteOrder.compare(bytes(left.range), bytes(right.range)) }
        return ByteOrder.compare(text(of: left), text(of: right))
    }
}

/// The escapes both ways.
enum Escapes {
    /// The byte a two-character escape stands for.
    static func meaning(of letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "r"): 0x0D
        default: nil
        }
    }

    /// The letter canonical text writes a byte with after a backslash, nil where it has none.
    static func letter(for byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// Resolves escapes; none takes more bytes than it had, so the count of bytes is enough room.
    static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count) { room in
            var (from, to) = (0, 0)
            while from < bytes.count {
                guard bytes[from] == UInt8(ascii: "\\"), from + 1 < bytes.count else {
                    room[to] = bytes[from]
                    from += 1
                    to += 1
                    continue
                }
                if let byte = meaning(of: bytes[from + 1]) {
                    room[to] = byte
                    to += 1
                    from += 2
                } else if bytes[from + 1] != UInt8(ascii: "u") || from + 6 > bytes.count {
                    // Only in bytes nobody checked, which a walker may be given: the backslash stands for itself.
                    room[to] = bytes[from]
                    from += 1
                    to += 1
                } else {
                    let scalar = unicodeScalar(bytes, at: from)
                    for byte in UTF8.encode(scalar.value) ?? UTF8.encodedReplacementCharacter {
                        room[to] = byte
                        to += 1
                    }
                    from += scalar.length
                }
            }
            return to
        }
    }

    /// The scalar of a `\u` escape, or of two that make a surrogate pair.
    private static func unicodeScalar(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at place: Int
    ) -> (value: Unicode.Scalar, length: Int) {
        let high = unit(bytes, at: place)
        guard (0xD800..<0xDC00).contains(high) else { return (Unicode.Scalar(high) ?? "\u{FFFD}", 6) }
        let low = unit(bytes, at: place + 6)
        let value = 0x10000 + (high - 0xD800) << 10 + (low & 0x3FF)
        return (Unicode.Scalar(value) ?? "\u{FFFD}", 12)
    }

    private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> UInt32 {
        guard place + 6 <= bytes.count else { return 0xFFFD }
        return (2..<6).reduce(0) { $0 << 4 | (hexValue(bytes[place + $1]) ?? 0) }
    }
}

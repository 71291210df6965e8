/// A string met in the text: its bytes between the quotes.
struct StringToken {
    let range: Range<Int>
    let escaped: Bool
}

/// Strings are most of a record, so they are checked eight bytes at a time.
extension Scanner {
    /// Reads the string whose quote is here and checks its UTF-8, its escapes and its length.
    mutating func scanString(limit: Int, _ what: StaticString) throws(JSONError) -> StringToken {
        let start = at + 1
        var place = start
        var surplus = 0
        var escaped = false
        while true {
            place = skipPlain(from: place)
            guard place < count else { throw JSONError(offset: count, reason: "the text ends within a string") }
            let byte = base[place]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                let escape = try scanEscape(at: place)
                escaped = true
                surplus += escape.raw - escape.decoded
                place += escape.raw
            } else if byte < 0x20 {
                throw JSONError(offset: place, reason: "a control character in a string, not escaped")
            } else {
                place = try scanScalars(from: place)
            }
        }
        guard place - start - surplus <= limit else {
            throw JSONError(offset: start - 1, reason: "a \(what) of more than \(limit) bytes")
        }
        at = place + 1
        return StringToken(range: start..<place, escaped: escaped)
    }

    /// Passes ASCII and valid two-byte sequences (all of Ukrainian) in steps of eight bytes.
    ///
    /// Stops at the start of a scalar: a quote, a backslash, a control character, the end of the text, or where
    /// a closer look is needed. In each word the high bits say: `leads` where a sequence starts, `trails`
    /// where it goes on; a word is good when every trail stands just behind a lead.
    @inline(__always)
    private func skipPlain(from start: Int) -> Int {
        var place = start
        var carry: UInt64 = 0
        let raw = UnsafeRawPointer(base)
        while place &+ 8 <= count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            let stops = Words.stops(word)
            // The stop with the lowest address is exact; what is above it is masked away.
            let taken = stops == 0 ? word : word & ((stops & (0 &- stops)) >> 7 &- 1)
            let high = taken & Words.high
            if high | carry != 0 {
                let leads = high & (taken << 1)
                let trails = high & ~(taken << 1)
                let long = leads & (taken << 2)
                let overlong = leads & ~((taken & Words.each(0x1E)) &+ Words.each(0x7E))
                guard long | overlong | (trails ^ (leads << 8 | carry)) == 0 else { break }
                carry = leads >> 56
            }
            if stops != 0 { return place &+ stops.trailingZeroBitCount >> 3 }
            place &+= 8
        }
        return carry == 0 ? place : place &- 1
    }

    /// Passes the scalars of about eight bytes one by one, up to anything that needs another look.
    private func scanScalars(from start: Int) throws(JSONError) -> Int {
        var place = start
        let end = min(count, start + 8)
        while place < end {
            let byte = base[place]
            if byte >= 0x80 {
                place += try scalarLength(at: place)
            } else if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                break
            } else {
                place += 1
            }
        }
        return place
    }

    /// The length of the sequence here by table 3-7 of the Unicode standard.
    private func scalarLength(at place: Int) throws(JSONError) -> Int {
        let first = base[place]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONError(offset: place, reason: "invalid UTF-8")
        }
        guard place + length <= count, second.contains(base[place + 1]),
            length < 3 || base[place + 2] & 0xC0 == 0x80, length < 4 || base[place + 3] & 0xC0 == 0x80
        else { throw JSONError(offset: place, reason: "invalid UTF-8") }
        return length
    }
}

/// Numbers of the text.
extension Scanner {
    /// Numbers longer than this are refused; a shortest form has 25 bytes at most.
    private static var longestNumber: Int { 1024 }

    /// Reads the number whose first byte, a digit or a minus, is here.
    mutating func number() throws(JSONError) -> JSON {
        let start = at
        let negative = byte == UInt8(ascii: "-")
        if negative { at += 1 }
        let digits = at
        var magnitude: UInt64 = 0
        while at < count, base[at] &- UInt8(ascii: "0") < 10 {
            // NB: wraps after 19 digits; `fits` below looks at the number of digits first.
            magnitude = magnitude &* 10 &+ UInt64(base[at] &- UInt8(ascii: "0"))
            at += 1
        }
        guard at > digits else { throw unexpected("a digit") }
        guard base[digits] != UInt8(ascii: "0") || at == digits + 1 else {
            throw JSONError(offset: digits, reason: "a number with a leading zero")
        }
        let fits = at - digits <= 16 && magnitude <= UInt64(JSONLimits.greatestInteger)
        let next = byte
        let goesOn = next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e")
        if limits.integersOnly {
            guard !goesOn else {
                throw JSONError(offset: at, reason: "a fraction or exponent, only integers are allowed")
            }
            guard !negative || magnitude != 0 else { throw JSONError(offset: start, reason: "-0 is no integer") }
            guard fits else { throw JSONError(offset: start, reason: "an integer beyond ±(2^53 − 1)") }
        } else if goesOn || !fits || (negative && magnitude == 0) {
            return try double(from: start)
        }
        let value = Int64(bitPattern: magnitude)
        return .integer(negative ? 0 - value : value)
    }

    /// Reads on past the whole part and gives the nearest double; a whole result is an integer again.
    ///
    /// RFC 8785 writes 1, 1.0 and 1e0 alike, so they are also read alike.
    private mutating func double(from start: Int) throws(JSONError) -> JSON {
        if byte == UInt8(ascii: ".") {
            at += 1
            try skipDigits()
        }
        if byte | 0x20 == UInt8(ascii: "e") {
            at += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
            try skipDigits()
        }
        guard at - start <= Self.longestNumber else {
            throw JSONError(offset: start, reason: "a number of more than \(Self.longestNumber) bytes")
        }
        let text = String(decoding: bytes(start..<at), as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw JSONError(offset: start, reason: "a number too large for a double")
        }
        if canonical { try checkCanonical(value, from: start) }
        if value.magnitude <= Double(JSONLimits.greatestInteger) {
            // NB: not `rounded` nor `exactly:`, which need the C library's mathematics.
            let whole = Int64(value)
            if Double(whole) == value { return .integer(whole) }
        }
        return .double(value)
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = at
        while at < count, base[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        guard at > start else { throw unexpected("a digit") }
    }

    private func checkCanonical(_ value: Double, from start: Int) throws(JSONError) {
        let written = CanonicalNumber.bytes(of: value)
        let read = bytes(start..<at)
        guard !written.elementsEqual(read) else { return }
        let same = zip(written, read).prefix { $0 == $1 }.count
        throw JSONError(offset: start + same, reason: "a number not in its canonical form")
    }
}

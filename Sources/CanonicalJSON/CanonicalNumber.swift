/// Doubles as RFC 8785 writes them: ECMAScript's Number::toString.
enum CanonicalNumber {
    /// NaN and the infinities have no JSON; to write one is a bug.
    static func bytes(of value: Double) -> [UInt8] {
        precondition(value.isFinite, "a JSON number must be finite")
        if value == 0 { return [UInt8(ascii: "0")] }
        var (digits, point) = shortest(value.magnitude)
        let sign: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        let zero = UInt8(ascii: "0")
        let dot = UInt8(ascii: ".")
        switch point {
        case digits.count...21 where point >= digits.count:
            digits += Array(repeating: zero, count: point - digits.count)
        case 1...21:
            digits.insert(dot, at: point)
        case -5...0:
            digits = [zero, dot] + Array(repeating: zero, count: -point) + digits
        default:
            if digits.count > 1 { digits.insert(dot, at: 1) }
            digits += Array("e\(point > 0 ? "+" : "-")\((point - 1).magnitude)".utf8)
        }
        return sign + digits
    }

    /// The shortest digits that name the number, without zeros at either end, and the place of the point among them.
    ///
    /// Swift's description has the right digits in another form: `1e-07`, `100000.0`, `5e-324`.
    private static func shortest(_ value: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var whole: Int?
        var exponent = 0
        var description = value.description.utf8[...]
        if let mark = description.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(description[description.index(after: mark)...]) ?? "") ?? 0
            description = description[..<mark]
        }
        for byte in description {
            if byte == UInt8(ascii: ".") { whole = digits.count } else { digits.append(byte) }
        }
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        let point = (whole ?? digits.count) + exponent - leading
        digits.removeFirst(leading)
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, point)
    }
}

/// Decimal digits read strictly and printed in a fixed width: `Int("+5")` is 5, and that must never be a date or an index.
package enum Digits {
    /// Nil unless every byte is an ASCII digit and there are one to eighteen of them.
    static func number(_ bytes: some Collection<UInt8>) -> Int? {
        guard (1...18).contains(bytes.count) else { return nil }
        var value = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// The value with noughts before it, so that it has this many digits; none before a longer one.
    package static func fixed(_ value: some BinaryInteger, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Arithmetic on eight bytes in one word, the first byte lowest.
enum Words {
    static let high: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    static func each(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    /// High bits at the bytes that are zero; only the lowest of them is sure to be right.
    @inline(__always)
    static func zeros(_ word: UInt64) -> UInt64 { (word &- each(1)) & ~word & high }

    /// High bits at quotes, backslashes and control characters; only the lowest of them is sure to be right.
    @inline(__always)
    static func stops(_ word: UInt64) -> UInt64 {
        zeros(word ^ each(UInt8(ascii: "\""))) | zeros(word ^ each(UInt8(ascii: "\\")))
            | ((word &- each(0x20)) & ~word & high)
    }

    /// High bits at quotes and backslashes; only the lowest of them is sure to be right.
    @inline(__always)
    static func stringStops(_ word: UInt64) -> UInt64 {
        zeros(word ^ each(UInt8(ascii: "\""))) | zeros(word ^ each(UInt8(ascii: "\\")))
    }
}

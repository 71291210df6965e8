/// Comparisons of strings by their bytes; Swift's own `==` and `<` are by canonical equivalence.
enum ByteOrder {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func areSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return compare(left, right) == 0
    }

    static func compare(_ left: String, _ right: String) -> Int {
        withBytes(of: left) { left in withBytes(of: right) { right in compare(left, right) } }
    }

    /// Negative, zero or positive: the order of UTF-16 code units, read off UTF-8 bytes.
    ///
    /// The two orders differ in one place only: a scalar above U+FFFF (first byte F0…F4) is a pair of surrogates
    /// D800…DFFF in UTF-16, so it comes before U+E000…U+FFFF (first byte EE or EF).
    static func compare(_ left: Bytes, _ right: Bytes) -> Int {
        let shared = min(left.count, right.count)
        var at = 0
        while at < shared {
            let (one, other) = (left[at], right[at])
            if one != other { return rank(one) - rank(other) }
            at += 1
        }
        return left.count - right.count
    }

    static func withBytes<Result>(of text: String, _ body: (Bytes) -> Result) -> Result {
        if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(text.utf8).withUnsafeBufferPointer(body)
    }

    private static func rank(_ byte: UInt8) -> Int {
        byte == 0xEE || byte == 0xEF ? Int(byte) + 0x10 : Int(byte)
    }
}

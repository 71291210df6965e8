/// A SHA-256 value: 32 bytes kept inline as four big-endian words.
public struct SHA256Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
    private var first: UInt64
    private var second: UInt64
    private var third: UInt64
    private var fourth: UInt64

    /// The sum of no rows; the digest of nothing known.
    public static let zero = SHA256Digest(words: 0, 0, 0, 0)

    private init(words first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
        self.first = first
        self.second = second
        self.third = third
        self.fourth = fourth
    }

    /// The digest with exactly these 32 bytes; nil for any other number of bytes.
    public init?(_ bytes: some Sequence<UInt8>) {
        let copied = bytes.withContiguousStorageIfAvailable { Self.words(of: UnsafeRawBufferPointer($0)) }
        let words = copied ?? Array(bytes).withUnsafeBytes { Self.words(of: $0) }
        guard let words else { return nil }
        self.init(words: words.0, words.1, words.2, words.3)
    }

    /// The digest with these 64 lowercase hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard hex.utf8.count == 64, let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes)
    }

    /// The digest that `write` puts into 32 bytes.
    init(filledBy write: (UnsafeMutablePointer<UInt8>) -> Void) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { buffer in
            buffer.withMemoryRebound(to: UInt8.self) { bytes in
                guard let start = bytes.baseAddress else { preconditionFailure("Four words have an address.") }
                write(start)
            }
        }
        self.init(
            words: UInt64(bigEndian: words.0),
            UInt64(bigEndian: words.1),
            UInt64(bigEndian: words.2),
            UInt64(bigEndian: words.3)
        )
    }

    /// 32 bytes, the most significant first.
    public var array: [UInt8] {
        let words = (first.bigEndian, second.bigEndian, third.bigEndian, fourth.bigEndian)
        return withUnsafeBytes(of: words) { [UInt8]($0) }
    }

    /// 64 digits in lower case, as the protocol writes it.
    public var hex: String { Hex.encode(array) }

    public var description: String { hex }

    /// Adds as 256-bit big-endian numbers, wrapping: a sum of digests does not depend on their order.
    public mutating func add(_ other: SHA256Digest) {
        var carry = false
        (fourth, carry) = Self.sum(fourth, other.fourth, carry)
        (third, carry) = Self.sum(third, other.third, carry)
        (second, carry) = Self.sum(second, other.second, carry)
        (first, _) = Self.sum(first, other.first, carry)
    }

    /// Takes back an `add` of the same digest.
    public mutating func subtract(_ other: SHA256Digest) {
        var borrow = false
        (fourth, borrow) = Self.difference(fourth, other.fourth, borrow)
        (third, borrow) = Self.difference(third, other.third, borrow)
        (second, borrow) = Self.difference(second, other.second, borrow)
        (first, _) = Self.difference(first, other.first, borrow)
    }

    /// As numbers, which is also the order of their hex digits.
    public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
        (left.first, left.second, left.third, left.fourth) < (right.first, right.second, right.third, right.fourth)
    }

    private static func words(of bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64)? {
        guard bytes.count == 32 else { return nil }
        func word(_ offset: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        return (word(0), word(8), word(16), word(24))
    }

    private static func sum(_ left: UInt64, _ right: UInt64, _ carry: Bool) -> (UInt64, Bool) {
        let (partial, overflow) = left.addingReportingOverflow(right)
        let (total, second) = partial.addingReportingOverflow(carry ? 1 : 0)
        return (total, overflow || second)
    }

    private static func difference(_ left: UInt64, _ right: UInt64, _ borrow: Bool) -> (UInt64, Bool) {
        let (partial, overflow) = left.subtractingReportingOverflow(right)
        let (total, second) = partial.subtractingReportingOverflow(borrow ? 1 : 0)
        return (total, overflow || second)
    }
}

/// A hybrid logical clock: 48-bit milliseconds and a 16-bit counter, written `01995c3a7f10-0003`.
///
/// For display, audit and sorting facts; it never decides who wins (DESIGN.md "Operations").
public struct HybridClock: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01 UTC, less than 2^48.
    public var milliseconds: Int64
    /// Orders events of one millisecond, at most 65,535.
    public var counter: Int64

    /// A clock further ahead than this is never merged (5 minutes, in milliseconds).
    public static let toleratedSkew: Int64 = 300_000

    public init(milliseconds: Int64, counter: Int64 = 0) {
        self.milliseconds = max(0, min(milliseconds, 0xFFFF_FFFF_FFFF))
        self.counter = max(0, min(counter, 0xFFFF))
    }

    /// Reads 12 and 4 lower-case hexadecimal digits with a dash between.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 17, bytes[12] == UInt8(ascii: "-"), let milliseconds = Self.number(bytes[..<12]),
            let counter = Self.number(bytes[13...])
        else { return nil }
        self.milliseconds = milliseconds
        self.counter = counter
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            guard Names.isHex(digit) else { return nil }
            value =
                value << 4 | Int64(Names.isDigit(digit) ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10)
        }
        return value
    }

    public var description: String {
        String(unsafeUninitializedCapacity: 17) { text in
            Self.write(milliseconds, to: text[..<12])
            text[12] = UInt8(ascii: "-")
            Self.write(counter, to: text[13...])
            return 17
        }
    }

    /// The clock after a local event at `now`.
    public func ticked(now: Int64) -> HybridClock {
        if now > milliseconds { return HybridClock(milliseconds: now) }
        if counter == 0xFFFF, milliseconds == 0xFFFF_FFFF_FFFF { return self }
        if counter == 0xFFFF { return HybridClock(milliseconds: milliseconds + 1) }
        return HybridClock(milliseconds: milliseconds, counter: counter + 1)
    }

    /// The clock after another node's clock was read; one too far ahead is not merged.
    public func merged(_ other: HybridClock, now: Int64) -> HybridClock {
        guard other.milliseconds <= now + Self.toleratedSkew else { return self }
        return max(self, other)
    }

    /// By milliseconds, then counter; equal clocks of two nodes stay in no order.
    public static func < (a: HybridClock, b: HybridClock) -> Bool {
        (a.milliseconds, a.counter) < (b.milliseconds, b.counter)
    }

    /// The lowest digits of a number, as many as there is room for.
    private static func write(_ value: Int64, to text: Swift.Slice<UnsafeMutableBufferPointer<UInt8>>) {
        var (text, rest) = (text, value)
        for place in text.indices.reversed() {
            let digit = UInt8(rest & 15)
            text[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            rest >>= 4
        }
    }
}

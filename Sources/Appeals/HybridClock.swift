/// A hybrid logical clock: 48-bit milliseconds and a 16-bit counter, written `01995c3a7f10-0003`.
///
/// For display, audit and sorting facts; it never decides who wins (sync.md section 3).
public struct HybridClock: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01 UTC, less than 2^48.
    public var milliseconds: Int64
    public var counter: Int64

    /// A clock further ahead than this is never merged (5 minutes, in milliseconds).
    public static let toleratedSkew: Int64 = 300_000

    public init(milliseconds: Int64, counter: Int64 = 0) {
        self.milliseconds = max(0, min(milliseconds, 0xFFFF_FFFF_FFFF))
        self.counter = max(0, min(counter, 0xFFFF))
    }

    /// Reads 12 and 4 lower-case hexadecimal digits with a dash between.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, Names.isHex(String(parts[0]), count: 12), Names.isHex(String(parts[1]), count: 4) else {
            return nil
        }
        guard let milliseconds = Int64(parts[0], radix: 16), let counter = Int64(parts[1], radix: 16) else {
            return nil
        }
        self.milliseconds = milliseconds
        self.counter = counter
    }

    public var description: String { Self.hex(milliseconds, digits: 12) + "-" + Self.hex(counter, digits: 4) }

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

    public static func < (a: HybridClock, b: HybridClock) -> Bool {
        (a.milliseconds, a.counter) < (b.milliseconds, b.counter)
    }

    private static func hex(_ value: Int64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

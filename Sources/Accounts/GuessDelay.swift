/// How long an account waits after wrong passwords: longer each time, never locked for good (ASVS 5.0, 6.3.1).
public struct GuessDelay: Hashable, Sendable {
    /// Wrong ones in a row that cost nothing.
    public static let free = 3
    /// Milliseconds that an account waits at most.
    public static let longest: Int64 = 15 * 60_000
    private static let first: Int64 = 1_000

    /// Wrong passwords since the last right one, and when the last of them came; unix milliseconds.
    public private(set) var wrong: Int
    public private(set) var last: Int64

    public init(wrong: Int = 0, last: Int64 = 0) {
        self.wrong = wrong
        self.last = last
    }

    /// From when on a password is looked at again; nil: at once.
    public func waitsUntil(at now: Int64) -> Int64? {
        guard wrong > Self.free else { return nil }
        let doublings = min(wrong - Self.free - 1, 20)
        let until = last + min(Self.first << Int64(doublings), Self.longest)
        // Of a clock that was set back nobody waits longer than the longest time.
        return now < until && now > last - Self.longest ? until : nil
    }

    public mutating func guessedWrong(at now: Int64) {
        wrong += 1
        last = now
    }

    public mutating func guessedRight() { self = GuessDelay() }
}

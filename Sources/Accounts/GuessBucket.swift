/// Wrong guesses from one address, whoever they are about: some at once, then one at a time (ASVS 5.0, 6.3.1).
public struct GuessBucket: Hashable, Sendable {
    /// Wrong ones at once.
    public static let size: Int64 = 20
    /// Milliseconds after which one more is let through.
    public static let refill: Int64 = 30_000

    /// When all that was guessed is forgotten; unix milliseconds.
    public private(set) var emptyAt: Int64

    public init(emptyAt: Int64 = 0) { self.emptyAt = emptyAt }

    /// From when on a guess is looked at again; nil: at once.
    ///
    /// Of a clock that was set back nobody waits longer than a full bucket takes to empty.
    public func waitsUntil(at now: Int64) -> Int64? {
        let until = emptyAt - (Self.size - 1) * Self.refill
        return now < until && until - now <= Self.size * Self.refill ? until : nil
    }

    public mutating func guessedWrong(at now: Int64) {
        // A clock that was set back begins anew.
        let level = emptyAt - now > 2 * Self.size * Self.refill ? now : max(emptyAt, now)
        emptyAt = level + Self.refill
    }
}

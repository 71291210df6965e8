/// The time in which a person is signed in at one browser.
///
/// Its secret is 256 random bits of which a node keeps the hash; here is only when it ends.
public struct Session: Hashable, Sendable {
    /// Milliseconds without a request of the person after which it ends, and after which it ends in any case.
    public static let idle: Int64 = 30 * 60_000, longest: Int64 = 12 * 3_600_000

    /// Whether it goes on.
    public enum State: Equatable, Sendable {
        /// Until this moment, if nothing more is asked; unix milliseconds.
        case live(until: Int64)
        case ended
    }

    /// Unix milliseconds.
    public let began: Int64
    /// When the person last asked for something; waiting for news is not asking.
    public private(set) var used: Int64
    /// When somebody ended it: its owner, an administrator, the end of the role.
    public private(set) var endedAt: Int64?

    /// A session as it is kept: begun and last used then.
    public init(began: Int64, used: Int64? = nil) {
        self.began = began
        self.used = max(began, used ?? began)
    }

    /// A clock that was set back ends no session, and lengthens none beyond its longest time.
    public func state(at now: Int64) -> State {
        guard endedAt == nil else { return .ended }
        let until = min(used + Self.idle, began + Self.longest)
        return now < until && now > began - Self.longest ? .live(until: until) : .ended
    }

    /// The person asked for something.
    public mutating func use(at now: Int64) {
        if case .live = state(at: now) { used = max(used, now) }
    }

    public mutating func end(at now: Int64) { endedAt = endedAt ?? now }
}

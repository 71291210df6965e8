package import Appeals

/// What a node said of its own work in its last hello: a lower bound of what it has not sent from then on.
package struct SaidUnsent: Sendable, Equatable {
    /// When it said so, unix milliseconds by the office's clock.
    package let at: Int64
    /// The log that it writes to, and the last number there.
    package let origin: Origin
    package let last: Int64
    /// When the oldest operation was made that it had not sent, unix milliseconds by its own clock; 0 if there was none.
    package let oldest: Int64

    /// As a hello says it.
    package init(at: Int64, origin: Origin, last: Int64, oldest: Int64) {
        self.at = at
        self.origin = origin
        self.last = last
        self.oldest = oldest
    }

    /// Four words; nil for another text.
    fileprivate init?(_ text: String) {
        guard let parts = ValueText.parts(text, 4), let at = ValueText.number(parts[0]), let origin = Origin(parts[1]),
            let last = ValueText.number(parts[2]), let oldest = ValueText.number(parts[3])
        else { return nil }
        self.init(at: at, origin: origin, last: last, oldest: oldest)
    }

    /// How many of these operations are not here yet.
    package func missing(_ reading: any StoreReading) throws -> Int64 {
        max(0, last - (try reading.origin(origin)?.last ?? 0))
    }
}

extension ValueForm where Content == SaidUnsent {
    static var saidUnsent: Self {
        Self(read: { SaidUnsent($0) }, text: { "\($0.at) \($0.origin) \($0.last) \($0.oldest)" })
    }
}

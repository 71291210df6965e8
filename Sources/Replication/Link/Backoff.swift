/// When to try again: 0.5 s doubling with full jitter; capped at 5 s in the first 2 minutes of an outage, 60 s in the
/// first hour, then 15 minutes.
///
/// Any contact resets it; a `Retry-After` is honoured.
public struct Backoff: Sendable {
    /// The longest pause, in milliseconds.
    static let most: Int64 = 900_000

    private var failures = 0
    private var since: Int64?
    private var random: UInt64

    /// Jitter from a seed, so that a simulated outage can be repeated.
    public init(seed: UInt64) { random = seed | 1 }

    /// Whether no verified reply came since the last failure.
    var isFailing: Bool { failures > 0 }

    /// A verified reply came: the next failure waits half a second again.
    public mutating func reset() {
        failures = 0
        since = nil
    }

    /// The delay in milliseconds before the next try.
    public mutating func delay(now: Int64, retryAfter: Int64? = nil) -> Int64 {
        let start = since ?? now
        since = start
        failures = min(failures + 1, 32)
        let outage = max(0, now - start)
        let cap: Int64 = outage < 120_000 ? 5_000 : outage < 3_600_000 ? 60_000 : Self.most
        let ceiling = min(cap, Int64(500) << min(failures - 1, 16))
        let jittered = 1 + Int64(next() % UInt64(ceiling))
        return max(jittered, min(retryAfter ?? 0, Self.most))
    }

    private mutating func next() -> UInt64 { SplitMix.next(&random) }
}

/// What requests ask under: 16 hexadecimal digits, another each time, also by who began with the same seed at another moment.
struct Asks: Sendable {
    private var random: UInt64

    /// Numbers from a seed; `next` mixes the time in, so a process that starts with the same seed asks under others.
    init(seed: UInt64) { random = seed }

    /// The next number: 16 lowercase hexadecimal digits (protocol.md "Transport and errors", `ask`).
    mutating func next(now: Int64) -> String {
        var state = SplitMix.next(&random) ^ UInt64(bitPattern: now)
        let digits = String(SplitMix.next(&state), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// splitmix64: spreads, and is no secret.
package enum SplitMix {
    /// The next 64 bits of the sequence whose state is `state`.
    package static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

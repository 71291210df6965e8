import Appeals

/// Clocks that a node has seen: its next act is later than everything that its author could know of.
enum SeenClocks {
    /// What stands before a clock in canonical JSON: the first member of who did something (`by`, `settledBy`, `decidedBy`).
    ///
    /// In a text for people its quotation marks would be escaped.
    private static let before = Array(#"{"clock":""#.utf8)
    private static let length = 17
    /// How far a comparison that failed on this byte may go on (Horspool's rule).
    private static let steps: [Int] = {
        var steps = Array(repeating: before.count, count: 256)
        for (place, byte) in before.dropLast().enumerated() { steps[Int(byte)] = before.count - 1 - place }
        return steps
    }()

    /// The latest clock in these lines that is not further ahead of `now` than is merged; zero if they have none.
    static func latest(in lines: [ArraySlice<UInt8>], now: Int64) -> HybridClock {
        lines.reduce(HybridClock(milliseconds: 0)) { latest, line in
            line.withUnsafeBufferPointer { latest.merged(Self.latest(in: $0, now: now), now: now) }
        }
    }

    private static func latest(in bytes: UnsafeBufferPointer<UInt8>, now: Int64) -> HybridClock {
        var latest = HybridClock(milliseconds: 0)
        var place = 0
        let last = before.count - 1
        while place + before.count + length <= bytes.count {
            var matched = last
            while matched >= 0, bytes[place + matched] == before[matched] { matched -= 1 }
            if matched < 0 {
                let start = place + before.count
                let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
                if let clock = HybridClock(text) { latest = latest.merged(clock, now: now) }
            }
            place += steps[Int(bytes[place + last])]
        }
        return latest
    }
}

extension StoreTransaction {
    /// Advances the node's clock to another's, if that is later and not too far ahead.
    func merge(_ clock: HybridClock, now: Int64) throws {
        let own = try self.clock()
        let merged = own.merged(clock, now: now)
        if merged != own { try setClock(merged) }
    }
}

package import CanonicalJSON

/// When the clocks of a zone were set how.
package struct ZoneTable: Hashable, Sendable {
    /// From this second of Unix time on, the clock is so many seconds ahead of UTC; in order, the first from ever on.
    private let spans: [(from: Int64, offset: Int)]

    /// Before all time that is written down: what JSON still holds exactly.
    private static let ever: Int64 = -9_007_199_254_740_991
    /// No clock is further from UTC.
    private static let farthest = 26 * 3_600
    private static let longest = 2_000

    /// Reads what `json` gives; nil if it is none.
    package init?(_ json: JSON) {
        guard let list = json.array, (1...Self.longest).contains(list.count) else { return nil }
        var spans: [(from: Int64, offset: Int)] = []
        for item in list {
            guard let pair = item.array, pair.count == 2, let from = pair[0].integer, let offset = pair[1].integer,
                abs(offset) <= Self.farthest, spans.last.map({ $0.from < from }) ?? true
            else { return nil }
            spans.append((from, Int(offset)))
        }
        self.spans = spans
    }

    /// Reads a file of the system's zone data (RFC 8536, the part with 64 bits); nil if it is none.
    package init?(file: [UInt8]) {
        func number(_ at: Int, _ size: Int) -> Int64? {
            guard at >= 0, at + size <= file.count else { return nil }
            let bits = file[at..<(at + size)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return size == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
        }
        /// Numbers of leap seconds, transitions, types, letters and marks, as the head at a place tells them.
        func counts(_ head: Int) -> [Int]? {
            guard file.count >= head + 44, file[head..<(head + 4)].elementsEqual("TZif".utf8) else { return nil }
            let all = (0..<6).compactMap { number(head + 20 + $0 * 4, 4).map { Int($0) } }
            return all.count == 6 && all.allSatisfy { (0...100_000).contains($0) } ? all : nil
        }
        guard let first = counts(0), file[4] >= UInt8(ascii: "2") else { return nil }
        let head = 44 + first[3] * 5 + first[4] * 6 + first[5] + first[2] * 8 + first[1] + first[0]
        guard let second = counts(head), second[4] > 0, second[3] < Self.longest else { return nil }
        let times = head + 44, kinds = times + second[3] * 8, offsets = kinds + second[3]
        func offset(_ kind: Int) -> Int? {
            guard kind < second[4], let seconds = number(offsets + kind * 6, 4), abs(seconds) <= Self.farthest else {
                return nil
            }
            return Int(seconds)
        }
        guard let usual = offset(0) else { return nil }
        var spans = [(from: Self.ever, offset: usual)]
        for place in 0..<second[3] {
            guard let from = number(times + place * 8, 8), kinds + place < file.count,
                let offset = offset(Int(file[kinds + place]))
            else { return nil }
            if from > spans[spans.count - 1].from { spans.append((from, offset)) }
        }
        self.spans = spans
    }

    package var json: JSON {
        .array(spans.map { .array([.integer($0.from), .integer(Int64($0.offset))]) })
    }

    /// How far the clock is ahead of UTC at a second of Unix time.
    package func offset(at second: Int64) -> Int { spans.last { $0.from <= second }?.offset ?? spans[0].offset }

    /// Equal if they tell the same of every second.
    package static func == (a: ZoneTable, b: ZoneTable) -> Bool { a.json == b.json }
    /// Of the turns alone, which differ between zones that differ.
    package func hash(into hasher: inout Hasher) { for span in spans { hasher.combine(span.from) } }
}

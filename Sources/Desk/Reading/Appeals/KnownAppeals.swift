package import Appeals
import CanonicalJSON
import Replication

/// What is known here of somebody who calls, by telephone and e-mail.
package struct KnownAppeals {
    /// The newest first.
    package let appeals: [ListedAppeal]
    /// From which day on appeals were looked at; nil if there were none to look at.
    package let since: CivilDate?

    package init(appeals: [ListedAppeal], since: CivilDate?) {
        self.appeals = appeals
        self.since = since
    }
}

extension Desk {
    /// How far back appeals are looked at, the newest days first, and how many of them: contacts have no index, and somebody
    /// waits on the phone.
    private static let daysBack = [0, 2, 10, 40, 120]
    private static let looksAtMost = 6_000
    private static let foundAtMost = 10

    /// Appeals of the last months with this telephone or this address, but for what is kept from the reader; none of neither.
    package func known(phone: PhoneNumber?, email: EmailAddress?) throws -> KnownAppeals {
        let wanted = [phone?.number, email?.address].compactMap(\.self).map { Array("\"\($0)\"".utf8) }
        guard !wanted.isEmpty else { return KnownAppeals(appeals: [], since: nil) }
        return try read { reading in
            var found: [ListedAppeal] = [], looked = 0, since: CivilDate?
            for (near, far) in zip(Self.daysBack, Self.daysBack.dropFirst()) {
                let part = try known(wanted, from: far, to: near, atMost: Self.looksAtMost - looked, reading)
                guard let part else { break }
                looked += part.looked
                since = today.adding(days: -far)
                found += part.found
            }
            return KnownAppeals(appeals: Array(found.prefix(Self.foundAtMost)), since: since)
        }
    }

    /// Those registered between so many days ago and so many; nil if they are more than may be looked at.
    private func known(
        _ wanted: [[UInt8]],
        from far: Int,
        to near: Int,
        atMost: Int,
        _ reading: any StoreReading
    ) throws -> (found: [ListedAppeal], looked: Int)? {
        let spaces = try spaces(reading)
        let end = near == 0 ? "g" : Self.key(now - Int64(near) * 86_400_000)
        var after = Self.key(now - Int64(far) * 86_400_000), looked = 0, ids: [String] = []
        while true {
            let rows = try reading.rows(
                spaces.appeals,
                generation: spaces.appealsGeneration,
                after: after,
                limit: ReplicationLimits.chunk
            )
            let fitting = rows.prefix { $0.key < end }
            looked += fitting.count
            guard looked <= atMost else { return nil }
            ids += fitting.filter { row in wanted.contains { row.bytes.contains($0) } }.map(\.key)
            guard rows.count == ReplicationLimits.chunk, fitting.count == rows.count, let last = rows.last else {
                break
            }
            after = last.key
        }
        return (try ids.reversed().compactMap { try listedAppeal($0, reading) }, looked)
    }

    /// What the ids begin with that were made at this moment.
    private static func key(_ instant: Int64) -> String {
        let time = String(instant & 0xFFFF_FFFF_FFFF, radix: 16)
        let stamp = String(repeating: "0", count: max(0, 12 - time.count)) + time
        return stamp.prefix(8) + "-" + stamp.dropFirst(8)
    }

    /// The index that the next registration by this mark gets, unless somebody else comes first.
    package func nextIndex(_ mark: IndexSeries.Mark) throws -> RegistrationIndex? {
        try read { reading in
            let series = try series(mark, reading), spaces = try spaces(reading)
            var last = try reading.seriesLast(series.description)
            for _ in 0..<Self.takenAtMost {
                guard let index = RegistrationIndex.next(in: series, after: Int(clamping: last)) else { return nil }
                let taken = try reading.key(
                    spaces.appeals,
                    generation: spaces.appealsGeneration,
                    index: index.description
                )
                if taken == nil { return index }
                last += 1
            }
            return nil
        }
    }

    /// How many numbers that an import took ahead of a series are passed over before no number is foretold.
    private static let takenAtMost = 100
}

extension [UInt8] {
    /// Whether these bytes stand somewhere in it.
    fileprivate func contains(_ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first, count >= wanted.count else { return false }
        return withUnsafeBufferPointer { bytes in
            var place = 0
            while place <= bytes.count - wanted.count {
                if bytes[place] == first, bytes[place..<(place + wanted.count)].elementsEqual(wanted) { return true }
                place += 1
            }
            return false
        }
    }
}

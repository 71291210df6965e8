package import Appeals
package import Replication

/// Ids and registration indices of new appeals.
extension Desk {
    /// A new id: its first half tells the time, so that appeals of one day lie together.
    package func newAppeal() -> String {
        let time = String(now & 0xFFFF_FFFF_FFFF, radix: 16)
        let stamp = String(repeating: "0", count: max(0, 12 - time.count)) + time
        return Self.uuid(stamp + place.draw(10), version: "7")
    }

    /// A UUID of 32 hexadecimal digits, with its version and variant set.
    package static func uuid(_ digits: String, version: Character) -> String {
        var hex = Array(digits)
        precondition(hex.count == 32, "a UUID has 32 digits")
        hex[12] = version
        hex[16] = "8"
        let ends = [8, 12, 16, 20, 32]
        let parts = zip([0] + ends, ends).map { String(hex[$0..<$1]) }
        return parts.joined(separator: "-")
    }

    /// The series that this node draws from: its own, and its incarnation's from the second on.
    package func series(_ mark: IndexSeries.Mark, _ reading: any StoreReading) throws -> IndexSeries {
        let incarnation =
            isOffice
            ? try reading.value(Values.incarnation) ?? ""
            : try reading.value(Values.incarnations)?.last ?? ""
        let isFirst = try reading.origins(node: place.node).count <= 1
        let series = IndexSeries(
            department: isOffice ? nil : place.node,
            incarnation: isFirst ? nil : String(incarnation.prefix(2)),
            mark: mark
        )
        guard let series else {
            throw DeskError(
                .configuration,
                "wrongSeries",
                uk: "назва вузла «\(place.node)» не годиться для реєстраційного індексу",
                en: "the node's name \"\(place.node)\" does not make a registration index"
            )
        }
        return series
    }

    /// Draws the next index, in the transaction of the registration.
    package func drawIndex(
        _ mark: IndexSeries.Mark,
        _ transaction: any StoreTransaction
    ) throws -> (RegistrationIndex, Int64) {
        let series = try series(mark, transaction)
        var last = try transaction.seriesLast(series.description)
        let spaces = try spaces(transaction)
        while true {
            guard let index = RegistrationIndex.next(in: series, after: Int(clamping: last)) else {
                throw DeskError(
                    .failed,
                    "seriesUsedUp",
                    uk: "ряд «\(series)» вичерпано",
                    en: "the series \"\(series)\" is used up"
                )
            }
            last += 1
            // An import may have taken numbers ahead of the series.
            if try transaction.key(spaces.appeals, generation: spaces.appealsGeneration, index: index.description)
                != nil
            {
                continue
            }
            try transaction.setSeriesLast(series.description, last)
            return (index, last)
        }
    }

    /// Returns a number that was drawn for a registration which the office refused, if no other was drawn since.
    package func giveBack(_ series: String, _ number: Int64) throws {
        try place.store.write { transaction in
            if try transaction.seriesLast(series) == number { try transaction.setSeriesLast(series, number - 1) }
        }
    }
}

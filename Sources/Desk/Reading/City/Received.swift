package import Appeals
import Replication

/// How many appeals were registered from the first of a month through a day, by the dates of the register.
package struct Received: Sendable, Equatable {
    package let from: CivilDate
    package let through: CivilDate
    package let count: Int64
    /// In the same days of the month before.
    package let before: Int64
}

extension Desk {
    /// Without what is kept from the reader; whenever somebody asks, since the register has the days.
    ///
    /// - Parameter instant: unix milliseconds.
    package func received(asOf instant: Int64) throws -> Received {
        let day = Today.date(instant)
        return try read { reading in
            let rows = try listed(reading)
            func count(_ from: CivilDate, _ through: CivilDate) throws -> Int64 {
                var filter = ListFilter()
                (filter.registeredFrom, filter.registeredThrough) = (from.description, through.description)
                return try rows.count(filter)
            }
            let first = day.adding(days: 1 - day.day) ?? day
            let last = first.adding(days: -1) ?? first
            let formerFirst = last.adding(days: 1 - last.day) ?? last
            let formerDay = formerFirst.adding(days: min(day.day, last.day) - 1) ?? last
            return Received(
                from: first,
                through: day,
                count: try count(first, day),
                before: try count(formerFirst, formerDay)
            )
        }
    }
}

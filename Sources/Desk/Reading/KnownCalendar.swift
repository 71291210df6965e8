import Appeals
import Locks

/// The calendar as it was read last: each has hundreds of days, and a page asks for it several times.
///
/// Whatever was published since, or another day, is read anew.
final class KnownCalendar: Sendable {
    private struct Known: Sendable {
        let writes: [String]
        let today: CivilDate
        let calendar: WorkingCalendar
    }

    private let known = Locked<Known?>(nil)

    init() {}

    /// As `WorkingCalendar.inForce`.
    func inForce(on today: CivilDate, among entries: [Aggregate]) throws(CalendarRefusal) -> WorkingCalendar {
        let writes = entries.map { $0[.registers, "entry"].map { "\($0.write) \($0.commit)" } ?? "" }
        if let known = known.withLock({ $0 }), known.today == today, known.writes == writes { return known.calendar }
        let calendar = try WorkingCalendar.inForce(on: today, among: entries)
        known.withLock { $0 = Known(writes: writes, today: today, calendar: calendar) }
        return calendar
    }
}

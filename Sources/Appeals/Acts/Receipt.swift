/// When an appeal came, and the day it counts as received by the body (DESIGN.md "Deadlines and calendar").
public struct Receipt: Hashable, Sendable {
    /// How the day of receipt was found.
    public enum Rule: String, Hashable, Sendable {
        case sameDay
        /// At or after the end of the working day: the next working day.
        case afterHours
        /// On a day off: the next working day.
        case nonWorkingDay
    }

    /// Unix milliseconds.
    public let receivedAt: Int64
    /// The same as a clock in Kyiv shows it.
    public let moment: KyivTime.Moment
    /// The day from which every term is counted.
    public let registered: CivilDate
    /// Why it is that day.
    public let rule: Rule

    /// Only e-appeals wait for the next working day: where a person took the appeal, the body has it that day.
    public init(receivedAt: Int64, channel: Channel, calendar: WorkingCalendar) throws(DeadlineRefusal) {
        guard let moment = KyivTime.moment(at: receivedAt) else {
            throw .instantOutOfRange(milliseconds: receivedAt)
        }
        self.receivedAt = receivedAt
        self.moment = moment
        if channel.waitsForWorkingHours && !calendar.isWorkingDay(moment.date) {
            rule = .nonWorkingDay
        } else if channel.waitsForWorkingHours && moment.time >= calendar.workingHoursEnd {
            rule = .afterHours
        } else {
            rule = .sameDay
        }
        guard rule != .sameDay else {
            registered = moment.date
            return
        }
        guard let next = calendar.addingWorkingDays(1, to: moment.date) else {
            throw .dateOutOfRange(from: moment.date)
        }
        registered = next
    }
}

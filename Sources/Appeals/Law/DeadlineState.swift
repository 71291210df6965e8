/// How near a due date is: the colour and the words beside a card (DESIGN.md "Deadlines and calendar").
///
/// A colour never stands alone.
public enum DeadlineState: Hashable, Sendable {
    case overdue(days: Int)
    case today(until: TimeOfDay)
    /// One to three working days left; zero when only days off are left.
    case soon(workingDays: Int)
    case later(CivilDate)
    /// More than three working days before the date of an extension.
    case extended(CivilDate)
    /// Made offline, calendar or receipt not confirmed yet.
    case provisional(CivilDate)

    /// An appeal is due soon from this many working days before its due date on.
    public static let soonDays = 3

    /// The state of an open appeal.
    ///
    /// `due` is the control date, or the extension's control date with `isExtended`.
    public init(
        due: CivilDate,
        today: CivilDate,
        calendar: WorkingCalendar,
        isExtended: Bool = false,
        isProvisional: Bool = false
    ) {
        if isProvisional {
            self = .provisional(due)
        } else if today > due {
            self = .overdue(days: due.days(until: today))
        } else if today == due {
            self = .today(until: calendar.workingHoursEnd)
        } else {
            let left = Self.workingDaysLeft(from: today, to: due, calendar: calendar)
            self = left <= Self.soonDays ? .soon(workingDays: left) : isExtended ? .extended(due) : .later(due)
        }
    }

    /// Whether the legal date has passed: colours go by the control date, this by the statutory or extended one.
    public static func isLegallyOverdue(statutory: CivilDate, extendedTo: CivilDate? = nil, today: CivilDate) -> Bool {
        today > (extendedTo ?? statutory)
    }

    /// The name of the bar for a style sheet.
    public var code: String {
        switch self {
        case .overdue: "overdue"
        case .today: "today"
        case .soon: "soon"
        case .later: "later"
        case .extended: "extended"
        case .provisional: "provisional"
        }
    }

    /// The words beside the colour.
    public var label: Label {
        switch self {
        case .overdue(let days):
            Label(
                uk: "Прострочено на \(days) \(Plural.days(days))",
                en: "Overdue by \(Plural.english(days, "day"))"
            )
        case .today(let until): Label(uk: "Строк сьогодні, до \(until)", en: "Due today, by \(until)")
        case .soon(let days):
            Label(
                uk: "\(days == 1 ? "Залишився" : "Залишилось") \(days) роб. \(Plural.days(days))",
                en: "\(Plural.english(days, "working day")) left"
            )
        case .later(let due): Label(uk: "до \(due.ukrainianDayAndMonth)", en: "due \(due)")
        case .extended(let due):
            Label(uk: "Продовжено до \(due.ukrainianDayAndMonth)", en: "Extended to \(due)")
        case .provisional(let due):
            Label(uk: "Попередньо: \(due.ukrainianDayAndMonth)", en: "Provisional: \(due)")
        }
    }

    /// A date far away needs no exact count, and a list of a hundred thousand cards must not walk years for each.
    private static func workingDaysLeft(from today: CivilDate, to due: CivilDate, calendar: WorkingCalendar) -> Int {
        guard today.days(until: due) <= 60 else { return soonDays + 1 }
        return calendar.workingDays(after: today, through: due)
    }
}

/// Which days are working days: dated data with a version, published by the office, never code.
///
/// Due dates keep the version they were computed with, so that a new version moves no date already told to anybody.
public struct WorkingCalendar: Hashable, Sendable {
    /// A public holiday of Labour Code Article 73 on one day of one year.
    public struct Holiday: Hashable, Sendable {
        /// The day itself: what falls on another date each year has a row a year.
        public let date: CivilDate
        /// As explanations of a term say it.
        public let name: Label

        public init(date: CivilDate, name: Label) {
            self.date = date
            self.name = name
        }
    }

    /// Days from `from` to `through`, both inside; open ended when `through` is nil.
    public struct Period: Hashable, Sendable {
        /// Its first day.
        public let from: CivilDate
        /// Its last day; nil while nobody knows.
        public let through: CivilDate?

        public init(from: CivilDate, through: CivilDate?) {
            self.from = from
            self.through = through
        }

        /// Whether the day is inside.
        public func contains(_ date: CivilDate) -> Bool {
            guard date >= from else { return false }
            guard let through else { return true }
            return date <= through
        }
    }

    /// What a day is and why.
    public enum DayKind: Hashable, Sendable {
        case working
        case weekend
        /// A public holiday in peace: a day off.
        case holiday(Label)
        /// A holiday that martial law makes a working day.
        case workingHoliday(Label)
        /// A day off by an order, or the day off a holiday at a weekend was moved to.
        case extraDayOff
        /// A weekend day or holiday made a working day by an order.
        case extraWorkingDay
        /// A holiday that falls on a weekend day: off in any case.
        case weekendHoliday(Label)

        /// Whether a last day may fall on it.
        public var isWorking: Bool {
            switch self {
            case .working, .workingHoliday, .extraWorkingDay: true
            case .weekend, .holiday, .extraDayOff, .weekendHoliday: false
            }
        }
    }

    /// Printable ASCII, as `2026-1`; due dates name it.
    public let version: String
    /// The days this version was made for; beyond them only weekends are known and dates are provisional.
    public let validFrom: CivilDate
    /// The last such day.
    public let validThrough: CivilDate
    /// In the order of the week; never all seven.
    public let weekend: [Weekday]
    /// After it what no person took counts as received the next working day.
    public let workingHoursEnd: TimeOfDay
    /// By date, each date once.
    public let holidays: [Holiday]
    /// Periods in which Article 73 is suspended: holidays are working days and nothing is moved.
    public let martialLaw: [Period]
    /// By date; an order of the government, or a holiday's day off moved from a weekend.
    public let extraDaysOff: [CivilDate]
    /// By date; they go before all else.
    public let extraWorkingDays: [CivilDate]

    /// Elements of each list.
    public static let longestList = 2048
    /// Characters.
    public static let longestVersion = 32

    /// Sorts the lists; refuses data that names a day twice, no version, or a week without working days.
    public init(
        version: String,
        validFrom: CivilDate,
        validThrough: CivilDate,
        weekend: [Weekday] = [.saturday, .sunday],
        workingHoursEnd: TimeOfDay,
        holidays: [Holiday],
        martialLaw: [Period],
        extraDaysOff: [CivilDate] = [],
        extraWorkingDays: [CivilDate] = []
    ) throws(CalendarRefusal) {
        self.version = version
        self.validFrom = validFrom
        self.validThrough = validThrough
        self.weekend = Weekday.allCases.filter(weekend.contains)
        self.workingHoursEnd = workingHoursEnd
        self.holidays = holidays.sorted { $0.date < $1.date }
        self.martialLaw = martialLaw.sorted { $0.from < $1.from }
        self.extraDaysOff = extraDaysOff.sorted()
        self.extraWorkingDays = extraWorkingDays.sorted()
        try check(weekendCount: weekend.count)
    }

    /// Whether a day is inside the days this version was made for.
    public func covers(_ date: CivilDate) -> Bool {
        validFrom <= date && date <= validThrough
    }

    /// What the day is: orders first, then weekends, then holidays with or without martial law.
    public func kind(of date: CivilDate) -> DayKind {
        if Self.find(date, in: extraWorkingDays, by: \.self) != nil { return .extraWorkingDay }
        if Self.find(date, in: extraDaysOff, by: \.self) != nil { return .extraDayOff }
        let isWeekend = weekend.contains(date.weekday)
        guard let holiday = Self.find(date, in: holidays, by: \.date) else { return isWeekend ? .weekend : .working }
        if isWeekend { return .weekendHoliday(holiday.name) }
        return martialLaw.contains { $0.contains(date) } ? .workingHoliday(holiday.name) : .holiday(holiday.name)
    }

    /// Whether a last day may fall on it.
    public func isWorkingDay(_ date: CivilDate) -> Bool {
        kind(of: date).isWorking
    }

    /// The day itself when it is a working day, else the next one; nil beyond 2199.
    public func rollForward(_ date: CivilDate) -> CivilDate? {
        roll(date, by: 1)
    }

    /// The day itself when it is a working day, else the previous one; nil before 1900.
    public func rollBack(_ date: CivilDate) -> CivilDate? {
        roll(date, by: -1)
    }

    /// The working day that many working days after `date` (before it when negative).
    ///
    /// Zero is the day itself.
    public func addingWorkingDays(_ count: Int, to date: CivilDate) -> CivilDate? {
        guard count.magnitude <= 110_000 else { return nil }
        var day = date
        var left = count.magnitude
        while left > 0 {
            guard let next = day.adding(days: count > 0 ? 1 : -1) else { return nil }
            day = next
            if isWorkingDay(day) { left -= 1 }
        }
        return day
    }

    /// Working days after `from` up to and with `through`; zero when `through` is not later.
    public func workingDays(after from: CivilDate, through: CivilDate) -> Int {
        var day = from
        var count = 0
        while day < through, let next = day.adding(days: 1) {
            day = next
            if isWorkingDay(day) { count += 1 }
        }
        return count
    }

    /// Holidays from one day to another, both inside, in order.
    public func holidays(from: CivilDate, through: CivilDate) -> [Holiday] {
        holidays.filter { from <= $0.date && $0.date <= through }
    }

    /// Walks until a working day; a week has one at least.
    private func roll(_ date: CivilDate, by step: Int) -> CivilDate? {
        var day = date
        while !isWorkingDay(day) {
            guard let next = day.adding(days: step) else { return nil }
            day = next
        }
        return day
    }

    /// Binary search: the lists are sorted by date, each date once.
    private static func find<Element>(
        _ date: CivilDate,
        in list: [Element],
        by key: KeyPath<Element, CivilDate>
    ) -> Element? {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            let there = list[middle][keyPath: key]
            if there == date { return list[middle] }
            if there < date { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private func check(weekendCount: Int) throws(CalendarRefusal) {
        guard !version.isEmpty, version.utf8.count <= Self.longestVersion,
            version.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw CalendarRefusal(
                path: "version",
                found: Label(version),
                remedy: Label(
                    uk: "вкажіть від 1 до 32 знаків ASCII без пробілів, як-от 2026-1",
                    en: "give 1 to 32 ASCII characters without spaces, as 2026-1"
                )
            )
        }
        guard validFrom <= validThrough else {
            throw CalendarRefusal(
                path: "validThrough",
                found: Label("\(validThrough)"),
                remedy: Label(
                    uk: "вкажіть день не раніше validFrom \(validFrom)",
                    en: "give a day not before validFrom \(validFrom)"
                )
            )
        }
        guard weekend.count == weekendCount, weekend.count < 7 else {
            throw CalendarRefusal(
                path: "weekend",
                found: Label(uk: "днів: \(weekendCount)", en: "\(weekendCount) days"),
                remedy: Label(
                    uk: "назвіть кожен вихідний раз і залиште в тижні робочий день",
                    en: "name each weekend day once and leave a working day in the week"
                )
            )
        }
        try Self.check(holidays.map(\.date), "holidays")
        try Self.check(extraDaysOff, "extraDaysOff")
        try Self.check(extraWorkingDays, "extraWorkingDays")
        if let both = extraDaysOff.first(where: extraWorkingDays.contains) {
            throw CalendarRefusal(
                path: "extraWorkingDays",
                found: Label(uk: "\(both) є і в extraDaysOff", en: "\(both) is in extraDaysOff too"),
                remedy: Label(uk: "залиште в одному списку", en: "leave it in one list")
            )
        }
        for period in martialLaw {
            if let through = period.through, through < period.from {
                throw CalendarRefusal(
                    path: "martialLaw",
                    found: Label("\(period.from) – \(through)"),
                    remedy: Label(
                        uk: "нехай період кінчається не раніше, ніж починається",
                        en: "end the period after its start"
                    )
                )
            }
        }
    }

    private static func check(_ dates: [CivilDate], _ path: String) throws(CalendarRefusal) {
        guard dates.count <= longestList else {
            throw CalendarRefusal(
                path: path,
                found: Label(uk: "днів: \(dates.count)", en: "\(dates.count) days"),
                remedy: Label(uk: "вкажіть щонайбільше \(longestList)", en: "give at most \(longestList)")
            )
        }
        for (date, next) in zip(dates, dates.dropFirst()) where date == next {
            throw CalendarRefusal(
                path: path,
                found: Label(uk: "\(date) двічі", en: "\(date) twice"),
                remedy: Label(uk: "назвіть кожен день раз", en: "name each day once")
            )
        }
    }
}

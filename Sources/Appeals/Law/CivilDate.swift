/// A day of the civil (Gregorian) calendar from 1900 to 2199: what a term of the law is counted in, never an instant.
public struct CivilDate: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// What this type can name: enough for any term, small enough that no sum overflows.
    public static let years: ClosedRange<Int> = 1900...2199

    /// 1900…2199.
    public let year: Int
    /// 1…12.
    public let month: Int
    /// 1 to the last day of the month.
    public let day: Int

    /// Nil when the year is outside 1900…2199 or there is no such day in the month.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysInMonth(month, of: year)
        else { return nil }
        self.init(checkedYear: year, month: month, day: day)
    }

    /// Strictly "YYYY-MM-DD": ten ASCII characters, a day that exists.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(11))
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Digits.number(bytes[0..<4]), let month = Digits.number(bytes[5..<7]),
            let day = Digits.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Strictly "DD.MM.YYYY", as people type it.
    public init?(dotted text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(11))
        guard bytes.count == 10, bytes[2] == UInt8(ascii: "."), bytes[5] == UInt8(ascii: "."),
            let day = Digits.number(bytes[0..<2]), let month = Digits.number(bytes[3..<5]),
            let year = Digits.number(bytes[6..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Days since 1970-01-01, negative before it.
    public init?(dayNumber: Int) {
        guard (Self.first.dayNumber...Self.last.dayNumber).contains(dayNumber) else { return nil }
        // Howard Hinnant's civil_from_days: years begin in March, so that the leap day is the last of a year.
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(checkedYear: year, month: month, day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private init(checkedYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// 1900-01-01, the first day this type can name.
    public static let first = CivilDate(checkedYear: years.lowerBound, month: 1, day: 1)
    /// 2199-12-31, the last day this type can name.
    public static let last = CivilDate(checkedYear: years.upperBound, month: 12, day: 31)

    /// Days since 1970-01-01 (days_from_civil).
    public var dayNumber: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday; the remainder is made positive for days before it.
        let sinceMonday = ((dayNumber + 3) % 7 + 7) % 7
        return Weekday.allCases[sinceMonday]
    }

    /// Nil when the result is outside 1900…2199.
    public func adding(days: Int) -> CivilDate? {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return overflow ? nil : CivilDate(dayNumber: sum)
    }

    /// The same day number some months later, or the last day of a shorter month (Civil Code, Article 254).
    public func adding(months: Int) -> CivilDate? {
        let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, sum >= 0, Self.years.contains(sum / 12) else { return nil }
        let month = sum % 12 + 1
        return CivilDate(
            year: sum / 12,
            month: month,
            day: min(day, Self.daysInMonth(month, of: sum / 12))
        )
    }

    /// Calendar days from `self` to `other`, negative when `other` is earlier.
    public func days(until other: CivilDate) -> Int {
        other.dayNumber - dayNumber
    }

    /// The earlier is the smaller.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// "2026-05-12".
    public var description: String {
        "\(Digits.fixed(year, to: 4))-\(Digits.fixed(month, to: 2))-\(Digits.fixed(day, to: 2))"
    }

    /// "12.05.2026 вт", as people write a date on a card.
    public var ukrainian: String {
        "\(ukrainianNumbers) \(weekday.shortName.text(.ukrainian))"
    }

    /// "12.05.2026".
    public var ukrainianNumbers: String {
        "\(ukrainianDayAndMonth).\(Digits.fixed(year, to: 4))"
    }

    /// "12.05", for a chip beside a card.
    public var ukrainianDayAndMonth: String {
        "\(Digits.fixed(day, to: 2)).\(Digits.fixed(month, to: 2))"
    }

    /// With the Gregorian leap days.
    static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension WorkingCalendar {
    /// The calendar every node starts with, version 2026-1: holidays of Labour Code Article 73 as in force since 2024
    /// for 2022–2030, and martial law from 24 February 2022, open ended.
    ///
    /// The office publishes its successors as data.
    public static let initial: WorkingCalendar = {
        guard let from = CivilDate("2022-01-01"), let through = CivilDate("2030-12-31"),
            let martialLaw = CivilDate("2022-02-24"), let end = TimeOfDay(hour: 17, minute: 0)
        else { preconditionFailure("the dates of calendar 2026-1 are written wrongly") }
        do {
            return try WorkingCalendar(
                version: "2026-1",
                validFrom: from,
                validThrough: through,
                workingHoursEnd: end,
                holidays: (from.year...through.year).flatMap(holidays(of:)),
                martialLaw: [Period(from: martialLaw, through: nil)]
            )
        } catch {
            preconditionFailure("calendar 2026-1 refuses its own data: \(error)")
        }
    }()

    /// Orthodox Easter Sunday (Julian reckoning, Meeus), 1900…2199.
    public static func easter(of year: Int) -> CivilDate? {
        guard CivilDate.years.contains(year) else { return nil }
        let (fourth, seventh, nineteenth) = (year % 4, year % 7, year % 19)
        let moon = (19 * nineteenth + 15) % 30
        let sunday = (2 * fourth + 4 * seventh - moon + 34) % 7
        let julian = moon + sunday + 114
        // The Julian calendar was 13 days behind from March 1900 to February 2100 and is 14 behind after.
        return CivilDate(year: year, month: julian / 31, day: julian % 31 + 1)?.adding(days: year < 2100 ? 13 : 14)
    }

    /// The days of Article 73 in one year; two may share a date (Easter on 1 May 2005), then the fixed one is kept.
    static func holidays(of year: Int) -> [Holiday] {
        var holidays: [Holiday] = []
        for day in fixed {
            guard let date = CivilDate(year: year, month: day.month, day: day.day) else { continue }
            holidays.append(Holiday(date: date, name: day.name))
        }
        let easter = easter(of: year)
        let movable = [
            (easter, Label(uk: "Великдень", en: "Easter Sunday")),
            (easter?.adding(days: 49), Label(uk: "Трійця", en: "Trinity Sunday")),
        ]
        for case (let date?, let name) in movable where !holidays.contains(where: { $0.date == date }) {
            holidays.append(Holiday(date: date, name: name))
        }
        return holidays
    }

    private static let fixed: [(month: Int, day: Int, name: Label)] = [
        (1, 1, Label(uk: "Новий рік", en: "New Year's Day")),
        (3, 8, Label(uk: "Міжнародний жіночий день", en: "International Women's Day")),
        (5, 1, Label(uk: "День праці", en: "Labour Day")),
        (5, 8, Label(uk: "День пам'яті та перемоги над нацизмом", en: "Day of Remembrance and Victory over Nazism")),
        (6, 28, Label(uk: "День Конституції України", en: "Constitution Day")),
        (7, 15, Label(uk: "День Української Державності", en: "Ukrainian Statehood Day")),
        (8, 24, Label(uk: "День незалежності України", en: "Independence Day")),
        (10, 1, Label(uk: "День захисників і захисниць України", en: "Defenders' Day")),
        (12, 25, Label(uk: "Різдво Христове", en: "Christmas Day")),
    ]
}

import Appeals
import Testing

@Suite("A civil date")
struct CivilDateTests {
    @Test("every day from 1900 to 2199 follows the one before it, in number, weekday and text")
    func everyDay() {
        var (year, month, dayOfMonth, weekday) = (1900, 1, 1, 0)
        var number = -25_567
        var wrong: [String] = []
        while year < 2200 {
            guard let date = CivilDate(year: year, month: month, day: dayOfMonth) else {
                wrong.append("no \(year)-\(month)-\(dayOfMonth)")
                break
            }
            if date.dayNumber != number || CivilDate(dayNumber: number) != date
                || date.weekday != Weekday.allCases[weekday] || CivilDate(date.description) != date
            {
                wrong.append(date.description)
            }
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            number += 1
            weekday = (weekday + 1) % 7
            dayOfMonth += 1
            if dayOfMonth > lengths[month - 1] { (month, dayOfMonth) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
        #expect(CivilDate(dayNumber: number) == nil)
        #expect(CivilDate(dayNumber: -25_568) == nil)
    }

    @Test(
        "only YYYY-MM-DD of a day that exists is read",
        arguments: [
            "", "2026-2-03", "2026-02-30", "2025-02-29", "2100-02-29", "1899-12-31", "2200-01-01", "2026-13-01",
            "2026-00-10", "2026-01-00", "+026-01-01", "2026-01-01 ", "2026/01/01", "٢٠٢٦-01-01", "2026-01-0１",
            "2026-01-011",
        ]
    )
    func refused(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("only DD.MM.YYYY of a day that exists is read from what people type")
    func dotted() {
        #expect(CivilDate(dotted: "03.02.2026") == day("2026-02-03"))
        #expect(CivilDate(dotted: "3.2.2026") == nil)
        #expect(CivilDate(dotted: "31.02.2026") == nil)
        #expect(CivilDate(dotted: "03.02.20260") == nil)
    }

    @Test(
        "a month ends on the same day or the last of a shorter month",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", 1, "2026-04-30"),
            ("2026-12-10", 1, "2027-01-10"), ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -13, "2024-12-15"),
            ("2024-02-29", 12, "2025-02-28"),
        ]
    )
    func months(from: String, count: Int, to: String) {
        #expect(day(from).adding(months: count) == day(to))
    }

    @Test("arithmetic beyond the calendar gives nothing and never traps")
    func beyond() {
        for count in [Int.max, Int.min, 200_000, -200_000] {
            #expect(day("2026-05-12").adding(days: count) == nil)
            #expect(day("2026-05-12").adding(months: count) == nil)
            #expect(CivilDate(dayNumber: count) == nil)
            #expect(CivilDate(year: count, month: count, day: count) == nil)
            #expect(CivilDate(year: 2026, month: 5, day: count) == nil)
        }
        #expect(CivilDate.last.adding(days: 1) == nil)
        #expect(CivilDate.first.adding(months: -1) == nil)
    }

    @Test("a date is printed as people write it")
    func printed() {
        #expect(day("2026-05-12").ukrainian == "12.05.2026 вт")
        #expect(day("2026-04-12").ukrainian == "12.04.2026 нд")
        #expect(day("2026-05-02").ukrainianDayAndMonth == "02.05")
    }
}

import Appeals
import Testing

/// Counts by walking day after day through a table of days made by hand rules, sharing nothing with the product.
private struct Oracle {
    struct Day {
        let year, month, dayOfMonth: Int
        let isWorking: Bool
        var text: String {
            "\(year)-" + (month < 10 ? "0" : "") + "\(month)-" + (dayOfMonth < 10 ? "0" : "") + "\(dayOfMonth)"
        }
    }

    private(set) var days: [Day] = []

    init(martialLaw: Bool) {
        let easter = [
            2022: "4-24", 2023: "4-16", 2024: "5-5", 2025: "4-20", 2026: "4-12", 2027: "5-2", 2028: "4-16", 2029: "4-8",
            2030: "4-28",
        ]
        let fixed = ["1-1", "3-8", "5-1", "5-8", "6-28", "7-15", "8-24", "10-1", "12-25"]
        var weekday = 6  // 2022-01-01 was a Saturday
        var sinceEaster = 1000
        for year in 2022...2031 {
            let february = year % 4 == 0 ? 29 : 28
            for (place, length) in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for dayOfMonth in 1...length {
                    let name = "\(place + 1)-\(dayOfMonth)"
                    sinceEaster = easter[year] == name ? 0 : sinceEaster + 1
                    let moving = easter[year] != nil && (easter[year] == name || sinceEaster == 49)
                    let holiday = year < 2031 && (fixed.contains(name) || moving)
                    let war = martialLaw && (year, place + 1, dayOfMonth) >= (2022, 2, 24)
                    let working = weekday != 6 && weekday != 7 && (!holiday || war)
                    days.append(Day(year: year, month: place + 1, dayOfMonth: dayOfMonth, isWorking: working))
                    weekday = weekday == 7 ? 1 : weekday + 1
                }
            }
        }
    }

    func forward(_ place: Int) -> Int { days[place...].firstIndex { $0.isWorking } ?? -1 }
    func back(_ place: Int) -> Int { days[...place].lastIndex { $0.isWorking } ?? -1 }

    /// The day with the same number in the next month, or that month's last.
    func month(after place: Int) -> Int {
        var next = place
        while days[next].month == days[place].month { next += 1 }
        while days[next].dayOfMonth < days[place].dayOfMonth, days[next + 1].month == days[next].month { next += 1 }
        return next
    }
}

@Suite("Due dates against an independent calendar")
struct DeadlineOracleTests {
    @Test("20,000 random days of receipt give the same dates", arguments: [true, false])
    func random(martialLaw: Bool) throws {
        let oracle = Oracle(martialLaw: martialLaw)
        let calendar = martialLaw ? WorkingCalendar.initial : .peace
        var random = SplitMix(state: 20_260_124)
        var wrong: [String] = []
        for _ in 0..<20_000 {
            let place = Int.random(in: 0..<3500, using: &random)
            let registered = day(oracle.days[place].text)
            let month = try Deadlines.due(
                registered: registered,
                basis: .month,
                channel: .mayorPhone,
                calendar: calendar
            )
            let fifteen = try Deadlines.due(
                registered: registered,
                basis: .fifteenDays,
                channel: .portal,
                calendar: calendar
            )
            var target = place
            for _ in 0..<3 { target = oracle.forward(target + 1) }
            let monthEnd = oracle.month(after: place)
            let expected = [
                oracle.forward(monthEnd), oracle.back(min(monthEnd, place + 30)), place + 45, target,
                oracle.forward(place + 5), oracle.forward(place + 10), oracle.forward(place + 15),
                oracle.back(place + 15),
            ].map { oracle.days[$0].text }
            let found = [
                month.statutory, month.control, month.cap, month.internalTarget, month.forwardBy, month.returnBy,
                fifteen.statutory, fifteen.control,
            ].map { $0?.description ?? "none" }
            if found != expected { wrong.append("\(registered): \(found) for \(expected)") }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
}

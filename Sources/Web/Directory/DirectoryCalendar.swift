import Appeals
import Desk

/// The calendar in force: which days are off, by month, and how to publish the next version.
extension WebCall {
    /// The calendar in force, and the special days of the year that the address names, else of this one.
    func calendarPage() throws -> WebReply {
        let calendar = try desk.calendarInForce()
        let year = request.parameter("year").flatMap { Int($0) } ?? desk.today.year
        guard (1900...2199).contains(year) else { return nothingHere() }
        let days = special(calendar, year)
        let heads = [say("День", "Day"), say("Що за день", "What it is"), say("Чи робочий", "Working")]
        return try directoryPage(.calendar, acts: [directoryAct(.calendarPut, isMain: true)]) {
            tag("div", ["class": "sheet pad"]) {
                tag("dl", ["class": "kv"]) {
                    tag("dt") { say("Версія", "Version") }
                    tag("dd") { calendar.version }
                    tag("dt") { say("Чинний", "Valid") }
                    tag("dd") { calendar.validFrom.ukrainianNumbers + "–" + calendar.validThrough.ukrainianNumbers }
                    tag("dt") { say("Кінець робочого дня", "End of the working day") }
                    tag("dd") { calendar.workingHoursEnd.description }
                    tag("dt") { say("Вихідні", "Weekend") }
                    tag("dd") { calendar.weekend.map { say($0.shortName) }.joined(separator: ", ") }
                    tag("dt") { say("Воєнний стан (свята робочі)", "Martial law (holidays are working days)") }
                    tag("dd") {
                        calendar.martialLaw.map {
                            $0.from.ukrainianNumbers + "–" + ($0.through?.ukrainianNumbers ?? "…")
                        }
                        .joined(separator: ", ")
                    }
                }
            }
            tag("section", ["class": "sheet"]) {
                tag("header") {
                    tag("h2") { say("Особливі дні \(year) року", "Special days of \(year)") }
                    tag("span", ["class": "row"]) {
                        for other in [year - 1, year + 1] {
                            tag("a", ["class": "small", "href": Self.address(request.path, [("year", "\(other)")])]) {
                                "\(other)"
                            }
                        }
                    }
                }
                listTable(
                    say("Особливі дні", "Special days"),
                    heads,
                    days.map { day, kind in
                        listRow(
                            heads,
                            Markup(day.ukrainianNumbers + " " + say(day.weekday.shortName)),
                            [
                                Markup(words(kind)),
                                Markup(kind.isWorking ? say("робочий", "working") : say("вихідний", "off")),
                            ]
                        )
                    },
                    nothing: say("Лише звичайні дні.", "Only usual days.")
                )
            }
        }
    }

    /// The days of a year that are neither usual working days nor usual weekends.
    private func special(_ calendar: WorkingCalendar, _ year: Int) -> [(CivilDate, WorkingCalendar.DayKind)] {
        var days: [(CivilDate, WorkingCalendar.DayKind)] = [], next = CivilDate(year: year, month: 1, day: 1)
        while let day = next, day.year == year {
            let kind = calendar.kind(of: day)
            if kind != .working, kind != .weekend { days.append((day, kind)) }
            next = day.adding(days: 1)
        }
        return days
    }

    /// What a day is, as a reader calls it; a holiday by its own name.
    private func words(_ kind: WorkingCalendar.DayKind) -> String {
        switch kind {
        case .working: say("робочий день", "a working day")
        case .weekend: say("вихідний", "a weekend day")
        case .holiday(let name), .workingHoliday(let name), .weekendHoliday(let name): say(name)
        case .extraDayOff: say("додатковий вихідний", "an extra day off")
        case .extraWorkingDay: say("робочий за рішенням", "a working day by order")
        }
    }
}

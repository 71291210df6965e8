import Appeals
import CanonicalJSON
import Testing

@Suite("The working calendar")
struct WorkingCalendarTests {
    let calendar = WorkingCalendar.initial

    @Test("Easter and Trinity fall on the days the church keeps")
    func easter() {
        let known = [
            "2022-04-24", "2023-04-16", "2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02", "2028-04-16",
            "2029-04-08", "2030-04-28",
        ]
        #expect(known.map { WorkingCalendar.easter(of: day($0).year) } == known.map(day))
        #expect(WorkingCalendar.easter(of: 2100) == day("2100-05-02"))
        #expect(WorkingCalendar.easter(of: 2200) == nil)
        #expect(calendar.kind(of: day("2026-05-31")) == .weekendHoliday(Label(uk: "Трійця", en: "Trinity Sunday")))
    }

    @Test("a holiday is a working day under martial law and a day off without it")
    func martialLaw() {
        #expect(calendar.isWorkingDay(day("2026-08-24")))
        #expect(calendar.isWorkingDay(day("2026-12-25")))
        #expect(!WorkingCalendar.peace.isWorkingDay(day("2026-08-24")))
        #expect(!calendar.isWorkingDay(day("2022-01-01")))
        #expect(!calendar.isWorkingDay(day("2026-04-12")))
        #expect(WorkingCalendar.peace.rollForward(day("2026-12-25")) == day("2026-12-28"))
        #expect(WorkingCalendar.peace.rollBack(day("2026-06-28")) == day("2026-06-26"))
    }

    @Test("days off and working days by an order come before everything else")
    func orders() throws {
        let calendar = try WorkingCalendar(
            version: "t",
            validFrom: day("2026-01-01"),
            validThrough: day("2026-12-31"),
            workingHoursEnd: self.calendar.workingHoursEnd,
            holidays: [],
            martialLaw: [],
            extraDaysOff: [day("2026-05-11")],
            extraWorkingDays: [day("2026-05-16")]
        )
        #expect(calendar.rollForward(day("2026-05-09")) == day("2026-05-12"))
        #expect(calendar.rollForward(day("2026-05-16")) == day("2026-05-16"))
        #expect(calendar.addingWorkingDays(2, to: day("2026-05-08")) == day("2026-05-13"))
        #expect(calendar.addingWorkingDays(-1, to: day("2026-05-12")) == day("2026-05-08"))
        #expect(calendar.workingDays(after: day("2026-05-15"), through: day("2026-05-18")) == 2)
    }

    @Test("the body of the operation gives the same calendar back")
    func json() throws {
        let body = calendar.json
        #expect(try WorkingCalendar(json: body) == calendar)
        #expect(try WorkingCalendar(json: JSON(canonical: body.canonicalBytes())) == calendar)
        #expect(body.canonicalBytes().count < 32 << 10)
    }

    @Test("a body with anything unknown, missing or impossible is refused by its path")
    func refusedBodies() {
        func path(_ change: (inout JSONObject) -> Void) -> String? {
            guard var object = calendar.json.object else { return nil }
            change(&object)
            do {
                _ = try WorkingCalendar(json: .object(object))
                return nil
            } catch {
                return error.path
            }
        }
        #expect(path { $0["extra"] = 1 } == "calendar.extra")
        #expect(path { $0["version"] = .none } == "calendar.version")
        #expect(path { $0["version"] = "2026 1" } == "version")
        #expect(path { $0["validThrough"] = "2021-01-01" } == "validThrough")
        #expect(path { $0["weekend"] = ["sat", "sat"] } == "weekend")
        #expect(path { $0["weekend"] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } == "weekend")
        #expect(path { $0["weekend"] = ["saturday"] } == "weekend[0]")
        #expect(path { $0["workingHoursEnd"] = "24:00" } == "workingHoursEnd")
        #expect(path { $0["holidays"] = [["date": "2026-02-30", "uk": "", "en": ""]] } == "holidays[0].date")
        #expect(path { $0["martialLaw"] = [["from": "2026-02-24", "through": "2022-02-24"]] } == "martialLaw")
        #expect(path { $0["martialLaw"] = [["from": "2026-02-24", "through": .null]] } == "martialLaw[0].through")
        #expect(path { $0["extraDaysOff"] = ["2026-05-11", "2026-05-11"] } == "extraDaysOff")
        #expect(path { $0["extraDaysOff"] = .array(Array(repeating: "2026-05-11", count: 2049)) } == "extraDaysOff")
        #expect(path { $0["extraWorkingDays"] = 5 } == "extraWorkingDays")
    }

    @Test("a day off at the end of time gives nothing")
    func endOfTime() throws {
        let last = CivilDate.last
        let calendar = try WorkingCalendar(
            version: "t",
            validFrom: day("2199-01-01"),
            validThrough: last,
            workingHoursEnd: calendar.workingHoursEnd,
            holidays: [],
            martialLaw: [],
            extraDaysOff: [last]
        )
        #expect(calendar.rollForward(last) == nil)
        #expect(calendar.addingWorkingDays(Int.min, to: last) == nil)
        #expect(calendar.addingWorkingDays(1, to: last) == nil)
    }
}

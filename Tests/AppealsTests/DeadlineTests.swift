import Appeals
import Testing

@Suite("Due dates")
struct DeadlineTests {
    let calendar = WorkingCalendar.initial

    private func due(
        _ registered: String,
        _ basis: DeadlineBasis,
        _ channel: Channel = .portal
    ) throws(DeadlineRefusal) -> DueDates {
        try Deadlines.due(registered: day(registered), basis: basis, channel: channel, calendar: calendar)
    }

    struct Row: Sendable, CustomStringConvertible {
        let registered, fifteen, fifteenRolled, month, monthRolled, thirty, control, cap: String
        var description: String { registered }
    }

    static let table = [
        Row(
            registered: "2026-01-30",
            fifteen: "2026-02-14",
            fifteenRolled: "2026-02-16",
            month: "2026-02-28",
            monthRolled: "2026-03-02",
            thirty: "2026-03-01",
            control: "2026-02-27",
            cap: "2026-03-16"
        ),
        Row(
            registered: "2026-02-03",
            fifteen: "2026-02-18",
            fifteenRolled: "2026-02-18",
            month: "2026-03-03",
            monthRolled: "2026-03-03",
            thirty: "2026-03-05",
            control: "2026-03-03",
            cap: "2026-03-20"
        ),
        Row(
            registered: "2026-03-31",
            fifteen: "2026-04-15",
            fifteenRolled: "2026-04-15",
            month: "2026-04-30",
            monthRolled: "2026-04-30",
            thirty: "2026-04-30",
            control: "2026-04-30",
            cap: "2026-05-15"
        ),
        Row(
            registered: "2026-07-01",
            fifteen: "2026-07-16",
            fifteenRolled: "2026-07-16",
            month: "2026-08-01",
            monthRolled: "2026-08-03",
            thirty: "2026-07-31",
            control: "2026-07-31",
            cap: "2026-08-15"
        ),
        Row(
            registered: "2026-12-10",
            fifteen: "2026-12-25",
            fifteenRolled: "2026-12-25",
            month: "2027-01-10",
            monthRolled: "2027-01-11",
            thirty: "2027-01-09",
            control: "2027-01-08",
            cap: "2027-01-24"
        ),
    ]

    @Test("are those of the table of DESIGN.md, 'Deadlines and calendar'", arguments: table)
    func examples(row: Row) throws {
        let registered = day(row.registered)
        #expect(registered.adding(days: 15) == day(row.fifteen))
        #expect(registered.adding(months: 1) == day(row.month))
        #expect(registered.adding(days: 30) == day(row.thirty))
        let fifteen = try due(row.registered, .fifteenDays)
        #expect(fifteen.statutory == day(row.fifteenRolled))
        #expect(fifteen.cap == day(row.cap))
        let month = try due(row.registered, .month)
        #expect(month.statutory == day(row.monthRolled))
        #expect(month.control == day(row.control))
        #expect(month.cap == day(row.cap))
        #expect(month.calendarVersion == "2026-1")
        #expect(!month.isProvisional)
    }

    @Test("have an internal target for the mayor's phone only, in working days")
    func internalTarget() throws {
        #expect(try due("2026-01-30", .month, .mayorPhone).internalTarget == day("2026-02-04"))
        #expect(try due("2026-01-30", .month, .portal).internalTarget == nil)
    }

    @Test("for forwarding and return are five and ten days, moved to a working day")
    func forwarding() throws {
        let due = try due("2026-02-24", .month)
        #expect(due.forwardBy == day("2026-03-02"))
        #expect(due.returnBy == day("2026-03-06"))
    }

    @Test("of an external term are the sender's date unmoved, and for executors the working day before it")
    func external() throws {
        let due = try due("2026-02-03", .external(day("2026-02-15")))
        #expect(due.statutory == day("2026-02-15"))
        #expect(due.control == day("2026-02-13"))
        #expect(throws: DeadlineRefusal.externalDateNotAfterReceipt(day("2026-02-03"), registered: day("2026-02-03"))) {
            try self.due("2026-02-03", .external(day("2026-02-03")))
        }
        #expect(throws: DeadlineRefusal.externalDateBeyondCap(day("2026-03-21"), cap: day("2026-03-20"))) {
            try self.due("2026-02-03", .external(day("2026-03-21")))
        }
    }

    @Test("of a shortened term never come back to the day of receipt")
    func shortened() throws {
        let friday = try due("2026-01-30", .shortened(days: 1))
        #expect(friday.statutory == day("2026-02-02"))
        #expect(friday.control == day("2026-02-02"))
        #expect(throws: DeadlineRefusal.shortenedTerm(days: 0)) { try due("2026-01-30", .shortened(days: 0)) }
        #expect(throws: DeadlineRefusal.shortenedTerm(days: 31)) { try due("2026-01-30", .shortened(days: 31)) }
    }

    @Test("beyond the calendar's dates are provisional, and at the end of time refused")
    func beyondCalendar() throws {
        #expect(try due("2030-12-20", .fifteenDays).isProvisional)
        #expect(try due("2015-06-01", .month).isProvisional)
        // The first and the last days of the calendar are of it; a term is as certain as each of its days.
        let (first, last) = (WorkingCalendar.initial.validFrom, WorkingCalendar.initial.validThrough)
        for (days, isProvisional) in [(-1, true), (0, false), (1, false)] {
            let registered = try #require(first.adding(days: days))
            #expect(try due(registered.description, .month).isProvisional == isProvisional, "\(registered)")
        }
        for (days, isProvisional) in [(-Deadlines.capDays, false), (1 - Deadlines.capDays, true), (0, true)] {
            let registered = try #require(last.adding(days: days))
            #expect(try due(registered.description, .fifteenDays).isProvisional == isProvisional, "\(registered)")
        }
        #expect(throws: DeadlineRefusal.dateOutOfRange(from: day("2199-12-20"))) { try due("2199-12-20", .fifteenDays) }
        #expect(throws: DeadlineRefusal.internalTarget(days: Int.max)) {
            try Deadlines.due(
                registered: day("2026-01-30"),
                basis: .month,
                channel: .mayorPhone,
                calendar: calendar,
                internalTargetDays: .max
            )
        }
    }

    @Test(
        "count from the day of receipt, the next working day for e-appeals after hours or on a day off",
        arguments: [
            ("2026-02-09T20:31:00+02:00", Channel.portal, "2026-02-10", Receipt.Rule.afterHours),
            ("2026-02-09T17:00:00+02:00", .website, "2026-02-10", .afterHours),
            ("2026-02-09T16:59:59.999+02:00", .website, "2026-02-09", .sameDay),
            ("2026-02-06T18:00:00+02:00", .email, "2026-02-09", .afterHours),
            ("2026-02-07T10:00:00+02:00", .departmentEmail, "2026-02-09", .nonWorkingDay),
            ("2026-02-07T23:00:00+02:00", .mayorPhone, "2026-02-07", .sameDay),
            ("2026-02-09T22:30:00Z", .mayorPhone, "2026-02-10", .sameDay),
            ("2026-03-29T14:00:00Z", .govContactCentre, "2026-03-30", .nonWorkingDay),
            ("2026-03-30T14:00:00Z", .govContactCentre, "2026-03-31", .afterHours),
            ("2026-03-27T14:59:00Z", .portal, "2026-03-27", .sameDay),
        ]
    )
    func receipt(at: String, channel: Channel, registered: String, rule: Receipt.Rule) throws {
        let receipt = try Receipt(receivedAt: instant(at), channel: channel, calendar: calendar)
        #expect(receipt.registered == day(registered))
        #expect(receipt.rule == rule)
    }

    @Test("of no instant beyond the calendar are computed", arguments: [Int64.max, .min])
    func noInstant(milliseconds: Int64) {
        #expect(throws: DeadlineRefusal.instantOutOfRange(milliseconds: milliseconds)) {
            try Receipt(receivedAt: milliseconds, channel: .portal, calendar: calendar)
        }
    }

    @Test("are explained step by step in both languages")
    func derivation() throws {
        let derivation = try Deadlines.derive(
            receivedAt: instant("2026-04-13T18:40:00+03:00"),
            basis: .fifteenDays,
            channel: .portal,
            calendar: calendar
        )
        #expect(
            derivation.lines(.ukrainian) == [
                "надійшло о 18:40, після 17:00: вважається отриманим наступного робочого дня: "
                    + "13.04.2026 пн → 14.04.2026 вт (порядок реєстрації е-звернень)",
                "відлік від дня після надходження: 14.04.2026 вт → 15.04.2026 ср (ЦКУ, ст. 253)",
                "строк: 15 днів: 14.04.2026 вт → 29.04.2026 ср (Закон № 393/96-ВР, ст. 20)",
                "контрольний строк для виконавця, робочий день: 29.04.2026 ср (правило контролю)",
                "граничний строк 45 днів, не переноситься: 14.04.2026 вт → 29.05.2026 пт (Закон № 393/96-ВР, ст. 20)",
                "надіслати за належністю, 5 днів: 14.04.2026 вт → 20.04.2026 пн (Закон № 393/96-ВР, ст. 7)",
                "повернути заявнику, 10 днів: 14.04.2026 вт → 24.04.2026 пт (Закон № 393/96-ВР, ст. 5)",
                "Враховано свята: 01.05.2026 День праці (робочий день), "
                    + "08.05.2026 День пам'яті та перемоги над нацизмом (робочий день)",
                "Календар 2026-1",
                "Продовження: немає",
            ]
        )
        let english = derivation.text(.english)
        #expect(english.contains("term: 15 days: Tue 2026-04-14 → Wed 2026-04-29 (Law 393/96, Art. 20)"))
        #expect(english.contains("Extension: no"))
        let grant = try Deadlines.extend(
            derivation.due,
            to: day("2026-05-29"),
            decidedOn: day("2026-04-20"),
            calendar: calendar
        )
        let extended = derivation.extended(grant)
        #expect(extended.lines(.ukrainian).last == "Продовження: 29.05.2026")
        #expect(extended.steps.suffix(2).map(\.code) == ["extended", "control"])
    }

    @Test("have a code that reads back", arguments: ["fifteenDays", "month", "shortened:5", "external:2026-05-01"])
    func basisCodes(code: String) {
        #expect(DeadlineBasis(code: code)?.code == code)
    }

    @Test(
        "have no other codes",
        arguments: ["", "oneMonth", "shortened", "shortened:", "shortened:05", "shortened:31", "external:2026-02-30"]
    )
    func noBasis(code: String) {
        #expect(DeadlineBasis(code: code) == nil)
    }
}

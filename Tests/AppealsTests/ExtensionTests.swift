import Appeals
import Testing

@Suite("An extension")
struct ExtensionTests {
    let calendar = WorkingCalendar.initial
    let due: DueDates

    init() throws {
        due = try Deadlines.due(
            registered: day("2026-02-26"),
            basis: .month,
            channel: .portal,
            calendar: .initial
        )
    }

    @Test("up to the cap, decided before the due date, is granted")
    func granted() throws {
        let grant = try Deadlines.extend(
            due,
            to: day("2026-04-12"),
            decidedOn: day("2026-03-25"),
            calendar: calendar
        )
        #expect(grant.from == day("2026-03-26"))
        #expect(grant.to == day("2026-04-12"))
        #expect(grant.control == day("2026-04-10"))
    }

    @Test("is refused beyond the cap, on the due date or later, not later than it, or decided before the receipt")
    func refused() {
        func refusal(_ to: String, _ decidedOn: String, _ current: CivilDate? = nil) -> DeadlineRefusal? {
            do {
                _ = try Deadlines.extend(
                    due,
                    current: current,
                    to: day(to),
                    decidedOn: day(decidedOn),
                    calendar: calendar
                )
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal("2026-04-13", "2026-03-20") == .extensionBeyondCap(day("2026-04-13"), cap: day("2026-04-12")))
        #expect(
            refusal("2026-04-10", "2026-03-26")
                == .extensionTooLate(decidedOn: day("2026-03-26"), current: day("2026-03-26"))
        )
        #expect(
            refusal("2026-03-26", "2026-03-20") == .extensionNotLater(day("2026-03-26"), current: day("2026-03-26"))
        )
        #expect(
            refusal("2026-04-10", "2026-02-25")
                == .extensionBeforeReceipt(decidedOn: day("2026-02-25"), registered: day("2026-02-26"))
        )
        #expect(refusal("2026-04-12", "2026-04-02", day("2026-04-03")) == nil)
        #expect(
            refusal("2026-04-10", "2026-03-26")?.description
                == "the extension was decided on 2026-03-26, not before the current due date 2026-03-26; "
                + "it can no longer be extended"
        )
    }

    @Test(
        "counts for an answer by C8 and C9",
        arguments: [
            ("2026-03-20", "2026-03-19", Timeliness.onTime(extensionUnused: true)),
            ("2026-03-26", "2026-03-19", .onTime(extensionUnused: true)),
            ("2026-03-27", "2026-03-25", .onTime(extensionUnused: false)),
            ("2026-04-12", "2026-03-25", .onTime(extensionUnused: false)),
            ("2026-04-13", "2026-03-25", .late(days: 1)),
            ("2026-03-28", "2026-03-26", .late(days: 2)),
            ("2026-03-28", "2026-03-30", .late(days: 2)),
        ]
    )
    func timeliness(dispatched: String, decidedOn: String, expected: Timeliness) {
        let found = Deadlines.timeliness(
            dispatched: day(dispatched),
            statutory: due.statutory,
            extensionDecidedOn: day(decidedOn),
            extendedTo: day("2026-04-12")
        )
        #expect(found == expected)
    }

    @Test("that is none leaves the statutory date")
    func none() {
        #expect(
            Deadlines.timeliness(dispatched: day("2026-03-26"), statutory: due.statutory)
                == .onTime(extensionUnused: false)
        )
        let late = Deadlines.timeliness(dispatched: day("2026-03-27"), statutory: due.statutory)
        #expect(late == .late(days: 1))
        #expect(late.label(dispatched: day("2026-03-27")).uk == "Виконано із запізненням 1 день")
        #expect(Timeliness.onTime(extensionUnused: false).label(dispatched: day("2026-05-12")).uk == "Виконано 12.05")
    }
}

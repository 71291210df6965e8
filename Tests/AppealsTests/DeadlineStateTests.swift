import Appeals
import Testing

@Suite("The state of a due date")
struct DeadlineStateTests {
    @Test(
        "is shown in words beside the colour",
        arguments: [
            ("2026-05-14", "2026-05-16", "overdue", "Прострочено на 2 дні"),
            ("2026-05-14", "2026-05-15", "overdue", "Прострочено на 1 день"),
            ("2026-05-04", "2026-05-15", "overdue", "Прострочено на 11 днів"),
            ("2026-05-14", "2026-06-04", "overdue", "Прострочено на 21 день"),
            ("2026-05-14", "2026-05-14", "today", "Строк сьогодні, до 17:00"),
            ("2026-05-14", "2026-05-13", "soon", "Залишився 1 роб. день"),
            ("2026-05-18", "2026-05-15", "soon", "Залишився 1 роб. день"),
            ("2026-05-14", "2026-05-12", "soon", "Залишилось 2 роб. дні"),
            ("2026-05-18", "2026-05-13", "soon", "Залишилось 3 роб. дні"),
            ("2026-05-18", "2026-05-12", "later", "до 18.05"),
            ("2026-05-17", "2026-05-16", "soon", "Залишилось 0 роб. днів"),
            ("2199-12-31", "1900-01-01", "later", "до 31.12"),
        ]
    )
    func words(due: String, today: String, code: String, label: String) {
        let state = DeadlineState(due: day(due), today: day(today), calendar: .initial)
        #expect(state.code == code)
        #expect(state.label.uk == label)
    }

    @Test("says when it was extended or is provisional")
    func special() {
        let due = day("2026-05-28")
        let today = day("2026-05-12")
        let extended = DeadlineState(due: due, today: today, calendar: .initial, isExtended: true)
        #expect(extended.label.uk == "Продовжено до 28.05")
        #expect(
            DeadlineState(due: due, today: today, calendar: .initial, isProvisional: true).label.uk
                == "Попередньо: 28.05"
        )
        #expect(!DeadlineState.isLegallyOverdue(statutory: today, today: today))
        #expect(DeadlineState.isLegallyOverdue(statutory: today, today: due))
        #expect(!DeadlineState.isLegallyOverdue(statutory: today, extendedTo: due, today: due))
    }
}

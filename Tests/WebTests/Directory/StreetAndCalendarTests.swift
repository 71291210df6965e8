import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

/// Streets with their houses, and the calendar: as fields, as tables, with what they change.
struct StreetAndCalendarTests {
    private let street = [
        ("street", "stepana-tilhy"), ("type", "вул."), ("name", "Степана Тільги"), ("district", "Металургійний"),
        ("former", "вул. Орджонікідзе до 2016-02-19\nОрджонікідзе"),
        ("houses", "1-47 непарні = Саксаганський\n60- = Покровський\n5 = Інгулецький"),
    ]

    @Test(
        "a street is written with its former names and houses, found by any of its names, and its form has all of it again"
    )
    func streets() throws {
        let town = try ShownTown()
        try town.publish(.streetPut, street)
        let page = try town.page(DirectoryPages.street("stepana-tilhy"), as: "sych")
        for words in [
            "вул. Степана Тільги", "вул. Орджонікідзе до 2016-02-19", "1-47 непарні = Саксаганський",
            "60- = Покровський",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        let found = try town.get(
            DirectoryPages.Tab.streets.path + "?address=" + WebCall.encoded("вул. Орджонікідзе, 5"),
            as: "koval"
        )
        #expect(found.status == 303 && found.headers.contains { $0.1 == DirectoryPages.street("stepana-tilhy") })
        #expect(
            try town.page(DirectoryPages.Tab.streets.path + "?address=" + WebCall.encoded("вул. Нема"), as: "koval")
                .contains("такої вулиці немає")
        )
        // What the form says unchanged is what is written.
        let look = try town.publish(.streetPut, [], from: "?street=stepana-tilhy")
        #expect(look.contains("Нічого не зміниться"))
    }

    @Test(
        "a table of streets shows what is new, changed and not taken before it is written, and writes all that can be"
    )
    func table() throws {
        let town = try ShownTown()
        try town.publish(.streetPut, street)
        let rows = """
            id,type,name,district,former,houses
            stepana-tilhy,вул.,Степана Тільги,Саксаганський,,
            hliny,вул.,Глінки,Покровський,,
            ,вул.,Без коду,,,
            """
        let place = DirectoryForm.place(.streetImport)
        let look = try town.post(place, [("file", rows), ("do", "look")], as: "admin")
        for words in [
            "<dt>Нових вулиць</dt><dd>1</dd>", "<dt>Зміняться</dt><dd>1</dd>", "<dt>Не буде взято</dt><dd>1</dd>",
        ] {
            #expect(look.text.contains(words), "\(words)")
        }
        let done = try town.post(place, [("file", rows), ("do", "publish")], as: "admin")
        #expect(done.status == 200, "\(ShownTown.errors(done.text))")
        #expect(done.text.contains("Додано 1, змінено 1, без змін 0, не взято 1") && done.text.contains("Рядок 4"))
        let list = try town.page(DirectoryPages.Tab.streets.path, as: "koval")
        #expect(list.contains("вул. Глінки") && !list.contains("Без коду"))
    }

    @Test("the calendar is a draft of the next version: which days change is shown, and the published one is in force")
    func calendar() throws {
        let town = try ShownTown()
        let desk = Desk(try town.context().place, .anybody)
        let former = try desk.calendarInForce()
        let fields = try town.fields(DirectoryForm.place(.calendarPut))
        let version = try #require(fields.first { $0.0 == "version" }?.1)
        #expect(version == CalendarFields.next(former.version) && version != former.version)
        let off = former.extraDaysOff.map(\.ukrainianNumbers) + ["15.05.2026"]
        let look = try town.publish(
            .calendarPut,
            [("extraDaysOff", off.joined(separator: "\n")), ("extraWorkingDays", "16.05.2026")]
        )
        #expect(look.contains("<dt>Стануть вихідними</dt><dd>15.05.2026 пт</dd>"))
        #expect(look.contains("<dt>Стануть робочими</dt><dd>16.05.2026 сб</dd>"))
        let present = try desk.calendarInForce()
        let friday = try #require(CivilDate("2026-05-15"))
        #expect(present.version == version && !present.isWorkingDay(friday))
        #expect(present.holidays == former.holidays && present.martialLaw == former.martialLaw)
        let page = try town.page(DirectoryPages.Tab.calendar.path + "?year=2026", as: "sych")
        #expect(page.contains("15.05.2026") && page.contains(version))
    }

    @Test("a line of the calendar that cannot be read is told at its field, and nothing is lost")
    func lines() throws {
        let town = try ShownTown()
        let place = DirectoryForm.place(.calendarPut)
        let fields = try town.fields(place).filter { !["do", "index", "extraDaysOff", "holidays"].contains($0.0) }
        let typed = [
            ("extraDaysOff", "15.05.2026\n31.02.2026"),
            ("holidays", "24.08.2026 День Незалежності / Independence Day\nколись"), ("do", "look"),
        ]
        let reply = try town.post(place, fields + typed, as: "admin")
        #expect(reply.status == 422)
        for words in ["Не читається: «31.02.2026»", "Не читається: «колись»", "15.05.2026\n31.02.2026"] {
            #expect(reply.text.contains(words), "\(words)")
        }
    }

    @Test(
        "the version after one is its number and one",
        arguments: [("2026-3", "2026-4"), ("2026-9", "2026-10"), ("основна", "основна-2")]
    )
    func versions(_ former: String, _ next: String) { #expect(CalendarFields.next(former) == next) }
}

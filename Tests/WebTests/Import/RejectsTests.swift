import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("Rows that were not taken are mended where they stand")
struct RejectsTests {
    /// An import that is over but for these rows.
    private func done(_ town: ShownTown, _ text: String) throws -> String {
        let place = try town.tried(text)
        #expect(try town.act("run", place).status == 303)
        try town.work()
        #expect(try town.job(place).phase == .done)
        return place
    }

    private func cells(_ row: String) -> [(String, String)] {
        row.split(separator: ",", omittingEmptySubsequences: false).enumerated().map { ("c.\($0)", String($1)) }
    }

    @Test("each says its field, value and reason; a mended one becomes a card, and no other is touched")
    func mended() throws {
        let town = try ShownTown()
        let text = ShownTown.register(4, bad: [2, 3]) + "5,2026-02-03T09:00:00,new,Голуб,Яма 5,Петренко\n"
        let place = try done(town, text)
        #expect(try town.cards() == 2 && town.kept("row/") == 3)
        let page = Page(try town.get(place + "/rows", as: "koval"))
        #expect(page.html.contains("Рядок 3 · 2") && page.html.contains("«2026-02-30T09:00:00»"))
        #expect(page.html.contains("«Голуб»") && page.html.contains("немає в map"))
        #expect(page.element(id: "r3-1")?.attributes["aria-invalid"] == "true")
        #expect(page.element(id: "r3-5")?.attributes["aria-invalid"] == nil)
        // Still wrong: what was typed stays, with what is wrong now.
        let wrong = Page(
            try town.post(place + "/rows/3", cells("2,2026-02-31T09:00:00,new,Пошта,Яма 2,Коваль"), as: "koval")
        )
        #expect(wrong.status == 422 && wrong.html.contains("ще не взято"))
        #expect(wrong.element(id: "r3-1")?.attributes["value"] == "2026-02-31T09:00:00")
        #expect(try town.cards() == 2)
        let right = try town.post(place + "/rows/3", cells("2,2026-02-28T09:00:00,new,Пошта,Яма 2,Коваль"), as: "koval")
        #expect(right.status == 303 && right.header("location") == place + "/rows?taken=3")
        #expect(try town.page(place + "/rows?taken=3", as: "koval").contains("Рядок 3 тепер картка"))
        #expect(try town.cards() == 3 && town.kept("row/") == 2 && town.job(place).counts["imported"] == 3)
        #expect(
            try town.post(place + "/rows/3", cells("2,2026-02-28T09:00:00,new,Пошта,Яма 2,Коваль"), as: "koval").status
                == 409
        )
        #expect(
            try town.post(place + "/rows/6", cells("5,2026-02-03T09:00:00,new,Сайт,Яма 5,Петренко"), as: "koval").status
                == 303
        )
        #expect(
            try town.post(place + "/rows/4", cells("3,2026-02-03T09:00:00,new,Сайт,Яма 3,Петренко"), as: "koval").status
                == 303
        )
        #expect(try town.cards() == 5 && town.kept("row/") == 0)
        #expect(try town.page(place + "/rows", as: "koval").contains("Усі рядки взято"))
    }

    @Test("the list is paged, and a mended row leads back to its page")
    func paged() throws {
        let town = try ShownTown()
        let place = try done(town, ShownTown.register(30, bad: Set(1...25)))
        let first = Page(try town.get(place + "/rows", as: "koval"))
        #expect(first.html.contains("id=\"r21\"") && !first.html.contains("id=\"r22\""))
        #expect(first.html.contains("after=21"))
        let second = Page(try town.get(place + "/rows?after=21", as: "koval"))
        #expect(second.html.contains("id=\"r22\"") && !second.html.contains("id=\"r21\""))
        let reply = try town.site().answer(
            WebRequest(
                method: "POST",
                path: place + "/rows/22",
                query: [("after", "21")],
                headers: [("x-test-person", "koval"), ("content-type", "application/x-www-form-urlencoded")],
                body: FormBody(cells("21,2026-02-03T09:00:00,new,Сайт,Яма 21,Петренко")).urlencoded
            )
        )
        #expect(reply.header("location") == place + "/rows?after=21&taken=22")
        #expect(try town.cards() == 6)
    }

    @Test("they are saved as the file that the command writes, which can be mended and imported")
    func file() throws {
        let town = try ShownTown()
        let place = try done(
            town,
            ShownTown.register(4, bad: [2]) + "=5,2026-02-30T09:00:00,new,Сайт,\"Яма, 5\",Петренко\n"
        )
        let reply = try town.get(place + "/rejected", as: "koval")
        #expect(reply.header("content-disposition")?.contains("rejects.csv") == true)
        #expect(reply.text.hasPrefix("\u{FEFF}kartoteka: рядок,kartoteka: причини," + ShownTown.heads + "\n3,"))
        // A spreadsheet computes nothing of it.
        #expect(reply.text.contains("'=5") && reply.text.contains("\"Яма, 5\""))
        let mended = reply.text.replacing("2026-02-30", with: "2026-02-28")
        let second = try done(town, mended)
        #expect(try town.cards() == 5 && town.job(second).counts["imported"] == 2)
    }

    @Test("of a list of a JSON text an item is mended as text")
    func item() throws {
        let town = try ShownTown()
        let mapping = """
            {"source":"json","name":"list","key":"id","constants":{"kind":"application","subjectType":"unknown","channel":"import"},
             "fields":{"receivedAt":"at","text":"text"}}
            """
        let place = try town.tried("[{\"id\":1,\"at\":\"nonsense\",\"text\":\"Яма\"}]", mapping, name: "list.json")
        #expect(try town.act("run", place).status == 303)
        try town.work()
        #expect(try town.post(place + "/rows/1", [("item", "{")], as: "koval").status == 422)
        let mended = [("item", "{\"id\":1,\"at\":\"2026-02-03T09:00:00+02:00\",\"text\":\"Яма\"}")]
        #expect(try town.post(place + "/rows/1", mended, as: "koval").status == 303)
        #expect(try town.cards() == 1)
    }

    @Test("with more rows refused than can be mended the import stops and says that the mapping is wrong")
    func tooMany() throws {
        let town = try ShownTown()
        let rows = Web.mostRejects + 300
        let place = try town.uploaded(ShownTown.register(rows, bad: Set(1...rows)))
        #expect(
            try town.post(place + "/mapping", [("do", "text"), ("text", ShownTown.mapping)], as: "koval").status == 303
        )
        let site = try town.site()
        while try site.importNext() {}
        let job = try town.job(place)
        #expect(job.phase == .stopped && job.trouble.contains("виправте відповідність") && job.rows < rows)
    }
}

import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Web

@Suite("A mapping is made by looking at the file")
struct ImportMappingPageTests {
    private static let table = """
        номер;дата;статус;шлях;зміст;прізвище
        1;03.02.2026 9:14;Виконано;Лист;Яма на дорозі;Петренко
        2;04.02.2026 9:14;Нове;Сайт;Не горить ліхтар;Коваль
        """

    private func form(_ town: ShownTown, _ place: String) throws -> Page {
        Page(try town.get(place + "/mapping", as: "koval"))
    }

    private func chosen(_ page: Page, _ name: String) -> String? { page.fields.first { $0.0 == name }?.1 }

    /// Sends the form as it stands, with other values.
    private func send(
        _ town: ShownTown,
        _ place: String,
        _ act: String,
        _ changed: [(String, String)]
    ) throws -> WebReply {
        let fields = try form(town, place).fields.filter { field in
            field.0 != "text" && !changed.contains { $0.0 == field.0 }
        }
        return try town.post(place + "/mapping", fields + changed + [("do", act)], as: "koval")
    }

    @Test("the head of the file is shown, its columns are assigned by their names, and the first card is foretold")
    func guessed() throws {
        let town = try ShownTown()
        let place = try town.uploaded(Self.table)
        let page = try form(town, place)
        #expect(page.status == 200 && page.html.contains("Не горить ліхтар"))
        #expect(chosen(page, "field.receivedAt") == "дата" && chosen(page, "format.receivedAt") == "dd.mm.yyyy")
        #expect(chosen(page, "field.lastName") == "прізвище" && chosen(page, "field.text") == "зміст")
        #expect(
            chosen(page, "key") == "номер" && chosen(page, "delimiter") == ";" && chosen(page, "encoding") == "utf8"
        )
        #expect(chosen(page, "constant.kind") == "application")
        #expect(try town.get(place, as: "koval").header("location") == place + "/mapping")
    }

    @Test("a wrong day in one row hides no dates, and the day comes first where only that reads all of them")
    func dates() throws {
        let town = try ShownTown()
        let days = ["03/02/2026", "14/02/2026", "05/02/2026", "06/02/2026", "31/02/2026"]
        let rows = days.enumerated().map { "\($0 + 1);\($1);Яма \($0)" }
        let place = try town.uploaded("номер;дата;зміст\n" + rows.joined(separator: "\n"))
        let page = try form(town, place)
        #expect(chosen(page, "field.receivedAt") == "дата" && chosen(page, "format.receivedAt") == "dd/mm/yyyy")
    }

    @Test("a column of dates that is chosen is read as the first mapping reads one")
    func chosenDates() throws {
        let town = try ShownTown()
        let head = "номер;дата;день;мить;зміст\n"
        let place = try town.uploaded(head + "1;03.02.2026 9:14;04.02.2026;1770102840;Яма\n")
        for column in ["мить", "день"] {
            #expect(try send(town, place, "again", [("field.closedOn", column)]).status == 303)
            let form = try #require(WrittenTime.Form(rawValue: column == "мить" ? "unix" : "dd.mm.yyyy"))
            let mapping = try JSON(parsing: Array(town.job(place).mapping.utf8))
            #expect(mapping["fields"]?["closedOn"] == ImportSuggestion.rule(column, form), "\(column)")
        }
    }

    @Test("the state is called by a short name, and what its codes mean stands below it, tied to its control")
    func state() throws {
        let town = try ShownTown()
        let page = try form(town, try town.uploaded(Self.table))
        let label = try #require(page.all("label").first { $0.attributes["for"] == "f-state" })
        #expect(label.text == "Стан у джерелі")
        let control = try #require(page.all("select").first { $0.attributes["id"] == "f-state" })
        #expect(control.attributes["aria-describedby"] == "f-state-hint")
        let hint = try #require(page.all("p").first { $0.attributes["id"] == "f-state-hint" })
        for code in ["open", "closed"] { #expect(hint.text.contains(code)) }
    }

    @Test("a text of an older Excel is read by its own encoding; another encoding or mark between fields reads it anew")
    func encodings() throws {
        let town = try ShownTown()
        let place = try town.uploaded(Array(Self.table.utf8).cp1251)
        #expect(chosen(try form(town, place), "encoding") == "cp1251")
        #expect(try form(town, place).html.contains("Яма на дорозі"))
        #expect(try send(town, place, "read", [("encoding", "cp1251"), ("delimiter", ",")]).status == 303)
        #expect(chosen(try form(town, place), "delimiter") == ",")
        #expect(try send(town, place, "read", [("encoding", "cp1251"), ("delimiter", ";")]).status == 303)
        #expect(chosen(try form(town, place), "field.lastName") == "прізвище")
        #expect(try send(town, place, "read", [("encoding", "utf16le"), ("delimiter", ";")]).status == 303)
        #expect(try !form(town, place).html.contains("Яма на дорозі"))
    }

    @Test(
        "words of the file are told what they mean on the card; all of it is kept with the import and read by the command"
    )
    func meanings() throws {
        let town = try ShownTown()
        let place = try town.uploaded(Self.table)
        // A column for the channel: its values are asked for when it is shown anew.
        #expect(try send(town, place, "again", [("field.channel", "шлях")]).status == 303)
        let page = try form(town, place)
        #expect(page.fields.filter { $0.0 == "value.channel" }.map(\.1) == ["Лист", "Сайт"])
        let told = [("code.channel", "post"), ("code.channel", "website"), ("otherwise.channel", WebCall.refused)]
        #expect(try send(town, place, "try", told + [("name", "старий реєстр")]).header("location") == place)
        let mapping = try JSON(parsing: Array(town.job(place).mapping.utf8))
        #expect(mapping["fields"]?["channel"]?["map"] == ["Лист": "post", "Сайт": "website"])
        #expect(mapping["fields"]?["state"]?["map"]?["Виконано"] == "closed" && mapping["name"] == "старий реєстр")
        #expect(mapping["constants"]?["channel"] == nil)
        try town.work()
        #expect(try town.job(place).counts["imported"] == 2)
        let told2: JSONObject = [
            "file": [
                ["columns": ["номер", "дата", "статус", "шлях", "зміст", "прізвище"]],
                ["row": 2, "content": ["1", "03.02.2026 9:14", "Нове", "Лист", "Яма", "Петренко"]],
            ],
            "mapping": .string(try town.job(place).mapping), "as": "koval", "dry-run": true,
        ]
        #expect(try town.expect("import", told2).json["imported"] == 1)
    }

    @Test("what nobody could import by is said at its field, and nothing begins")
    func refused() throws {
        let town = try ShownTown()
        let place = try town.uploaded(Self.table)
        for (changed, words) in [
            ([("name", "")], "Назвіть джерело"), ([("field.text", "")], "fields.text"),
            ([("field.channel", "шлях"), ("constant.channel", "")], ""),
        ] {
            let reply = try send(town, place, words.isEmpty ? "again" : "try", changed)
            #expect(reply.status == (words.isEmpty ? 303 : 422) && reply.text.contains(words), "\(changed)")
        }
        let wrong = [("code.channel", "post"), ("code.channel", "nonsense"), ("otherwise.channel", WebCall.refused)]
        #expect(try send(town, place, "try", wrong).status == 422)
        let text = try town.post(place + "/mapping", [("do", "text"), ("text", "{")], as: "koval")
        #expect(text.status == 422 && text.text.contains("не JSON"))
        #expect(try town.job(place).phase == .mapping && town.site().importNext() == false)
    }

    @Test("a file that is no register says so, and can be read otherwise or removed")
    func noTable() throws {
        let town = try ShownTown()
        let place = try town.uploaded("{\"a\": 1}", "old.json")
        let page = try form(town, place)
        #expect(page.status == 422 && page.html.contains("немає списку") && page.html.contains("/acts/forget"))
    }

    @Test("of a long table its head is enough; a long JSON text of one line is read whole, and as what it is")
    func long() throws {
        let town = try ShownTown()
        let rows = (1...40_000).map {
            "\($0);03.02.2026 9:14;Нове;Лист;Звернення з довгим змістом номер \($0);Петренко"
        }
        let table = try town.uploaded("номер;дата;статус;шлях;зміст;прізвище\n" + rows.joined(separator: "\n"))
        #expect(try town.job(table).size > ImportFile.part * 17)
        #expect(chosen(try form(town, table), "field.text") == "зміст")
        let items = (1...3_000).map {
            "{\"id\":\($0),\"created\":\"2026-02-03T09:00:00+02:00\",\"text\":\"Яма на дорозі біля будинку\"}"
        }
        for cut in 0..<2 {
            let text = "[" + String(repeating: " ", count: cut) + items.joined(separator: ",") + "]"
            let list = try town.uploaded(text, "list\(cut).json")
            #expect(try town.job(list).size > ImportFile.part)
            let page = try form(town, list)
            #expect(chosen(page, "encoding") == "utf8" && chosen(page, "field.text") == "text")
        }
    }

    @Test("where several may have decided the form asks who did, and rows with an executor are given out in their name")
    func author() throws {
        let town = try ShownTown()
        #expect(try !form(town, town.uploaded(Self.table)).names.contains("author"))
        try town.expect("role grant", ["user": "marko", "role": "leader", "as": "admin"])
        let place = try town.uploaded("номер;дата;зміст;виконавець\n1;03.02.2026 9:14;Яма;zhkg\n", "given.csv")
        let page = try form(town, place)
        #expect(page.names.contains("author") && chosen(page, "code.department") == "zhkg")
        #expect(try send(town, place, "try", []).status == 303)
        try town.work()
        #expect(try town.job(place).counts["rejected"] == 1)
        #expect(try town.page(place + "/rows", as: "koval").contains("немає автора рішення"))
        #expect(try send(town, place, "try", [("author", "vilkul")]).status == 303)
        try town.work()
        #expect(try town.act("run", place).status == 303)
        try town.work()
        #expect(try town.job(place).counts["imported"] == 1 && town.cards() == 1)
    }

    @Test("a list of a JSON text is imported by its paths")
    func json() throws {
        let town = try ShownTown()
        let items = (1...3).map {
            "{\"id\":\($0),\"created\":\"2026-02-03T09:00:00+02:00\",\"about\":{\"text\":\"Яма \($0)\"}}"
        }
        let place = try town.uploaded("{\"list\":[" + items.joined(separator: ",") + "]}", "old.json")
        #expect(chosen(try form(town, place), "field.text") == "about.text")
        #expect(try send(town, place, "try", []).header("location") == place)
        try town.work()
        #expect(try town.job(place).counts["imported"] == 3 && town.cards() == 0)
        #expect(try town.act("run", place).status == 303)
        try town.work()
        #expect(try town.job(place).phase == .done && town.cards() == 3)
    }
}

extension [UInt8] {
    /// The letters of a Ukrainian text as Windows-1251 has them.
    fileprivate var cp1251: [UInt8] {
        String(decoding: self, as: UTF8.self).unicodeScalars.map { scalar in
            switch scalar.value {
            case 0..<0x80: UInt8(scalar.value)
            case 0x0410...0x044F: UInt8(scalar.value - 0x0410 + 0xC0)
            case 0x0456: 0xB3
            case 0x0457: 0xBF
            case 0x0454: 0xBA
            default: 0x3F
            }
        }
    }
}

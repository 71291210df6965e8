import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

/// Numbers, terms and ends that a source brings.
@Suite("What a source says of a card's past")
struct ImportHistoryTests {
    private static let head = "номер,дата,зміст,прізвище,індекс,стан,закрито,результат,кому\n"

    private func arguments(_ constants: JSONObject = JSONObject()) -> JSONObject {
        var all: JSONObject = ["channel": "post", "kind": "application", "subjectType": "individual"]
        for (name, value) in constants.members { all[name] = value }
        let mapping: JSON = [
            "source": "csv", "key": "номер", "name": "журнал", "constants": .object(all),
            "fields": [
                "receivedAt": ["column": "дата", "format": "dd.mm.yyyy"], "text": "зміст", "lastName": "прізвище",
                "registrationIndex": "індекс",
                "state": ["column": "стан", "map": ["Closed": "closed", "Open": "open"]],
                "closedOn": ["column": "закрито", "format": "dd.mm.yyyy"], "result": "результат", "department": "кому",
            ],
        ]
        return ["mapping": .string(mapping.canonicalText), "as": "koval"]
    }

    private func imported(_ city: CommandCity, _ rows: [String]) throws -> CommandResult {
        try city.imported(Array((Self.head + rows.joined(separator: "\n") + "\n").utf8), arguments())
    }

    private func number(_ city: CommandCity, _ surname: String) throws -> String { try city.register(surname) }

    @Test("a number ends no series, and moves one on only from near its end")
    func series() throws {
        let city = try CommandCity()
        let done = try imported(
            city,
            [
                "1,01.05.2026,Яма,Шульга,Ш-999999999,,,,", "2,01.05.2026,Яма,Шульга,Ш-7,,,,",
                "3,01.05.2026,Яма,Ярош,Я-50000,,,,", "4,01.05.2026,Яма,Ярош,Я-2,,,,",
            ]
        )
        #expect(done.json["imported"] == 4, "\(done.text)")
        #expect(try number(city, "Шевчук") == "Ш-8")
        // Taken ones are passed over.
        #expect(try number(city, "Яременко") == "Я-3")
        for step in 1...120 {
            let row = "s\(step),01.05.2026,Яма,Жук,Ж-\(step * 9_999),,,,"
            try #require(try imported(city, [row]).json["imported"] == 1)
        }
        #expect(try number(city, "Жадан") == "Ж-999901")
    }

    @Test("a number that somebody has, or that a node draws, is refused with its row, and the row is taken without it")
    func taken() throws {
        let city = try CommandCity()
        try #require(try number(city, "Петренко") == "П-1")
        let rows = [
            "1,01.05.2026,Яма,Пилипенко,П-1,,,,", "2,01.05.2026,Яма,Гай,zhkg-Г-1,,,,", "3,01.05.2026,Яма,Гай,Г-4,,,,",
            "4,01.05.2026,Яма,Гай,Г-4,,,,",
        ]
        let first = try imported(city, rows)
        #expect(first.json["imported"] == 1 && first.json["rejected"] == 3, "\(first.text)")
        #expect(first.json["rejects"]?.array?.map { $0["row"] } == [2, 3, 5])
        #expect(first.text.contains("номер П-1 вже має інше звернення"))
        #expect(first.text.contains("номер ZHKG-Г-1 — з ряду вузла «ZHKG»"), "\(first.text)")
        var dry = arguments()
        dry["dry-run"] = true
        let checked = try city.imported(Array((Self.head + rows.joined(separator: "\n")).utf8), dry)
        #expect(checked.json["rejected"] == 3 && checked.json["existing"] == 1, "\(checked.text)")
        let again = try imported(city, ["1,01.05.2026,Яма,Пилипенко,,,,,", "2,01.05.2026,Яма,Гай,,,,,"])
        #expect(again.json["imported"] == 2 && again.exit == .ok, "\(again.text)")
    }

    @Test("a card without a word about its term has the month of the law")
    func term() throws {
        let city = try CommandCity()
        try #require(try imported(city, ["1,04.05.2026,Яма,Бойко,,,,,"]).json["imported"] == 1)
        let card = try city.expect("appeal show", ["appeal": "Б-1"]).json["registers"]
        #expect(card?["due.statutory"] == "2026-06-04" && card?["due.basis"] == "month", "\(card?.canonicalText ?? "")")
    }

    @Test("what is over in its source is nobody's work, and nothing that is overdue")
    func closed() throws {
        let city = try CommandCity()
        let rows = [
            "1,01.02.2026,Яма,Бойко,,Closed,20.02.2026,satisfied,zhkg", "2,01.02.2026,Яма,Гай,,Open,,,zhkg",
            "3,01.02.2026,Яма,Дуб,,,03.02.2026,,", "4,01.02.2026,Яма,Кіт,,Closed,,,",
            "5,01.02.2026,Яма,Лис,,Dead,,,",
        ]
        let first = try imported(city, rows)
        #expect(first.json["imported"] == 4 && first.json["rejected"] == 1, "\(first.text)")
        let shown = try city.expect("appeal show", ["appeal": "Б-1"])
        #expect(shown.json["state"] == "ended" && shown.json["registers"]?["endedAs"] == "concluded")
        #expect(shown.text.contains("Завершено в іншому реєстрі"), "\(shown.text)")
        #expect(shown.text.contains("Виконавець: zhkg"), "\(shown.text)")
        for index in ["Д-1", "К-1"] {
            #expect(try city.expect("appeal show", ["appeal": .string(index)]).json["state"] == "ended")
        }
        #expect(try city.expect("appeal show", ["appeal": "Г-1"]).json["state"] == "assigned")
        let again = try imported(city, Array(rows.dropLast()))
        #expect(again.json["existing"] == 4 && again.exit == .ok, "\(again.text)")
    }

    @Test("a later feed ends what nobody here took up, and leaves alone what a department has")
    func endedLater() throws {
        let city = try CommandCity()
        let rows = { (state: String) in
            ["1,01.05.2026,Яма,Бойко,,\(state),,,", "2,01.05.2026,Яма,Гай,,\(state),,,zhkg"]
        }
        try #require(try imported(city, rows("Open")).json["imported"] == 2)
        let later = try imported(city, rows("Closed"))
        #expect(later.json["completed"] == 1 && later.json["existing"] == 1, "\(later.text)")
        #expect(try city.expect("appeal show", ["appeal": "Б-1"]).json["state"] == "ended")
        #expect(try city.expect("appeal show", ["appeal": "Г-1"]).json["state"] == "assigned")
        #expect(try imported(city, rows("Closed")).json["existing"] == 2)
    }
}

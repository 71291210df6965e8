import Appeals
import CanonicalJSON
import Commands
import Desk
import Foundation
import Testing

/// A first mapping for files that nobody described.
@Suite("A suggested mapping")
struct ImportSuggestionTests {
    private func suggested(_ bytes: [UInt8], _ city: CommandCity) throws -> CommandResult {
        let result = try city.imported(bytes, ["suggest": "mapping.json", "as": "koval"])
        #expect(result.exit == .ok, "\(result.text)")
        return result
    }

    private func imported(_ bytes: [UInt8], _ mapping: JSON, _ city: CommandCity) throws -> CommandResult {
        let text = Commands.text(ofMapping: mapping)
        return try city.imported(bytes, ["mapping": .string(text), "as": "koval", "author": "vilkul", "source": "s"])
    }

    @Test("reads a Ukrainian journal by its names and values, and all of it is imported at once")
    func journal() throws {
        let city = try CommandCity()
        let file = Array(
            ("sep=;\r\n№;Дата надходження;Прізвище;Ім'я;Тел.;Контакт;Адреса;Район;Зміст;Виконавець;Стан;Дата закриття;Примітка\r\n"
                + "1;05.05.2026 9:30;Бойко;Іван;0561234567;a@ukr.net;вул. Миру, 1;Саксаганський;Яма;Департамент zhkg;Виконано;07.05.2026;x\r\n"
                + "2;06.05.2026 10:00;Гай;Ольга;+380561234568;b@ukr.net;вул. Миру, 2;Покровський;Сніг;Водоканал;У роботі;;y\r\n")
                .utf8
        )
        let result = try suggested(file, city)
        let fields = result.json["mapping"]?["fields"]
        #expect(result.json["mapping"]?["key"] == "№" && result.json["mapping"]?["delimiter"] == ";")
        #expect(fields?["receivedAt"]?["format"] == "dd.mm.yyyy" && fields?["closedOn"]?["column"] == "Дата закриття")
        #expect(fields?["lastName"] == "Прізвище" && fields?["phone"] == "Тел." && fields?["email"] == "Контакт")
        #expect(fields?["department"]?["map"] == ["Водоканал": "", "Департамент zhkg": "zhkg"])
        #expect(fields?["state"]?["map"] == ["Виконано": "closed", "У роботі": "open"])
        #expect(result.json["unused"] == ["Примітка"] && result.text.contains("Не використано: Примітка"))
        #expect(
            result.text.contains("немає таких підрозділів, картки чекатимуть у Центрі: Водоканал"),
            "\(result.text)"
        )
        let done = try imported(file, try #require(result.json["mapping"]), city)
        #expect(done.json["imported"] == 2 && done.json["rejected"] == 0, "\(done.text)")
        #expect(try city.expect("appeal show", ["appeal": "Б-1"]).json["state"] == "ended")
    }

    @Test("reads New York's open data, and every row of it is imported")
    func newYork() throws {
        let city = try CommandCity()
        let bytes = try Fixtures.data("nyc311-2024-04.csv")
        let result = try suggested(bytes, city)
        let fields = result.json["mapping"]?["fields"]
        #expect(result.json["mapping"]?["key"] == "unique_key" && fields?["receivedAt"]?["format"] == "iso-local")
        #expect(fields?["district"] == "borough" && fields?["department"]?["map"]?["NYPD"] == "")
        #expect(fields?["state"]?["map"]?["Closed"] == "closed")
        let done = try imported(bytes, try #require(result.json["mapping"]), city)
        #expect(done.json["imported"] == 1_000 && done.json["rejected"] == 0, "\(done.text)")
    }

    @Test("times that say the moment themselves are read on no clock, and nobody is asked to change one")
    func moments() throws {
        let city = try CommandCity()
        let told = ["2026-05-05T09:30:00+03:00", "1777962600", "05.05.2026 9:30"].map { time in
            Array("no;received;text\n1;\(time);A pit in the road\n".utf8)
        }
        let results = try told.map { try suggested($0, city) }
        let rules = results.map { $0.json["mapping"]?["fields"]?["receivedAt"] }
        #expect(rules.map { $0?["format"] } == ["rfc3339", "unix", "dd.mm.yyyy"])
        #expect(rules.map { $0?["zone"] } == [nil, nil, "Europe/Kyiv"])
        #expect(results.map { $0.text.contains("київським годинником") } == [false, false, true])
    }

    @Test("finds the list of a JSON text, and says what it could not guess")
    func json() throws {
        let city = try CommandCity()
        let text =
            "{\"meta\":{\"n\":1},\"data\":{\"requests\":[{\"service_request_id\":\"a\",\"requested_datetime\":"
            + "\"2026-05-01T10:00:00+03:00\",\"description\":\"Яма\",\"where\":{\"ward\":\"3\"},\"lat\":\"47.9\"}]}}"
        let result = try suggested(Array(text.utf8), city)
        let mapping = try #require(result.json["mapping"])
        #expect(mapping["items"] == "data.requests" && mapping["key"] == "service_request_id")
        #expect(mapping["fields"]?["district"] == "where.ward" && result.json["unused"] == ["lat"])
        #expect(try imported(Array(text.utf8), mapping, city).json["imported"] == 1)
        let poor = try suggested(Array("a,b\nx,y\nx,z\n".utf8), city)
        #expect(poor.text.contains("receivedAt"), "\(poor.text)")
        #expect(try city.imported(Array("a,b\n".utf8), ["as": "koval"]).text.contains("--suggest mapping.json"))
    }
}

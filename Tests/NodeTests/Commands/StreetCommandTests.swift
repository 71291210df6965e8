import Appeals
import CanonicalJSON
import Foundation
import Testing

@testable import Commands
@testable import Desk

@Suite("The register of streets by commands")
struct StreetCommandTests {
    private static func sample() throws -> String {
        var root = URL(filePath: #filePath)
        while !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
            root.deleteLastPathComponent()
        }
        return try String(contentsOf: root.appending(path: "deploy/data/streets.csv"), encoding: .utf8)
    }

    @Test("a table is taken once: said again it changes nothing, and a changed row changes one street")
    func imports() throws {
        let city = try CommandCity(departments: [])
        let table = try Self.sample()
        let rows = Int64(table.split(separator: "\n").count - 1)
        let first = try city.expect("street import", ["file": .string(table), "as": "admin"])
        #expect(first.json["added"] == .integer(rows) && first.json["refused"]?.array?.isEmpty == true, "\(first.text)")
        let again = try city.expect("street import", ["file": .string(table), "as": "admin"])
        #expect(again.json["same"] == .integer(rows) && again.json["added"] == 0 && again.json["changed"] == 0)
        let other = table.replacing("просп.,Миру,Металургійний", with: "просп.,Миру,Саксаганський")
        #expect(try city.expect("street import", ["file": .string(other), "as": "admin"]).json["changed"] == 1)
        var seen = 0
        var after: JSON?
        repeat {
            var arguments: JSONObject = ["limit": 10]
            arguments["after"] = after
            let page = try city.expect("street list", arguments)
            seen += page.json["streets"]?.array?.count ?? 0
            after = page.json["next"]
        } while after != nil
        #expect(Int64(seen) == rows)
        let shown = try city.expect("street show", ["address": "вул. Димитрова, 64, кв. 5"])
        #expect(shown.json["address"] == "heroiv-ato:64:5")
        #expect(shown.text.contains("вул. Героїв АТО, 64, кв. 5 (Саксаганський)"))
        #expect(shown.text.contains("Колишня назва: вул. Димитрова"))
        try city.refuse("street show", ["address": "вул. Невідома, 1"], code: "unknownStreet")
    }

    @Test("a bad row is told with its row, field and remedy, and the others are taken")
    func refuses() throws {
        let city = try CommandCity(departments: [])
        let table = """
            ід;тип;назва;район;колишні;будинки
            myru;просп.;Миру;Металургійний;;
            Мир;просп.;Миру;;;
            zoriana;авеню;Зоряна;;;
            nova;вул.;;;;
            stara;вул.;Стара;;вул. Давня до вчора;
            myru;вул.;Інша;;;
            """
        let done = try city.run("street import", ["file": .string(table), "as": "admin"])
        #expect(done.json["added"] == 1)
        let refused = (done.json["refused"]?.array ?? []).map {
            "\($0["row"]?.integer ?? 0) \($0["field"]?.string ?? "") \($0["value"]?.string ?? "")"
        }
        #expect(refused == ["3 ід Мир", "4 тип авеню", "5 назва ", "6 колишні вул. Давня до вчора", "7 ід myru"])
        #expect((done.json["refused"]?.array ?? []).allSatisfy { $0["remedy"]?.string?.isEmpty == false })
        let empty = try city.run("street import", ["file": "хто,що\n", "as": "admin"])
        #expect(empty.text.contains("id,type,name,district,former,houses"))
    }

    @Test("one street is put by words, and is refused as a row is")
    func puts() throws {
        let city = try CommandCity(departments: [])
        let street: JSONObject = [
            "street": "stepana-tilhy", "as": "admin", "type": "вул.", "name": "Степана Тільги",
            "former": ["вул. Орджонікідзе до 2016-02-19"], "houses": ["1-47 непарні = Саксаганський"],
        ]
        try city.expect("street put", street)
        let shown = try city.expect("street show", ["address": "stepana-tilhy"]).text
        #expect(shown.contains("Колишня назва: вул. Орджонікідзе до 19.02.2016"))
        #expect(shown.contains("Будинки 1–47 непарні: Саксаганський"))
        var wrong = street
        wrong["type"] = "авеню"
        try city.refuse("street put", wrong, code: "wrongStreet")
    }
}

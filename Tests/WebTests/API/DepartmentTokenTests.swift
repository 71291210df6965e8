import Appeals
import CanonicalJSON
import Desk
import Testing

@testable import Web

/// A program whose key is limited to the appeals of some departments: what it gets of the others at every exit is nothing.
@Suite("A key that is limited to departments")
struct DepartmentTokenTests {
    /// The office with an appeal of each department, and one that nobody has yet, each with words of its own.
    private struct Stage {
        let city: WebCity
        let zhkg: String
        let drim: String
        let nobody: String
        let drimID: String

        /// What only the appeals tell that are not of `zhkg`.
        var foreign: [String] { [drim, nobody, drimID, "Канарейко", "Щиглик"] }
    }

    private func staged() throws -> Stage {
        let city = try WebCity()
        let zhkg = try city.assigned(main: "zhkg")
        let drim = try city.register(["name": "Канарейко Іван"]), nobody = try city.register(["name": "Щиглик Ганна"])
        let resolution: JSON = ["appeal": .string(drim), "author": "vilkul", "text": "Розглянути", "main": "drim"]
        #expect(try city.act("resolution-issue", resolution, as: "koval").status == 200)
        let id = try #require(city.get("/appeals/" + drim, as: "koval").json["id"]?.string)
        return Stage(city: city, zhkg: zhkg, drim: drim, nobody: nobody, drimID: id)
    }

    /// As `koval`, limited.
    private func limited(_ departments: String) -> [(String, String)] { [("x-departments", departments)] }

    private func indices(_ json: JSON) -> Set<String> {
        Set((json["appeals"]?.array ?? []).compactMap { $0["index"]?.string })
    }

    @Test("lists and counts the appeals of which one of them is the main executor, and no other")
    func lists() throws {
        let stage = try staged()
        let cells: [(departments: String, seen: Set<String>)] = [
            ("zhkg", [stage.zhkg]), ("drim", [stage.drim]), ("zhkg,drim", [stage.zhkg, stage.drim]),
            ("new", []), ("", [stage.zhkg, stage.drim, stage.nobody]),
        ]
        for cell in cells {
            let headers = limited(cell.departments)
            for query in ["", "?sort=index", "?main=drim", "?index=\(stage.drim)"] {
                let list = try stage.city.get("/appeals" + query, as: "koval", headers: headers).json
                let wanted =
                    query.contains("drim")
                    ? cell.seen.intersection([stage.drim])
                    : query.contains("index=") ? cell.seen.intersection([stage.drim]) : cell.seen
                #expect(indices(list) == wanted && list["total"] == .integer(Int64(wanted.count)), "\(cell) \(query)")
            }
            for index in [stage.zhkg, stage.drim, stage.nobody] {
                for path in ["/appeals/\(index)", "/appeals/\(index)/history"] {
                    let shown = try stage.city.get(path, as: "koval", headers: headers)
                    #expect(
                        shown.told == (cell.seen.contains(index) ? "200" : "404 unknownAppeal"),
                        "\(cell.departments) \(path): \(shown.told)"
                    )
                }
            }
        }
    }

    @Test("no reading tells a word of the others: not of their cards, not how many there are")
    func readings() throws {
        let stage = try staged()
        var told = 0
        for endpoint in Endpoint.all where endpoint.isReading {
            for name in [stage.drim, stage.drimID, "x"] {
                let path = endpoint.inPath.reduce(endpoint.path) { path, input in
                    path.replacing("{\(input.name)+}", with: name)
                }
                let answer = try stage.city.ask("GET", path, as: "koval", headers: limited("zhkg"))
                if !endpoint.row.isOfDepartments {
                    #expect(answer.told == "403 beyondScope", "\(path)")
                    continue
                }
                told += answer.status == 200 ? 1 : 0
                let words = stage.foreign.filter { $0 != name && answer.json.canonicalText.contains($0) }
                #expect(words.isEmpty && answer.status != 410, "\(path): \(words)")
            }
        }
        #expect(told > 5, "nothing was read, so nothing was looked at")
        let work = try stage.city.get("/work", as: "koval:registrar", headers: limited("zhkg")).json.canonicalText
        #expect(!work.contains("Щиглик") && !work.contains(stage.nobody))
    }

    @Test("each act on an appeal of theirs is the person's; on another there is no such appeal; without a card none")
    func acts() throws {
        let stage = try staged()
        let body: [String: JSON] = [
            "text": "Слова", "reason": "Причина", "author": "vilkul", "main": "zhkg", "set": ["external=7"],
            "confirm": .string(stage.drim),
        ]
        var hidden = 0
        for endpoint in Endpoint.all where !endpoint.isReading {
            let place = endpoint.path.split(separator: "/").last.map(String.init) ?? ""
            let isOfCard = endpoint.card?.type == .appeal && endpoint.row.writes.standing != .administrator
            guard isOfCard else {
                if endpoint.card?.type == .disagreement { continue }
                let answer = try stage.city.act(place, endpoint.example ?? [:], as: "koval", headers: limited("zhkg"))
                #expect(answer.told == "403 beyondScope", "\(endpoint.name)")
                continue
            }
            var given: JSONObject = ["appeal": .string(stage.drim)]
            for input in endpoint.inputs where input.isRequired && input.name != "appeal" {
                let value = body[input.name] ?? .string(Self.example(input.type))
                given[input.name] = input.repeats && value.array == nil ? [value] : value
            }
            let answer = try stage.city.act(place, .object(given), as: "koval", headers: limited("zhkg"))
            // A value that does not fit is told before anything is looked for.
            #expect(
                ["404 unknownAppeal", "422 \(answer.code ?? "")"].contains(answer.told),
                "\(endpoint.name) \(answer.told)"
            )
            hidden += answer.status == 404 ? 1 : 0
            #expect(!answer.json.canonicalText.contains("Канарейко"), "\(endpoint.name)")
        }
        #expect(hidden > 15)
        func note(_ index: String, _ departments: String) throws -> String {
            let body: JSON = ["appeal": .string(index), "text": "Телефонував"]
            return try stage.city.act("appeal-note", body, as: "koval", headers: limited(departments)).told
        }
        #expect(
            try note(stage.drim, "zhkg") == "404 unknownAppeal" && note(stage.drimID, "zhkg") == "404 unknownAppeal"
        )
        #expect(try note(stage.zhkg, "zhkg") == "200" && note(stage.drim, "zhkg,drim") == "200")
    }

    private static func example(_ type: InputType) -> String {
        switch type {
        case .date: "2026-06-20"
        case .moment: "2026-05-13T16:40:00"
        case .assignment, .department: "drim"
        case .person: "vilkul"
        default: type.codes.first?.code ?? "x"
        }
    }

    @Test("the stream tells of theirs, and of the others nothing: no event, no other position")
    func stream() throws {
        let stage = try staged()
        let stream = try stage.city.stream("koval", departments: "zhkg")
        _ = stream.next(.begun)
        func heard() throws -> String { String(decoding: try #require(stream.next(.changed)), as: UTF8.self) }
        for index in [stage.drim, stage.nobody] {
            let note: JSON = ["appeal": .string(index), "text": "Телефонував"]
            #expect(try stage.city.act("appeal-note", note, as: "koval").status == 200)
            #expect(try heard().isEmpty, "\(index)")
        }
        let note: JSON = ["appeal": .string(stage.zhkg), "text": "Телефонував"]
        #expect(try stage.city.act("appeal-note", note, as: "koval").status == 200)
        #expect(try heard().contains("\"kind\":\"appeal\""))
    }

    @Test("an appeal that goes to another department goes out of its sight")
    func moved() throws {
        let stage = try staged()
        let recall: JSON = ["appeal": .string(stage.drim), "assignment": "drim", "reason": "Видано помилково"]
        #expect(try stage.city.act("assignment-recall", recall, as: "koval").status == 200)
        let resolution: JSON = ["appeal": .string(stage.drim), "author": "vilkul", "text": "Зробити", "main": "zhkg"]
        #expect(try stage.city.act("resolution-issue", resolution, as: "koval").status == 200)
        let path = "/appeals/" + stage.drim
        #expect(try stage.city.get(path, as: "koval", headers: limited("drim")).status == 404)
        #expect(try stage.city.get(path, as: "koval", headers: limited("zhkg")).status == 200)
    }

    @Test("at a department too, over its own work, and of cards that left it says nothing")
    func atDepartment() throws {
        let stage = try staged(), city = stage.city
        let words: JSON = ["name": "Сич Ганна", "text": "Немає світла", "heading": ["090"]]
        try city.sync("zhkg")
        let own = try city.act("appeal-register", words, as: "head-zhkg", at: "zhkg").json["registrationIndex"]?.string
        func listed(_ departments: String) throws -> Set<String> {
            indices(try city.get("/appeals", as: "head-zhkg", at: "zhkg", headers: limited(departments)).json)
        }
        #expect(try listed("") == [stage.zhkg, try #require(own)])
        #expect(try listed("zhkg") == [stage.zhkg] && listed("drim") == [])
        let recall: JSON = ["appeal": .string(stage.zhkg), "assignment": "zhkg", "reason": "Видано помилково"]
        #expect(try city.act("assignment-recall", recall, as: "koval").status == 200)
        for _ in 0..<2 { try city.sync("zhkg") }
        func departed(_ departments: String) throws -> JSON {
            try city.get("/appeals?departed=true", as: "head-zhkg", at: "zhkg", headers: limited(departments)).json
        }
        #expect(try departed("")["total"] == 1 && departed("zhkg")["total"] == 0)
        let shown = try city.get("/appeals/" + stage.zhkg, as: "head-zhkg", at: "zhkg", headers: limited("zhkg"))
        #expect(shown.told == "404 unknownAppeal")
    }
}

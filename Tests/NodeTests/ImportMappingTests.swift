import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Testing

@Suite("An import mapping")
struct ImportMappingTests {
    static let good: JSON = [
        "source": "csv", "delimiter": ";", "key": "id",
        "constants": ["channel": "import", "kind": "application", "subjectType": "unknown"],
        "fields": [
            "receivedAt": ["column": "when", "format": "dd.mm.yyyy"],
            "text": ["join": ["what", "where"], "separator": ". "],
            "department": ["column": "who", "map": ["ЖКГ": "zhkg"]],
            "coDepartments": ["column": "with", "split": ",", "case": "lower"],
            "onControl": ["column": "control", "map": ["так": "true"], "otherwise": "false", "default": "false"],
        ],
        "skipWhen": [["column": "state", "equals": ["draft", ""]]],
    ]
    static let header = "id;when;what;where;who;with;control;state\n"

    private func run(_ text: String, _ json: JSON = good) throws -> [ImportOutcome] {
        var csv = try CSVImport(mapping: ImportMapping(json: json))
        return try csv.read(Array(text.utf8)) + csv.finish()
    }

    private func refusal(_ change: (inout JSONObject) -> Void) -> MappingRefusal? {
        guard var object = Self.good.object else { return nil }
        change(&object)
        do {
            _ = try ImportMapping(json: .object(object))
            return nil
        } catch {
            return error
        }
    }

    private func fields(_ change: (inout JSONObject) -> Void) -> MappingRefusal? {
        refusal { top in
            guard var fields = top["fields"]?.object else { return }
            change(&fields)
            top["fields"] = .object(fields)
        }
    }

    @Test("finds a column as a reader does, and takes a row of separators for none")
    func readers() throws {
        let header = "ID; when ;What;where\u{A0};WHO;With;соntrol;state\n".replacing("соntrol", with: "control\u{200B}")
        let text =
            header + "1;03.02.2026;Яма;;ЖКГ;;так;open\n;;;;;;;\n ; ; ; ; ; ; ; \n2;03.02.2026;Люк;;ЖКГ;;;open\n;;;\n"
        let outcomes = try run(text)
        #expect(outcomes.count == 2 && outcomes.cards.map(\.key) == ["1", "2"])
        #expect(outcomes.cards.map(\.row) == [2, 5])
        var pieces = try ImportPieces(Array(text.utf8), mapping: Self.good.canonicalText)
        _ = try pieces.passOver()
        #expect(pieces.unnamed.isEmpty)
    }

    @Test("turns rows into cards, skips some and tells all that is wrong with others")
    func rows() throws {
        let outcomes = try run(
            Self.header + "1;03.02.2026;Яма;вул. Спаська;ЖКГ;DRIM, UTT;так;open\n" + "2;03.02.2026;Яма;;;;;draft\n"
                + "3;30.02.2026;;;DOT;Дорога;;open\n" + "1;03.02.2026;Ще;;ЖКГ;;;open\n" + "4;5\n"
                + ";03.02.2026;Яма;;;;;open\n"
        )
        let card = try #require(outcomes.cards.first)
        #expect(outcomes.cards.count == 1)
        #expect(card.key == "1")
        #expect(card.row == 2)
        #expect(card.text == "Яма. вул. Спаська")
        #expect(card.department == "zhkg")
        #expect(card.coDepartments == ["drim", "utt"])
        #expect(card.isOnControl == true)
        #expect(card.channel == .import)
        #expect(KyivTime.rfc3339(card.receivedAt) == "2026-02-03T00:00:00+02:00")
        #expect(
            outcomes.refusals.map { $0.reasons.map(\.en) }
                == [
                    [
                        "receivedAt \"30.02.2026\" is no time of the form dd.mm.yyyy, such as 03.02.2026 9:14",
                        "text is empty; every card needs it",
                        "department: \"DOT\" is not in the map; add it or give \"otherwise\"",
                    ],
                    ["the key is in an earlier row too; remove one of them"],
                    ["2 columns where the header has 8; check the quotes and the delimiter"],
                    ["the key \"id\" is empty, a list or longer than 200 bytes"],
                ]
        )
        #expect(outcomes.refusals.map(\.row) == [4, 5, 6, 7])
        #expect(outcomes.refusals.map(\.key) == ["3", "1", "4", nil])
        #expect(outcomes.count == 6)
    }

    @Test("with an unknown key or a wrong value is refused by name")
    func refused() {
        #expect(refusal { $0["colour"] = 1 }?.found.en == "the unknown key \"colour\"")
        #expect(refusal { $0["source"] = "xlsx" }?.path == "source")
        #expect(refusal { $0["delimiter"] = "|" }?.path == "delimiter")
        #expect(refusal { $0["items"] = "a" }?.path == "items")
        #expect(refusal { $0["key"] = .none }?.path == "key")
        #expect(refusal { $0["constants"] = ["chanel": "import"] }?.found.en == "the unknown key \"chanel\"")
        let phone = refusal { $0["constants"] = ["channel": "phone"] }
        #expect(phone?.found.uk.hasPrefix("channel \"phone\" невідоме; зведіть до одного з: mayorPhone, ") == true)
        #expect(
            refusal { $0["constants"] = ["channel": "telepathy", "kind": "application", "subjectType": "unknown"] }?
                .path
                == "constants.channel"
        )
        #expect(
            refusal { $0["constants"] = ["kind": "application", "subjectType": "unknown"] }?.path == "fields.channel"
        )
        #expect(refusal { $0["skipWhen"] = [["column": "state", "is": "x"]] }?.found.en == "the unknown key \"is\"")
        #expect(fields { $0["texts"] = "what" }?.found.en == "the unknown key \"texts\"")
        #expect(fields { $0["kind"] = "what" }?.path == "constants.kind")
        #expect(fields { $0["text"] = ["column": "what", "join": ["a"]] }?.path == "fields.text")
        #expect(fields { $0["text"] = ["join": ["a"], "seperator": ","] }?.found.en == "the unknown key \"seperator\"")
        #expect(fields { $0["text"] = ["column": "what", "separator": ","] }?.path == "fields.text.separator")
        #expect(fields { $0["text"] = ["column": "what", "format": "iso-date"] }?.path == "fields.text.format")
        #expect(fields { $0["receivedAt"] = ["column": "when", "format": "us"] }?.path == "fields.receivedAt.format")
        #expect(
            fields { $0["receivedAt"] = ["column": "when", "format": "iso-local", "zone": "America/New_York"] }?.path
                == "fields.receivedAt.zone"
        )
        #expect(fields { $0["text"] = ["column": "what", "otherwise": "x"] }?.path == "fields.text.otherwise")
        #expect(fields { $0["text"] = ["column": "what", "case": "title"] }?.path == "fields.text.case")
        #expect(refusal { _ in } == nil)
        #expect(throws: MappingRefusal.self) { try ImportMapping(bytes: Array("{\"source\":\"csv\",}".utf8)) }
    }

    @Test("that names a column the file lacks, or meets a column twice, stops before the first card")
    func columns() throws {
        #expect(throws: MappingRefusal.self) { try run("id;id\n1;2\n") }
        do {
            _ = try run("id;when;what;who;with;control;state\n1;2;3;4;5;6;7\n")
            Issue.record("a missing column was accepted")
        } catch let refusal as MappingRefusal {
            #expect(
                refusal.description
                    == "mapping: fields.text: found the column \"where\", which the file does not have; "
                    + "use one of id, when, what, who, with, control, state"
            )
        }
        #expect(throws: MappingRefusal.self) { try run("") }
        #expect(throws: MappingRefusal.self) { try JSONImport.read([], mapping: ImportMapping(json: Self.good)) }
    }

    @Test("of a JSON list refuses by name a path that no item has, and items that hold other things")
    func jsonPaths() throws {
        let mapping = try ImportMapping(json: [
            "source": "json", "items": "list.appeals", "key": "id",
            "constants": ["channel": "import", "kind": "complaint", "subjectType": "individual"],
            "fields": ["receivedAt": "at", "text": "body.text", "signatories": "n", "confidential": "secret"],
        ])
        let good: JSON = [
            "id": 7, "at": "2026-02-03T09:14:00+02:00", "body": ["text": " Яма "], "n": 48, "secret": true,
        ]
        let bad: JSON = [
            "id": "8", "at": "2026-02-03T09:14:00", "body": ["text": ["a"]], "n": 0, "secret": ["x": 1],
        ]
        let outcomes = try JSONImport.read(["list": ["appeals": [good, bad, 5]]], mapping: mapping)
        let card = try #require(outcomes.cards.first)
        #expect(card.key == "7")
        #expect(card.text == "Яма")
        #expect(card.signatories == 48)
        #expect(card.isConfidential)
        #expect(outcomes.refusals.map(\.reasons.count) == [4, 3])
        #expect(throws: MappingRefusal.self) {
            try JSONImport.read(["list": ["appeals": [["id": "1"]]]], mapping: mapping)
        }
        #expect(throws: MappingRefusal.self) { try JSONImport.read(["list": []], mapping: mapping) }
        #expect(try JSONImport.read(["list": ["appeals": []]], mapping: mapping).isEmpty)
    }
}

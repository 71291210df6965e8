import Appeals
import CanonicalJSON
import Commands
import Desk
import Foundation
import Testing

/// What a mapping can say stands in the manual and in help, as the reader of mappings has it.
struct MappingManualTests {
    private static let manual = "deploy/README.md"
    private static let marks = ("<!-- mapping -->\n", "\n<!-- mapping end -->")

    @Test(
        "the manual's tables of a mapping are those of the guide (else: REWRITE_MANUAL=1 swift test, and read the diff)"
    )
    func tables() throws {
        let page = try #require(Project.here.text(Self.manual))
        let begin = try #require(page.range(of: Self.marks.0)), end = try #require(page.range(of: Self.marks.1))
        let made = MappingManual.tables(.english)
        if ProcessInfo.processInfo.environment["REWRITE_MANUAL"] == "1" {
            let whole = page[..<begin.upperBound] + made + page[end.lowerBound...]
            try Data(whole.utf8).write(to: Project.here.root.appending(path: Self.manual))
            return
        }
        #expect(String(page[begin.upperBound..<end.lowerBound]) == made, "REWRITE_MANUAL=1 writes it")
    }

    @Test("help names every key, form and field in both languages")
    func help() throws {
        let command = try #require(Commands.named("import"))
        for language in Language.allCases {
            let help = command.help(language)
            for row in ImportGuide.chapters.flatMap(\.rows) {
                #expect(help.contains("  " + row.name), "\(row.name)")
                #expect(!row.summary.uk.isEmpty && !row.summary.en.isEmpty && !row.example.isEmpty, "\(row.name)")
            }
        }
    }

    @Test("an example of a field is a value that it takes")
    func examples() throws {
        for field in ImportField.allCases {
            var card = ImportedCard(key: "1", row: 1)
            #expect(throws: Never.self, "\(field)") { try card.set(field, .text(field.example), rule: nil) }
        }
        for form in WrittenTime.Form.allCases {
            #expect(WrittenTime.moment(form.example, form, .kyiv) != nil, "\(form)")
        }
    }

    @Test("examples of keys make a mapping that is read")
    func keys() throws {
        func json(_ rows: [ImportGuide.Row], _ names: [String]) throws -> JSONObject {
            var object = JSONObject()
            for row in rows where names.contains(row.name) {
                object[row.name] = try JSON(parsing: Array(row.example.utf8), limits: .general)
            }
            return object
        }
        var top = try json(ImportGuide.file, ["source", "name", "delimiter", "key", "skipWhen", "zones", "comment"])
        top["constants"] = ["channel": "post", "kind": "application", "subjectType": "unknown"]
        var split = try json(ImportGuide.rules, ["column", "split", "case", "default"])
        split["column"] = "x"
        top["fields"] = [
            "text": .object(try json(ImportGuide.rules, ["join", "separator"])),
            "state": .object(try json(ImportGuide.rules, ["column", "map", "otherwise"])),
            "coDepartments": .object(split),
            "receivedAt": .object(try json(ImportGuide.rules, ["column", "format"])),
        ]
        #expect(throws: Never.self) { try ImportMapping(json: .object(top)) }
    }
}

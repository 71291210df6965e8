import Appeals
import CanonicalJSON
import Replication
import Testing

@testable import Commands

@Suite("inspect")
struct InspectCommandTests {
    private func shown(_ page: InspectedPage, _ language: Language = .english) -> CommandResult {
        Commands.inspected(.row, page, file: "/copy", version: 5, language)
    }

    private func key(_ name: String) -> [InspectedCell] { [.text("appeals"), .integer(0), .text(name)] }

    @Test("shows a record a line a column, without controls, and says what of a long value is not shown")
    func record() {
        var record = InspectedRecord(key: key("a b"))
        record.columns = [
            ("state", .text("new\u{1b}[2J")), ("bytes", .bytes([0xff, 0x00])), ("size", .integer(.min)),
            ("long", .text(String(repeating: "x", count: 900))), ("key", .secret),
        ]
        var page = InspectedPage()
        page.records = [record]
        page.next = record.key
        let result = shown(page)
        #expect(result.exit == .ok)
        #expect(result.text.contains("appeals 0 a b\n") && !result.text.contains("\u{1b}"))
        #expect(result.text.contains("bytes: ff00") && result.text.contains("(900 bytes in all, --json shows them)"))
        let columns = result.json["records"]?.array?.first?["columns"]
        #expect(columns?["bytes"]?["hex"] == "ff00" && columns?["size"]?.string == String(Int64.min))
        #expect(columns?["long"]?.string?.count == 900)
        #expect(result.text.contains("key: secret, not shown") && columns?["key"]?["secret"] == true)
        #expect(result.json["next"] == "appeals 0 a b")
    }

    @Test("names what cannot be read, in both languages, and ends with 30")
    func damaged() {
        var page = InspectedPage()
        page.gaps = [InspectedGap(after: key("a"), before: [], found: "database disk image is malformed")]
        #expect(shown(page).exit == .integrity)
        #expect(shown(page).text.contains("Cannot be read from appeals 0 a to the end: database disk image"))
        #expect(shown(page, .ukrainian).text.contains("Не читається від appeals 0 a до кінця"))
        var record = InspectedRecord(key: key("b"))
        record.unreadable = [("bytes", "malformed")]
        page = InspectedPage()
        page.records = [record]
        #expect(shown(page).exit == .integrity && shown(page).text.contains("bytes: cannot be read: malformed"))
    }

    @Test("goes on behind the mark of a page, and refuses what is none")
    func marks() throws {
        let asked = try Commands.inspection(.row, ["after": "appeals 0 a b", "space": "appeals", "limit": 7])
        #expect(asked.after == key("a b") && asked.under == "appeals" && asked.limit == 7)
        #expect(throws: (any Error).self) { try Commands.inspection(.row, ["after": "appeals"]) }
        #expect(throws: (any Error).self) { try Commands.inspection(.operation, ["after": "a b c"]) }
        #expect(throws: (any Error).self) { try Commands.inspection(.value, ["limit": 0]) }
    }
}

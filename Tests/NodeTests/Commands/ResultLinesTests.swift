import Appeals
import CanonicalJSON
import Testing

@testable import Commands
@testable import Desk
@testable import Node

@Suite("No value from outside makes a line of its own")
struct ResultLinesTests {
    private static let forged = "Рядок1\nСтан: виконано\u{1b}[2J\u{9b}31m\u{202e}\u{2028}"

    @Test("a line of a result is one line, whatever is in it")
    func lines() {
        let result = CommandResult([:], lines: ["Заявник: " + Self.forged, "Стан: у роботі"])
        #expect(result.text.split(separator: "\n").count == 2)
        #expect(!result.text.unicodeScalars.contains(where: PlainText.isHarmful))
    }

    @Test("a cell of a table stays in its row")
    func table() {
        let lines = Table.text(["назва", "код"], [[Self.forged, "roads"], ["Парки", "parks"]])
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { !$0.contains("\n") })
    }

    @Test("an error repeats an argument in one line")
    func errors() {
        let error = DeskError(.usage, "usage", uk: "немає «\(Self.forged)»", en: "no \(Self.forged)")
        #expect(error.text(.ukrainian).split(separator: "\n").count == 1)
    }
}

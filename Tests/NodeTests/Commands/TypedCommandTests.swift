import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// A command that a message tells a person to type is on one line, wherever in the message it stands.
@Suite("A command in a message")
struct TypedCommandTests {
    /// The examples of all commands, and forms with placeholders as remedies have them.
    private static let typed =
        Commands.rows.map(\.typedExample) + [
            "kartoteka node confirm ID --as USER", "kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY",
            "kartoteka sync status --data /var/lib/kartoteka", "kartoteka appeal register --help", "kartoteka serve",
            "kartoteka conflict settle К-101.7be21f --as … --choose … --reason …", "chmod 700 /var/lib/kartoteka",
        ]

    @Test("stands whole on a line of its own or of a sentence, whatever stands before and behind it", arguments: typed)
    func whole(_ command: String) {
        guard command.count <= LineBreaks.width else { return }
        for before in 0..<LineBreaks.width {
            let words = String(repeating: "слово ", count: before / 6) + String(repeating: "я", count: before % 6)
            for end in ["", ", усі разом: інше слово", ". Далі слово, якого там немає і яке довге"] {
                let text = LineBreaks.within("Біда: \(words) далі: \(command)\(end)")
                let lines = text.split(separator: "\n")
                #expect(lines.contains { $0.contains(command) }, "\(text)")
                #expect(lines.allSatisfy { $0.count <= LineBreaks.width + 1 }, "\(text)")
            }
        }
    }

    @Test("ends where the sentence goes on")
    func ends() {
        let text = "Далі: kartoteka sync status, kartoteka node revoke zhkg або що"
        #expect(
            TypedCommand.joined(text.split(separator: " ").map(String.init), within: 80)
                == ["Далі:", "kartoteka sync status,", "kartoteka node revoke zhkg", "або", "що"]
        )
    }
}

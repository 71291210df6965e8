import Commands
import Testing

/// What people ask and do has no face: nothing in Desk is for a terminal alone.
@Suite("The desk has no face")
struct DeskTests {
    /// Literals that look like a command and are none, by file: the table only shrinks.
    private static let naming: [String: Int] = [
        // What an id of an imported card is the digest of.
        "Sources/Desk/Acting/Import/CardImport.swift": 1
    ]

    private static let ofTerminals: Set<String> = [
        "CommandResult", "ExitCode", "Table", "LineBreaks", "padded", "padding", "print", "stdout", "stderr", "isatty",
        "readLine",
    ]

    @Test("no result of a command, no padded table, no escape sequence stands in Desk")
    func faceless() { expectNone(Self.sources.flatMap(Self.terminals)) }

    @Test("no literal in Desk names an option or a command to type: those are values that a face names")
    func commands() {
        expectNone(Self.sources.filter { Self.naming[$0.path] == nil }.flatMap(Self.commands))
        for (path, count) in Self.naming {
            let found = Self.sources.filter { $0.path == path }.flatMap(Self.commands)
            #expect(found.count == count, "\(path) names \(found.count) commands, the table says \(count)")
        }
    }

    @Test("the judges see a table, an escape sequence, an option, a command, and one within a sentence")
    func judged() {
        let planted = SwiftSource(
            "Sources/Desk/Planted.swift",
            """
            func line() -> CommandResult { CommandResult("x".padded(to: 3) + "\\u{1b}[2J") }
            let next = "kartoteka status"
            let remedy = Sentence(uk: "Далі: kartoteka sync now", en: "Next: \\(.toDo(.status))")
            let missing = Sentence(uk: "бракує --main", en: "\\(.input("main")) is missing")
            let version = "Install a version of kartoteka that knows these data."
            /// `kartoteka status --json`
            """
        )
        #expect(Self.terminals(planted).count == 3)
        #expect(Self.commands(planted).map(\.line) == [2, 3, 4])
    }

    private static var sources: [SwiftSource] { Project.swift.filter { $0.path.hasPrefix("Sources/Desk/") } }

    private static func terminals(_ source: SwiftSource) -> [Violation] {
        source.code.indices.flatMap { line -> [Violation] in
            var found = Set(SwiftSource.words(source.code[line])).intersection(ofTerminals).sorted()
            let text = source.lines[line].lowercased()
            if text.contains("\\u{1b}") || text.contains("\\u{9b}") { found.append("an escape sequence") }
            return found.map {
                Violation(
                    source.path,
                    line + 1,
                    "\($0) is of a terminal",
                    remedy: "Give a value, and make lines of it in Commands"
                )
            }
        }
    }

    private static let groups = Set(Commands.rows.groups)

    private static func commands(_ source: SwiftSource) -> [Violation] {
        source.lines.indices.filter { line in
            let text = source.lines[line].drop { $0 == " " }
            return !text.hasPrefix("//") && (text.contains(#/"[^"]*--[a-z]/#) || namesCommand(text))
        }.map {
            Violation(
                source.path,
                $0 + 1,
                "a literal is typed at a terminal",
                remedy: "Give a value (Mention.input, .toDo, .named), which each face names in its own way"
            )
        }
    }

    /// Whether the name of a command stands behind the program's.
    private static func namesCommand(_ text: Substring) -> Bool {
        text.matches(of: #/kartoteka ([a-z]+)/#).contains { groups.contains(String($0.1)) }
    }
}

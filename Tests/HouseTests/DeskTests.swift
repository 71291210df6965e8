import Testing

/// What people ask and do has no face: nothing in Desk is for a terminal alone.
@Suite("The desk has no face")
struct DeskTests {
    /// Literals that are a command to type, by file: the table only shrinks.
    ///
    /// Commands within a sentence are remedies of errors.
    private static let naming: [String: Int] = [
        // Words for people: what the operator does about a row, a claim or a key, in three sentences of two lines.
        "Sources/Desk/Words/TrayWording.swift": 3,
        // No command: what an id of an imported card is the digest of.
        "Sources/Desk/Acting/Import/CardImport.swift": 1,
    ]

    private static let ofTerminals: Set<String> = [
        "CommandResult", "ExitCode", "Table", "LineBreaks", "padded", "padding", "print", "stdout", "stderr", "isatty",
        "readLine",
    ]

    @Test("no result of a command, no padded table, no escape sequence stands in Desk")
    func faceless() { expectNone(Self.sources.flatMap(Self.terminals)) }

    @Test("no literal in Desk is a command to type, but for those of the table, which only shrinks")
    func commands() {
        expectNone(Self.sources.filter { Self.naming[$0.path] == nil }.flatMap(Self.commands))
        for (path, count) in Self.naming {
            let found = Self.sources.filter { $0.path == path }.flatMap(Self.commands)
            #expect(found.count == count, "\(path) names \(found.count) commands, the table says \(count)")
        }
    }

    @Test("the judges see a table, an escape sequence and a command")
    func judged() {
        let planted = SwiftSource(
            "Sources/Desk/Planted.swift",
            """
            func line() -> CommandResult { CommandResult("x".padded(to: 3) + "\\u{1b}[2J") }
            let next = "kartoteka status"
            let remedy = Label(uk: "Далі: kartoteka status", en: "Next: kartoteka status")
            """
        )
        #expect(Self.terminals(planted).count == 3)
        #expect(Self.commands(planted).map(\.line) == [2])
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

    private static func commands(_ source: SwiftSource) -> [Violation] {
        source.lines.indices.filter { source.lines[$0].contains("\"kartoteka ") }.map {
            Violation(
                source.path,
                $0 + 1,
                "a literal is a command to type",
                remedy: "Give a value that says what is next, and name the command in Commands"
            )
        }
    }
}

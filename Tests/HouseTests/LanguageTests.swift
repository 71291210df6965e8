import Testing

/// Clerks read Ukrainian, and whoever asks for it reads English: no text lacks one of the two.
struct LanguageTests {
    @Test("every text for people is there in Ukrainian and in English")
    func texts() { expectNone(Project.sources.flatMap { Languages.violations(in: $0) }) }

    @Test("what a node, a configuration, an import or a command refuses holds labels, never a text of one language")
    func refusals() {
        for name in ["NodeError", "ConfigurationRefusal", "MappingRefusal", "CalendarRefusal", "DeskError"] {
            let source = Project.sources.first { $0.path.hasSuffix("/\(name).swift") }
            let fields = (source?.lines ?? []).filter { line in
                ["found", "remedy", "doing", "message"].contains {
                    line.contains("package let \($0): ") || line.contains("public let \($0): ")
                }
            }
            #expect(!fields.isEmpty, "\(name) has none of them")
            #expect(fields.allSatisfy { $0.hasSuffix(": Label") || $0.hasSuffix(": Sentence") }, "\(name): \(fields)")
        }
    }

    @Test("a text in the wrong language, and words that stand for both, are found by line")
    func planted() {
        let text = """
            let a = Label(uk: "такого немає", en: "there is none \\(name("ні"))")
            let b = Label(uk: "there is none", en: "такого немає")
            let c = Label("\\(path): ")
            let d = Label("nothing")
            """
        #expect(Languages.violations(in: SwiftSource("Sources/A.swift", text)).map(\.line).sorted() == [2, 2, 4])
    }
}

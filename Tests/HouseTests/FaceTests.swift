import Appeals
import Commands
import Desk
import Foundation
import Testing

/// Every row of the table has its faces, and they say what it says.
struct FaceTests {
    private static let manual = "deploy/README.md"
    private static let marks = ("<!-- commands -->\n", "\n<!-- commands end -->")

    private let rows = Commands.rows

    @Test("the manual's table is what the rows make of it (else: REWRITE_MANUAL=1 swift test, and read the diff)")
    func table() throws {
        let page = try #require(Project.here.text(Self.manual))
        let begin = try #require(page.range(of: Self.marks.0)), end = try #require(page.range(of: Self.marks.1))
        let made = ManualTable.text(rows, .english)
        if ProcessInfo.processInfo.environment["REWRITE_MANUAL"] == "1" {
            let whole = page[..<begin.upperBound] + made + page[end.lowerBound...]
            try Data(whole.utf8).write(to: Project.here.root.appending(path: Self.manual))
            return
        }
        let written = page[begin.upperBound..<end.lowerBound].split(separator: "\n").map(String.init)
        let wanted = made.split(separator: "\n").map(String.init)
        #expect(wanted.filter { !written.contains($0) } == [], "REWRITE_MANUAL=1 writes it")
        #expect(written.filter { !wanted.contains($0) } == [], "REWRITE_MANUAL=1 writes it")
        #expect(written.count == wanted.count)
    }

    @Test("help, manual, completion and man pages have every row with every option, in both languages")
    func faces() throws {
        for language in Language.allCases {
            let pages = ManPages(rows, common: Commands.common, version: "0", language).all
            #expect(Set(pages.map(\.file)).count == pages.count)
            let table = ManualTable.text(rows, language)
            let scripts = Completion.allCases.map { $0.script(rows, common: Commands.common, language) }
            for row in rows {
                // At a width at which nothing is broken.
                let help = try #require(Commands.named(row.name)).help(language, 100_000)
                #expect(help.contains("kartoteka " + row.usage))
                #expect(table.contains("| " + row.writes.whoMay.text(language) + " | "))
                let page = try #require(pages.first { $0.file == "kartoteka-\(row.group).1" }).text
                for input in row.inputs {
                    let name = row.options.contains { $0.name == input.name } ? "\\-\\-" + dashed(input.name) : nil
                    #expect(name.map(page.contains) ?? true, "man: \(row.name) \(input.name)")
                    #expect(page.contains(roff(input.summary.text(language))), "man: \(row.name) \(input.name)")
                }
                #expect(page.contains(roff(row.writes.whoMay.text(language))), "man: \(row.name)")
                #expect(page.contains(roff(row.typedExample)), "man: \(row.name)")
            }
            for (completion, script) in zip(Completion.allCases, scripts) {
                let lines = script.split(separator: "\n").map(String.init)
                for row in rows { #expect(complete(row, completion, lines) == [], "\(completion)") }
            }
        }
    }

    /// What a script does not complete of a row.
    private func complete(_ row: UseCase, _ completion: Completion, _ lines: [String]) -> [String] {
        let block: [String]
        switch completion {
        case .bash: block = Array(lines.drop { $0 != "    '\(row.name)')" }.dropFirst().prefix { $0 != "        ;;" })
        case .zsh: block = Array(lines.drop { !$0.contains("words=('\(row.name)' ") }.prefix { !$0.hasSuffix(";;") })
        case .fish: block = lines.filter { $0.contains("-n '__kartoteka_after \(row.name)' ") }
        }
        let text = block.joined(separator: "\n")
        let option: (String) -> String = completion == .fish ? { "-l \($0) " } : { "--" + $0 }
        var missing = row.options.map { option($0.name) }.filter { !(text + " ").contains($0) }
        missing += row.inputs.flatMap { $0.type.codes.map(\.code) }.filter { !text.contains($0) }
        return missing.map { "\(row.name): \($0)" }
    }

    private func dashed(_ text: String) -> String { text.replacingOccurrences(of: "-", with: "\\-") }
    private func roff(_ text: String) -> String {
        text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
            .replacingOccurrences(of: "'", with: "\\(aq").replacingOccurrences(of: "\"", with: "\\(dq")
    }

    @Test("every word of the table is there in both languages")
    func words() throws {
        for row in rows {
            lacksNothing(row.summary, row.name)
            lacksNothing(row.writes.whoMay, row.name)
            for input in row.inputs + Commands.common {
                lacksNothing(input.summary.label, "\(row.name) \(input.name)")
                lacksNothing(input.type.label, "\(row.name) \(input.name)", mayBeCode: true)
                for code in input.type.codes {
                    lacksNothing(
                        code.label,
                        "\(row.name) \(input.name) \(code.code)",
                        mayBeCode: code.label == Label(code.code)
                    )
                    let isPlain = code.code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
                    #expect(isPlain, "\(code.code) would have to be quoted for a shell")
                }
            }
        }
        #expect(InputCode("act", Label("act")).label == Label("act"))
        #expect(!isBoth(Label(uk: "акт", en: "")) && !isBoth(Label("акт")) && !isBoth(Label(uk: "act", en: "act")))
    }

    private func lacksNothing(_ label: Label, _ place: String, mayBeCode: Bool = false) {
        if mayBeCode, label.uk == label.en, label.uk.allSatisfy(\.isASCII), !label.uk.isEmpty { return }
        #expect(isBoth(label), "\(place): «\(label.uk)» / \"\(label.en)\"")
    }

    /// Ukrainian in one, none of it in the other.
    private func isBoth(_ label: Label) -> Bool {
        func hasCyrillic(_ text: String) -> Bool { text.unicodeScalars.contains { (0x400...0x4ff).contains($0.value) } }
        return hasCyrillic(label.uk) && !label.en.isEmpty && !hasCyrillic(label.en)
    }
}

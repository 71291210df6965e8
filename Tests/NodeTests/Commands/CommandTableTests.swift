import Appeals
import CanonicalJSON
import Commands
import Desk
import Node
import Testing

@Suite("The table of commands")
struct CommandTableTests {
    @Test(
        "every command has help in both languages that ends in an example of itself",
        arguments: Commands.all.map(\.name)
    )
    func help(name: String) throws {
        let command = try #require(Commands.named(name))
        #expect(!command.summary.uk.isEmpty && !command.summary.en.isEmpty)
        for language in Language.allCases {
            for width in [40, 80, 200] {
                let help = command.help(language, width)
                let words = Self.plain(help)
                #expect(words.hasSuffix(Self.plain(command.row.typedExample)))
                #expect(words.contains(Self.plain("kartoteka " + command.row.usage)))
                for option in command.options + command.operands {
                    #expect(words.contains(Self.plain(option.summary.text(language))))
                }
                let longest = help.split { $0.isWhitespace }.map(\.count).max() ?? 0
                #expect(width < 80 || help.split(separator: "\n").allSatisfy { $0.count <= max(width, longest) })
            }
        }
        #expect(command.row.typedExample.hasPrefix("kartoteka \(name)"))
        #expect(
            Set((command.operands + command.options + Commands.common).map(\.name)).count == command.operands.count
                + command.options.count + Commands.common.count
        )
    }

    /// As one line, without the ends of lines that go on.
    private static func plain(_ text: String) -> String {
        text.split { $0.isWhitespace || $0 == "\\" }.joined(separator: " ")
    }

    @Test("has the commands of the assignment, each once")
    func complete() {
        let names = Commands.all.map(\.name)
        #expect(Set(names).count == names.count)
        let wanted = [
            "init office", "init department", "invite", "node list", "node renew", "node revoke", "join", "serve",
            "status", "doctor", "appeal register",
            "appeal list", "appeal show",
            "appeal history", "appeal correct", "resolution issue", "assignment accept", "assignment decline",
            "assignment recall", "answer draft",
            "answer approve", "answer submit", "answer accept", "answer return", "answer dispatch", "control remove",
            "conflict list",
            "conflict show", "conflict settle", "sync now", "sync status", "sync explain", "person add", "person leave",
            "person show", "person list",
            "role grant",
            "role revoke", "backup create", "backup verify", "restore", "deadline explain", "import", "version",
        ]
        for name in wanted { #expect(Commands.named(name) != nil, "\(name) is missing") }
    }

    @Test("suggests what was probably meant")
    func suggestions() {
        #expect(Commands.suggestions(for: "apeal list").first == "appeal list")
        #expect(Commands.suggestions(for: "conflict").contains("conflict settle"))
        #expect(Commands.suggestions(for: "qqqqqqqq").isEmpty)
    }

    @Test("an unknown, a missing and a wrongly typed argument are refused by name, in the language asked for")
    func arguments() throws {
        let city = try CommandCity(departments: [])
        let unknown = try city.refuse("appeal list", ["colour": "red"], code: "unknownOption")
        #expect(unknown.exit == .usage)
        #expect(unknown.text == "Помилка: команда «appeal list» не має параметра «colour»")
        #expect(
            try city.run("appeal list", ["colour": "red", "lang": "en"]).text
                == "Error: \"appeal list\" has no option \"colour\""
        )
        #expect(try city.refuse("appeal show", [:], code: "missingOption").text.contains("APPEAL"))
        try city.refuse("appeal list", ["limit": "many"], code: "wrongType")
        try city.refuse("appeal list", ["limit": 501], code: "wrongNumber")
    }

    @Test("all that is wrong is said at once, for people and for machines")
    func together() throws {
        let city = try CommandCity(departments: [])
        let refused = try city.refuse(
            "feedback add",
            ["how": "zz", "words": "Дякую", "colour": "red"],
            code: "unknownOption"
        )
        for words in ["colour", "APPEAL", "--as USER[:ROLE]", "--how", "phone, meeting, letter, email"] {
            #expect(refused.text.split { $0.isWhitespace }.joined(separator: " ").contains(words))
        }
        let problems = refused.json["error"]?["problems"]?.array ?? []
        #expect(
            problems.map { $0["code"]?.string } == ["unknownOption", "missingOption", "missingOption", "unknownCode"]
        )
    }

    @Test("a name with one letter wrong, missing, doubled or in another place is suggested")
    func near() {
        for command in Commands.all {
            let names = (command.options + Commands.common).map(\.name)
            for name in names where name.count > 3 {
                for place in name.indices.dropFirst() {
                    let without = name[..<place] + name[name.index(after: place)...]
                    let doubled = name[...place] + name[place...]
                    for typed in [String(without), String(doubled)] where !names.contains(typed) {
                        #expect(Commands.near(typed, names).contains(name), "\(command.name) --\(typed)")
                    }
                }
            }
        }
        #expect(Commands.near("qqqqqq", ["main", "co"]).isEmpty)
    }

    @Test("every code that an option takes is listed with its words")
    func codes() {
        for input in Commands.rows.flatMap(\.inputs) {
            for language in Language.allCases {
                let list = Self.plain(Commands.codes(input.name, language, 80))
                for code in input.type.codes {
                    #expect(list.contains(Self.plain("\(code.code) \(code.label.text(language))")), "\(input.name)")
                }
            }
        }
    }

    @Test("lines that are too wide go on further in, and lose nothing")
    func hanging() {
        let text = "  Перебіг: " + String(repeating: "слово ", count: 40) + "\nкоротко"
        let lines = LineBreaks.hanging(text, 50).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 50 } && lines.last == "коротко")
        #expect(lines[0].hasPrefix("  Перебіг") && lines[1].hasPrefix("    слово"))
        #expect(Self.plain(lines.joined(separator: " ")) == Self.plain(text))
    }

    @Test("a result survives its way through the local socket")
    func envelope() throws {
        let result = try CommandCity(departments: []).run("status", [:])
        let copy = try #require(CommandResult(envelope: result.envelope))
        #expect(copy.json == result.json && copy.text == result.text && copy.exit == result.exit)
        #expect(CommandResult(envelope: ["exit": 77, "json": [:], "text": ""]) == nil)
    }
}

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
            let help = command.help(language)
            #expect(help.hasSuffix(command.row.typedExample))
            #expect(help.contains("kartoteka " + command.row.usage))
            for option in command.options + command.operands { #expect(help.contains(option.summary.text(language))) }
        }
        #expect(command.row.typedExample.hasPrefix("kartoteka \(name)"))
        #expect(
            Set((command.operands + command.options + Commands.common).map(\.name)).count == command.operands.count
                + command.options.count + Commands.common.count
        )
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

    @Test("a result survives its way through the local socket")
    func envelope() throws {
        let result = try CommandCity(departments: []).run("status", [:])
        let copy = try #require(CommandResult(envelope: result.envelope))
        #expect(copy.json == result.json && copy.text == result.text && copy.exit == result.exit)
        #expect(CommandResult(envelope: ["exit": 77, "json": [:], "text": ""]) == nil)
    }
}

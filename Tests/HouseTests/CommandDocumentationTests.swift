import Commands
import Desk
import Node
import Testing

/// Every command and every key of the configuration that the program knows is in the operator's manual.
struct CommandDocumentationTests {
    private let manual = Page("deploy/README.md")

    @Test("every command is in deploy/README.md")
    func commands() {
        #expect(Commands.all.count > 20)
        expectNone(manual.lacks(commands: Commands.all.map(\.name)))
    }

    @Test("every configuration key is in deploy/README.md")
    func keys() { expectNone(manual.lacks(ConfigurationKey.all.map(\.fullName), what: "configuration key")) }

    @Test("the examples of a configuration show every key, and none that the program does not know")
    func examples() {
        let known = Set(ConfigurationKey.all.map(\.fullName))
        let examples = Project.here.paths.filter { $0.hasPrefix("deploy/") && $0.hasSuffix(".conf") }
        var shown: Set<String> = []
        var violations: [Violation] = []
        for path in examples {
            for (name, line) in ConfigurationExample.keys(Project.here.text(path) ?? "") {
                shown.insert(name)
                if !known.contains(name) {
                    violations.append(
                        Violation(
                            path,
                            line,
                            "the program knows no key \(name)",
                            remedy: "Take it out, or add it to ConfigurationKey.all"
                        )
                    )
                }
            }
        }
        violations += known.subtracting(shown).sorted().map {
            Violation(
                "deploy",
                "no example shows the key \($0)",
                remedy: "Show it, in a comment if it is rarely needed"
            )
        }
        expectNone(violations)
    }

    @Test("a command that the manual lacks is found, also one whose name is the beginning of a word")
    func planted() {
        let page = Page("deploy/README.md", "Run `kartoteka sync now`, `appeal list` or `role list-all`.\n")
        #expect(page.lacks(commands: ["sync now", "appeal list"]).isEmpty)
        #expect(page.lacks(commands: ["sync no", "role list", "appeal show"]).count == 3)
    }
}

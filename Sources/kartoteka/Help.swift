import Appeals
import Commands
import Node

/// The help of the whole program.
///
/// Needs no node and reads no file: whoever asks may have none yet.
enum Help {
    /// What `--help`, `help` and `help COMMAND` show.
    ///
    /// A name of two words comes first; a name that only begins others (`appeal`) shows its group. What is neither is
    /// refused before by `Invocation`, so that the fall-back to everything is for `help` alone.
    static func text(_ words: [String], _ language: Language) -> String {
        let names = words.filter { !$0.hasPrefix("-") && $0 != "help" && $0 != language.rawValue }
        let both = names.prefix(2).joined(separator: " ")
        if let command = Commands.named(both) ?? names.first.flatMap(Commands.named) { return command.help(language) }
        let group = Commands.all.filter { command in names.first.map { command.name.hasPrefix($0 + " ") } ?? false }
        return group.isEmpty ? all(language) : list(group, language)
    }

    /// Title, every command with its summary, and how to go on; the text is the same in every terminal, whatever its
    /// width.
    static func all(_ language: Language) -> String {
        let title = Label(
            uk: "kartoteka — звернення громадян: Центр і підрозділи працюють і без зв'язку",
            en: "kartoteka — citizens' appeals, online and offline"
        )
        let more = Label(
            uk: "Довідка про команду: kartoteka help COMMAND",
            en: "Help on a command: kartoteka help COMMAND"
        )
        let example = Label(uk: "Приклад:", en: "Example:")
        return [
            title.text(language), "", list(Commands.all, language), "", more.text(language), "", example.text(language),
            "  kartoteka help appeal register",
        ].joined(separator: "\n")
    }

    private static func list(_ commands: [Command], _ language: Language) -> String {
        let width = commands.map(\.name.count).max() ?? 0
        return commands.map { command in
            "  " + command.name + String(repeating: " ", count: width - command.name.count + 2)
                + command.summary.text(language)
        }.joined(separator: "\n")
    }
}

import Appeals
import Commands
import Node

/// The help of the whole program.
///
/// Needs no node and reads no file: whoever asks may have none yet.
enum Help {
    /// What `--help`, `help`, `help COMMAND` and `help codes` show, in lines of this width.
    ///
    /// A name of two words comes first; a name that only begins others (`appeal`) shows its group. What is neither is
    /// refused before by `Invocation`, so that the fall-back to everything is for `help` alone.
    static func text(_ words: [String], _ language: Language, _ width: Int) -> String {
        let names = Invocation.names(words)
        if names.first == Commands.topicOfCodes { return Commands.codes(names.dropFirst().first, language, width) }
        let both = names.prefix(2).joined(separator: " ")
        if let command = Commands.named(both) ?? names.first.flatMap(Commands.named) {
            return command.help(language, width)
        }
        let group = names.first.map(Commands.group) ?? []
        return group.isEmpty ? all(language, width) : Commands.list(group, language, width)
    }

    /// Title, every command with its summary, and how to go on.
    static func all(_ language: Language, _ width: Int) -> String {
        let title = Label(
            uk: "kartoteka — звернення громадян: Центр і підрозділи працюють і без зв'язку",
            en: "kartoteka — citizens' appeals, online and offline"
        )
        let more = Label(
            uk: "Довідка про команду: kartoteka help COMMAND; коди й рубрики: kartoteka help codes",
            en: "Help on a command: kartoteka help COMMAND; codes and headings: kartoteka help codes"
        )
        let example = Label(uk: "Приклад:", en: "Example:")
        return [
            LineBreaks.within(title.text(language), width), "", Commands.list(Commands.all, language, width), "",
            LineBreaks.within(more.text(language), width), "", example.text(language),
            "  kartoteka help appeal register",
        ].joined(separator: "\n")
    }
}

package import Appeals
import Desk

/// What help says, in lines of a terminal.
extension Command {
    /// The help of one command; it ends in an example.
    package func help(_ language: Language, _ width: Int = LineBreaks.width) -> String {
        var lines = [
            LineBreaks.within(summary.text(language), width), "",
            Label(uk: "Використання:", en: "Usage:").text(language),
            HelpText.pieces("kartoteka " + name, row.piecesOfUsage, width), "",
            Label(uk: "Параметри:", en: "Options:").text(language),
        ]
        let shown = operands.map { ($0.value, $0) } + (options + Commands.common).map { ($0.typed, $0) }
        lines += HelpText.columns(
            shown.map { typed, option in
                let mark = option.isRequired ? Label(uk: " (обов'язково)", en: " (required)").text(language) : ""
                return (typed, option.summary.text(language) + mark)
            },
            width
        )
        if inputs.contains(where: { !$0.type.codes.isEmpty }) {
            lines += ["", Label(uk: "Коди: kartoteka help codes", en: "Codes: kartoteka help codes").text(language)]
        }
        if Commands.takesRegister(self) { lines += MappingManual.help(language, width) }
        lines += [
            "", Label(uk: "Приклад:", en: "Example:").text(language),
            HelpText.pieces("kartoteka " + name, row.piecesOfExample, width, breaksWith: " \\"),
        ]
        return lines.joined(separator: "\n")
    }

    private var inputs: [UseCase.Input] { operands + options }
}

extension Commands {
    /// Names with their summaries, a line each or more.
    package static func list(_ commands: [Command], _ language: Language, _ width: Int) -> String {
        HelpText.columns(commands.map { ($0.name, $0.summary.text(language)) }, width).joined(separator: "\n")
    }

    /// The commands whose names begin with this word (`appeal`).
    package static func group(_ word: String) -> [Command] { all.filter { $0.name.hasPrefix(word + " ") } }
}

/// Lines of help.
enum HelpText {
    /// No column of names is wider than this.
    private static let widestName = 28

    /// Two columns, of which the second goes on under itself.
    static func columns(_ rows: [(name: String, words: String)], _ width: Int) -> [String] {
        let first = min(widestName, rows.map(\.name.count).max() ?? 0)
        let indent = "\n" + String(repeating: " ", count: first + 4)
        return rows.map { name, words in
            let lines = LineBreaks.within(words, max(20, width - first - 4)).split(separator: "\n")
            let begin = name.count > first ? "  " + name + indent : "  " + name.padded(to: first) + "  "
            return begin + lines.joined(separator: indent)
        }
    }

    /// A command of which no piece is broken: `[--co DEPT …]` in a usage line, an option with its value in an example.
    static func pieces(_ name: String, _ pieces: [String], _ width: Int, breaksWith end: String = "") -> String {
        var lines: [String] = []
        var present = "  " + name
        for piece in pieces {
            if present.count + 1 + piece.count + end.count > width {
                lines.append(present + end)
                present = "     "
            }
            present += " " + piece
        }
        return (lines + [present]).joined(separator: "\n")
    }
}

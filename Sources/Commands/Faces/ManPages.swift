package import Appeals
package import Desk

/// Man pages: one of the program, and one of each group of commands.
package struct ManPages {
    /// A page and its name: `kartoteka-appeal.1`.
    package struct Page: Sendable {
        package let file: String
        package let text: String
    }

    let rows: [UseCase]
    let common: [UseCase.Input]
    let version: String
    let language: Language

    package init(_ rows: [UseCase], common: [UseCase.Input], version: String, _ language: Language) {
        self.rows = rows
        self.common = common
        self.version = version
        self.language = language
    }

    package var all: [Page] { [program] + rows.groups.map(page) }

    private func say(_ uk: String, _ en: String) -> String { Label(uk: uk, en: en).text(language) }

    private var program: Page {
        let summary = say(
            "звернення громадян у Центрі й підрозділах",
            "citizens' appeals at an office and its departments"
        )
        var lines = head("kartoteka", summary)
        lines += [
            ".SH \(say("СИНТАКСИС", "SYNOPSIS"))", ".B kartoteka",
            "\\fICOMMAND\\fP [\\fI\(say("ПАРАМЕТРИ", "OPTIONS"))\\fP]",
        ]
        lines += [".SH \(say("КОМАНДИ", "COMMANDS"))"]
        for row in rows { lines += [".TP", ".B \(roff(row.name))", roff(row.summary.text(language))] }
        lines += [".SH \(say("СПІЛЬНІ ПАРАМЕТРИ", "OPTIONS OF ALL COMMANDS"))"] + common.flatMap { item($0, $0.typed) }
        lines += [".SH \(say("ТАКОЖ", "SEE ALSO"))", also(rows.groups)]
        return Page(file: "kartoteka.1", text: lines.joined(separator: "\n") + "\n")
    }

    private func page(_ group: String) -> Page {
        let rows = rows.group(group)
        let summary =
            rows.count == 1 ? rows[0].summary.text(language) : rows.compactMap(\.second).joined(separator: ", ")
        var lines = head("kartoteka-" + group, summary)
        lines += [".SH \(say("СИНТАКСИС", "SYNOPSIS"))"]
        for row in rows { lines += [".HP", ".B kartoteka \(roff(row.usage))"] }
        lines += [".SH \(say("КОМАНДИ", "COMMANDS"))"] + rows.flatMap(described)
        lines += [".SH \(say("СПІЛЬНІ ПАРАМЕТРИ", "OPTIONS OF ALL COMMANDS"))"] + common.flatMap { item($0, $0.typed) }
        lines += [".SH \(say("ТАКОЖ", "SEE ALSO"))", also([])]
        return Page(file: "kartoteka-\(group).1", text: lines.joined(separator: "\n") + "\n")
    }

    private func head(_ name: String, _ summary: String) -> [String] {
        [
            "'\\\" t", ".TH \(roff(name.uppercased())) 1 \"\" \"kartoteka \(roff(version))\" Kartoteka",
            ".SH \(say("НАЗВА", "NAME"))", "\(roff(name)) \\- \(roff(summary))",
        ].filter { !$0.hasPrefix("'") }
    }

    private func described(_ row: UseCase) -> [String] {
        var lines = [".SS kartoteka \(roff(row.name))", roff(row.summary.text(language)) + ".", ".PP"]
        lines += [roff(say("Хто може: ", "Who may: ") + row.writes.whoMay.text(language)) + "."]
        if !row.writes.all.isEmpty {
            lines += [".PP", roff(say("Записує: ", "Writes: ") + row.writes.all.joined(separator: ", ")) + "."]
        }
        lines += row.operands.flatMap { item($0, $0.value) } + row.options.flatMap { item($0, $0.typed) }
        return lines + [".PP", roff(say("Приклад:", "Example:")), ".PP", ".EX", roff(row.typedExample), ".EE"]
    }

    /// An operand or an option: what it is, what its value may be, which values there are.
    private func item(_ input: UseCase.Input, _ shown: String) -> [String] {
        var lines = [".TP", ".B \(roff(shown))" + (input.repeats ? " \\&..." : "")]
        lines.append(
            roff(input.summary.text(language)) + (input.isRequired ? say(" (обов'язково).", " (required).") : ".")
        )
        let wanted = input.wanted(language)
        if !wanted.isEmpty { lines.append(roff(wanted) + ".") }
        let codes = input.type.codes
        guard !codes.isEmpty else { return lines }
        lines.append(".RS")
        for code in codes { lines += [".IP \(roff(code.code)) 20", roff(code.label.text(language))] }
        return lines + [".RE"]
    }

    private func also(_ groups: [String]) -> String {
        (groups.isEmpty
            ? [".BR kartoteka (1)"]
            : groups.map { ".BR \(roff("kartoteka-" + $0)) (1)" + ($0 == groups.last ? "" : ",") })
            .joined(separator: "\n")
    }

    /// Text that roff prints as it is: no sign of its own at the beginning, backslashes and dashes kept.
    private func roff(_ text: String) -> String {
        let escaped = text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "\"": result += "\\(dq"
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }
}

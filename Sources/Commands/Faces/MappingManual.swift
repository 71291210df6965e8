package import Appeals
import Desk

/// What a mapping can say, for help and for the operator's manual.
package enum MappingManual {
    /// Lines below the help of the command, of this width.
    package static func help(_ language: Language, _ width: Int) -> [String] {
        ImportGuide.chapters.flatMap { chapter in
            let example = Label(uk: "; приклад: ", en: "; example: ").text(language)
            let rows = chapter.rows.map { ($0.name, $0.summary.text(language) + example + $0.example) }
            return ["", chapter.title.text(language) + ":"] + HelpText.columns(rows, width)
        }
    }

    /// The tables of the manual.
    package static func tables(_ language: Language) -> String {
        ImportGuide.chapters.map { chapter in
            let rows = chapter.rows.map { row in
                "| `\(row.name)` | \(escaped(row.summary.text(language))) | `\(escaped(row.example))` |"
            }
            let head = Label(uk: "| що значить | приклад |", en: "| what it means | example |").text(language)
            return (["| \(chapter.title.text(language)) " + head, "| --- | --- | --- |"] + rows).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}

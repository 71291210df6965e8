package import Appeals
import Desk

/// What a mapping can say, for help and for the operator's manual.
package enum MappingManual {
    /// Lines below the help of the command.
    package static func help(_ language: Language) -> [String] {
        ImportGuide.chapters.flatMap { chapter in
            let width = chapter.rows.map(\.name.count).max() ?? 0
            return ["", chapter.title.text(language) + ":"]
                + chapter.rows.flatMap { row in
                    let example = Label(uk: "приклад: ", en: "example: ").text(language) + row.example
                    let words = LineBreaks.within(
                        row.summary.text(language) + "; " + example,
                        LineBreaks.width - width - 4
                    )
                    return words.split(separator: "\n").enumerated().map { place, line in
                        "  " + (place == 0 ? row.name : "").padded(to: width) + "  " + line
                    }
                }
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

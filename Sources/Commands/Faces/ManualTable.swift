package import Appeals
package import Desk

/// The operator's manual: its table of commands.
package enum ManualTable {
    /// A line of the table for each row, below the head.
    package static func text(_ rows: [UseCase], _ language: Language) -> String {
        let head = [
            Label(uk: "команда й параметри", en: "command and options"), Label(uk: "хто може", en: "who may"),
            Label(uk: "що робить", en: "what it does"),
        ]
        let body = rows.map { row in
            [
                "`" + row.usage + "`", row.writes.whoMay.text(language), row.summary.text(language),
            ]
        }
        return ([head.map { $0.text(language) }, head.map { _ in "---" }] + body).map(line).joined(separator: "\n")
    }

    private static func line(_ cells: [String]) -> String {
        "| "
            + cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
            .joined(separator: " | ") + " |"
    }
}

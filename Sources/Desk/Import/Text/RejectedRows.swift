package import Appeals

/// The form of a file of rejected rows: whole rows with the reasons before them, which can be mended and imported again.
package enum RejectedRows {
    /// What columns begin with that are the file's own and none of the source.
    private static let mark = "kartoteka:"
    /// The member of an item that is the file's own.
    package static let member = "kartoteka"

    /// The columns that stand before those of the source.
    package static let columns = [
        Label(uk: mark + " рядок", en: mark + " row"), Label(uk: mark + " причини", en: mark + " reasons"),
    ]

    /// Whether a column is the file's own.
    package static func isAdded(_ column: String) -> Bool { column.hasPrefix(mark) }

    /// A field of CSV text that no spreadsheet takes for a formula; `bare` undoes it.
    package static func safe(_ text: String, _ delimiter: CSVReader.Delimiter) -> String {
        let safe = isFormula(text) ? "'" + text : text
        guard
            safe.unicodeScalars.contains(where: {
                $0.value == UInt32(delimiter.rawValue) || "\"\n\r".unicodeScalars.contains($0)
            })
        else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// The field as its source has it.
    static func bare(_ text: String) -> String {
        text.hasPrefix("'") && isFormula(text) ? String(text.dropFirst()) : text
    }

    /// What would be computed, or has been kept from it: behind apostrophes and spaces stands one of `=+-@`.
    private static func isFormula(_ text: String) -> Bool {
        text.unicodeScalars.first { $0 != "'" && !$0.properties.isWhitespace }.map {
            "=+-@".unicodeScalars.contains($0)
        }
            == true
    }
}

package import Appeals

/// Why a row of a text was refused.
package struct CSVRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why a row was refused.
    package enum Reason: Hashable, Sendable {
        case notUnicode(column: Int)
        case zeroByte
        case longField(column: Int, limit: Int)
        case longRow(limit: Int)
        case wideRow(limit: Int)
        /// A quote inside a field that does not begin with one.
        case strayQuote
        case textAfterQuote
        /// Quotes that nothing closes.
        case openQuote
        /// A carriage return without a line feed.
        case loneReturn

        /// Whether quotes do not say where the row ends.
        var isOfQuotes: Bool {
            switch self {
            case .strayQuote, .textAfterQuote, .openQuote: true
            case .notUnicode, .zeroByte, .longField, .longRow, .wideRow, .loneReturn: false
            }
        }
    }

    package let row: Int
    package let line: Int
    /// The byte the row begins at.
    package let offset: Int
    package let reason: Reason

    package init(row: Int, line: Int, offset: Int, reason: Reason) {
        self.row = row
        self.line = line
        self.offset = offset
        self.reason = reason
    }

    package var description: String { label.en }

    package var label: Label {
        Label(uk: "рядок \(row) (у файлі \(line), байт \(offset)): ", en: "row \(row) (line \(line), byte \(offset)): ")
            + words
    }

    private var words: Label {
        switch reason {
        case .notUnicode(let column):
            Label(
                uk: "стовпець \(column) — не UTF-8; збережіть файл як UTF-8",
                en: "column \(column) is not UTF-8; save the file as UTF-8"
            )
        case .zeroByte:
            Label(
                uk: "у ньому нульовий байт; збережіть файл як текст UTF-8",
                en: "it has a zero byte; save the file as UTF-8 text"
            )
        case .longField(let column, let limit):
            Label(
                uk: "стовпець \(column) довший за \(limit) байтів; скоротіть",
                en: "column \(column) is longer than \(limit) bytes; shorten it"
            )
        case .longRow(let limit):
            Label(
                uk: "він довший за \(limit) байтів; пошукайте незакриті лапки",
                en: "it is longer than \(limit) bytes; look for a quote that is never closed"
            )
        case .wideRow(let limit):
            Label(
                uk: "у ньому понад \(limit) стовпців; перевірте роздільник",
                en: "it has more than \(limit) columns; check the delimiter"
            )
        case .strayQuote:
            Label(
                uk: "лапки всередині поля без лапок; візьміть поле в лапки, а внутрішні подвойте",
                en: "a quote inside a field that has none at its start; put the field in quotes, double the inner"
            )
        case .textAfterQuote:
            Label(
                uk: "текст після закритих лапок; подвойте лапки всередині поля або перевірте роздільник",
                en: "text after a closing quote; double the quotes inside a field, or check the delimiter"
            )
        case .openQuote:
            Label(
                uk: "лапки відкрито й не закрито; закрийте їх, а внутрішні подвойте",
                en: "quotes that are opened and not closed; close them, and double those inside"
            )
        case .loneReturn:
            Label(
                uk: "CR без LF; збережіть файл із кінцями рядків LF або CRLF",
                en: "a carriage return without a line feed; save the file with LF or CRLF line ends"
            )
        }
    }
}

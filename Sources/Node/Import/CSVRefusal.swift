/// Why a row, or the rest of a text from a row on, was refused.
public struct CSVRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why a row was refused.
    public enum Reason: Hashable, Sendable {
        case notUnicode(column: Int)
        case zeroByte
        case longField(column: Int, limit: Int)
        case longRow(limit: Int)
        case wideRow(limit: Int)
        /// A quote inside a field that does not begin with one.
        case strayQuote
        case textAfterQuote
        /// The text ended inside quotes.
        case openQuote
        /// A carriage return without a line feed.
        case loneReturn
    }

    public let row: Int
    public let line: Int
    /// The byte the row begins at, or the very byte where the reading stopped.
    public let offset: Int
    public let reason: Reason

    public init(row: Int, line: Int, offset: Int, reason: Reason) {
        self.row = row
        self.line = line
        self.offset = offset
        self.reason = reason
    }

    /// Whether the rest of the text is lost with this row.
    public var stopsReading: Bool {
        switch reason {
        case .notUnicode, .zeroByte, .longField, .longRow, .wideRow: false
        case .strayQuote, .textAfterQuote, .openQuote, .loneReturn: true
        }
    }

    public var description: String { "row \(row) (line \(line), byte \(offset)): \(words)" }

    private var words: String {
        switch reason {
        case .notUnicode(let column): "column \(column) is not UTF-8; save the file as UTF-8"
        case .zeroByte: "it has a zero byte; save the file as UTF-8 text"
        case .longField(let column, let limit): "column \(column) is longer than \(limit) bytes; shorten it"
        case .longRow(let limit): "it is longer than \(limit) bytes; look for a quote that is never closed"
        case .wideRow(let limit): "it has more than \(limit) columns; check the delimiter"
        case .strayQuote: "a quote inside a field that has none at its start; put the field in quotes, double the inner"
        case .textAfterQuote: "text after a closing quote; double the quotes inside a field, or check the delimiter"
        case .openQuote: "the text ends inside quotes; close the field"
        case .loneReturn: "a carriage return without a line feed; save the file with LF or CRLF line ends"
        }
    }
}

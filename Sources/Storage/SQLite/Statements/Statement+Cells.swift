import CSQLite
import Replication

/// Values of any type, as a damaged file may have them.
extension Statement {
    /// A value as it lies there; a text that is none is bytes.
    func cell(_ column: Int32) -> InspectedCell {
        switch type(column) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_TEXT: String(validating: blob(column), as: UTF8.self).map { .text($0) } ?? .bytes(blob(column))
        default: .bytes(blob(column))
        }
    }

    /// All columns by name.
    var cells: [(name: String, cell: InspectedCell)] {
        names.enumerated().map { (name: $0.element, cell: cell(Int32($0.offset))) }
    }
}

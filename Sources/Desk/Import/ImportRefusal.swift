package import Appeals

/// Why a row of a source became no card: all that is wrong with it, so that it can be mended at once.
package struct ImportRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The row of a CSV text (the header is 1) or the item of a JSON list, from 1.
    package let row: Int
    /// The byte the row begins at; nil for JSON.
    package let offset: Int?
    package let key: String?
    package let reasons: [Label]

    package init(row: Int, offset: Int?, key: String?, reasons: [Label]) {
        self.row = row
        self.offset = offset
        self.key = key
        self.reasons = reasons
    }

    package var description: String {
        let place = offset.map { " (byte \($0))" } ?? ""
        let name = key.map { ", key \($0)" } ?? ""
        return "row \(row)\(place)\(name): \(reasons.map(\.en).joined(separator: "; "))"
    }
}

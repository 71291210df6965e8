import Appeals
import Desk

/// Rows of text in columns.
enum Table {
    /// A header and rows, columns as wide as their widest cell, an empty header column included.
    static func text(_ header: [String], _ rows: [[String]]) -> [String] {
        let all = [header] + rows.map { $0.map(PlainText.line) }
        let widths = header.indices.map { place in all.map { $0.at(place)?.count ?? 0 }.max() ?? 0 }
        return all.map { row in
            let line = zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}

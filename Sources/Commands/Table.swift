import Appeals
import Desk

/// Rows of text in columns.
enum Table {
    /// No column becomes narrower than this for the others.
    private static let narrowest = 6

    /// A header and rows, columns as wide as their widest cell, an empty header column included.
    ///
    /// Where a width is given, cells of the columns that may be cut (by their places) end in `…` until a line fits.
    static func text(
        _ header: [String],
        _ rows: [[String]],
        within width: Int? = nil,
        cutting flexible: Set<Int> = []
    ) -> [String] {
        let all = [header] + rows.map { $0.map(PlainText.line) }
        var widths = header.indices.map { place in all.map { $0.at(place)?.count ?? 0 }.max() ?? 0 }
        if let width { fit(&widths, within: width, cutting: flexible) }
        return all.map { row in
            let line = zip(row, widths).map { $0.cut(to: $1).padded(to: $1) }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// Takes from the widest column that may be cut, until all fit or none can give more.
    private static func fit(_ widths: inout [Int], within width: Int, cutting flexible: Set<Int>) {
        while widths.reduce(0, +) + 2 * (widths.count - 1) > width,
            let widest = flexible.max(by: { (widths[$0], $1) < (widths[$1], $0) }), widths[widest] > narrowest
        { widths[widest] -= 1 }
    }
}

extension String {
    /// At most so many characters, the last one `…` if some are missing.
    fileprivate func cut(to width: Int) -> String { count <= width ? self : String(prefix(max(0, width - 1))) + "…" }
}

package import Appeals
package import CanonicalJSON
import Desk

/// Rows that an import did not take, as a file of the form that they came in, which can be mended and imported again.
package enum RejectedFile {
    /// The text of the file, by what an import told: CSV with the reasons before the row, under its header, with a byte order
    /// mark so that a spreadsheet reads it as UTF-8; or a list of items with their reasons within.
    package static func text(_ told: JSON, _ language: Language) -> String {
        let rejects = told["rejects"]?.array ?? []
        if let path = told["items"]?.string { return items(rejects, path).canonicalText + "\n" }
        let delimiter = told["delimiter"]?.string?.utf8.first.flatMap(CSVReader.Delimiter.init) ?? .comma
        let columns = (told["columns"]?.array ?? []).compactMap(\.string)
        // A file that came back has the columns of the reasons already.
        let own = columns.indices.filter { !RejectedRows.isAdded(columns[$0]) }
        let header = RejectedRows.columns.map { $0.text(language) } + own.map { columns[$0] }
        let rows = rejects.map { reject in
            let content = (reject["content"]?.array ?? []).map { $0.string ?? "" }
            let bare = content.indices.filter { $0 >= columns.count || own.contains($0) }.map { content[$0] }
            return [String(reject["row"]?.integer ?? 0), reasons(reject).joined(separator: "; ")] + bare
        }
        let lines = ([header] + rows).map { line in
            line.map { RejectedRows.safe($0, delimiter) }.joined(separator: delimiter.text)
        }
        return "\u{FEFF}" + lines.joined(separator: "\n") + "\n"
    }

    private static func reasons(_ reject: JSON) -> [String] { (reject["reasons"]?.array ?? []).compactMap(\.string) }

    private static func items(_ rejects: [JSON], _ path: String) -> JSON {
        var json = JSON.array(
            rejects.map { reject in
                guard var item = reject["content"]?.object else { return reject["content"] ?? .null }
                item[RejectedRows.member] = [
                    "row": reject["row"] ?? .null, "reasons": .array(reasons(reject).map(JSON.string)),
                ]
                return .object(item)
            }
        )
        for name in path.split(separator: ".").reversed() { json = .object([String(name): json]) }
        return json
    }
}

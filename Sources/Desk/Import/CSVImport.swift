import Appeals
import CanonicalJSON

/// Reads a CSV register in pieces and turns its rows into cards; the first row names the columns.
package struct CSVImport: Sendable {
    package let mapping: ImportMapping
    private var reader: CSVReader
    private var places: [String: Int] = [:]
    private var width = 0
    private var seen = SeenKeys()

    /// Refuses a mapping that was written for another kind of source.
    package init(mapping: ImportMapping, limits: CSVReader.Limits = CSVReader.Limits()) throws(MappingRefusal) {
        guard case .csv(let delimiter) = mapping.source else {
            throw MappingRefusal(
                path: "source",
                found: Label("json"),
                remedy: Label(
                    uk: "для файлу CSV потрібна відповідність із source csv",
                    en: "give a mapping of source csv for a CSV file"
                )
            )
        }
        self.mapping = mapping
        reader = CSVReader(delimiter: delimiter, limits: limits)
    }

    /// What became of the rows that end in these bytes; a header that lacks a column of the mapping ends it all.
    package mutating func read(_ bytes: [UInt8]) throws(MappingRefusal) -> [ImportOutcome] {
        try rows(in: bytes[...]).map(\.outcome)
    }

    /// The rows that were still open when the file ended; a quotation mark that never closes is refused here.
    package mutating func finish() throws(MappingRefusal) -> [ImportOutcome] { try lastRows().map(\.outcome) }

    /// The names of the columns, in order; empty until the header was read.
    private(set) var columns: [String] = []

    /// The rows that end in these bytes, with their fields.
    package mutating func rows(in bytes: ArraySlice<UInt8>) throws(MappingRefusal) -> [ImportedRow] {
        try imported(reader.read(bytes))
    }

    /// The last row, when the text does not end with a line end; a text without a header is refused.
    package mutating func lastRows() throws(MappingRefusal) -> [ImportedRow] {
        let outcomes = try imported(reader.finish())
        guard width > 0 else {
            throw MappingRefusal(
                path: "the source",
                found: Label(uk: "жодного рядка", en: "no row"),
                remedy: Label(uk: "дайте файл із рядком заголовків", en: "give a file with a header")
            )
        }
        return outcomes
    }

    private mutating func imported(_ rows: [CSVRow]) throws(MappingRefusal) -> [ImportedRow] {
        var imported: [ImportedRow] = []
        for row in rows {
            if width == 0 { try bind(row) } else { imported.append(self.row(of: row)) }
        }
        return imported
    }

    private mutating func bind(_ row: CSVRow) throws(MappingRefusal) {
        let names: [String]
        switch row.outcome {
        case .success(let fields): names = fields.map(ImportRow.trimmed)
        case .failure(let refusal):
            throw MappingRefusal(
                path: "the header",
                found: refusal.label,
                remedy: Label(uk: "виправте перший рядок", en: "mend the first row")
            )
        }
        for (place, name) in names.enumerated() where !name.isEmpty {
            guard places.updateValue(place, forKey: name) == nil else {
                throw MappingRefusal(
                    path: "the header",
                    found: Label(uk: "стовпець \"\(name)\" двічі", en: "the column \"\(name)\" twice"),
                    remedy: Label(uk: "назвіть кожен стовпець по-своєму", en: "give each column its own name")
                )
            }
        }
        width = names.count
        columns = names
        for (name, path) in mapping.columns where places[name] == nil {
            throw MappingRefusal(
                path: path,
                found: Label(
                    uk: "стовпець \"\(name)\", якого у файлі немає",
                    en: "the column \"\(name)\", which the file does not have"
                ),
                remedy: Label(
                    uk: "використайте один із: \(names.joined(separator: ", "))",
                    en: "use one of \(names.joined(separator: ", "))"
                )
            )
        }
    }

    private mutating func row(of row: CSVRow) -> ImportedRow {
        func refused(_ reason: Label) -> ImportedRow {
            let refusal = ImportRefusal(row: row.number, offset: row.offset, key: nil, reasons: [reason])
            return ImportedRow(number: row.number, offset: row.offset, content: nil, outcome: .refused(refusal))
        }
        let fields: [String]
        switch row.outcome {
        case .success(let found): fields = found
        case .failure(let refusal): return refused(refusal.label)
        }
        guard fields.count == width else {
            return refused(
                Label(
                    uk: "стовпців \(fields.count), а в заголовку \(width); перевірте лапки й роздільник",
                    en: "\(fields.count) columns where the header has \(width); check the quotes and the delimiter"
                )
            )
        }
        let outcome = mapping.outcome(of: .csv(places: places, fields: fields), number: row.number, offset: row.offset)
        let content = JSON.array(fields.map(JSON.string))
        return ImportedRow(number: row.number, offset: row.offset, content: content, outcome: outcome).once(&seen)
    }
}

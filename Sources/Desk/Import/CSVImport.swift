import Appeals
import CanonicalJSON

/// Reads a CSV register in pieces and turns its rows into cards; the first row names the columns.
///
/// A column is found by its name as a reader sees it, in any letter case. A row without any text is none.
package struct CSVImport: Sendable {
    package let mapping: ImportMapping
    private var reader: CSVReader
    private var places: [String: Int] = [:]
    private var width = 0
    private var seen = SeenKeys()

    /// Refuses a mapping that was written for another kind of source.
    ///
    /// - Parameter form: how the text is written; nil for as the mapping says.
    package init(mapping: ImportMapping, form: CSVForm? = nil) throws(MappingRefusal) {
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
        reader = CSVReader(delimiter: form?.delimiter ?? delimiter, start: form?.start ?? 0)
    }

    /// What became of the rows that end in these bytes; a header that lacks a column of the mapping ends it all.
    package mutating func read(_ bytes: [UInt8]) throws(MappingRefusal) -> [ImportOutcome] {
        try rows(in: bytes[...]).map(\.outcome)
    }

    /// The rows that were still open when the file ended.
    package mutating func finish() throws(MappingRefusal) -> [ImportOutcome] { try lastRows().map(\.outcome) }

    /// Whether the text is a file of rejected rows, come back.
    private var isOfRejects = false
    /// The names of the columns, in order; empty until the header was read.
    private(set) var columns: [String] = []
    /// Those that the mapping names nowhere.
    var unnamed: [String] {
        let named = Set(mapping.columns.compactMap { places[$0.name] })
        return columns.filter { !$0.isEmpty && !RejectedRows.isAdded($0) && places[$0].map(named.contains) != true }
    }

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
            if width == 0 {
                try bind(row)
            } else if !isBlank(row) {
                imported.append(self.row(of: row))
            }
        }
        return imported
    }

    /// A row of nothing but separators, as spreadsheets leave them behind their last one.
    private func isBlank(_ row: CSVRow) -> Bool {
        guard case .success(let fields) = row.outcome else { return false }
        return fields.allSatisfy { $0.trimmed.isEmpty }
    }

    private mutating func bind(_ row: CSVRow) throws(MappingRefusal) {
        let names: [String]
        switch row.outcome {
        case .success(let fields): names = fields.map(\.trimmed)
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
        isOfRejects = names.contains(where: RejectedRows.isAdded)
        let lookup = NameLookup(names.filter { !$0.isEmpty }.map { ($0, $0) })
        for (name, path) in mapping.columns where places[name] == nil {
            if case .one(let found) = lookup.find(name) {
                places[name] = places[found]
                continue
            }
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
        let content = JSON.array(row.content.map(JSON.string))
        func refused(_ reason: Label) -> ImportedRow {
            let key = places[mapping.key].flatMap { row.content.count > $0 ? row.content[$0].trimmed : nil } ?? ""
            let refusal = ImportRefusal(
                row: row.number,
                offset: row.offset,
                key: key.isEmpty ? nil : key,
                reasons: [reason]
            )
            return ImportedRow(
                number: row.number,
                offset: row.offset,
                content: content,
                isDecided: true,
                outcome: .refused(refusal)
            )
        }
        var fields: [String]
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
        if isOfRejects {
            guard !fields.contains(where: { $0.contains("\u{FFFD}") }) else {
                return refused(
                    Label(
                        uk: "у рядку є знак заміни «\u{FFFD}»; впишіть замість нього справжню літеру",
                        en: "the row has the replacement sign \"\u{FFFD}\"; put the real letter in its place"
                    )
                )
            }
            fields = fields.map(RejectedRows.bare)
        }
        let outcome = mapping.outcome(of: .csv(places: places, fields: fields), number: row.number, offset: row.offset)
        let read = ImportedRow(
            number: row.number,
            offset: row.offset,
            content: .array(fields.map(JSON.string)),
            outcome: outcome
        )
        return read.once(&seen)
    }
}

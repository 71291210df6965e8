import Appeals
package import CanonicalJSON

/// The first rows of a register of which no mapping is known yet.
package struct ImportSample {
    /// Rows that are looked at.
    private static let rows = 1_000
    /// Bytes of a text whose rows are looked at.
    private static let bytes = 4 << 20
    /// How deep the list of a JSON text may lie.
    private static let deepest = 4

    /// What the mapping says of the source: `source`, `delimiter`, `items`.
    package let source: JSONObject
    /// Columns, or paths of values within the items.
    package let columns: [String]
    /// Values in the order of the columns; an empty text for none.
    package let values: [[String]]

    /// Reads the head of a text; refuses one that is empty, in another encoding, or without a table.
    ///
    /// - Parameter delimiter: what stands between the fields of a table; nil for what its first line says.
    package init(_ bytes: [UInt8], encoding: TextEncoding?, delimiter given: CSVReader.Delimiter? = nil) throws {
        let text = try ImportPieces.text(bytes, encoding)
        if Self.isJSON(text) {
            let json = try ImportPieces.json(text)
            guard let (path, items) = Self.list(in: json, "", Self.deepest) else {
                throw DeskError.usage(
                    "noList",
                    uk: "у JSON немає списку об'єктів",
                    en: "the JSON text has no list of objects"
                )
            }
            source = path.isEmpty ? ["source": "json"] : ["source": "json", "items": .string(path)]
            let names = JSONImport.unnamed(in: items, [])
            columns = names
            values = items.prefix(Self.rows).map { item in names.map { Self.text(ImportRow.find($0, in: item)) } }
        } else {
            let head = Array(text.prefix(Self.bytes))
            let (found, start) = Self.delimiter(of: head)
            let delimiter = given ?? found
            var reader = CSVReader(delimiter: delimiter, start: start)
            var rows = reader.read(head[start...])
            if head.count == text.count { rows += reader.finish() }
            let names = rows.first?.content.map(\.trimmed) ?? []
            let isAsk = delimiter == .comma
            source =
                isAsk
                ? ["source": "csv"]
                : ["source": "csv", "delimiter": .string(delimiter == .tab ? "tab" : delimiter.text)]
            columns = names
            values = rows.dropFirst().compactMap(\.fields).filter { $0.count == names.count }.prefix(Self.rows).map {
                $0.map(\.trimmed)
            }
        }
    }

    /// Whether a text begins as JSON does, and not as a table.
    package static func isJSON(_ text: some Sequence<UInt8>) -> Bool {
        let first = text.first { $0 > 0x20 }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    /// What stands in a column, without what is empty.
    package func values(_ column: String) -> [String] {
        guard let place = columns.firstIndex(of: column) else { return [] }
        return values.map { $0[place] }.filter { !$0.isEmpty }
    }

    /// The forms of time in which most of a column is read: a wrong day in one row of ten says nothing of the others.
    package func forms(_ column: String) -> [WrittenTime.Form] {
        let values = values(column).prefix(200)
        let read = WrittenTime.Form.allCases.map { form in
            (
                form: form,
                count: values.count { value in
                    WrittenTime.moment(value, form, .kyiv) != nil && (form != .unix || value.utf8.count >= 9)
                }
            )
        }
        let best = read.map(\.count).max() ?? 0, wrong = values.count - best
        guard best > wrong, wrong <= max(1, values.count / 10) else { return [] }
        return read.filter { $0.count == best }.map(\.form)
    }

    /// Reads what `json` gives; nil if it is none.
    package init?(_ piece: JSON) {
        guard let lines = piece.array, let head = lines.first, let source = head["source"]?.object else { return nil }
        self.source = source
        columns = (head["columns"]?.array ?? []).compactMap(\.string)
        values = lines.dropFirst().map { ($0["content"]?.array ?? []).map { $0.string ?? "" } }
        guard values.allSatisfy({ $0.count == columns.count }) else { return nil }
    }

    /// As a node is given it in the place of a piece.
    package var json: JSON {
        let head: JSON = ["source": .object(source), "columns": .array(columns.map(JSON.string))]
        return .array([head] + values.map { ["content": .array($0.map(JSON.string))] })
    }

    private static func delimiter(of head: [UInt8]) -> (CSVReader.Delimiter, Int) {
        let form = CSVForm(of: head, usual: .comma, columns: [])
        if form.start > 0 { return (form.delimiter, form.start) }
        let line = String(decoding: head.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let widths = CSVReader.Delimiter.allCases.map { ($0, CSVForm.names(line, $0).count) }
        return (widths.max { $0.1 < $1.1 }?.0 ?? .comma, 0)
    }

    /// The first list of objects, and its path.
    private static func list(in json: JSON, _ path: String, _ depth: Int) -> (String, [JSON])? {
        if let items = json.array, items.contains(where: { $0.object != nil }) { return (path, items) }
        guard depth > 0, let object = json.object else { return nil }
        for (name, value) in object.members where !name.contains(".") {
            if let found = list(in: value, path.isEmpty ? name : path + "." + name, depth - 1) { return found }
        }
        return nil
    }

    private static func text(_ json: JSON?) -> String {
        switch json {
        case .string(let text): text.trimmed
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case nil, .null, .double, .array, .object: ""
        }
    }
}

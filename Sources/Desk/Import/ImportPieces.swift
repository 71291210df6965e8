package import Appeals
package import CanonicalJSON

/// A register cut into pieces that a node takes one after another.
///
/// Whoever asks for an import reads the file once and keeps it; the node sees a piece at a time, so that neither its memory
/// nor the time of a call grows with the file. A piece is a list of objects: `{"columns":[…]}` first where the source is a
/// CSV text, then a row each, `{"row":N,"offset":BYTE,"content":…}`, with `"key":…,"refused":[{"en","uk"}…]` where the
/// text alone decides.
package struct ImportPieces {
    /// What a piece holds at most: so many rows, and rows of so many bytes unless it is a single one.
    package static let rows = 1_000
    package static let bytes = 1 << 20
    /// Bytes of a CSV text that are looked at in one go.
    private static let chunk = 1 << 16

    /// How the rows are written, so that those that were rejected can be written alike.
    package enum Form: Sendable {
        case csv(CSVReader.Delimiter)
        /// The path of the list of items.
        case json(items: String)
    }

    private enum Source {
        case csv(CSVImport, [UInt8], at: Int, isOver: Bool)
        case json([JSON], at: Int)
    }

    package let mapping: ImportMapping
    package let form: Form
    /// What a person should know of how the text was read.
    package let notices: [Label]
    private var source: Source
    private var seen = SeenKeys()
    private var isBegun = false
    private var waiting: ArraySlice<ImportedRow> = []
    /// Rows given so far.
    package private(set) var done = 0

    /// Refuses a mapping that is none or that the text does not fit, an empty text, and one in another encoding.
    ///
    /// - Parameter encoding: of the text; nil for what its first bytes say, else UTF-8.
    package init(_ bytes: [UInt8], mapping: String, encoding: TextEncoding? = nil) throws {
        self.mapping = try ImportMapping(bytes: Array(mapping.utf8))
        let text = try Self.text(bytes, encoding)
        switch self.mapping.source {
        case .csv(let usual):
            let form = CSVForm(of: text, usual: usual, columns: self.mapping.columns.map(\.name))
            let csv = try CSVImport(mapping: self.mapping, form: form)
            source = .csv(csv, text, at: form.start, isOver: false)
            self.form = .csv(form.delimiter)
            notices = [form.notice].compactMap { $0 }
        case .json(let path):
            let items = try JSONImport.items(of: try Self.json(text), mapping: self.mapping)
            source = .json(items, at: 0)
            form = .json(items: path)
            notices = JSONImport.notices(of: items, mapping: self.mapping)
        }
    }

    /// The text in UTF-8; refuses one that is empty, or of an encoding that was not said.
    static func text(_ bytes: [UInt8], _ given: TextEncoding?) throws(DeskError) -> [UInt8] {
        let encoding: TextEncoding
        if let given = given ?? TextEncoding(mark: bytes) {
            encoding = given
        } else {
            encoding = TextEncoding(guess: bytes)
            guard encoding == .utf8 else {
                throw DeskError.usage(
                    "wrongEncoding",
                    uk:
                        "файл — не UTF-8, схоже на \(encoding.rawValue.uppercased()); повторіть із \(.input("encoding", encoding.rawValue))",
                    en:
                        "the file is not UTF-8 but most likely \(encoding.rawValue.uppercased()); repeat with \(.input("encoding", encoding.rawValue))"
                )
            }
        }
        let text = encoding.utf8(bytes)
        guard text.contains(where: { $0 > 0x20 }) else {
            throw DeskError.usage(
                "emptyFile",
                uk: "файл порожній: імпортувати нічого",
                en: "the file is empty: there is nothing to import"
            )
        }
        return text
    }

    /// The value that a text is; refused with the line at which it is none.
    static func json(_ text: [UInt8]) throws(DeskError) -> JSON {
        do { return try JSON(parsing: text, limits: .general) } catch {
            let line = text.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
            throw DeskError.usage(
                "wrongJSON",
                uk: "файл: це не JSON, рядок \(line): \(error); нічого не прочитано",
                en: "the file: not JSON, line \(line): \(error); nothing was read"
            )
        }
    }

    /// The next piece; nil when all was given.
    ///
    /// The first one is given also of a source without rows, so that its command says so.
    package mutating func next() throws -> JSON? {
        var size = 0
        var rows: [JSON] = []
        while rows.count < Self.rows, size < Self.bytes {
            guard try !waiting.isEmpty || fill(), let row = waiting.popFirst()?.json else { break }
            size += row.canonicalBytes().count
            rows.append(row)
        }
        guard !rows.isEmpty || !isBegun else { return nil }
        isBegun = true
        done += rows.count
        let head: [JSON] = columns.isEmpty ? [] : [["columns": .array(columns.map(JSON.string))]]
        return .array(head + rows)
    }

    /// How many rows are left, which are passed over.
    package mutating func passOver() throws -> Int {
        var left = waiting.count
        waiting = []
        while try fill() {
            left += waiting.count
            waiting = []
        }
        return left
    }

    /// The columns of a CSV text, in order; none of a JSON text.
    package var columns: [String] {
        guard case .csv(let csv, _, _, _) = source else { return [] }
        return csv.columns
    }

    /// Columns, or paths of items, that the mapping names nowhere.
    package var unnamed: [String] {
        switch source {
        case .csv(let csv, _, _, _): csv.unnamed
        case .json(let items, _): JSONImport.unnamed(in: items, Set(mapping.columns.map(\.name)))
        }
    }

    /// Reads on until there are rows; false at the end.
    private mutating func fill() throws -> Bool {
        switch source {
        case .json(let items, let at):
            guard at < items.count else { return false }
            let end = min(items.count, at + Self.rows)
            waiting = (at..<end).map { JSONImport.row(items[$0], number: $0 + 1, mapping: mapping, seen: &seen) }[...]
            source = .json(items, at: end)
        case .csv(var csv, let text, var at, var isOver):
            while waiting.isEmpty, !isOver {
                let end = min(text.count, at + Self.chunk)
                waiting = (at < end ? try csv.rows(in: text[at..<end]) : try csv.lastRows())[...]
                isOver = at == end
                at = end
            }
            source = .csv(csv, text, at: at, isOver: isOver)
        }
        return !waiting.isEmpty
    }
}

extension ImportedRow {
    /// The row as a piece holds it.
    fileprivate var json: JSON {
        var object: JSONObject = ["row": .integer(Int64(number))]
        object["offset"] = offset.map { .integer(Int64($0)) }
        object["content"] = content
        if isDecided, case .refused(let refusal) = outcome {
            object["key"] = refusal.key.map(JSON.string)
            object["refused"] = .array(refusal.reasons.map { ["en": .string($0.en), "uk": .string($0.uk)] })
        }
        return .object(object)
    }
}

extension ImportMapping {
    /// What becomes of the rows of a piece; nil if it is none.
    package func outcomes(ofPiece piece: [JSON]) -> [ImportOutcome]? {
        var places: [String: Int] = [:]
        var outcomes: [ImportOutcome] = []
        for line in piece {
            if let columns = line["columns"]?.array {
                for (place, name) in columns.enumerated() { places[name.string ?? ""] = place }
                continue
            }
            guard let number = line["row"]?.integer else { return nil }
            let offset = line["offset"]?.integer.map { Int($0) }
            if let reasons = line["refused"]?.array {
                let labels = reasons.map { Label(uk: $0["uk"]?.string ?? "", en: $0["en"]?.string ?? "") }
                let key = line["key"]?.string
                outcomes.append(
                    .refused(ImportRefusal(row: Int(number), offset: offset, key: key, reasons: labels))
                )
                continue
            }
            guard let content = line["content"] else { return nil }
            let row: ImportRow =
                places.isEmpty
                ? .json(content)
                : .csv(places: places, fields: (content.array ?? []).map { $0.string ?? "" })
            outcomes.append(outcome(of: row, number: Int(number), offset: offset))
        }
        return outcomes
    }
}

import Appeals
package import CanonicalJSON

/// A register cut into pieces that a node takes one after another.
///
/// Whoever asks for an import reads the file once and keeps it; the node sees a piece at a time, so that neither its memory
/// nor the time of a call grows with the file. A piece is a list of objects: `{"columns":[…]}` first where the source is a
/// CSV text, then a row each, `{"row":N,"offset":BYTE,"content":…}`, or `{"row":N,"key":…,"refused":[{"en","uk"}…]}`
/// where the text alone decides.
package struct ImportPieces {
    /// What a piece holds at most: so many rows, and rows of so many bytes unless it is a single one.
    package static let rows = 1_000
    package static let bytes = 1 << 20
    /// Bytes of a CSV text that are looked at in one go.
    private static let chunk = 1 << 16

    private enum Source {
        case csv(CSVImport, [UInt8], at: Int, isOver: Bool)
        case json([JSON], at: Int)
    }

    private let mapping: ImportMapping
    private var source: Source
    private var seen = SeenKeys()
    private var isBegun = false
    private var waiting: ArraySlice<ImportedRow> = []
    /// Rows given so far.
    package private(set) var done = 0

    /// Refuses a mapping that is none or that the text does not fit.
    package init(text: String, mapping: String) throws {
        self.mapping = try ImportMapping(bytes: Array(mapping.utf8))
        switch self.mapping.source {
        case .csv: source = .csv(try CSVImport(mapping: self.mapping), Array(text.utf8), at: 0, isOver: false)
        case .json:
            let json: JSON
            do { json = try JSON(parsing: Array(text.utf8), limits: .general) } catch {
                throw DeskError.usage(
                    "wrongJSON",
                    uk: "файл: це не JSON: \(error)",
                    en: "the file: not JSON: \(error)"
                )
            }
            source = .json(try JSONImport.items(of: json, mapping: self.mapping), at: 0)
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
        return .array(columns + rows)
    }

    private var columns: [JSON] {
        guard case .csv(let csv, _, _, _) = source else { return [] }
        return [["columns": .array(csv.columns.map(JSON.string))]]
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
        if let content {
            object["content"] = content
        } else if case .refused(let refusal) = outcome {
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

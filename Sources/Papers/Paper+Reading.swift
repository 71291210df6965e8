import CanonicalJSON

/// The text is no paper: it was not written by `Paper.encoded` of the same release.
package struct PaperError: Error, Equatable {
    /// What is missing or has another form.
    package let name: String
}

extension Paper {
    private static let limits = JSONLimits(stringBytes: 1 << 20, integersOnly: true, totalBytes: longest)

    /// Reads what `encoded` wrote.
    /// - Throws: `PaperError`, `JSONError`.
    package init(decoding bytes: [UInt8]) throws {
        let reader = PaperReader(try JSON(parsing: bytes, limits: Self.limits))
        let words = try reader["words"]
        self.init(
            title: try reader["title"].text(),
            language: try reader["language"].text(),
            made: Int64(try reader["made"].number()),
            isLetter: try reader["isLetter"].flag(),
            blocks: try reader["blocks"].list { try $0.block() },
            words: PaperWords(
                sheet: try words["sheet"].text(),
                of: try words["of"].text(),
                continued: try words["continued"].text(),
                unknown: try words["unknown"].text()
            )
        )
    }
}

/// A value with the name that it has in the text, for what is said when it does not fit.
private struct PaperReader {
    let json: JSON
    let name: String

    init(_ json: JSON, _ name: String = "paper") {
        self.json = json
        self.name = name
    }

    subscript(_ key: String) -> PaperReader {
        get throws {
            guard let value = json[key] else { throw PaperError(name: "\(name).\(key)") }
            return PaperReader(value, "\(name).\(key)")
        }
    }

    /// Throws where there is nothing of the type that is wanted, by the name of the place.
    private func found<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw PaperError(name: name) }
        return value
    }

    /// Words, as they stand on the paper.
    func text() throws -> String { try found(json.string) }
    /// A whole number.
    func number() throws -> Int { Int(try found(json.integer)) }
    /// Yes or no.
    func flag() throws -> Bool { try found(json.bool) }
    /// All of a list, each read alike.
    func list<Value>(_ read: (PaperReader) throws -> Value) throws -> [Value] {
        try found(json.array).map { try read(PaperReader($0, name)) }
    }
    /// A list of words.
    func texts() throws -> [String] { try list { try $0.text() } }

    /// A line: words, strong or not.
    func line() throws -> PaperLine {
        if let words = json.string { return PaperLine(words) }
        return PaperLine(try self["strong"].text(), isStrong: true)
    }

    /// A field of a form with its name.
    func field() throws -> PaperField {
        PaperField(try self["name"].text(), try self["lines"].list { try $0.line() })
    }

    /// A block by the name of its kind; throws for one that this version does not know.
    func block() throws -> PaperBlock {
        guard let object = json.object, object.count == 1, let kind = object.keys.first else {
            throw PaperError(name: name)
        }
        let body = try self[kind]
        switch kind {
        case "heading":
            return .heading(
                try body["level"].number(),
                try body["words"].text(),
                isSeen: try body["isSeen"].flag()
            )
        case "lines":
            let style = try body["style"]
            return .lines(
                try body["lines"].list { try $0.line() },
                try style.found(PaperStyle(rawValue: try style.text()))
            )
        case "sides": return .sides(try body["left"].texts(), try body["right"].texts())
        case "keys": return .keys(try body.list { try $0.field() })
        case "fields":
            return .fields(
                caption: try body["caption"].text(),
                rows: try body["rows"].list { row in try row.list { try $0.field() } },
                isTall: try body["isTall"].flag()
            )
        case "table": return .table(try body.table())
        case "signature":
            return .signature(
                position: try body["position"].text(),
                name: try body["name"].text(),
                place: try body["place"].text()
            )
        case "foot": return .foot(try body.text())
        default: throw PaperError(name: body.name)
        }
    }

    /// A table: caption, heads and rows of as many cells.
    private func table() throws -> PaperTable {
        let heads = try self["heads"].list { PaperHead(try $0["words"].text(), share: try $0["share"].number()) }
        let rows = try self["rows"].list { row in try row.list { try $0.texts() } }
        guard !heads.isEmpty, heads.allSatisfy({ (1...100).contains($0.share) }),
            rows.allSatisfy({ $0.count == heads.count })
        else { throw PaperError(name: name) }
        return PaperTable(caption: try self["caption"].text(), heads: heads, rows: rows)
    }
}

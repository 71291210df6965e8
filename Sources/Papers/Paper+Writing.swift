import CanonicalJSON

extension Paper {
    /// The paper as one text for another process: canonical JSON.
    package func encoded() -> [UInt8] {
        let json: JSON = [
            "blocks": .array(blocks.map(\.json)), "isLetter": .bool(isLetter), "language": .string(language),
            "made": .integer(made), "title": .string(title),
            "words": [
                "continued": .string(words.continued), "of": .string(words.of), "sheet": .string(words.sheet),
                "unknown": .string(words.unknown),
            ],
        ]
        return json.canonicalBytes()
    }
}

extension PaperBlock {
    /// An object with the kind of the block as its only key.
    fileprivate var json: JSON {
        switch self {
        case .heading(let level, let words, let isSeen):
            ["heading": ["isSeen": .bool(isSeen), "level": .integer(Int64(level)), "words": .string(words)]]
        case .lines(let lines, let style):
            ["lines": ["lines": .array(lines.map(\.json)), "style": .string(style.rawValue)]]
        case .sides(let left, let right): ["sides": ["left": .texts(left), "right": .texts(right)]]
        case .keys(let keys): ["keys": .array(keys.map(\.json))]
        case .fields(let caption, let rows, let isTall):
            [
                "fields": [
                    "caption": .string(caption), "isTall": .bool(isTall),
                    "rows": .array(rows.map { .array($0.map(\.json)) }),
                ]
            ]
        case .table(let table):
            [
                "table": [
                    "caption": .string(table.caption),
                    "heads": .array(
                        table.heads.map { ["share": .integer(Int64($0.share)), "words": .string($0.words)] }
                    ),
                    "rows": .array(table.rows.map { .array($0.map { .texts($0) }) }),
                ]
            ]
        case .signature(let position, let name, let place):
            ["signature": ["name": .string(name), "place": .string(place), "position": .string(position)]]
        case .foot(let words): ["foot": .string(words)]
        }
    }
}

extension PaperField {
    fileprivate var json: JSON { ["lines": .array(lines.map(\.json)), "name": .string(name)] }
}

extension PaperLine {
    /// Words alone, or words that are strong.
    fileprivate var json: JSON { isStrong ? ["strong": .string(words)] : .string(words) }
}

extension JSON {
    fileprivate static func texts(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
}

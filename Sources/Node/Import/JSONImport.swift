import Appeals
public import CanonicalJSON

/// Turns the items of a JSON register into cards.
public enum JSONImport {
    public static let longestList = 1_000_000

    /// What became of each item, in order; a path that no item has refuses the whole by name.
    public static func read(_ json: JSON, mapping: ImportMapping) throws(MappingRefusal) -> [ImportOutcome] {
        guard case .json(let path) = mapping.source else {
            throw MappingRefusal(
                path: "source",
                found: Label("csv"),
                remedy: Label(
                    uk: "для файлу JSON потрібна відповідність із source json",
                    en: "give a mapping of source json for a JSON file"
                )
            )
        }
        guard let items = ImportRow.find(path, in: json)?.array, items.count <= longestList else {
            throw MappingRefusal(
                path: "items",
                found: Label(uk: "немає списку в \"\(path)\"", en: "no list at \"\(path)\""),
                remedy: Label(
                    uk: "вкажіть шлях до списку (до мільйона елементів)",
                    en: "give the path of a list of up to a million items"
                )
            )
        }
        if !items.isEmpty {
            for (name, path) in mapping.columns where !items.contains(where: { ImportRow.has(name, in: $0) }) {
                throw MappingRefusal(
                    path: path,
                    found: Label(
                        uk: "шлях \"\(name)\", якого не має жоден елемент",
                        en: "the path \"\(name)\", which no item has"
                    ),
                    remedy: Label(uk: "виправте або приберіть", en: "correct or remove it")
                )
            }
        }
        var seen: Set<String> = []
        return items.enumerated().map { place, item in
            once(mapping.outcome(of: .json(item), number: place + 1, offset: nil), offset: nil, seen: &seen)
        }
    }

    /// Two rows of one key are two tellings of one card, and nobody here knows which is right: the first stays.
    static func once(_ outcome: ImportOutcome, offset: Int?, seen: inout Set<String>) -> ImportOutcome {
        switch outcome {
        case .skipped, .refused: return outcome
        case .card(let card):
            if seen.insert(card.key).inserted { return outcome }
            let reason = Label(
                uk: "такий ключ є і в попередньому рядку; приберіть один із них",
                en: "the key is in an earlier row too; remove one of them"
            )
            return .refused(ImportRefusal(row: card.row, offset: offset, key: card.key, reasons: [reason]))
        }
    }
}

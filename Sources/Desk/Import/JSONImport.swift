import Appeals
package import CanonicalJSON

/// Turns the items of a JSON register into cards.
package enum JSONImport {
    package static let longestList = 1_000_000

    /// What became of each item, in order; a path that no item has refuses the whole by name.
    package static func read(_ json: JSON, mapping: ImportMapping) throws(MappingRefusal) -> [ImportOutcome] {
        let items = try items(of: json, mapping: mapping)
        var seen = SeenKeys()
        return items.enumerated().map { place, item in
            row(item, number: place + 1, mapping: mapping, seen: &seen).outcome
        }
    }

    /// One item of the list, with what became of it.
    package static func row(_ item: JSON, number: Int, mapping: ImportMapping, seen: inout SeenKeys) -> ImportedRow {
        let outcome = mapping.outcome(of: .json(item), number: number, offset: nil)
        return ImportedRow(number: number, offset: nil, content: item, outcome: outcome).once(&seen)
    }

    /// The list of items at the mapping's path.
    package static func items(of json: JSON, mapping: ImportMapping) throws(MappingRefusal) -> [JSON] {
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
        return items
    }
}

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
        let needed = mapping.needed
        for (name, path) in mapping.columns
        where !items.isEmpty && needed.contains(path) && !items.contains(where: { ImportRow.has(name, in: $0) }) {
            throw MappingRefusal(
                path: path,
                found: Label(
                    uk: "шлях \"\(name)\", якого не має жоден елемент",
                    en: "the path \"\(name)\", which no item has"
                ),
                remedy: Label(uk: "виправте або приберіть", en: "correct or remove it")
            )
        }
        return items
    }

    /// Paths of fields that a card can do without, and that no item has today.
    static func notices(of items: [JSON], mapping: ImportMapping) -> [Label] {
        let missing = mapping.columns.filter { column in !items.contains { ImportRow.has(column.name, in: $0) } }
        guard !items.isEmpty, !missing.isEmpty else { return [] }
        let names = missing.map { "\"\($0.name)\" (\($0.path))" }.joined(separator: ", ")
        return [Label(uk: "шляхи, яких не має жоден елемент: \(names)", en: "paths that no item has: \(names)")]
    }

    /// How many items are looked at for what the mapping does not name.
    private static let looked = 1_000

    /// Paths of values in the first items that the mapping names nowhere.
    static func unnamed(in items: [JSON], _ named: Set<String>) -> [String] {
        var found: Set<String> = []
        for item in items.prefix(looked) { collect(item, "", named, &found) }
        return found.sorted()
    }

    private static func collect(_ item: JSON, _ path: String, _ named: Set<String>, _ found: inout Set<String>) {
        guard let object = item.object else { return }
        for (name, value) in object.members {
            let inner = path.isEmpty ? name : path + "." + name
            if named.contains(inner) || inner == RejectedRows.member { continue }
            if value.object != nil { collect(value, inner, named, &found) } else { found.insert(inner) }
        }
    }
}

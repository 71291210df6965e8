import Appeals
package import CanonicalJSON

/// One row of a source, asked for values by column name (CSV) or dotted path (JSON).
package enum ImportRow {
    case csv(places: [String: Int], fields: [String])
    case json(JSON)

    /// Nil when there is nothing: an empty field, a null, a path that this item does not have.
    package func value(_ name: String) throws(ImportReason) -> ImportValue? {
        switch self {
        case .csv(let places, let fields):
            guard let place = places[name], place < fields.count else { return nil }
            let text = Self.trimmed(fields[place])
            return text.isEmpty ? nil : .text(text)
        case .json(let item):
            guard let found = Self.find(name, in: item) else { return nil }
            return try Self.value(found, name)
        }
    }

    /// The value at a dotted path, nil where a member is missing.
    package static func find(_ path: String, in item: JSON) -> JSON? {
        var found = item
        for part in path.split(separator: ".") {
            guard let next = found[String(part)] else { return nil }
            found = next
        }
        return found
    }

    /// Whether the path leads anywhere, were it to a null.
    ///
    /// NB: `find(…) != nil` would ask whether it is something else than JSON's null.
    package static func has(_ path: String, in item: JSON) -> Bool {
        if case .some = find(path, in: item) { return true }
        return false
    }

    /// Without white space of Unicode at both ends; what stands within is left as it came.
    package static func trimmed(_ text: some StringProtocol) -> String {
        var rest = text[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    private static func value(_ json: JSON, _ name: String) throws(ImportReason) -> ImportValue? {
        guard case .array(let items) = json else { return try text(json, name).map(ImportValue.text) }
        var list: [String] = []
        for item in items {
            if let text = try text(item, name) { list.append(text) }
        }
        return .list(list)
    }

    private static func text(_ json: JSON, _ name: String) throws(ImportReason) -> String? {
        switch json {
        case .null: nil
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .string(let value):
            trimmed(value).isEmpty ? nil : trimmed(value)
        case .double, .array, .object:
            throw ImportReason(
                Label(
                    uk: "\(name) — не текст, ціле число, true/false чи їх список; візьміть його складник",
                    en: "\(name) is no text, whole number, flag or list of them; map a member of it"
                )
            )
        }
    }
}

extension String {
    /// Without white space at both ends.
    package var trimmed: String { ImportRow.trimmed(self) }
}

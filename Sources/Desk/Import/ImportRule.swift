import Appeals

/// How one field of a card is made from a row: a column or several joined, mapped, and read in some form.
package struct ImportRule: Hashable, Sendable {
    /// Where a value comes from.
    package enum Source: Hashable, Sendable {
        case column(String)
        /// The values that are there, with the separator between them.
        case join([String], separator: String)
    }

    /// Into which case letters are changed.
    package enum LetterCase: String, Hashable, Sendable { case lower, upper }

    package var source: Source
    /// Values of the source to values of the card; one not listed becomes `otherwise`, or refuses the row.
    package var map: [String: String]?
    package var otherwise: String?
    package var letterCase: LetterCase?
    /// What an empty or missing value becomes.
    package var standing: String?
    /// Splits one value into a list, for columns that hold several.
    package var splitAt: String?
    package var dateForm: WrittenTime.Form?
    /// Whose clock local times are of.
    package var zone: ImportZone

    package init(source: Source) {
        self.source = source
        zone = .kyiv
    }

    package var columns: [String] {
        switch source {
        case .column(let name): [name]
        case .join(let names, _): names
        }
    }

    /// The value for the card; nil when the row has none.
    package func value(in row: ImportRow) throws(ImportReason) -> ImportValue? {
        switch try raw(in: row) {
        case nil: standing.map(ImportValue.text)
        case .text(let text): try splitAt == nil ? one(mapped(text)) : split(text)
        case .list(let list): .list(try mapped(list))
        }
    }

    /// What was mapped to an empty text is nothing.
    private func one(_ text: String) -> ImportValue? { text.isEmpty ? standing.map(ImportValue.text) : .text(text) }

    private func raw(in row: ImportRow) throws(ImportReason) -> ImportValue? {
        switch source {
        case .column(let name): return try row.value(name)
        case .join(let names, let separator):
            var parts: [String] = []
            for name in names {
                switch try row.value(name) {
                case nil: continue
                case .text(let text): parts.append(text)
                case .list(let list): parts += list
                }
            }
            return parts.isEmpty ? nil : .text(parts.joined(separator: separator))
        }
    }

    private func split(_ text: String) throws(ImportReason) -> ImportValue? {
        guard let splitAt, !splitAt.isEmpty else { return .text(text) }
        let parts = text.split(separator: splitAt).map(ImportRow.trimmed).filter { !$0.isEmpty }
        return .list(try mapped(parts))
    }

    private func mapped(_ list: [String]) throws(ImportReason) -> [String] {
        var values: [String] = []
        for text in list { values.append(try mapped(text)) }
        return values.filter { !$0.isEmpty }
    }

    private func mapped(_ text: String) throws(ImportReason) -> String {
        if let map {
            if let value = map[text] { return value }
            guard let otherwise else {
                throw ImportReason(
                    Label(
                        uk: "\"\(text.prefix(60))\" немає в map; додайте або вкажіть \"otherwise\"",
                        en: "\"\(text.prefix(60))\" is not in the map; add it or give \"otherwise\""
                    )
                )
            }
            return otherwise
        }
        switch letterCase {
        case nil: return text
        case .lower: return text.lowercased()
        case .upper: return text.uppercased()
        }
    }
}

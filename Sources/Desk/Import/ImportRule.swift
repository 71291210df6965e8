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

    /// How a date is written.
    package enum DateForm: String, CaseIterable, Hashable, Sendable {
        /// 2026-02-03T09:14:00+02:00
        case rfc3339
        /// 2024-04-16T03:03:15.000, on a clock of `zone`
        case isoLocal = "iso-local"
        /// 2026-02-03
        case isoDate = "iso-date"
        /// 03.02.2026
        case dotted = "dd.mm.yyyy"
    }

    /// Whose clock a local time is of.
    package enum Zone: String, Hashable, Sendable {
        case kyiv = "Europe/Kyiv"
        case utc = "UTC"
    }

    package var source: Source
    /// Values of the source to values of the card; one not listed becomes `otherwise`, or refuses the row.
    package var map: [String: String]?
    package var otherwise: String?
    package var letterCase: LetterCase?
    /// What an empty or missing value becomes.
    package var standing: String?
    /// Splits one value into a list, for columns that hold several.
    package var splitAt: String?
    package var dateForm: DateForm?
    package var zone: Zone

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
        case .text(let text): try splitAt == nil ? .text(mapped(text)) : split(text)
        case .list(let list): .list(try mapped(list))
        }
    }

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
        return values
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

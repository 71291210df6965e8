import Appeals

/// How rows of a foreign register become cards: read from a JSON file an operator writes.
///
/// Everything it names is checked before the first card: unknown keys, fields and forms when it is read, columns when
/// it meets the source. So a typing error costs a second and not a thousand wrong cards.
package struct ImportMapping: Hashable, Sendable {
    /// What is imported.
    package enum Source: Hashable, Sendable {
        case csv(delimiter: CSVReader.Delimiter)
        /// The dotted path of the list of items; empty when the whole text is the list.
        case json(items: String)
    }

    /// A row is skipped when one of its columns has one of these values; an empty value means "nothing there".
    package struct Skip: Hashable, Sendable {
        package let column: String
        package let values: [String]
    }

    package let source: Source
    /// What its cards are known by, together with their keys; nil where the import says it.
    package let name: String?
    /// The column that names a row for ever.
    package let key: String
    package let constants: [ImportField: String]
    package let fields: [ImportField: ImportRule]
    package let skips: [Skip]

    package init(
        source: Source,
        name: String?,
        key: String,
        constants: [ImportField: String],
        fields: [ImportField: ImportRule],
        skips: [Skip]
    ) {
        self.source = source
        self.name = name
        self.key = key
        self.constants = constants
        self.fields = fields
        self.skips = skips
    }

    /// Every column or path the mapping reads, with the place that names it, in the order of the fields.
    package var columns: [(name: String, path: String)] {
        var named = [(name: key, path: "key")]
        for field in ImportField.allCases {
            named += (fields[field]?.columns ?? []).map { ($0, "fields.\(field.rawValue)") }
        }
        return named + skips.map { ($0.column, "skipWhen") }
    }

    /// The places in the mapping whose columns some row must have.
    var needed: Set<String> { Set(ImportField.required.map { "fields.\($0.rawValue)" } + ["key"]) }

    /// Turns one row into a card, or says everything that is wrong with it.
    package func outcome(of row: ImportRow, number: Int, offset: Int?) -> ImportOutcome {
        var reasons: [Label] = []
        let key = read(&reasons) { () throws(ImportReason) in try keyText(of: row) } ?? nil
        let skipped = read(&reasons) { () throws(ImportReason) in try isSkipped(row) } ?? false
        if skipped { return .skipped(row: number, key: key) }
        var card = ImportedCard(key: key ?? "", row: number)
        for field in ImportField.allCases {
            _ = read(&reasons) { () throws(ImportReason) in try fill(field, of: &card, from: row) }
        }
        guard reasons.isEmpty else {
            return .refused(ImportRefusal(row: number, offset: offset, key: key, reasons: reasons))
        }
        return .card(card)
    }

    private func fill(_ field: ImportField, of card: inout ImportedCard, from row: ImportRow) throws(ImportReason) {
        if let constant = constants[field] { return try card.set(field, .text(constant), rule: nil) }
        guard let rule = fields[field] else { return }
        let value: ImportValue?
        do {
            value = try rule.value(in: row)
        } catch {
            throw ImportReason(Label("\(field.rawValue): ") + error.words)
        }
        if let value { return try card.set(field, value, rule: rule) }
        guard !ImportField.required.contains(field) else {
            throw ImportReason(
                Label(
                    uk: "\(field.rawValue) порожнє; без нього картки немає",
                    en: "\(field.rawValue) is empty; every card needs it"
                )
            )
        }
    }

    private func keyText(of row: ImportRow) throws(ImportReason) -> String {
        guard case .text(let text)? = try row.value(key), text.utf8.count <= 200 else {
            throw ImportReason(
                Label(
                    uk: "ключ \"\(key)\" порожній, є списком або довший за 200 байтів",
                    en: "the key \"\(key)\" is empty, a list or longer than 200 bytes"
                )
            )
        }
        return text
    }

    private func isSkipped(_ row: ImportRow) throws(ImportReason) -> Bool {
        for skip in skips {
            switch try row.value(skip.column) {
            case nil: if skip.values.contains("") { return true }
            case .text(let text): if skip.values.contains(text) { return true }
            case .list(let list): if list.isEmpty && skip.values.contains("") { return true }
            }
        }
        return false
    }

    private func read<Value>(_ reasons: inout [Label], _ body: () throws(ImportReason) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            reasons.append(error.words)
            return nil
        }
    }
}

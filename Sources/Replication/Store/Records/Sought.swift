public import Appeals
import Cryptography
public import Finding

extension SearchedText {
    /// What of an appeal is searched, as far as it is in this copy of it: numbers, people, addresses, telephones, words.
    ///
    /// A department's copy has what its slice shows, so that nothing else can be found there.
    public init(_ appeal: Appeals.Aggregate) {
        func addresses(_ bare: String) -> [String] { appeal.values(bare).compactMap { Address($0)?.typed } }
        self.init(
            indexes: appeal.texts("index") + appeal.texts("formerIndex"),
            names: appeal.texts("applicant.name"),
            addresses: addresses("applicant.address") + addresses("problemAddress"),
            phones: appeal.texts("contact.phone"),
            texts: appeal.texts("text") + appeal.texts("question") + appeal.texts("external")
                + appeal.texts("contact.email")
        )
    }
}

/// What an index keeps of a row beside its words, so that whoever may not know of an appeal never meets it there: not even by
/// the time that an answer takes.
///
/// These terms begin with `ь` before a Latin letter, as no word does that can be typed.
package enum SoughtMark {
    /// Somebody is kept from it.
    package static let barred = "ьb"
    /// This person is kept from it.
    package static func barred(_ person: String) -> String { "ьp" + short(person) }
    /// This department is the main executor's.
    package static func main(_ department: String) -> String { "ьm" + short(department) }

    /// Ids have characters that would part a term.
    private static func short(_ id: String) -> String {
        String(SHA256.hash(Array(id.utf8)).hex.prefix(16))
    }
}

extension RowColumns {
    /// The terms of the row that are not words.
    package var soughtMarks: [String] {
        (barred.isEmpty ? [] : [SoughtMark.barred]) + barred.map { SoughtMark.barred($0) }
            + (main.isEmpty ? [] : [SoughtMark.main(main)])
    }

    /// A number that changes with whatever an index keeps of the row; 0 for a row without any.
    static func sought(_ text: SearchedText, _ marks: [String]) -> Int64 {
        var bytes: [UInt8] = []
        for part in [text.indexes, text.names, text.addresses, text.phones, text.texts, marks] {
            for text in part { bytes += Array(text.utf8) + [0] }
            bytes.append(1)
        }
        guard bytes.count > 6 else { return 0 }
        return SHA256.hash(bytes).array.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }
}

extension Row {
    /// Everything that an index keeps of the row, in the order of bytes; nothing of what is no appeal.
    ///
    /// Throws if the bytes of the row cannot be read.
    package func soughtTerms() throws -> [String] {
        guard Names.isAppeal(key) else { return [] }
        return try SearchedText(aggregate()).terms + columns.soughtMarks
    }
}

/// What is looked for: words, and what else of the rows is wanted.
public struct RowSearch: Sendable {
    public let query: SearchQuery
    public var filter: ListFilter

    /// Everything that the query wants and the filter lets through; empty fields of the filter want any.
    public init(_ query: SearchQuery, filter: ListFilter = ListFilter()) {
        self.query = query
        self.filter = filter
    }

    /// The newest first: in this order whatever is found.
    public static let order = RowOrder(.registered, isDescending: true)

    /// Rows that one call looks at, at most: those that an index finds, of which a phrase or a filter may want few.
    public static let looks = 1_000

    /// Whether anything is found in a space: what is set aside after a restore is shown to nobody.
    package static func isSearched(_ space: String) -> Bool { space != Space.suspended }

    /// None of these terms.
    package var unwanted: [String] {
        filter.isOpenToAll ? [SoughtMark.barred] : filter.hiddenFrom.map { SoughtMark.barred($0) }
    }

    /// One of these terms, unless there are none.
    package var wanted: [String] {
        (filter.main.isEmpty ? filter.mains : [filter.main]).map { SoughtMark.main($0) }
    }

    /// Whether an index finds a row with these terms.
    package func finds(_ terms: [String]) -> Bool {
        let marks = Set(terms.filter { $0.hasPrefix("ь") })
        return query.fits(terms) && marks.isDisjoint(with: unwanted)
            && (wanted.isEmpty || !marks.isDisjoint(with: wanted))
    }

    /// Whether a row that an index has found is wanted.
    package func wants(_ row: Row) throws -> Bool {
        guard filter.fits(row.columns) else { return false }
        return try !query.needsConfirming || query.confirms(SearchedText(row.aggregate()))
    }
}

/// Rows that a search has found.
public struct FoundRows: Sendable {
    public var rows: [Row]
    /// Behind which place it goes on; nil when everything was looked at.
    ///
    /// There may be a next page of nothing.
    public var next: RowPlace?

    /// Of one look.
    public init(rows: [Row], next: RowPlace?) {
        self.rows = rows
        self.next = next
    }
}

import Appeals
package import CanonicalJSON
import Cryptography

/// One row of a source with what it holds and what became of it.
package struct ImportedRow {
    /// The row of a CSV text (the header is 1) or the item of a JSON list, from 1.
    package let number: Int
    /// The byte the row begins at; nil for JSON.
    package let offset: Int?
    /// The fields of a CSV row as strings, or the item.
    package let content: JSON
    /// Whether the text alone decided, and no mapping was asked.
    package var isDecided = false
    package let outcome: ImportOutcome

    /// Two rows of one key are two tellings of one card, and nobody here knows which is right: the first stays.
    package func once(_ seen: inout SeenKeys) -> ImportedRow {
        guard case .card(let card) = outcome, !seen.insert(card.key) else { return self }
        let reason = Label(
            uk: "такий ключ є і в попередньому рядку; приберіть один із них",
            en: "the key is in an earlier row too; remove one of them"
        )
        let refusal = ImportRefusal(row: number, offset: offset, key: card.key, reasons: [reason])
        return ImportedRow(
            number: number,
            offset: offset,
            content: content,
            isDecided: true,
            outcome: .refused(refusal)
        )
    }
}

/// Which keys a source has had so far, in 16 bytes a key.
package struct SeenKeys: Sendable {
    private struct Mark: Hashable {
        let high: UInt64
        let low: UInt64
    }

    private var marks: Set<Mark> = []

    /// False if the key was there.
    package mutating func insert(_ key: String) -> Bool {
        let digest = SHA256.hash(Array(key.utf8)).array
        func word(_ from: Int) -> UInt64 { digest[from..<(from + 8)].reduce(0) { $0 << 8 | UInt64($1) } }
        return marks.insert(Mark(high: word(0), low: word(8))).inserted
    }
}

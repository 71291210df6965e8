/// A typed query: every clause must be met; a clause is met by any of its terms.
///
/// Any text is a query and none is an error: there are no operators but quotation marks around a phrase and an asterisk behind the
/// beginning of a word.
public struct SearchQuery: Sendable, Equatable {
    /// A term that the index is asked for.
    public enum Term: Sendable, Hashable {
        /// The term itself.
        case whole(String)
        /// Any term that begins so.
        case beginning(String)
    }

    /// What the index must hold; at least one clause, each of at least one term.
    ///
    /// Terms hold no space, no quotation mark and no ASCII beside `a` to `z` and digits, and none begins with `ь` and
    /// ASCII.
    public let clauses: [[Term]]
    /// What stands behind the clauses, for looking at found texts.
    let parts: [Part]

    /// Unicode scalars of a query that count.
    public static let mostCharacters = 256
    /// Words and numbers of a query that count.
    public static let mostWords = 32

    /// Whether more was typed than counts; the entrance refuses it with these limits.
    public static func isTooLong(_ typed: String) -> Bool {
        typed.unicodeScalars.count > mostCharacters || Word.read(typed).count > mostWords
    }

    /// Reads what a person typed; nil if nothing of it can be searched (empty, punctuation alone).
    ///
    /// Of what is too long only the first `mostCharacters` and `mostWords` are read.
    public init?(_ typed: String) {
        let counted = String(String.UnicodeScalarView(typed.unicodeScalars.prefix(Self.mostCharacters)))
        var left = Self.mostWords
        parts = QueryReader.parts(counted).compactMap { part in
            guard left > 0 else { return nil }
            var part = part
            part.words = Array(part.words.prefix(left))
            left -= max(1, part.words.count)
            return part
        }
        clauses = parts.flatMap(\.clauses)
        if clauses.isEmpty { return nil }
    }

    /// Whether the expression over terms can find too much, so that found texts are to be looked at with `confirms`: phrases and
    /// beginnings of words.
    public var needsConfirming: Bool { parts.contains(where: \.needsConfirming) }

    /// A piece of a query that is met as one.
    struct Part: Sendable, Equatable {
        /// Words that must all be there.
        var words: [Wanted]
        /// Whether they must stand side by side in this order.
        var isPhrase = false
        /// What is enough in place of the words: the term of an index or of a phone.
        var instead = Wanted()

        var needsConfirming: Bool { isPhrase || words.contains { $0.start != nil } }

        /// One clause a word; what is enough in its place is in all of them.
        var clauses: [[Term]] {
            words.isEmpty ? [instead.terms] : words.map { $0.terms + instead.terms }
        }
    }

    /// Terms of which one is enough.
    struct Wanted: Sendable, Equatable {
        var wholes: [Letters] = []
        var beginnings: [Letters] = []
        /// How a word or a number of the text must begin where the beginning of one was typed.
        var start: Letters?

        var isEmpty: Bool { wholes.isEmpty && beginnings.isEmpty }

        var terms: [Term] {
            beginnings.map { .beginning(String(letters: $0)) } + wholes.map { .whole(String(letters: $0)) }
        }

        /// Whether a term is one of these.
        func contains(_ term: Letters) -> Bool {
            wholes.contains(term) || beginnings.contains { term.starts(with: $0) }
        }
    }
}

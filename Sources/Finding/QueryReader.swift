/// Reads a typed query into its parts.
enum QueryReader {
    /// The parts in their order; none if nothing can be searched.
    static func parts(_ typed: String) -> [SearchQuery.Part] {
        if let phone = phone(typed) { return [phone] }
        return segments(typed).flatMap { segment, isQuoted in isQuoted ? phrase(segment) : loose(segment) }
    }

    /// A query that may be a phone in groups of digits: it is enough in place of the numbers that stand there, for a date has as
    /// many digits.
    private static func phone(_ typed: String) -> SearchQuery.Part? {
        let numbers = Word.read(typed)
        guard numbers.count > 1, typed.unicodeScalars.allSatisfy({ PhoneTerm.isPart($0.value) }),
            let term = PhoneTerm.term(asking: PhoneTerm.digits(typed))
        else { return nil }
        return SearchQuery.Part(words: numbers.map(wanted), instead: SearchQuery.Wanted(wholes: [term]))
    }

    // MARK: phrases

    private static let quotes: Set<UInt32> = [0x22, 0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x201F]

    /// What stands inside and outside of quotation marks of any form; one without a second is passed over.
    private static func segments(_ typed: String) -> [(text: String, isQuoted: Bool)] {
        let pieces = typed.unicodeScalars.split(omittingEmptySubsequences: false) { quotes.contains($0.value) }
        return pieces.enumerated().map { place, piece in
            (String(String.UnicodeScalarView(piece)), place % 2 == 1 && place < pieces.count - 1)
        }
    }

    /// A phrase is one part; an index in quotation marks is an index.
    private static func phrase(_ segment: String) -> [SearchQuery.Part] {
        let pieces = chunks(segment)
        if pieces.count == 1, pieces[0].index != nil { return loose(segment) }
        let words = asked(segment).map(wanted)
        return words.isEmpty ? [] : [SearchQuery.Part(words: words, isPhrase: words.count > 1)]
    }

    // MARK: words and indexes

    /// Words, a part each, and registration indexes, which are enough in place of their words.
    private static func loose(_ segment: String) -> [SearchQuery.Part] {
        var parts: [SearchQuery.Part] = []
        var between = String.UnicodeScalarView()
        func flush() {
            parts += asked(String(between)).map(part)
            between.removeAll()
        }
        for chunk in chunks(segment) {
            guard let index = chunk.index else {
                between.append(contentsOf: chunk.scalars)
                between.append(" ")
                continue
            }
            flush()
            let words = Word.read(String(String.UnicodeScalarView(chunk.scalars))).map { word in
                var word = word
                word.hasStop = false
                return wanted(word)
            }
            parts.append(SearchQuery.Part(words: words, instead: index))
        }
        flush()
        return parts
    }

    /// A word alone; a bare number may also be that of an index, and the end of a phone where it is long enough.
    private static func part(_ word: Word) -> SearchQuery.Part {
        var wanted = wanted(word)
        if word.isNumber, word.house == nil {
            let number = IndexTerm.asked(number: word.letters).map { [$0] } ?? []
            if word.hasStar {
                wanted.beginnings += number
            } else {
                wanted.wholes += number + (PhoneTerm.term(asking: word.letters).map { [$0] } ?? [])
            }
        }
        return SearchQuery.Part(words: [wanted])
    }

    /// What stands between spaces, with the terms of the index that it is.
    private static func chunks(
        _ segment: String
    ) -> [(scalars: Substring.UnicodeScalarView, index: SearchQuery.Wanted?)] {
        segment.unicodeScalars.split { Folding.isSpace($0.value) }.map { ($0, index($0)) }
    }

    /// The terms of a chunk that is a registration index, punctuation around it passed over; with an asterisk behind it, of all that
    /// begin so.
    static func index(_ chunk: Substring.UnicodeScalarView) -> SearchQuery.Wanted? {
        guard let first = chunk.firstIndex(where: isSpoken), let last = chunk.lastIndex(where: isSpoken) else {
            return nil
        }
        let behind = chunk.index(after: last)
        let text = String(String.UnicodeScalarView(chunk[first...last]))
        guard let asked = IndexTerm.asked(text) else { return nil }
        return behind < chunk.endIndex && chunk[behind] == "*"
            ? SearchQuery.Wanted(beginnings: asked.wholes)
            : SearchQuery.Wanted(wholes: asked.wholes, beginnings: asked.beginnings)
    }

    /// Whether a scalar is a letter or a digit.
    static func isSpoken(_ scalar: Unicode.Scalar) -> Bool {
        switch Folding.kind(scalar.value) {
        case .letter, .digit: true
        case .apostrophe, .nothing, .gap: false
        }
    }

    /// The words of a query without the `м`, with or without a full stop, that stands before another word.
    private static func asked(_ segment: String) -> [Word] {
        let words = Word.read(segment)
        return words.indices.filter { place in
            !Abbreviations.isTown(words[place]) || words[place].isInitial || words[place].hasStar
                || place + 1 == words.count || words[place + 1].isNumber
        }.map { words[$0] }
    }

    // MARK: terms

    /// What the index is asked for a word.
    static func wanted(_ word: Word) -> SearchQuery.Wanted {
        if word.hasStar { return beginning(word.numbered, isNumber: word.isNumber) }
        if word.isNumber { return SearchQuery.Wanted(wholes: [word.numbered]) }
        if word.isInitial { return SearchQuery.Wanted(wholes: [Field.initial(word)]) }
        let written = Field.address.written(word)
        guard written != word.letters else { return SearchQuery.Wanted(wholes: Alternants.expanded(word.letters)) }
        // Without a full stop it may stand in a text as it was typed.
        let own = word.hasStop ? [] : Alternants.expanded(word.letters)
        return SearchQuery.Wanted(wholes: Letters.distinct(Alternants.expanded(written) + own))
    }

    /// Letters that endings of verbs and adjectives end with.
    private static let lastLetters = "аиоуья".letters

    /// What the index is asked for a beginning: terms that begin so, and stems that are shorter than it.
    private static func beginning(_ start: Letters, isNumber: Bool) -> SearchQuery.Wanted {
        // No stem has a soft sign.
        let bare = start.filter { $0 != Letter.ь }
        var wanted = SearchQuery.Wanted(beginnings: [bare], start: start)
        if isNumber { return wanted }
        // An ending takes up to three letters of a noun, more of a verb, whose last letter may be what is not typed yet.
        var wholes = bare.indices.dropFirst(3).filter { bare.count - $0 <= 3 }.map { Letters(bare[..<$0]) }
        wholes += ([[]] + lastLetters.map { [$0] }).flatMap { Stemming.stems(start + $0) }
        for family in Stemming.families where family.forms.contains(where: { $0.starts(with: start) }) {
            wholes.append(family.stem)
        }
        if Stemming.ice.starts(with: start) { wholes.append(Stemming.iceStem) }
        wanted.wholes = Letters.distinct(wholes)
        return wanted
    }
}

/// What a query finds: by the terms of an index, by a text itself, and in a text that is shown.
extension SearchQuery {
    /// Whether terms (distinct, sorted by UTF-8 bytes) meet every clause.
    public func fits(_ terms: [String]) -> Bool {
        clauses.allSatisfy { clause in clause.contains { Self.holds(terms, $0) } }
    }

    private static func holds(_ terms: [String], _ term: Term) -> Bool {
        switch term {
        case .whole(let whole):
            let place = place(of: whole, in: terms)
            return place < terms.count && terms[place].utf8.elementsEqual(whole.utf8)
        case .beginning(let beginning):
            let place = place(of: beginning, in: terms)
            return place < terms.count && terms[place].utf8.starts(with: beginning.utf8)
        }
    }

    /// Where the first term stands that is not before this one in the order of bytes.
    private static func place(of term: String, in terms: [String]) -> Int {
        var low = 0, high = terms.count
        while low < high {
            let middle = (low + high) / 2
            if terms[middle].utf8.lexicographicallyPrecedes(term.utf8) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether a text is one that the query looks for: by its terms, and by itself where these say too little.
    public func isMet(by text: SearchedText) -> Bool { fits(text.terms) && confirms(text) }

    /// Whether the text itself meets it: phrases stand side by side and in order within one value, beginnings begin a
    /// word.
    ///
    /// True for what needs no confirming, given that it fits.
    public func confirms(_ text: SearchedText) -> Bool {
        let open = parts.filter(\.needsConfirming)
        if open.isEmpty { return true }
        let lines = text.values.map { field, value in field.words(value).map { Spoken($0, field) } }
        let indexes = text.indexes.map { ($0, IndexTerm.terms(ofPrinted: $0)) }
        let phones = text.phones.map { ($0, PhoneTerm.terms(of: $0)) }
        let others = (indexes + phones).flatMap(\.1)
        // What is no index or phone by its form is searched by its words.
        let loose = (indexes + phones).filter(\.1.isEmpty)
            .map { value, _ in Field.text.words(value).map { Spoken($0, .text) } }
        return open.allSatisfy { part in
            others.contains(where: part.instead.contains) || part.meets(lines + loose, others)
        }
    }

    /// UTF-8 offsets of the words in a shown text that the query asks for, in order and not overlapping: of phrases only where they
    /// stand side by side, of indexes and phones the whole of them.
    public func marks(in text: String) -> [Range<Int>] {
        let line = Field.address.words(text).map { Spoken($0, .address) }
        let wholes = Marks.indexes(text) + Marks.phones(text)
        var found: [Range<Int>] = []
        for part in parts {
            let own = wholes.filter { $0.terms.contains(where: part.asks) }.map(\.bytes)
            found += own
            if own.isEmpty || part.instead.isEmpty { found += part.places(in: line).map { line[$0].bytes } }
        }
        return Marks.joined(found)
    }
}

/// A word of a text with all its terms.
struct Spoken {
    /// As it is read; of a number its digits and the letter of a house.
    let letters: Letters
    let terms: [Letters]
    let bytes: Range<Int>

    init(_ word: Word, _ field: Field) {
        letters = word.isNumber ? word.numbered : field.written(word)
        terms = field.terms(of: word)
        bytes = word.bytes
    }
}

extension SearchQuery.Wanted {
    /// Whether a word of a text is asked for.
    func isMet(by word: Spoken) -> Bool {
        start.map { word.letters.starts(with: $0) } ?? word.terms.contains(where: contains)
    }
}

extension SearchQuery.Part {
    /// Whether lines of words hold the phrase, or all the words; the beginning of a number may be that of an index among the other terms.
    func meets(_ lines: [[Spoken]], _ others: [Letters]) -> Bool {
        if isPhrase { return lines.contains { !places(in: $0).isEmpty } }
        return words.allSatisfy { word in
            lines.contains { $0.contains(where: word.isMet) } || others.contains(where: word.contains)
        }
    }

    /// The places of a line that hold its words, of a phrase each of its occurrences, in any order and perhaps twice.
    func places(in line: [Spoken]) -> [Int] {
        guard isPhrase else {
            return line.indices.filter { place in words.contains { $0.isMet(by: line[place]) } }
        }
        guard line.count >= words.count else { return [] }
        return (0...(line.count - words.count)).filter { place in
            words.indices.allSatisfy { words[$0].isMet(by: line[place + $0]) }
        }.flatMap { Array($0..<($0 + words.count)) }
    }

    /// Whether a term of an index or a phone is asked for, by the part or by a word of it.
    func asks(_ term: Letters) -> Bool { instead.contains(term) || words.contains { $0.contains(term) } }
}

/// What of a shown text is marked as a whole.
enum Marks {
    /// Registration indexes between the spaces of a text.
    static func indexes(_ text: String) -> [(bytes: Range<Int>, terms: [Letters])] {
        chunks(text, isPart: { !Folding.isSpace($0.value) }).compactMap { chunk in
            let terms = IndexTerm.terms(ofPrinted: chunk.text)
            return terms.isEmpty ? nil : (chunk.bytes, terms)
        }
    }

    /// Runs of digits and the punctuation of phones that are long enough for one.
    static func phones(_ text: String) -> [(bytes: Range<Int>, terms: [Letters])] {
        chunks(text, isPart: { PhoneTerm.isPart($0.value) }).compactMap { chunk in
            let terms = PhoneTerm.terms(of: chunk.text)
            return terms.isEmpty ? nil : (chunk.bytes, terms)
        }
    }

    /// The longest runs of scalars that belong to a part, without what is no letter or digit at their ends.
    private static func chunks(
        _ text: String,
        isPart: (Unicode.Scalar) -> Bool
    ) -> [(bytes: Range<Int>, text: String)] {
        let scalars = text.unicodeScalars
        return scalars.split { !isPart($0) }.compactMap { run in
            guard let first = run.firstIndex(where: QueryReader.isSpoken),
                let last = run.lastIndex(where: QueryReader.isSpoken)
            else { return nil }
            let end = scalars.index(after: last)
            let start = text.utf8.distance(from: text.startIndex, to: first)
            let length = text.utf8.distance(from: first, to: end)
            return (start..<(start + length), String(String.UnicodeScalarView(scalars[first..<end])))
        }
    }

    /// Ranges in order, those that touch or overlap as one only where they overlap.
    static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = joined.last, range.lowerBound < last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}

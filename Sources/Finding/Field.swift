/// Where a word stands: what it may be short for depends on it.
enum Field {
    case name, address, text

    /// The words of a value, without `м.` before a town: in addresses before any word, in texts before a capital.
    func words(_ value: String) -> [Word] {
        let words = Word.read(value)
        guard words.contains(where: Abbreviations.isTown) else { return words }
        return words.indices.filter { place in
            guard Abbreviations.isTown(words[place]), words[place].hasStop, !words[place].isCapital,
                place + 1 < words.count, !words[place + 1].isNumber
            else { return true }
            return self != .address && !words[place + 1].isCapital
        }.map { words[$0] }
    }

    /// The word that stands for this one: an abbreviation written out, else the word itself.
    func written(_ word: Word) -> Letters {
        guard !word.isNumber, word.hasStop || self == .address || word.letters == Abbreviations.district,
            let whole = Abbreviations.whole(word.letters)
        else { return word.letters }
        return whole
    }

    /// The terms that the index keeps of a word; not distinct from those of other words.
    func terms(of word: Word) -> [Letters] {
        if word.isNumber { return word.house == nil ? [word.letters] : [word.letters, word.numbered] }
        let stems = Stemming.stems(written(word))
        guard self == .name || word.isInitial else { return stems }
        return stems + [Self.initial(word)]
    }

    /// The term of the first letter of a name.
    static func initial(_ word: Word) -> Letters { [Opener.initial, Folding.alike(word.letters[0])] }
}

/// What addresses are short for.
enum Abbreviations {
    static let district = "мкрн".letters
    private static let town = "м".letters
    private static let wholes: [Letters: Letters] = [
        "вул".letters: "вулиця".letters, "просп".letters: "проспект".letters, "пров".letters: "провулок".letters,
        "пл".letters: "площа".letters, "буд".letters: "будинок".letters, "кв".letters: "квартира".letters,
        district: "мікрорайон".letters,
    ]

    /// The word that an abbreviation stands for, nil if it is none.
    static func whole(_ letters: Letters) -> Letters? {
        (2...5).contains(letters.count) ? wholes[letters] : nil
    }

    /// Whether the word may be the `м.` that stands before the name of a town.
    static func isTown(_ word: Word) -> Bool { !word.isNumber && word.letters == town }
}

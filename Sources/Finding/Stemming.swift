/// Reduction of Ukrainian words to stems: no dictionary, a table of endings, one of themes, three families.
///
/// Words come folded (`Folding.word`). What is shorter than three letters or has no Cyrillic letter stays as it is.
enum Stemming {
    /// What the index keeps of a word: its stem, and another one where an ending is that of two kinds of words
    /// (`лисові` is the dative of Лис and the plural of `лисовий`).
    ///
    /// One or two, distinct.
    static func stems(_ word: Letters) -> [Letters] {
        guard isReduced(word) else { return [word] }
        if let family = family(word) { return [family] }
        let (rest, ending) = base(word)
        let stem = finished(rest, isVerb: ending.isVerb)
        guard let second = second(word), second != stem else { return [stem] }
        return [stem, second]
    }

    static func isReduced(_ word: Letters) -> Bool { word.count >= 3 && word.contains(where: Folding.isCyrillic) }

    private static func second(_ word: Letters) -> Letters? {
        let last = word[word.count - 1], before = word[word.count - 2]
        if last == Letter.і, word.count > 5, before == Letter.в {
            let third = word[word.count - 3]
            guard third == Letter.о || third == Letter.е || third == Letter.є else { return nil }
            return finished(Letters(word.dropLast()), isVerb: false)
        }
        guard before == Letter.і else { return nil }
        if last == Letter.в, word.count > 4 { return finished(word, isVerb: false) }
        if last == Letter.й, word.count <= 5, word.count >= 4 {
            return finished(Letters(word.dropLast()), isVerb: false)
        }
        return nil
    }

    // MARK: families

    /// Words whose forms share no stem, form by form.
    static let families: [(forms: [Letters], stem: Letters)] = [
        ("воді", "й я ю єм єві ї їв ям ями ях", "водій"), ("діт", "и ей ям ьми ях", "дитин"),
        ("дн", "я ю і ем еві ів ям ями ях", "ден"),
    ].map { start, ends, stem in
        (ends.split(separator: " ").map { (start + $0).letters }, stem.letters)
    }

    static func family(_ word: Letters) -> Letters? {
        // All of them begin with one of two letters.
        guard word[0] == Letter.в || word[0] == Letter.д else { return nil }
        return families.first { $0.forms.contains(word) }?.stem
    }

    // MARK: step 0 and 1

    /// The rest of a word without the reflexive particle and the ending, and the ending.
    static func base(_ word: Letters) -> (rest: Letters, ending: Ending) {
        var rest = word
        if rest.count >= 5, rest.ends(with: particle) || rest.ends(with: shortParticle),
            beforeParticle.contains(rest[rest.count - 3])
        {
            rest.removeLast(2)
        }
        if let cut = future(rest) { rest.removeLast(cut) }
        guard let ending = Ending.table.longest(in: rest, where: { fits(rest, $0) }) else { return (rest, .none) }
        rest.removeLast(ending.length)
        return (rest, ending)
    }

    /// Letters of a future (`читатимемо`) beyond its infinitive, nil where it is none.
    private static func future(_ word: Letters) -> Int? {
        guard word.count > 5, futureLetters.contains(word[word.count - 1]) else { return nil }
        for end in futures where word.count > end.count + 2 && word.ends(with: end) {
            let place = word.count - end.count - 3
            if word[place + 1] == Letter.т, word[place + 2] == Letter.и, beforeInfinitive.contains(word[place]) {
                return end.count
            }
        }
        return nil
    }

    private static func fits(_ word: Letters, _ ending: Ending) -> Bool {
        let left = word.count - ending.length
        guard left >= ending.least else { return false }
        return ending.length < 2 || hasVowel(word, left) || ending.needsNoVowel && left >= 3
    }

    // MARK: step 2 and 3

    /// A rest without its theme, tidied.
    static func finished(_ rest: Letters, isVerb: Bool) -> Letters {
        var stem = rest
        let theme = Ending.themes.longest(in: stem) { theme in
            (!isVerb || theme.isVerb) && stem.count - theme.length >= theme.least
                && hasVowel(stem, stem.count - theme.length)
        }
        if let theme { stem.removeLast(theme.length) }
        if stem.count > 3 { while stem.count > 1, stem.last == Letter.й { stem.removeLast() } }
        if stem.count > 3, doubled.contains(stem[stem.count - 1]), stem[stem.count - 1] == stem[stem.count - 2] {
            stem.removeLast()
        }
        if stem == ice { return iceStem }
        if stem.contains(Letter.ь) { stem.removeAll { $0 == Letter.ь } }
        tidyEnd(&stem)
        return stem
    }

    private static func tidyEnd(_ stem: inout Letters) {
        func before() -> UInt16 { stem[stem.count - 2] }
        if stem.count > 3, stem.last == Letter.л, labials.contains(before()) { stem.removeLast() }
        if stem.count > 4, stem.last == Letter.л, beforeL.contains(before()) { stem.removeLast() }
        if stem.count > 3,
            stem.last == Letter.ж && before() == Letter.д || stem.last == Letter.т && before() == Letter.з
        {
            stem.removeLast()
        }
    }

    static func isVowel(_ letter: UInt16) -> Bool { vowels.contains(letter) }

    private static func hasVowel(_ word: Letters, _ length: Int) -> Bool {
        for place in 0..<length where isVowel(word[place]) { return true }
        return false
    }

    // MARK: letters

    static let vowels = LetterSet("аеєиіїоуюя")
    static let doubled = LetterSet("нлтсчжзшдц")
    private static let labials = LetterSet("бпвмф")
    private static let beforeL = LetterSet("зскг")
    private static let beforeParticle = LetterSet("атьйимюувлое")
    private static let beforeInfinitive = LetterSet("аяиіїую")
    private static let particle = "ся".letters
    private static let shortParticle = "сь".letters
    private static let futures = ["му", "ме", "муть", "мемо", "мем", "меш", "мете"].map(\.letters)
    private static let futureLetters = LetterSet("уеьмош")
    static let ice = "льод".letters
    static let iceStem = "лід".letters
}

/// Ukrainian letters as bits of a word.
struct LetterSet: Sendable {
    private let bits: UInt64

    init(_ letters: String) { bits = letters.utf16.reduce(0) { $0 | Self.bit($1) } }

    func contains(_ letter: UInt16) -> Bool { bits & Self.bit(letter) != 0 }

    /// `а` to `ї` are 40 places; no bit for any other unit.
    private static func bit(_ letter: UInt16) -> UInt64 {
        (0x430...0x457).contains(letter) ? 1 << UInt64(letter - 0x430) : 0
    }
}

/// The stems that a query asks for: those of the word, and of what its forms alternate with.
///
/// Vowels: `і` with `о` and `е` (`кіт`, `кота`), a fleeting `о` or `е` (`квиток`, `квитка`); consonants: `к г х` with `ц з с`
/// (`рука`, `руці`). A query asks for all of them, so the index holds few.
enum Alternants {
    /// Distinct stems, in the order of their UTF-8 bytes: one to seven.
    static func expanded(_ word: Letters) -> [Letters] {
        guard Stemming.isReduced(word) else { return [word] }
        if let family = Stemming.family(word) { return [family] }
        let (rest, ending) = Stemming.base(word)
        var found = [rest]
        if ending.letter == Letter.і, let last = rest.last, let hard = hard(last) {
            found.append(rest.dropLast() + [hard])
        }
        let isZero = isZero(ending, rest)
        for rest in found { found += isZero ? withoutEnding(rest) : withEnding(rest) }
        for rest in found where rest.count > 2 && rest[rest.count - 2] != Letter.ь {
            if let soft = soft(rest[rest.count - 1]) { found.append(rest.dropLast() + [soft]) }
        }
        return Letters.distinct(found.map { Stemming.finished($0, isVerb: ending.isVerb) } + Stemming.stems(word))
    }

    /// Whether the ending stands where other forms have a vowel.
    private static func isZero(_ ending: Ending, _ rest: Letters) -> Bool {
        switch ending.letter {
        case Letter.ь: true
        case Letter.ю: isDoubled(rest) || rest.ends(with: quality)
        default: ending.length == 0
        }
    }

    private static func isDoubled(_ rest: Letters) -> Bool {
        guard let last = rest.last, rest.count > 1 else { return false }
        return last == rest[rest.count - 2] && Stemming.doubled.contains(last)
    }

    /// The last vowel of a rest and the consonants behind it.
    private struct LastSyllable {
        let place: Int
        let vowel: UInt16
        let tail: Letters
        /// The consonants without the soft sign.
        let consonants: Letters

        /// Nil unless one to three letters stand behind a vowel, all consonants or soft signs, a consonant among them.
        init?(_ rest: Letters) {
            var place = rest.count - 1
            while place >= 0, Alternants.consonants.contains(rest[place]) || rest[place] == Letter.ь { place -= 1 }
            guard place >= 0, Stemming.isVowel(rest[place]), (1...3).contains(rest.count - 1 - place) else {
                return nil
            }
            self.place = place
            vowel = rest[place]
            tail = Letters(rest[(place + 1)...])
            consonants = tail.filter { $0 != Letter.ь }
            if consonants.isEmpty { return nil }
        }
    }

    private static func withoutEnding(_ rest: Letters) -> [Letters] {
        guard let syllable = LastSyllable(rest) else { return [] }
        let head = Letters(rest[..<syllable.place])
        var found: [Letters] = []
        switch syllable.vowel {
        case Letter.і: found += [head + [Letter.о] + syllable.tail, head + [Letter.е] + syllable.tail]
        case Letter.о, Letter.е, Letter.є:
            guard syllable.consonants.count == 1, fleeting.contains(syllable.consonants[0]), syllable.place >= 1
            else { break }
            found.append(head + (syllable.vowel == Letter.є ? [Letter.й] : []) + syllable.tail)
        default: break
        }
        return found
    }

    private static func withEnding(_ rest: Letters) -> [Letters] {
        guard let syllable = LastSyllable(rest) else { return [] }
        var found: [Letters] = []
        if syllable.vowel == Letter.о || syllable.vowel == Letter.е {
            found.append(Letters(rest[..<syllable.place]) + [Letter.і] + syllable.tail)
        }
        let consonants = syllable.consonants
        let last = consonants[consonants.count - 1]
        if consonants.count >= 2, fleeting.contains(last), rest.last == last {
            var head = Letters(rest.dropLast())
            while head.last == Letter.ь { head.removeLast() }
            switch last {
            case Letter.к: found.append(head + [Letter.о, Letter.к])
            case Letter.ц: found.append(head + [Letter.е, Letter.ц, Letter.ь])
            default: found += [head + [Letter.е, last], head + [Letter.о, last]]
            }
        }
        if consonants == [Letter.й, Letter.ц] {
            found.append(rest.dropLast(2) + [Letter.є, Letter.ц, Letter.ь])
        }
        return found
    }

    /// What alternates before `і`: the hard consonant and the soft one.
    private static let pairs: [(hard: UInt16, soft: UInt16)] = [
        (Letter.к, Letter.ц), (Letter.г, Letter.з), (Letter.х, Letter.с),
    ]

    private static func soft(_ letter: UInt16) -> UInt16? { pairs.first { $0.hard == letter }?.soft }
    private static func hard(_ letter: UInt16) -> UInt16? { pairs.first { $0.soft == letter }?.hard }

    private static let consonants = LetterSet("бвгджзйклмнпрстфхцчшщ")
    private static let fleeting = LetterSet("кцнлрт")
    private static let quality = "іст".letters
}

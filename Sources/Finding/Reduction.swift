/// The reduction of words to terms, and its limits.
public enum Reduction {
    /// Version of the reduction; an index made by another one is made anew.
    public static let version: Int64 = 1

    /// Letters or digits of one word that count, the same for index and query; what lies beyond is passed over.
    static let longestWord = 64
}

/// Letters, digits and openers of terms as UTF-16 code units: a word holds no scalar beyond the basic plane, so units order as
/// UTF-8 bytes do and none is a surrogate.
typealias Letters = [UInt16]

/// What opens a term that is no word.
///
/// No word of an index or a query begins so: see `Opener.cleaned`.
enum Opener {
    /// `ъ` and digits: the end of a phone; `ъъ`: a registration index; `ъы`: the number of one.
    static let hard: UInt16 = 0x44A
    /// `ы` and a letter: an initial.
    static let initial: UInt16 = 0x44B
    /// Left to whoever keeps the index, for terms of its own behind which ASCII follows.
    static let soft: UInt16 = 0x44C

    /// A word without the signs that begin no Ukrainian word and open other terms: `ъ` and `ь` go, `ы` becomes `и`.
    static func cleaned(_ word: Letters) -> Letters {
        guard let first = word.first, (hard...soft).contains(first) else { return word }
        var rest = Letters(word.drop { $0 == hard || $0 == soft })
        if rest.first == initial { rest[0] = Letter.и }
        return rest
    }
}

extension String {
    /// The units of a term as text.
    init(letters: Letters) { self.init(decoding: letters, as: UTF16.self) }

    /// The units of a word of the tables; for literals of this target.
    var letters: Letters { Letters(utf16) }
}

extension Letters {
    /// Whether the word ends with these letters.
    func ends(with end: Letters) -> Bool { count >= end.count && self[(count - end.count)...].elementsEqual(end) }

    /// The distinct words, in the order of their UTF-8 bytes.
    static func distinct(_ words: [Letters]) -> [Letters] {
        var distinct: [Letters] = []
        distinct.reserveCapacity(words.count)
        for word in words.sorted(by: { $0.lexicographicallyPrecedes($1) }) where word != distinct.last {
            distinct.append(word)
        }
        return distinct
    }
}

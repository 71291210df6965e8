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
    init(letters: Letters) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * letters.count)
        for unit in letters {
            if unit < 0x80 {
                bytes.append(UInt8(unit))
                continue
            }
            if unit < 0x800 {
                bytes.append(UInt8(0xC0 | unit >> 6))
            } else {
                bytes.append(UInt8(0xE0 | unit >> 12))
                bytes.append(UInt8(0x80 | unit >> 6 & 0x3F))
            }
            bytes.append(UInt8(0x80 | unit & 0x3F))
        }
        self.init(decoding: bytes, as: UTF8.self)
    }

    /// The units of a word of the tables; for literals of this target.
    var letters: Letters { Letters(utf16) }
}

extension Letters {
    /// Whether the word ends with these letters.
    func ends(with end: Letters) -> Bool { count >= end.count && self[(count - end.count)...].elementsEqual(end) }

    /// The distinct words, in the order of their UTF-8 bytes.
    static func distinct(_ words: [Letters]) -> [Letters] {
        // Most words differ in their first four letters, which are compared as one number.
        var places = words.indices.map { (start: words[$0].start, place: $0) }
        places.sort {
            $0.start == $1.start
                ? words[$0.place].lexicographicallyPrecedes(words[$1.place]) : $0.start < $1.start
        }
        var distinct: [Letters] = []
        distinct.reserveCapacity(words.count)
        for (_, place) in places where words[place] != distinct.last { distinct.append(words[place]) }
        return distinct
    }

    /// The first four units; less for a word that is the beginning of another one, if no more.
    private var start: UInt64 {
        var start: UInt64 = 0
        for place in 0..<4 { start = start << 16 | (place < count ? UInt64(self[place]) : 0) }
        return start
    }
}

import Testing

@testable import Finding

/// SplitMix64: the same seed gives the same run everywhere.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    private static let pieces: [String] = [
        " ", "\"", "«", "»", "*", "'", "’", "-", "–", "/", ".", ",", "\u{0}", "\n", "\u{301}", "\u{306}", "\u{308}",
        "\u{200B}",
        "\u{202E}", "\u{AD}", "\u{FE0F}", "😀", "👩‍👩‍👧", "שלום", "مرحبا", "水", "ﬁ", "ß", "İ", "ь", "ъ", "ы", "Ь", "Ъ", "Ы",
        "ґ",
        "Ґ", "й", "и", "і", "ї", "i", "ï", "a", "B", "z", "Z", "0", "7", "14", "0971234567", "м.", "вул.", "К-318",
        "ж-17/2", "7f-к-1",
        "РЗ-000318", "вода", "Швець", "водопровід", "Р.", "щ", "ся", "ові", "ами", "льод", "дн", "ува", "ння",
        "\u{FFFD}",
        "\u{E000}", "ｖ", "٣", "²", "№",
    ]

    /// A text of pieces that rules look at, and of any scalars.
    mutating func text() -> String {
        var text = ""
        for _ in 0..<below(below(6) == 0 ? 60 : 8) {
            if below(4) == 0 {
                text.unicodeScalars.append(scalar())
            } else {
                text += Self.pieces[below(Self.pieces.count)]
            }
        }
        return text
    }

    private mutating func scalar() -> Unicode.Scalar {
        let bound = [0x80, 0x530, 0x3000, 0x10000, 0x110000][below(5)]
        return Unicode.Scalar(UInt32(below(bound))) ?? " "
    }
}

@Suite("Laws of terms, on random input")
struct LawTests {
    /// How often a law is tried.
    private static let rounds = 5_000

    /// Nil if a term is of the form that the index can hold.
    private func fault(_ term: String) -> String? {
        if term.isEmpty { return "an empty term" }
        for scalar in term.unicodeScalars where scalar.isASCII {
            let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            if !isPlain { return "\(term.debugDescription) holds \(scalar.value)" }
        }
        for scalar in term.unicodeScalars where Folding.isSpace(scalar.value) || scalar.value == 0 {
            return "\(term.debugDescription) holds the space \(scalar.value)"
        }
        let units = Array(term.utf16)
        if units[0] == Opener.soft, units.count == 1 || units[1] < 0x80 {
            return "\(term.debugDescription) begins as terms of others do"
        }
        return nil
    }

    private func searched(_ generator: inout SeededGenerator) -> SearchedText {
        SearchedText(
            indexes: [generator.text()],
            names: [generator.text()],
            addresses: [generator.text()],
            phones: [generator.text()],
            texts: [generator.text(), generator.text()]
        )
    }

    @Test("the terms of a text are of one form, distinct and in the order of their bytes")
    func kept() {
        var generator = SeededGenerator(state: 1)
        for _ in 0..<Self.rounds {
            let text = searched(&generator)
            let terms = text.terms
            #expect(terms.compactMap(fault).isEmpty, "\(text)")
            for (one, next) in zip(terms, terms.dropFirst()) {
                #expect(one.utf8.lexicographicallyPrecedes(next.utf8), "\(text)")
            }
            #expect(terms.map { Array($0.utf8) } == text.terms.map { Array($0.utf8) }, "\(text)")
        }
    }

    @Test("the terms of a query are of the same form, and none is of the form of those that keep people out")
    func asked() {
        var generator = SeededGenerator(state: 2)
        var queries = 0
        for _ in 0..<Self.rounds {
            let typed = generator.text()
            guard let query = SearchQuery(typed) else { continue }
            queries += 1
            #expect(!query.clauses.isEmpty && query.clauses.allSatisfy { !$0.isEmpty }, "\(typed.debugDescription)")
            for term in query.clauses.flatMap(\.self) {
                switch term {
                case .whole(let term), .beginning(let term):
                    #expect(fault(term) == nil, "\(typed.debugDescription)")
                }
            }
            #expect(query == SearchQuery(typed), "\(typed.debugDescription)")
            #expect(!query.fits([]), "\(typed.debugDescription)")
        }
        #expect(queries > Self.rounds / 2)
    }

    @Test("a word finds the texts that it stands in, in any case and with any marks")
    func itself() {
        var generator = SeededGenerator(state: 3)
        for _ in 0..<Self.rounds {
            let typed = generator.text().filter { !"\"«»*".contains($0) }
            guard SearchQuery.isTooLong(typed) == false, let query = SearchQuery(typed) else { continue }
            let terms = SearchedText(texts: [typed]).terms
            // An index, a phone and the м. before a town depend on where they stand.
            guard !typed.contains(where: { "мМmM-–/.".contains($0) }) else { continue }
            #expect(query.fits(terms), "\(typed.debugDescription)")
            #expect(query.confirms(SearchedText(texts: [typed])), "\(typed.debugDescription)")
        }
    }

    @Test("forms that Unicode takes apart and puts together give the same terms")
    func forms() {
        let composed = "ЙйЇїЁёЎўЀЍЃЌ йод їжак ёлка éàñŻẤ Ӂӣӓ"
        let apart = [
            "И\u{306}и\u{306}І\u{308}і\u{308}Е\u{308}е\u{308}У\u{306}у\u{306}Е\u{300}И\u{300}Г\u{301}К\u{301}",
            "и\u{306}од і\u{308}жак е\u{308}лка", "e\u{301}a\u{300}n\u{303}Z\u{307}A\u{302}\u{301}",
            "Ж\u{306}и\u{304}а\u{308}",
        ].joined(separator: " ")
        #expect(terms(composed).map { Array($0.utf8) } == terms(apart).map { Array($0.utf8) })
    }

    @Test(
        "the tables of letters are those of this version: every scalar has one kind, and what is folded stays as it is"
    )
    func tables() {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ kind: UInt64) { digest = (digest ^ kind) &* 0x100_0000_01B3 }
        for scalar: UInt32 in 0...0x10FFFF {
            switch Folding.kind(scalar) {
            case .letter(let letter):
                add(UInt64(letter))
                if Folding.kind(UInt32(letter)) != .letter(letter) { Issue.record("\(scalar) becomes \(letter)") }
            case .digit(let digit): add(0x10000 | UInt64(digit))
            case .apostrophe: add(0x20000)
            case .nothing: add(0x30000)
            case .gap: add(0x40000)
            }
        }
        // Another digest is another reduction: raise its version.
        #expect(Reduction.version == 1)
        #expect(digest == 2_274_088_287_829_833_591)
    }

    @Test("what marks is in order, apart, and within the text at the borders of its scalars")
    func marks() {
        var generator = SeededGenerator(state: 4)
        var marked = 0
        for _ in 0..<Self.rounds {
            let text = generator.text()
            guard let query = SearchQuery(generator.below(2) == 0 ? text : generator.text()) else { continue }
            let marks = query.marks(in: text)
            marked += marks.count
            let utf8 = Array(text.utf8)
            var end = 0
            for mark in marks {
                #expect(
                    mark.lowerBound >= end && !mark.isEmpty && mark.upperBound <= utf8.count,
                    "\(text.debugDescription)"
                )
                guard mark.upperBound <= utf8.count else { continue }
                #expect(String(validating: utf8[mark], as: UTF8.self) != nil, "\(text.debugDescription)")
                end = mark.upperBound
            }
        }
        #expect(marked > Self.rounds / 2)
    }
}

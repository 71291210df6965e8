import Testing

@testable import Appeals

@Suite("The order of words")
struct AlphabetTests {
    private func ordered(_ words: [String]) -> [String] {
        words.map { (Array(Alphabet.place($0).utf8), $0) }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
    }

    @Test("is the Ukrainian alphabet's, numbers stand by their value")
    func alphabet() {
        let words = ["К-9", "К-10", "К-101", "Ґ-1", "Г-2", "Є-1", "Е-1", "Ї-1", "І-1", "И-1"]
        #expect(ordered(words) == ["Г-2", "Ґ-1", "Е-1", "Є-1", "И-1", "І-1", "Ї-1", "К-9", "К-10", "К-101"])
        let letters = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя".map(String.init)
        #expect(ordered(letters.reversed()) == letters)
    }

    @Test("takes capitals and zeros before a number for the same, and a fraction for more")
    func same() {
        #expect(Alphabet.place("РЗ-000318") == Alphabet.place("рз-318") && Alphabet.place("").isEmpty)
        #expect(Alphabet.place("К-0") != Alphabet.place("К-") && Alphabet.place("К-00") == Alphabet.place("К-0"))
        #expect(ordered(["К-17/10", "К-18", "К-17/2", "К-17"]) == ["К-17", "К-17/2", "К-17/10", "К-18"])
        #expect(ordered(["К-999999999", "К-1000000000"]).first == "К-999999999")
    }
}

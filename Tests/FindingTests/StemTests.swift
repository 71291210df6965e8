import Testing

@testable import Finding

@Suite("Stems")
struct StemTests {
    private func asked(_ word: String) -> Set<String> {
        Set(Alternants.expanded(word.letters).map(String.init(letters:)))
    }
    private func kept(_ word: String) -> Set<String> {
        Set(Stemming.stems(word.letters).map(String.init(letters:)))
    }

    @Test("of 1,267 words are those of the reference, in the index and in a query")
    func vectors() throws {
        let vectors = try Samples.vectors()
        #expect(vectors.count == 1267)
        for vector in vectors {
            #expect(kept(vector.word) == vector.stems, "kept of \(vector.word)")
            #expect(asked(vector.word) == vector.asked, "asked for \(vector.word)")
        }
    }

    @Test("are made by 91 endings and 25 themes")
    func counts() {
        #expect(Ending.table.count == 91)
        #expect(Ending.themes.count == 25)
    }

    @Test(
        "of the index have one of each rule",
        arguments: [
            // Nothing to reduce.
            ("я", ["я"]), ("на", ["на"]), ("cafe", ["cafe"]), ("ового", ["ов"]),
            // The reflexive particle, the synthetic future.
            ("миється", ["миєт"]), ("читатиму", ["чит"]), ("читатимуть", ["чит"]), ("читатимемо", ["чит"]),
            // Endings that fit not give way to shorter ones; `-ом`, `-ам`, `-ами` need no vowel in three letters.
            ("дном", ["дном"]), ("мхами", ["мхам"]), ("схвами", ["схв"]), ("мхів", ["мхів"]), ("пнем", ["пнем"]),
            ("здвом", ["здв"]),
            // Themes, once; behind the ending of a verb only two of them.
            ("фарбував", ["фарб"]), ("фарбувала", ["фарб"]), ("батарея", ["батар"]), ("ганала", ["ган"]),
            // The end is tidied.
            ("сміття", ["сміт"]), ("геройй", ["геро"]), ("льоду", ["лід"]), ("соломьї", ["солом"]), ("купля", ["куп"]),
            ("масла", ["масл"]), ("масло", ["масл"]), ("весло", ["весл"]), ("дощових", ["дощов"]),
            ("приїжджати", ["приїжд"]),
            ("поїзд", ["поїзд"]), ("воззту", ["возз"]), ("ходжу", ["ход"]),
            // A second one.
            ("лисові", ["лис", "лисов"]), ("лисеві", ["лис", "лисев"]), ("лисів", ["лис", "лисів"]),
            ("літній", ["літн"]),
            ("синій", ["син", "сині"]), ("мотузвій", ["мотузв"]), ("ній", ["ні"]),
            // Families.
            ("водієм", ["водій"]), ("дітьми", ["дитин"]), ("днями", ["ден"]), ("діти", ["дитин"]),
            ("дітище", ["дітищ"]),
        ]
    )
    func rules(word: String, stems: [String]) {
        #expect(kept(word) == Set(stems))
    }

    @Test(
        "of a query have what they alternate with",
        arguments: [
            ("кіт", ["кіт", "кот", "кет"]), ("кота", ["кот", "кіт"]), ("квиток", ["квиток", "квитк", "квитц"]),
        ]
    )
    func alternants(word: String, stems: [String]) {
        #expect(asked(word).isSuperset(of: stems))
    }

    @Test(
        "lose their end by its letters: doubled ones, and the л behind others",
        arguments: "бвгджзклмнпрстфхцчшщ".map(\.self)
    )
    func ends(letter: Character) {
        let short = "бада\(letter)"
        #expect(kept("бада\(letter)\(letter)я") == ["нлтсчжзшдц".contains(letter) ? short : "\(short)\(letter)"])
        let isBare = "бпвмфзскгл".contains(letter)
        #expect(kept("бада\(letter)ля") == [isBare ? short : short + "л"])
        // Behind some letters it goes only from longer words.
        #expect(kept("сі\(letter)ло") == ["сі\(letter)" + ("бпвмфл".contains(letter) ? "" : "л")])
    }

    @Test("are never empty, whatever the word")
    func never() {
        for word in ["ййййй", "ййй", "аьь", "zьь", "льодь", "zййййа", "ііі", "йьйьй", "всяся"] {
            #expect(!kept(word).contains("") && !kept(word).isEmpty, "\(word)")
            #expect(!asked(word).contains("") && !asked(word).isEmpty, "\(word)")
        }
    }
}

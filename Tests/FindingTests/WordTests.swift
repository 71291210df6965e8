import Testing

@testable import Finding

/// What the index keeps of one text.
func terms(_ text: String) -> [String] { SearchedText(texts: [text]).terms }
func terms(address: String) -> [String] { SearchedText(addresses: [address]).terms }

@Suite("Words of a text")
struct WordTests {
    private func words(_ text: String) -> [String] { Word.read(text).map { String(letters: $0.numbered) } }

    @Test(
        "are folded alike whatever keyboard and form they come from",
        arguments: [
            ("подвір'я", "подвіря"), ("подвір’я", "подвіря"), ("подвірʼя", "подвіря"), ("подвір`я", "подвіря"),
            ("подвір‘я", "подвіря"), ("подвірʻя", "подвіря"), ("подвір′я", "подвіря"), ("подвірʹя", "подвіря"),
            ("подвір＇я", "подвіря"), ("ґанок", "ганок"), ("Ґанок", "ганок"), ("ёлка", "елка"), ("йод", "йод"),
            ("бойо", "бойо"), ("за\u{301}мок", "замок"), ("и\u{306}од", "йод"), ("І\u{308}жак", "їжак"),
            ("е\u{308}лка", "елка"), ("ВУЛИЦЯ", "вулиця"), ("водо\u{AD}провід", "водопровід"),
            ("во\u{200B}да", "вода"), ("\u{FEFF}вода", "вода"), ("є", "є"), ("ЄЇҐЯ", "єїгя"),
        ]
    )
    func folding(text: String, word: String) {
        #expect(words(text) == [word])
    }

    @Test(
        "with a Cyrillic letter have no Latin look-alikes",
        arguments: [
            ("мaршрутка", "маршрутка"), ("рoзі", "розі"), ("BОДА", "вода"), ("КИЇB", "київ"), ("вhх", "внх"),
            ("aeiopcxykmthbя", "аеіорсхукмтнвя"), ("ïжак", "їжак"), ("i\u{308}жак", "їжак"), ("zя", "zя"),
        ]
    )
    func alike(text: String, word: String) {
        #expect(words(text) == [word])
    }

    @Test("all in Latin letters stay, without accents")
    func latin() {
        #expect(
            words("Pomp café CAFE\u{301} naïve nai\u{308}ve Nový ĐÀ Ệ") == [
                "pomp", "cafe", "cafe", "naive", "naive", "novy", "đa", "e",
            ]
        )
    }

    @Test("that begin with signs which begin none lose them")
    func signs() {
        #expect(words("ьabc ъ12 ьь ыр ъьын Ьа ьʼz") == ["авс", "12", "ир", "ин", "а", "z"])
    }

    @Test("are parted by hyphens, quotation marks, and apostrophes at their ends")
    func parted() {
        #expect(words("Довгинцево-2") == ["довгинцево", "2"])
        #expect(words("'вода' «піч», м’") == ["вода", "піч", "м"])
        #expect(words("кімната№7") == ["кімната", "7"])
        #expect(words("a\u{0}b\u{1F600}c\u{2028}d") == ["a", "b", "c", "d"])
        #expect(words("п''ять") == ["п", "ять"])
    }

    @Test("count up to 64 letters, the same for a query")
    func longest() {
        let long = String(repeating: "щ", count: 70)
        #expect(words(long + " вода") == [String(repeating: "щ", count: 64), "вода"])
        #expect(SearchQuery(long)?.fits(terms(long + "щ")) == true)
        #expect(words(String(repeating: "9", count: 65)) == [String(repeating: "9", count: 64)])
    }

    @Test(
        "of one letter behind a number are the letter of a house",
        arguments: ["14-А", "14а", "14 А", "14/а", "14A", "14–а", "14\u{A0}а", "14  А"]
    )
    func houses(text: String) {
        #expect(terms(text) == ["14", "14а"])
        #expect(SearchQuery(text)?.clauses == [[.whole("14а")]])
    }

    @Test("of one letter farther from a number are words", arguments: ["14, а", "14 - а", "14--а", "14.а", "14'а"])
    func noHouses(text: String) {
        #expect(terms(text) == ["14", "а"])
    }

    @Test("of more letters, and a second letter, are no letter of a house")
    func houseOfOneLetter() {
        #expect(terms("14 кг") == ["14", "кг"])
        #expect(terms("14 а б") == ["14", "14а", "б"])
        #expect(terms("14/12") == ["12", "14"])
    }

    @Test("stand at their bytes")
    func bytes() {
        let text = "«Ґ-ганок»: 14-А, п’ять."
        let utf8 = Array(text.utf8)
        #expect(
            Word.read(text).map { String(decoding: utf8[$0.bytes], as: UTF8.self) } == [
                "Ґ", "ганок", "14-А", "п’ять",
            ]
        )
    }
}

@Suite("Terms of a text")
struct TermTests {
    @Test("are distinct and in the order of their bytes")
    func order() {
        let found = SearchedText(
            names: ["Швець Роман Петрович"],
            addresses: ["м. Кривий Ріг, вул Спаська, 14-А"],
            phones: ["+380971234567"],
            texts: ["Вода, води. Zebra ὕδωρ ａ 水"]
        ).terms
        #expect(found == found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(Set(found.map { Array($0.utf8) }).count == found.count)
        #expect(
            found
                == SearchedText(
                    names: ["Швець Роман Петрович"],
                    addresses: ["м. Кривий Ріг, вул Спаська, 14-А"],
                    phones: ["+380971234567"],
                    texts: ["води, Вода. Zebra ὕδωρ ａ 水"]
                ).terms
        )
        #expect(found.contains("zebra"))
        #expect(found.contains("вод"))
        #expect(found.contains("水"))
    }

    @Test("of a name are its words and first letters, in a text only those of a capital with a full stop")
    func initials() {
        #expect(SearchedText(names: ["Ґава P'єр"]).terms == ["гав", "рєр", "ыг", "ыр"])
        #expect(Set(SearchedText(names: ["Швець Роман"]).terms) == ["швец", "роман", "ыш", "ыр"])
        #expect(Set(terms("Р. Швець")) == ["р", "ыр", "швец"])
        #expect(terms("р. Р Швець") == ["р", "швец"])
        #expect(SearchQuery("Швецю Р. П.")?.clauses.dropFirst() == [[.whole("ыр")], [.whole("ып")]])
        #expect(SearchQuery("P.")?.clauses == [[.whole("ыр")]])
    }

    @Test(
        "of abbreviations are those of the word that is written out",
        arguments: [
            ("вул", "вулиця"), ("просп", "проспект"), ("пров", "провулок"), ("пл", "площа"), ("буд", "будинок"),
            ("кв", "квартира"), ("мкрн", "мікрорайон"),
        ]
    )
    func abbreviations(short: String, whole: String) throws {
        #expect(terms(short + ".") == terms(whole))
        #expect(terms(address: short) == terms(whole))
        #expect(terms(short) == (short == "мкрн" ? terms(whole) : [short]))
        for typed in [short, short + ".", whole] {
            let query = try #require(SearchQuery(typed))
            #expect(query.fits(terms(short + ".")))
            #expect(query.fits(terms(address: short)))
        }
        #expect(SearchQuery(short)?.fits(terms(short)) == true)
    }

    @Test("leave out the м. before a town")
    func town() {
        #expect(terms("у м. Кривий Ріг").contains("м") == false)
        #expect(terms("5 м труби; 7, м. труби").contains("м"))
        #expect(terms(address: "м. кривий ріг").contains("м") == false)
        #expect(terms("М. Кривий") == terms("Кривий М."))
        for typed in ["м. Кривий Ріг", "м Кривий Ріг", "м. кривий ріг"] {
            #expect(SearchQuery(typed)?.clauses.count == 2)
        }
        #expect(SearchQuery("М. Кривий")?.clauses.count == 2)
        #expect(SearchQuery("м")?.clauses == [[.whole("м")]])
    }

    @Test(
        "of a phone are the ends of its digits",
        arguments: [
            "+380971234567", "380 97 123-45-67", "(097) 123 45 67", "8 097 1234567", "0971234567", "97-123-45-67",
        ]
    )
    func phones(phone: String) throws {
        #expect(SearchedText(phones: [phone]).terms == ["ъ1234567", "ъ971234567"])
        for typed in ["+380971234567", "0971234567", "123-45-67", "1234567", "8 (097) 123.45.67", "971234567"] {
            #expect(try #require(SearchQuery(typed)).fits(SearchedText(phones: [phone]).terms), "\(typed)")
        }
        for typed in ["+380971234568", "0671234567", "123-45-68", "234567"] {
            #expect(try #require(SearchQuery(typed)).fits(SearchedText(phones: [phone]).terms) == false, "\(typed)")
        }
    }

    @Test("of seven digits have one end, of fewer none")
    func shortPhones() {
        #expect(SearchedText(phones: ["123-45-67"]).terms == ["ъ1234567"])
        #expect(SearchedText(phones: ["12-34-56"]).terms == ["12", "34", "56"])
        #expect(SearchedText(phones: ["0971234567, дім 123-45-68"]).terms == ["ъ1234567", "ъ1234568", "ъ971234567"])
        // A date has as many digits as a phone, and is found by its numbers.
        #expect(SearchQuery("01-12-2026")?.fits(terms("від 01.12.2026")) == true)
        #expect(SearchQuery("01-12-2026")?.fits(terms("від 02.12.2026")) == false)
        #expect(SearchQuery("рахунок 12345678")?.fits(terms("рахунок 12345678")) == true)
        #expect(
            SearchQuery("Швець 0971234567")?.fits(
                SearchedText(names: ["Швець"], phones: ["+380971234567"]).terms
            ) == true
        )
    }
}

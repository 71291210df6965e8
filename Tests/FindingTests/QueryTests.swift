import Finding
import Testing

@Suite("A typed query")
struct QueryTests {
    private let shelf = Shelf([
        ("water", SearchedText(texts: ["Немає гарячої води. Третій день.", "Прорвало водопровід"])),
        ("apart", SearchedText(texts: ["Гаряча пора: води немає", "гаряча", "вода"])),
        ("children", SearchedText(names: ["Лідія Водяна"], texts: ["Діти на льоду, три дні без водія"])),
        ("person", SearchedText(names: ["Швець Роман Петрович"], addresses: ["вул Спаська, 14-А"])),
    ])

    @Test(
        "is none where nothing can be searched",
        arguments: ["", " ", "\"\"", "—", "*", "…!?", "ьъ", "\u{301}", "😀", "' '"]
    )
    func none(typed: String) {
        #expect(SearchQuery(typed) == nil)
    }

    @Test(
        "has no operators",
        arguments: ["вода OR піч", "NOT вода", "NEAR(вода)", "терм:вода", "вода AND", "-вода", "вод^а", "(\"вода"]
    )
    func noOperators(typed: String) throws {
        let query = try #require(SearchQuery(typed))
        for term in query.clauses.flatMap(\.self) {
            guard case .whole(let term) = term else {
                Issue.record("\(term) is a beginning")
                continue
            }
            #expect(term.allSatisfy { $0.isLetter })
        }
    }

    @Test("counts 256 characters and 32 words")
    func limits() {
        #expect(SearchQuery.mostCharacters == 256)
        #expect(SearchQuery.mostWords == 32)
        #expect(!SearchQuery.isTooLong(String(repeating: "я", count: 256)))
        #expect(SearchQuery.isTooLong(String(repeating: "я", count: 257)))
        let words = Array(repeating: "вода", count: 32).joined(separator: " ")
        #expect(!SearchQuery.isTooLong(words))
        #expect(SearchQuery.isTooLong(words + " 7"))
        #expect(SearchQuery(words + " 7")?.clauses.count == 32)
        #expect(SearchQuery("\"" + words + " 7\" 8")?.clauses.count == 32)
        #expect(SearchQuery(String(repeating: " ", count: 256) + "вода") == nil)
    }

    @Test("asks for every word, each in any form")
    func words() {
        #expect(shelf.found("гарячу воду") == ["water", "apart"])
        #expect(shelf.found("ВОДОПРОВОДІ") == ["water"])
        #expect(shelf.found("водопровід діти") == [])
        #expect(shelf.found("Швецю Р. П. Спаській 14а") == ["person"])
        #expect(shelf.found("Швецю Р. І.") == [])
        #expect(SearchQuery("вода")?.needsConfirming == false)
    }

    @Test("finds a phrase only where its words stand side by side, in order, in one value")
    func phrases() throws {
        for typed in ["\"гаряча вода\"", "«гарячу воду»", "„гарячих вод“", "”гаряча вода”"] {
            #expect(shelf.found(typed) == ["water"], "\(typed)")
        }
        #expect(shelf.found("\"води гарячої\"") == [])
        #expect(shelf.found("\"води третій\"") == ["water"])
        #expect(shelf.found("\"день прорвало\"") == [])
        #expect(shelf.found("\"гаряча вода") == ["water", "apart"])
        #expect(shelf.found("\"гаряча\" \"вода\"") == ["water", "apart"])
        #expect(shelf.found("\"вул. Спаська 14-А\"") == ["person"])
        #expect(shelf.found("\"Швець Р. П.\"") == ["person"])
        #expect(shelf.found("\"гаряча вод*\"") == ["water"])
        #expect(try #require(SearchQuery("\"гаряча вода\"")).needsConfirming)
        #expect(try #require(SearchQuery("\"вода\"")).needsConfirming == false)
    }

    @Test("finds words by how they begin, not by their stems")
    func beginnings() throws {
        #expect(shelf.found("водоп*") == ["water"])
        #expect(shelf.found("води*") == ["water", "apart"])
        #expect(shelf.found("водя*") == ["children"])
        #expect(shelf.found("водію*") == [])
        #expect(shelf.found("водія*") == ["children"])
        #expect(shelf.found("діт*") == ["children"])
        #expect(shelf.found("дитин*") == [])
        #expect(shelf.found("дні*") == ["children"])
        #expect(shelf.found("льод*") == ["children"])
        #expect(shelf.found("льоду*") == ["children"])
        #expect(shelf.found("14*") == ["person"])
        #expect(shelf.found("14а*") == ["person"])
        #expect(shelf.found("вулиц*") == ["person"])
        #expect(try #require(SearchQuery("водоп*")).needsConfirming)
        let text = SearchedText(texts: ["Відремонтуватимуться", "пральні"])
        let letters = Array("відремонтуватимуться")
        for count in 1...letters.count {
            #expect(Shelf([("", text)]).found(String(letters[..<count]) + "*") == [""], "\(count) letters")
        }
        #expect(Shelf([("", text)]).found("праль*") == [""])
    }

    @Test("fits terms by their bytes")
    func bytes() throws {
        let query = try #require(SearchQuery("é*"))
        #expect(query.fits(["a", "e", "z"]))
        #expect(!query.fits(["a", "d", "z"]))
        #expect(!query.fits([]))
        #expect(query.fits(["ez"]))
    }
}

@Suite("Marks in a shown text")
struct MarkTests {
    private func marked(_ typed: String, _ text: String) -> [String] {
        let utf8 = Array(text.utf8)
        return SearchQuery(typed)?.marks(in: text).map { String(decoding: utf8[$0], as: UTF8.self) } ?? []
    }

    @Test(
        "are the words that are asked for",
        arguments: [
            ("вода", "Немає води, водам — біда.", ["води", "водам"]),
            ("\"гаряча вода\"", "Вода гаряча, гарячу воду", ["гарячу", "воду"]),
            ("водо*", "Вода і водопровід", ["водопровід"]),
            ("14", "буд. 14-А та 14", ["14-А", "14"]), ("14а", "буд. 14-А та 14", ["14-А"]),
            ("вулиця", "вул. Спаська, вул Ярова", ["вул", "вул"]),
            ("Швецю Р.", "Швець Р. П.", ["Швець", "Р"]),
            ("п'ять", "П’яти", ["П’яти"]),
            ("К-318", "Див. К-318, к 318", ["К-318"]), ("К-318", "к 319 і 318", ["к", "318"]),
            ("318", "РЗ-000318; 318", ["РЗ-000318", "318"]),
            ("Ж-17", "Ж-17/2", ["Ж-17/2"]),
            ("0971234567", "тел. +380 (97) 123-45-67, вода", ["380 (97) 123-45-67"]),
            ("097 123 45 67", "тел. 0971234567.", ["0971234567"]),
            ("вода вода", "вода", ["вода"]), ("піч", "вода", []),
            ("\"вода вода\"", "вода вода вода", ["вода", "вода", "вода"]),
        ]
    )
    func marks(typed: String, text: String, marks: [String]) {
        #expect(marked(typed, text) == marks)
    }
}

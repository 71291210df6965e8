import Finding
import Testing

@Suite("Registration indexes")
struct IndexTests {
    private static let printed = [
        "К-318", "К-3180", "К-31", "Р-318", "РЗ-000318", "Ж-17", "Ж-17/2", "Ж-17/21", "Ж-172", "DSP-Ж-17", "DSP-Ж-17/2",
        "DSP.5b-Ж-17", "7f-К-1", "К-1", "AB-К-1", "ab-К-1", "Ґ-1", "Г-1", "Ї-1", "Й-1", "І-1", "RVK-SAK-К-1",
        "RVKSAK-К-1",
        "КО-12", "К-12", "О-12", "БП-3", "БІ-3", "D-5", "RVK-D-5", "05-К-1",
    ]

    private func found(_ typed: String) -> Set<String> {
        Shelf(Self.printed.map { ($0, SearchedText(indexes: [$0])) }).found(typed)
    }

    @Test("have terms that no other index has, and one for the number")
    func distinct() {
        let own = Self.printed.map { index in
            SearchedText(indexes: [index]).terms.filter { $0.hasPrefix("ъъ") }
        }
        #expect(own.allSatisfy { $0.count == 1 })
        #expect(Set(own.flatMap(\.self)).count == Self.printed.count)
        #expect(SearchedText(indexes: ["РЗ-000318"]).terms.contains("ъы318"))
    }

    @Test(
        "are found exactly, in any case and on any keyboard",
        arguments: [
            ("К-318", ["К-318"]), ("к-318", ["К-318"]), ("k-318", ["К-318"]), ("K–318,", ["К-318"]),
            ("№К-318", ["К-318"]),
            ("\"К-318\"", ["К-318"]), ("К-0318", ["К-318"]), ("рз-318", ["РЗ-000318"]), ("РЗ-000318", ["РЗ-000318"]),
            ("Ж-17", ["Ж-17", "Ж-17/2", "Ж-17/21"]), ("Ж-17/2", ["Ж-17/2"]), ("Ж-17/02", ["Ж-17/2"]),
            ("dsp-ж-17", ["DSP-Ж-17", "DSP-Ж-17/2"]), ("DSР-Ж-17", ["DSP-Ж-17", "DSP-Ж-17/2"]),
            ("dsp.5B-ж-17", ["DSP.5b-Ж-17"]), ("7F-k-1", ["7f-К-1"]), ("ab-К-1", ["AB-К-1", "ab-К-1"]),
            ("AB-к-1", ["AB-К-1", "ab-К-1"]), ("05-К-1", ["05-К-1"]), ("Ґ-1", ["Ґ-1"]), ("г-1", ["Г-1"]),
            ("и\u{306}-1", ["Й-1"]), ("i-1", ["І-1"]), ("rvk-sak-к-1", ["RVK-SAK-К-1"]), ("rvk-d-5", ["RVK-D-5"]),
            ("ko-12", ["КО-12"]), ("К-31*", ["К-31", "К-318", "К-3180"]), ("К-9", []), ("к 318", []), ("К-0", []),
            ("К-1234567890", []), ("Ж-17/0", []), ("Ж-17/1000", []), ("ЖЖ-17", []), ("-К-318", ["К-318"]),
        ]
    )
    func exact(typed: String, indexes: [String]) {
        #expect(found(typed) == Set(indexes))
    }

    @Test("are found by their number alone, without zeros before it")
    func numbers() {
        #expect(found("318") == ["К-318", "Р-318", "РЗ-000318"])
        #expect(found("000318") == ["К-318", "Р-318", "РЗ-000318"])
        #expect(found("31*") == ["К-31", "К-318", "К-3180", "Р-318", "РЗ-000318"])
        #expect(found("0") == [])
        #expect(found("123456789") == [])
    }

    @Test("do not keep others from being found by their words")
    func words() {
        let shelf = Shelf([
            ("index", SearchedText(indexes: ["К-318"])), ("words", SearchedText(texts: ["к 318"])),
            ("half", SearchedText(texts: ["к 319"])), ("number", SearchedText(indexes: ["Р-318"], texts: ["к воді"])),
        ])
        #expect(shelf.found("К-318") == ["index", "words"])
        #expect(shelf.found("К-318 вода") == [])
        #expect(SearchQuery("К-318")?.clauses.count == 2)
    }

    @Test("that are none by their form are searched by their words")
    func foreign() {
        let shelf = Shelf([("foreign", SearchedText(indexes: ["№ 12/А-вх"]))])
        #expect(shelf.found("12а") == ["foreign"])
        #expect(shelf.found("12") == ["foreign"])
        #expect(shelf.found("\"12а вх\"") == ["foreign"])
    }
}

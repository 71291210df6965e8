import Appeals
import CanonicalJSON
import Testing

@Suite("A registration index")
struct RegistrationIndexTests {
    @Test(
        "is printed as it was read",
        arguments: [
            "К-101", "КО-12", "БП-3", "РЗ-000318", "РЗ-1000000", "DSP-Ж-17", "DSP.5b-Ж-1", "7f-К-1", "7f-РЗ-000001",
            "Б-57/2", "RVK-SAK-Ж-17", "RVK-SAK.5b-КО-1/3", "DSP-РЗ-000001", "І-6", "Ґ-1", "Z-1", "A-S-17",
            "К-999999999",
        ]
    )
    func roundTrip(text: String) {
        #expect(RegistrationIndex(text)?.description == text)
    }

    @Test(
        "of any other form is refused",
        arguments: [
            "", "К", "К-", "-101", "К-0", "К-01", "К-+1", "К-1000000000", "к-1", "КК-1", "Ь-1", "Ы-1", "РЗ-318", "К-1/",
            "К-1/0", "К-1/02", "К-1/1000", "К-1/2/3", "dsp-Ж-17", "DSP--Ж-17", "DSP-.5b-Ж-1", "DSP.5B-Ж-1",
            "DSP.5-Ж-1", "DSP.5b.6c-Ж-1", "7F-К-1", "5g-К-1", "7DSP-К-1", "К-١", " К-1", "К-1 ", "И\u{306}-1", "--1",
            ".5b-Ж-1", "DSP.-Ж-1", "K-1", "I-1", "KO-1", "A-B-17",
        ]
    )
    func refused(text: String) {
        #expect(RegistrationIndex(text) == nil)
    }

    @Test("of a very long text is refused without reading it all")
    func long() {
        #expect(RegistrationIndex(String(repeating: "A-", count: 100_000)) == nil)
    }

    @Test(
        "takes its letter from the surname",
        arguments: [
            ("Коваленко", "К"), ("коваленко", "К"), ("ґонта", "Ґ"), ("'Їжак", "Ї"), ("Smith", "S"), ("Эдуардов", "Е"),
            ("  Яценко", "Я"), ("И\u{306}осипенко", "Й"), ("王", "БІ"), ("", "БІ"), ("Хоменко", "Х"), ("Xенко", "Х"),
            ("Iваненко", "І"), ("Ivanenko", "І"), ("Olson", "О"), ("Yi", "У"), ("Zet", "Z"), ("1-й", "Й"), ("ßen", "S"),
        ]
    )
    func letters(surname: String, letter: String) {
        #expect(IndexSeries.Mark.surname(surname).text.utf8.elementsEqual(letter.utf8))
    }

    @Test("has one series for each letter that a reader sees, Latin or Cyrillic")
    func lookAlikes() throws {
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЮЯ" {
            for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЮЯ" {
                let (one, two) = (IndexSeries.Mark.surname("\(letter)"), IndexSeries.Mark.surname("\(other)"))
                let isAlike = Sameness.areSame(.string("\(letter)ь"), .string("\(other)ь"))
                #expect((one == two) == isAlike, "\(letter) \(other)")
                #expect((IndexSeries("\(letter)") == IndexSeries("\(other)")) == isAlike, "\(letter) \(other)")
            }
        }
    }

    @Test(
        "is read as it is meant, whatever keyboard it was typed with",
        arguments: [
            "i-1": "І-1", "KO-7": "КО-7", "ko-7": "КО-7", "dsp-ж-17": "DSP-Ж-17", "DSP.5B-Ж-1": "DSP.5b-Ж-1",
            "7F-k-1": "7f-К-1", "d9-т-1": "d9-Т-1", "D9-T-1 ": "d9-Т-1", "d9-Т - 1": "d9-Т-1",
            "К–101": "К-101", "\u{feff}к - 101": "К-101", "бі-3": "БІ-3", "rvk-sak-x-2/3": "RVK-SAK-Х-2/3",
            "rpz-P-1": "RPZ-Р-1",
        ]
    )
    func typed(text: String, index: String) {
        #expect(RegistrationIndex(typed: text)?.description == index)
        for other in ["", "-", "i", "--", "i-", "zhkg-і"] { #expect(RegistrationIndex(typed: other) == nil) }
    }

    @Test("comes next in its own series and incarnation")
    func next() throws {
        let office = try #require(IndexSeries(department: nil, mark: .surname("Коваленко")))
        #expect(RegistrationIndex.next(in: office, after: nil)?.description == "К-1")
        #expect(RegistrationIndex.next(in: office, after: 100)?.description == "К-101")
        #expect(RegistrationIndex.next(in: office, after: Int.max) == nil)
        #expect(RegistrationIndex.next(in: office, after: 999_999_999) == nil)
        let later = try #require(IndexSeries(department: nil, incarnation: "7f", mark: .letter("К")))
        let taken = ["К-101", "К-7/2", "7f-К-3", "DSP-К-500"].compactMap { RegistrationIndex($0) }
        #expect(RegistrationIndex.next(in: later, taken: taken)?.description == "7f-К-4")
        #expect(RegistrationIndex.next(in: office, taken: taken)?.description == "К-102")
        let department = try #require(IndexSeries(department: "rvk-sak", incarnation: "5b", mark: .collective))
        #expect(RegistrationIndex.next(in: department, after: nil)?.description == "RVK-SAK.5b-КО-1")
        #expect(IndexSeries(department: "dsp-", mark: .collective) == nil)
        #expect(IndexSeries(department: "дсп", mark: .collective) == nil)
        #expect(IndexSeries(department: "dsp", incarnation: "5B", mark: .collective) == nil)
        #expect(IndexSeries(department: nil, mark: .letter("КК")) == nil)
    }

    @Test("of a duplicate is the first one with a fraction, from /2 on")
    func duplicates() throws {
        let first = try #require(RegistrationIndex("Б-57"))
        #expect(first.nextDuplicate()?.description == "Б-57/2")
        let taken = ["Б-57/2", "Б-57/4", "Б-58/9"].compactMap { RegistrationIndex($0) }
        #expect(first.nextDuplicate(taken: taken)?.description == "Б-57/5")
        #expect(
            RegistrationIndex("Б-57/999")?.nextDuplicate(taken: [try #require(RegistrationIndex("Б-57/999"))]) == nil
        )
    }
}

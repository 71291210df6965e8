import CanonicalJSON
import Testing

@testable import Appeals

@Suite("Values that a reader cannot tell apart")
struct SamenessTests {
    @Test(
        "are the same",
        arguments: [
            ("вул. Прем'єрська, 5", "вул. Прем’єрська, 5"), ("вул. Прем'єрська, 5", "вул. Премʼєрська, 5"),
            ("Дем`янюк", "Дем´янюк"), ("п′ять", "п'ять"), ("вул. Київська, 5", "вул. Київська, 5 "),
            ("вул. Київська, 5", "вул.  Київська,\u{A0}5"), ("\tМир\u{2009}і\nлад\u{3000}", "Мир і лад"),
            ("Iваненко", "Іваненко"), ("Іванeнкo Петpo", "Іваненко Петро"), ("Ко\u{AD}ва\u{200B}ль", "Коваль"),
            ("\u{FEFF}Немає води", "Немає води"), ("Київ", "Киі\u{308}в"), ("Київ", "Киi\u{308}в"), ("Київ", "Киïв"),
            ("Андрій", "Андріи\u{306}"), ("", "\u{200B} \u{2060}"), ("м'ЯТА", "м’ЯTA"),
        ]
    )
    func same(one: String, other: String) {
        #expect(Sameness.areSame(.string(one), .string(other)), "\(Sameness.text(one)) \(Sameness.text(other))")
        #expect(Sameness.areSame(.array([.string(one), "х"]), .array([.string(other), "х"])))
    }

    @Test(
        "are not the same when a reader sees a difference, or the word is not Cyrillic",
        arguments: [
            ("Гнат", "Ґнат"), ("київ", "Київ"), ("Івано-Франківськ", "Івано—Франківськ"),
            ("вул. Миру, 5", "вул. Миру, 5а"),
            ("Мир і лад", "Миріла д"), ("COM", "СОМ"), ("I-1", "І-1"), ("Петро", "Пе́тро"), ("«Мир»", "\"Мир\""),
            ("5", "05"),
            ("п'ять", "пять"), ("Київ", "Kиiв!"),
        ]
    )
    func different(one: String, other: String) {
        #expect(!Sameness.areSame(.string(one), .string(other)), "\(Sameness.text(one)) \(Sameness.text(other))")
    }

    @Test("lists are compared element by element, other values as they are")
    func lists() {
        #expect(!Sameness.areSame(["а", "б"], ["б", "а"]))
        #expect(!Sameness.areSame(["а"], ["а", "а"]))
        #expect(Sameness.areSame(.null, .null) && !Sameness.areSame(.null, ""))
        #expect(Sameness.areSame(7, 7) && !Sameness.areSame(7, "7"))
    }

    @Test("folding twice changes nothing, and no code point has two fates")
    func closed() {
        for point in (0...UInt32(0x1_0000)) {
            guard let scalar = Unicode.Scalar(point) else { continue }
            let text = Sameness.text("я" + String(scalar) + "я")
            #expect(Sameness.text(text) == text, "\(point)")
        }
        let spaces = Sameness.spaces.flatMap(Array.init), invisible = Sameness.invisible.flatMap(Array.init)
        let all = spaces + invisible + Sameness.apostrophes + Sameness.lookAlikes.keys
        #expect(Set(all).count == all.count)
        #expect(Sameness.schema <= Kinds.schema)
    }

    @Test("never of what is a code, a name of something, a number or a contact")
    func folding() {
        let folding = Policy.registers.filter(\.folds)
        #expect(
            folding.map(\.name).sorted() == [
                "applicant.address", "applicant.category", "applicant.name", "applicant.socialStatus",
                "applicant.workplace", "district", "problemAddress",
            ]
        )
        for row in Policy.registers where row.folds {
            switch row.corrected {
            case .string, .text, .address, .array(.string): break
            default: Issue.record("\(row.name) folds and is no text")
            }
        }
    }

    @Test("a typed name is found whatever its case; of two that fit both are named")
    func directory() {
        let lookup = NameLookup([
            ("roads", "Департамент шляхів"), ("water", "Водоканал"), ("vodo", "ВОДОКАНАЛ"), ("g", "Ґанок"),
            ("h", "Ганок"),
            ("light", "Об'єднання «Світло»"),
        ])
        #expect(lookup.find("департамент  ШЛЯХІВ") == .one("roads"))
        #expect(lookup.find("roads") == .one("roads"))
        #expect(lookup.find("водоканал") == .several(["vodo", "water"]))
        #expect(lookup.find("Водоканал") == .several(["vodo", "water"]))
        #expect(lookup.find("ґанок") == .one("g") && lookup.find("ГАНОК") == .one("h"))
        #expect(lookup.find("об’єднання «світло»") == .one("light"))
        #expect(lookup.find("Парки") == .none)
    }
}

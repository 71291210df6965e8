import Testing

@testable import Replication

@Suite("A part of a number is looked for by how the number begins")
struct IndexPartTests {
    private func found(_ part: String) -> [String] {
        ["К-318", "К-3180", "К-1318", "РЗ-000318", "DSP-Ж-31/8", "1a-О-318", "О-5/318", "без номера", ""]
            .filter { IndexPart(part).fits($0) }
    }

    @Test("digits begin a number, whatever series it is of and however many zeros stand before it")
    func digits() {
        #expect(found("318") == ["К-318", "К-3180", "РЗ-000318", "1a-О-318"])
        #expect(found("000318") == found("318") && found("31").contains("DSP-Ж-31/8"))
        #expect(found("1318") == ["К-1318"])
        // What stands behind the stroke is the number of a duplicate, and no beginning.
        #expect(found("8") == [])
    }

    @Test("letters stand where they are typed, and the digits behind them still begin the number")
    func letters() {
        #expect(found("К-318") == ["К-318", "К-3180"] && found("К-") == ["К-318", "К-3180", "К-1318"])
        #expect(found("DSP") == ["DSP-Ж-31/8"] && found("31/8") == ["DSP-Ж-31/8"] && found("/318") == ["О-5/318"])
        #expect(found("Ж-3") == ["DSP-Ж-31/8"] && found("X") == [])
    }

    @Test("one beginning for all spellings is looked for in its index; else there is none")
    func oneBeginning() {
        func digits(_ parts: String...) -> String? {
            var filter = ListFilter()
            filter.index = parts
            return filter.digits
        }
        #expect(digits("o-318", "О-318", "РЗ-000318") == "318" && digits("0318") == "318")
        #expect(digits("К-") == nil && digits() == nil && digits("К-1", "К-2") == nil && digits("000") == nil)
    }
}

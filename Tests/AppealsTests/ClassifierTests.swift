import Appeals
import Testing

@Suite("The classifier")
struct ClassifierTests {
    let classifier = Classifier.initial

    @Test("the classifier has 24 headings from 010 to 240, and every code once")
    func headings() {
        #expect(classifier.headings.map(\.code) == (1...24).map { ($0 < 10 ? "0" : "") + "\($0)0" })
        #expect(classifier.heading("090")?.label.uk == "Комунальне господарство")
        #expect(classifier.heading("250") == nil)
        #expect(classifier.categories.map(\.code) == (1...21).map { "7.\($0)" })
        #expect(classifier.socialStatuses.map(\.code) == (1...13).map { "8.\($0)" })
        #expect(classifier.category("7.5")?.label.en == "Combatant")
        #expect(classifier.socialStatus("8.1")?.label.uk == "Пенсіонер")
    }

    @Test("codes of the enums are those of the resolution")
    func codes() {
        #expect(AppealKind.allCases.map(\.classifierCode) == ["3.1", "3.2", "3.3"])
        #expect(ReceiptSign.allCases.map(\.classifierCode) == (1...5).map { "2.\($0)" })
        #expect(SubjectType.allCases.map(\.classifierCode) == ["5.1", "5.2", "5.3", nil])
        #expect(IssueResult.allCases.map(\.classifierCode) == (1...6).map { "9.\($0)" })
        #expect(Channel.mayorPhone.receiptForm?.classifierCode == "1.1.1")
        #expect(Channel(rawValue: "import") == .import)
    }
}

import Testing

@testable import Appeals

@Suite("Names of fields and limits, as a clerk reads them")
struct FieldNameTests {
    /// Every path that a refusal can name in a part.
    private func paths(_ fields: [Field], _ path: String) -> [String] {
        fields.flatMap { field in ["\(path).\(field.name)"] + paths(field.type, "\(path).\(field.name)") }
    }

    private func paths(_ type: FieldType, _ path: String) -> [String] {
        switch type {
        case .array(let element): ["\(path)[0]"] + paths(element, "\(path)[0]")
        case .object(let fields): paths(fields, path)
        case .corrections(let personal):
            Policy.registers.filter { $0.corrected != nil && $0.personal == personal }.flatMap {
                ["\(path).\($0.name)", "\(path).\($0.name)@office#00000000:1/1"]
            }
        default: []
        }
    }

    @Test(
        "every field of every kind has one, and so has every register that is corrected",
        arguments: Kinds.all.map(\.name)
    )
    func named(kind: String) throws {
        let found = try #require(Kinds.named(kind))
        let all = ["body", "personal"] + paths(found.fields, "body") + paths(found.personal, "personal")
        let nameless = all.filter { !FieldNames.isNamed($0, kind: kind) }
        #expect(nameless.isEmpty, "\(nameless)")
    }

    @Test("a refusal for a limit is a sentence with both numbers and the field by its name")
    func sentences() {
        func label(_ reason: Reason, _ path: String, _ value: Int, _ limit: Int, _ kind: String) -> Label {
            Refusal(reason, path: path, size: Size(value, limit: limit), kind: kind).label
        }
        let note = label(.tooLong, "personal.text", 49_154, Limits.text, "note.added")
        #expect(note.uk == "Текст задовгий: 49 154 байти, найбільше 49 152 (поле «текст примітки»)")
        #expect(note.en == "The text is too long: 49 154 bytes, at most 49 152 (field “text of the note”)")
        let question = label(.tooLong, "personal.questions[2]", 50_001, Limits.text, "appeal.registered")
        #expect(question.uk == "Текст задовгий: 50 001 байт, найбільше 49 152 (поле «суть питання»)")
        let issues = label(.tooMany, "body.issues", 65, Limits.elements, "appeal.registered")
        #expect(issues.uk == "Забагато елементів: 65, найбільше 64 (поле «питання»)")
        let signatories = label(.outOfRange, "body.signatories", 0, 1, "appeal.registered")
        #expect(signatories.uk == "Число поза межами: 0, найменше 1 (поле «кількість підписів»)")
        let whole = label(.operationFull, "", 70_123, Limits.operation, "appeal.registered")
        #expect(whole.uk == "Дія завелика: 70 123 байти, найбільше 65 536")
        let address = label(
            .tooLong,
            "personal.fields.problemAddress@office#00000000:1/1",
            4_097,
            Limits.string,
            "appeal.corrected"
        )
        #expect(address.uk == "Текст задовгий: 4 097 байтів, найбільше 4 096 (поле «адреса проблеми»)")
        #expect(Refusal(.wrongType, path: "personal.text").label.uk == "Значення не того виду: personal.text")
    }
}

import Appeals
import Commands
import Desk
import Testing

/// What an input takes is what the field takes that its value goes into.
struct InputTypeTests {
    /// Texts that go into no field as they are, each with where they go.
    private let without: [String: String] = [
        "import source": "part of what an id of an imported card is the digest of",
        "street put type": "the word for a kind of street, which is read as in a table of streets",
        "street put former": "read as in a table of streets", "street put houses": "read as in a table of streets",
        "person add keep": "a department and a role, read apart",
    ]

    /// The type of a field of one of these kinds; `issues.district` is within `issues`.
    private static func field(_ path: String, of kinds: [String]) -> FieldType? {
        let parts = path.split(separator: ".").map(String.init)
        let all = kinds.compactMap(Kinds.named).flatMap { $0.fields + $0.personal }
        guard let first = parts.first, let field = all.first(where: { $0.name == first }) else { return nil }
        return parts.dropFirst().reduce(field.type) { type, name in type.flatMap { within($0, name) } }
    }

    private static func within(_ type: FieldType, _ name: String) -> FieldType? {
        switch type {
        case .array(let element): within(element, name)
        case .object(let fields): fields.first { $0.name == name }?.type
        default: nil
        }
    }

    /// What is wrong with the field that an input names.
    private static func lacks(_ input: UseCase.Input, _ kinds: [String], _ place: String) -> [String] {
        guard let type = field(input.field, of: kinds) else { return ["\(place): \(kinds) have no \(input.field)"] }
        var element = type
        if case .array(let inner) = type { element = inner }
        if case .code(let codes) = element {
            return Set(input.type.codes.map(\.code)) == codes ? [] : ["\(place): other codes than \(input.field)"]
        }
        return InputType(type) == input.type.carried ? [] : ["\(place): \(input.type), but \(input.field) is \(type)"]
    }

    @Test("an input that goes into a field of an operation has its type: its limit, its codes")
    func fields() {
        var count = 0
        for row in Commands.rows {
            for input in row.inputs where !input.field.isEmpty {
                count += 1
                #expect(Self.lacks(input, row.writes.all, "\(row.name) \(input.name)") == [])
            }
        }
        #expect(count > 50)
    }

    @Test("a text of an act goes into a field, or it is known where else")
    func texts() {
        let open = UseCase.all.filter { !$0.writes.all.isEmpty }.flatMap { row in
            row.inputs.filter { input in
                guard case .text = input.type else { return false }
                return input.field.isEmpty
            }.map { "\(row.name) \($0.name)" }
        }
        #expect(Set(open) == Set(without.keys))
    }

    @Test("a limit, a code and a field that are others are seen")
    func planted() {
        let long = UseCase.Input.required("reason", "TEXT", .words, into: "reason", uk: "чому", en: "why")
        #expect(Self.lacks(long, ["answer.returned"], "x").count == 1)
        let code = UseCase.Input.required("to", "CODE", .code(.replies), into: "to", uk: "кому", en: "to whom")
        #expect(Self.lacks(code, ["answer.dispatched"], "x").count == 1)
        let none = UseCase.Input.required("reason", "TEXT", .string, into: "cause", uk: "чому", en: "why")
        #expect(Self.lacks(none, ["answer.returned"], "x") == ["x: [\"answer.returned\"] have no cause"])
        let right = UseCase.Input.required("reason", "TEXT", .string, into: "reason", uk: "чому", en: "why")
        #expect(Self.lacks(right, ["answer.returned"], "x") == [])
    }

    @Test("how the command line gives a value follows from its type")
    func forms() {
        for row in Commands.rows {
            for input in row.inputs {
                #expect((input.form == .flag) == input.value.isEmpty, "\(row.name) \(input.name)")
                #expect(!input.type.label.uk.isEmpty, "\(row.name) \(input.name)")
            }
            #expect(row.operands.allSatisfy { $0.form != .flag && !$0.repeats }, "\(row.name)")
        }
        #expect(UseCase.answerDraft.inputs.first { $0.name == "text-file" }?.form == .contents)
        #expect(UseCase.importCards.operands.map(\.form) == [.register])
    }
}

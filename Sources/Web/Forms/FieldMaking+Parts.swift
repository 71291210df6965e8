import Appeals
import CanonicalJSON
import Desk

/// Inputs of several fields: corrections of a card, results of its issues, what a term is counted by.
extension FieldMaking {
    /// A result for each issue of the card.
    func results(_ input: UseCase.Input) -> [FormField] {
        // One issue has the result of the whole.
        guard material.card.issues.count > 1 else { return [] }
        return material.card.issues.map { issue in
            let question = issue.registers["question"]?.string ?? ""
            let label = Label(
                uk: "Питання \(issue.number)" + (question.isEmpty ? "" : ": \(question)"),
                en: "Issue \(issue.number)" + (question.isEmpty ? "" : ": \(question)")
            )
            let results = [InputCode].results.map {
                FormChoice($0.code, $0.label.text(language).capitalizedFirst)
            }
            var field = FormField(input, label, .select(results), name: "\(input.name).\(issue.number)")
            field.part = String(issue.number)
            return field
        }
    }

    /// What it is counted by, and beside it the number of days or the day of the sender.
    func bases(_ input: UseCase.Input) -> [FormField] {
        let bases = FormBasis.allCases.map { FormChoice($0.rawValue, $0.label.text(language)) }
        var detail = FormField(input, FormBasis.detail, .line(mode: nil), name: FormBasis.detailName)
        detail.hint = FormBasis.hint
        detail.isRequired = false
        return [FormField(input, FieldWords.label(row, input), .select(bases)), detail]
    }

    /// The fields of the card that can be corrected, as they stand.
    func corrections(_ input: UseCase.Input) -> [FormField] {
        let names = Policy.registers.filter { $0.corrected != nil }.map(\.name)
        let ofIssues: Set<String> = ["heading", "district", "problemAddress"]
        let card = names.filter { !ofIssues.contains($0) && !material.card.hidden.contains($0) }
            .map { correction(input, $0, material.card.registers[$0], issue: nil) }
        let issues = material.card.issues.flatMap { issue in
            names.filter { ofIssues.contains($0) && !material.card.hidden.contains($0) }
                .map { correction(input, $0, issue.registers[$0], issue: issue) }
        }
        return card + issues
    }

    private func correction(
        _ input: UseCase.Input,
        _ register: String,
        _ value: JSON?,
        issue: CardEntity?
    ) -> FormField {
        let words = Wording.register(register)
        let label =
            issue.map {
                Label(
                    uk: "Питання \($0.number): \(words.uk.lowercasedFirst)",
                    en: "Issue \($0.number): \(words.en.lowercasedFirst)"
                )
            } ?? words
        let part = register + (issue.map { "@" + $0.id } ?? "")
        var field = FormField(input, label, control(ofRegister: register), name: "\(input.name).\(part)")
        field.part = part
        field.isRequired = false
        let typed = Self.typed(value)
        field.values = field.control == .tick ? (typed == "true" ? ["true"] : []) : [typed]
        field.former = typed
        if register == Complaint.register {
            field.hint = Label(
                uk: "Підрозділ або працівник; кількох – через кому. Інших – «outside:» і назва",
                en: "A department or a person, several with commas; others as outside: and the name"
            )
        }
        return field
    }

    func control(ofRegister register: String) -> FormField.Control {
        if case .bool = Policy.register(register)?.corrected { return .tick }
        guard let type = CorrectedField.type(register) else { return .line(mode: nil) }
        if case .code(let codes) = type {
            return .select(codes.map { FormChoice($0.code, $0.label.text(language).capitalizedFirst) })
        }
        return .line(mode: nil)
    }

    /// A value as somebody would type it.
    static func typed(_ value: JSON?) -> String {
        guard let value else { return "" }
        if let text = value.string { return text }
        if let number = value.integer { return String(number) }
        if let flag = value.bool { return flag ? "true" : "false" }
        if let list = value.array { return list.map { typed($0) }.joined(separator: ", ") }
        if let address = Address(value) { return address.typed }
        // A party of a complaint: `{"department": "zhkg"}`.
        guard let party = value.object?.members.first, let name = party.value.string else { return "" }
        return "\(party.key):\(name)"
    }
}

/// What a term is counted by, as a list offers it.
enum FormBasis: String, CaseIterable, Sendable {
    case month, fifteenDays, shortened, external

    static let detailName = "basis.detail"
    static let detail = Label(uk: "Скільки днів або до якого дня", en: "How many days, or until which day")
    static let hint = Label(
        uk: "Для скороченого строку – дні, 5; для строку надсилача – день, 29.05.2026",
        en: "For a shortened term the days, 5; for the sender’s term the day, 29.05.2026"
    )

    var label: Label {
        switch self {
        case .month: Label(uk: "1 місяць, ст. 20", en: "1 month, Art. 20")
        case .fifteenDays: Label(uk: "15 днів, ст. 20", en: "15 days, Art. 20")
        case .shortened: Label(uk: "Скорочений: стільки днів", en: "Shortened: so many days")
        case .external: Label(uk: "Строк надсилача: до дня", en: "The sender’s: until the day")
        }
    }

    /// As the row takes it.
    func code(_ detail: String) -> String {
        switch self {
        case .month, .fifteenDays: rawValue
        case .shortened, .external: rawValue + ":" + detail
        }
    }
}

extension String {
    /// With a small first letter, as a word within a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

package import Appeals
package import CanonicalJSON

/// The words for a register's value: the label of a code, a date as people write it.
package struct ValueWording {
    package let language: Language

    /// Whether an English day is `1 Dec 2026`, as pages and papers have it, and not `2026-12-01`, as a terminal does.
    private let spellsMonths: Bool

    package init(language: Language, spellsMonths: Bool = false) {
        self.language = language
        self.spellsMonths = spellsMonths
    }

    /// A value as people read it: yes and no, dates in the language's order, names of codes; else as it stands.
    ///
    /// `register` is the bare name, without an entity.
    package func text(_ register: String, _ value: JSON) -> String {
        if let flag = value.bool {
            return flag ? Label(uk: "так", en: "yes").text(language) : Label(uk: "ні", en: "no").text(language)
        }
        if let number = value.integer { return String(number) }
        if let list = value.array { return list.map { text(register, $0) }.joined(separator: ", ") }
        if let party = ComplainedAgainst.text(value) { return party }
        if Policy.register(register)?.isAddress == true, let address = Address(value) { return text(address) }
        guard let string = value.string else { return value.isNull ? "—" : value.canonicalText }
        return label(register, string)?.text(language) ?? dated(string)
    }

    /// An address as it was typed; one of which nobody knows where it is says so.
    package func text(_ address: Address) -> String {
        guard address.place == nil, !address.typed.isEmpty else { return address.typed }
        return address.typed + Label(uk: " (не розпізнано)", en: " (not resolved)").text(language)
    }

    private func label(_ register: String, _ code: String) -> Label? {
        let classifier = Classifier.initial
        switch register {
        case "channel": return Channel(rawValue: code)?.label ?? ReplyPreference(rawValue: code)?.label
        case "addressee": return Addressee(rawValue: code)?.label
        case "kind": return AppealKind(rawValue: code)?.label
        case "receiptSign": return ReceiptSign(rawValue: code)?.label
        case "subjectType": return SubjectType(rawValue: code)?.label
        case "replyPreference": return ReplyPreference(rawValue: code)?.label
        case "result": return IssueResult(rawValue: code)?.label
        case "heading": return classifier.heading(code)?.label
        case "applicant.category": return classifier.category(code)?.label
        case "applicant.socialStatus": return classifier.socialStatus(code)?.label
        case "applicant.sex": return Sex(rawValue: code)?.label
        case "due.basis": return DeadlineBasis(code: code)?.label
        case "state": return AssignmentState(rawValue: code).map(Wording.state)
        case "control": return Wording.control(code)
        case "as", "endedAs": return Ending(rawValue: code)?.label
        case "ground": return NonConsideration(rawValue: code)?.label
        case "how": return Self.word(code, [InputCode].waysOfFeedback)
        case "document": return Self.word(code, [InputCode].documents)
        case "to":
            // Whom an appeal was forwarded to is called by name.
            return [
                "applicant": Label(uk: "заявнику", en: "to the applicant"),
                "committee": Label(uk: "виконкому", en: "to the committee"),
            ][code]
        default: return nil
        }
    }

    private static func word(_ code: String, _ codes: [InputCode]) -> Label? {
        codes.first { $0.code == code }?.label
    }

    /// A day or a time as people write it; anything else as it is.
    package func dated(_ text: String) -> String {
        if let date = CivilDate(text) { return day(date) }
        if let moment = KyivTime.parse(rfc3339: text).flatMap(KyivTime.moment) {
            return day(moment.date) + (isSpelled ? ", " : " ") + "\(moment.time)"
        }
        return text
    }

    private var isSpelled: Bool { language == .english && spellsMonths }

    private func day(_ date: CivilDate) -> String {
        isSpelled || language == .ukrainian ? date.long(language) : date.description
    }
}

extension CivilDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `12.05.2026`, `12 May 2026`.
    package func long(_ language: Language) -> String {
        language == .ukrainian ? ukrainianNumbers : "\(englishDayAndMonth) \(year)"
    }

    /// `12 May`.
    package var englishDayAndMonth: String { "\(day) \(Self.months[month - 1])" }
}

package import Appeals
import CanonicalJSON
import Replication

/// One of the values that an input takes, with its words.
package struct InputCode: Sendable, Equatable {
    package let code: String
    package let label: Label

    package init(_ code: String, _ label: Label) {
        self.code = code
        self.label = label
    }

    /// As the card words it in this register.
    fileprivate init(_ code: String, of register: String) {
        let texts = Language.allCases.map { ($0, ValueWording(language: $0).text(register, .string(code))) }
        let words = Dictionary(uniqueKeysWithValues: texts)
        self.init(code, Label(uk: words[.ukrainian] ?? code, en: words[.english] ?? code))
    }

    package init(_ code: String, uk: String, en: String) { self.init(code, Label(uk: uk, en: en)) }
}

extension [InputCode] {
    package static let channels = Channel.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let addressees = Addressee.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let kinds = AppealKind.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let receiptSigns = ReceiptSign.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let subjectTypes = SubjectType.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let replies = ReplyPreference.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let results = IssueResult.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let sexes = Sex.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let states = AppealState.allCases.map { InputCode($0.rawValue, Wording.appealState($0)) }
    package static let workLists = WorkList.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let orders = RowOrder.Field.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let debts = DebtRecord.Kind.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let headings = Classifier.initial.headings.map { InputCode($0.code, $0.label) }
    package static let categories = Classifier.initial.categories.map { InputCode($0.code, $0.label) }
    package static let socialStatuses = Classifier.initial.socialStatuses.map { InputCode($0.code, $0.label) }
    package static let roles = Wording.roles.map { InputCode($0, Wording.roleOfPerson($0)) }

    /// The choices of all cases; which of them a case offers is for the case to say.
    package static let choices =
        (Disagreements.Rule.allCases.flatMap { Disagreements.choices($0.rawValue) }
        + ["adopt", "decline"]).uniqued()
        .map { InputCode($0, Wording.choice($0)) }

    package static let languages = [
        InputCode("uk", uk: "українська", en: "Ukrainian"), InputCode("en", uk: "англійська", en: "English"),
    ]
    package static let grounds = NonConsideration.allCases.map { InputCode($0.rawValue, $0.label) }
    package static let recipients = [
        InputCode("applicant", of: "to"), InputCode("committee", of: "to"),
    ]
    package static let waysOfFeedback = [
        InputCode("phone", uk: "телефоном", en: "by phone"),
        InputCode("meeting", uk: "на зустрічі", en: "at a meeting"),
        InputCode("letter", uk: "листом", en: "by letter"), InputCode("email", uk: "ел. поштою", en: "by e-mail"),
    ]
    package static let documents = [
        InputCode("act", uk: "акт", en: "act of works"), InputCode("photo", uk: "світлина", en: "photograph"),
        InputCode("certificate", uk: "довідка", en: "certificate"),
        InputCode("contract", uk: "договір", en: "contract"),
        InputCode("other", uk: "інший документ", en: "another document"),
    ]
    package static let tray = TrayKind.allCases.map { InputCode($0.rawValue, Wording.tray($0, "")) }
    package static let shells = [
        InputCode("bash", Label("bash")), InputCode("zsh", Label("zsh")), InputCode("fish", Label("fish")),
    ]
}

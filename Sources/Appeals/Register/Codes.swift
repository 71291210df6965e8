/// The codes that registers take, as sets for the schema.
enum Codes {
    static let channels = Set(Channel.allCases.map(\.rawValue))
    static let kinds = Set(AppealKind.allCases.map(\.rawValue))
    static let receiptSigns = Set(ReceiptSign.allCases.map(\.rawValue))
    static let subjectTypes = Set(SubjectType.allCases.map(\.rawValue))
    static let results = Set(IssueResult.allCases.map(\.rawValue))
    static let replies = Set(ReplyPreference.allCases.map(\.rawValue))
    static let headings = Set(Classifier.initial.headings.map(\.code))
    /// The channel to which R11 applies.
    static let phone = "mayorPhone"
}

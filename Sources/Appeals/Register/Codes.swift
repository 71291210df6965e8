/// The codes that registers take, as sets for the schema.
enum Codes {
    /// How it came.
    static let channels = Set(Channel.allCases.map(\.rawValue))
    /// Proposal, application, complaint.
    static let kinds = Set(AppealKind.allCases.map(\.rawValue))
    /// First, repeated and so on.
    static let receiptSigns = Set(ReceiptSign.allCases.map(\.rawValue))
    /// Who appeals.
    static let subjectTypes = Set(SubjectType.allCases.map(\.rawValue))
    /// What became of an issue.
    static let results = Set(IssueResult.allCases.map(\.rawValue))
    /// How the answer is wanted, and how it went out.
    static let replies = Set(ReplyPreference.allCases.map(\.rawValue))
    /// The 24 subject headings of the classifier every node starts with.
    static let headings = Set(Classifier.initial.headings.map(\.code))
    /// The channel to which R11 applies.
    static let phone = "mayorPhone"
}

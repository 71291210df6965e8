/// The classifier of appeals (Cabinet resolution 858 of 2008) as data; the enums `AppealKind`, `ReceiptSign`,
/// `SubjectType`, `IssueResult` and others carry the parts that rules depend on.
public struct Classifier: Hashable, Sendable {
    /// Of the dictionaries as a whole.
    public let version: String
    /// The 24 subject headings, 010…240.
    public let headings: [ClassifierEntry]
    /// Categories of benefit, 7.1… and on.
    public let categories: [ClassifierEntry]
    /// Social statuses, 8.1… and on.
    public let socialStatuses: [ClassifierEntry]

    public init(
        version: String,
        headings: [ClassifierEntry],
        categories: [ClassifierEntry],
        socialStatuses: [ClassifierEntry]
    ) {
        self.version = version
        self.headings = headings
        self.categories = categories
        self.socialStatuses = socialStatuses
    }

    /// The subject heading of a code.
    public func heading(_ code: String) -> ClassifierEntry? {
        headings.first { $0.code == code }
    }

    /// The category of benefit of a code.
    public func category(_ code: String) -> ClassifierEntry? {
        categories.first { $0.code == code }
    }

    /// The social status of a code.
    public func socialStatus(_ code: String) -> ClassifierEntry? {
        socialStatuses.first { $0.code == code }
    }

    /// The code of an entry by its code or by its label in either language, as old registers and forms write it and as a
    /// reader would recognise it; nil if there is none, or more than one.
    public static func code(of text: String, in entries: [ClassifierEntry]) -> String? {
        if entries.contains(where: { $0.code == text }) { return text }
        let names = entries.flatMap { [(id: $0.code, name: $0.label.uk), (id: $0.code, name: $0.label.en)] }
        guard case .one(let code) = NameLookup(names).find(text) else { return nil }
        return code
    }
}

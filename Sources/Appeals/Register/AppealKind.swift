/// What an appeal is by the Law; gratitude counts as a proposal.
public enum AppealKind: String, CaseIterable, Hashable, Sendable {
    case proposal
    case application
    case complaint

    /// The code of the classifier (Cabinet resolution 858).
    public var classifierCode: String {
        switch self {
        case .proposal: "3.1"
        case .application: "3.2"
        case .complaint: "3.3"
        }
    }

    public var label: Label {
        switch self {
        case .proposal: Label(uk: "Пропозиція (зауваження)", en: "Proposal (remark)")
        case .application: Label(uk: "Заява (клопотання)", en: "Application (petition)")
        case .complaint: Label(uk: "Скарга", en: "Complaint")
        }
    }
}

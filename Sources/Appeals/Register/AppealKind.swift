/// What an appeal is by the Law; gratitude counts as a proposal.
public enum AppealKind: String, CaseIterable, Hashable, Sendable {
    /// Пропозиція (зауваження): advice or an opinion; thanks too.
    case proposal
    /// Заява (клопотання): asks to realise a right, or reports a breach.
    case application
    /// Скарга: demands that a violated right be restored; never sent to whom it is about (Article 7).
    case complaint

    /// The code of the classifier (Cabinet resolution 858).
    public var classifierCode: String {
        switch self {
        case .proposal: "3.1"
        case .application: "3.2"
        case .complaint: "3.3"
        }
    }

    /// With the word that the law puts in brackets.
    public var label: Label {
        switch self {
        case .proposal: Label(uk: "Пропозиція (зауваження)", en: "Proposal (remark)")
        case .application: Label(uk: "Заява (клопотання)", en: "Application (petition)")
        case .complaint: Label(uk: "Скарга", en: "Complaint")
        }
    }
}

/// The applicant's sex, for the statistics only.
public enum Sex: String, CaseIterable, Hashable, Sendable {
    case male
    case female

    /// The code of the classifier (Cabinet resolution 858).
    public var classifierCode: String {
        switch self {
        case .male: "4.1"
        case .female: "4.2"
        }
    }

    /// In words.
    public var label: Label {
        switch self {
        case .male: Label(uk: "чоловіча", en: "male")
        case .female: Label(uk: "жіноча", en: "female")
        }
    }
}

/// The form an appeal was made in.
public enum AppealForm: String, CaseIterable, Hashable, Sendable {
    case telegram
    case letter
    case oral
    case electronic

    /// The code of the classifier (Cabinet resolution 858).
    public var classifierCode: String {
        switch self {
        case .telegram: "6.1"
        case .letter: "6.2"
        case .oral: "6.3"
        case .electronic: "6.4"
        }
    }

    public var label: Label {
        switch self {
        case .telegram: Label(uk: "Телеграма", en: "Telegram")
        case .letter: Label(uk: "Лист", en: "Letter")
        case .oral: Label(uk: "Усне", en: "Oral")
        case .electronic: Label(uk: "Електронне", en: "Electronic")
        }
    }
}

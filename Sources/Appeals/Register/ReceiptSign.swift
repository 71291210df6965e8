/// Whether the matter was here before.
public enum ReceiptSign: String, CaseIterable, Hashable, Sendable {
    /// Never here before.
    case first
    /// The same person and matter again: contests the answer, had none in time, or was not satisfied. Its own index.
    case repeated
    /// The same person and matter through another addressee: the first index with a fraction.
    case duplicate
    /// The same again, more than twice.
    case multiple
    /// Many people with one text.
    case mass

    /// The code of the classifier (Cabinet resolution 858).
    public var classifierCode: String {
        switch self {
        case .first: "2.1"
        case .repeated: "2.2"
        case .duplicate: "2.3"
        case .multiple: "2.4"
        case .mass: "2.5"
        }
    }

    /// As the card and reports say it.
    public var label: Label {
        switch self {
        case .first: Label(uk: "Первинне", en: "First")
        case .repeated: Label(uk: "Повторне", en: "Repeated")
        case .duplicate: Label(uk: "Дублетне", en: "Duplicate")
        case .multiple: Label(uk: "Неодноразове", en: "More than twice")
        case .mass: Label(uk: "Масове", en: "Mass")
        }
    }
}

/// Who appeals; unknown where an imported register does not say.
public enum SubjectType: String, CaseIterable, Hashable, Sendable {
    /// One person.
    case individual
    /// Several signatories; citizens are counted, not only appeals.
    case collective
    /// Without residence, signature or an author that can be told: not considered (Article 8), and nobody to answer.
    case anonymous
    /// An imported register does not say.
    case unknown

    /// The code of the classifier (Cabinet resolution 858).
    public var classifierCode: String? {
        switch self {
        case .individual: "5.1"
        case .collective: "5.2"
        case .anonymous: "5.3"
        case .unknown: nil
        }
    }

    /// In words.
    public var label: Label {
        switch self {
        case .individual: Label(uk: "Індивідуальне", en: "Individual")
        case .collective: Label(uk: "Колективне", en: "Collective")
        case .anonymous: Label(uk: "Анонімне", en: "Anonymous")
        case .unknown: Label(uk: "Не вказано", en: "Not stated")
        }
    }
}

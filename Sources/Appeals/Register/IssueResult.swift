/// What became of one issue of an appeal.
public enum IssueResult: String, CaseIterable, Hashable, Sendable {
    /// What was asked is done.
    case satisfied
    /// In writing, with law, reasons and how to appeal (Article 15).
    case refused
    /// Nothing had to be done but to explain.
    case explained
    /// Made wrongly, given back with an explanation (Article 5, 7).
    case returned
    /// Outside of the body's powers, passed on (Article 7).
    case forwarded
    /// Anonymous, repeated after a decision on the merits, or out of time (Article 8, 17).
    case notConsidered

    /// The code of the classifier (Cabinet resolution 858).
    public var classifierCode: String {
        switch self {
        case .satisfied: "9.1"
        case .refused: "9.2"
        case .explained: "9.3"
        case .returned: "9.4"
        case .forwarded: "9.5"
        case .notConsidered: "9.6"
        }
    }

    /// With the articles that allow it.
    public var label: Label {
        switch self {
        case .satisfied: Label(uk: "Вирішено позитивно", en: "Resolved positively")
        case .refused: Label(uk: "Відмовлено у задоволенні", en: "Refused")
        case .explained: Label(uk: "Дано роз'яснення", en: "Explained")
        case .returned: Label(uk: "Повернуто автору (ст. 5, 7)", en: "Returned to the author (Art. 5, 7)")
        case .forwarded: Label(uk: "Переслано за належністю (ст. 7)", en: "Forwarded to whom it belongs (Art. 7)")
        case .notConsidered: Label(uk: "Не підлягає розгляду (ст. 8, 17)", en: "Not to be considered (Art. 8, 17)")
        }
    }
}

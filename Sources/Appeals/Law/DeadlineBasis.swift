/// What the term of an appeal is counted by.
public enum DeadlineBasis: Hashable, Sendable {
    /// Needs no extra study: at once, at most fifteen days (Article 20).
    case fifteenDays
    /// One month (Article 20).
    case month
    /// A shorter term at the applicant's reasoned written demand or by law, in days (Article 7, 20).
    case shortened(days: Int)
    /// A date set by the sender under another order (R17).
    case external(CivilDate)

    /// At least a day; beyond 30 it would not be shorter than a month.
    public static let shortenedDays = 1...30

    /// "fifteenDays", "month", "shortened:5", "external:2026-05-01".
    public var code: String {
        switch self {
        case .fifteenDays: "fifteenDays"
        case .month: "month"
        case .shortened(let days): "shortened:\(days)"
        case .external(let date): "external:\(date)"
        }
    }

    /// Reads what `code` gives.
    public init?(code: String) {
        switch code {
        case "fifteenDays": self = .fifteenDays
        case "month": self = .month
        default:
            let parts = code.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            if parts[0] == "shortened", let days = Digits.number(Array(parts[1].utf8)),
                Self.shortenedDays.contains(days), parts[1].utf8.first != UInt8(ascii: "0")
            {
                self = .shortened(days: days)
            } else if parts[0] == "external", let date = CivilDate(parts[1]) {
                self = .external(date)
            } else {
                return nil
            }
        }
    }

    /// In words: the basis on the card and in «як пораховано».
    public var label: Label {
        switch self {
        case .fifteenDays: Label(uk: "15 днів", en: "15 days")
        case .month: Label(uk: "1 місяць", en: "1 month")
        case .shortened(let days):
            Label(
                uk: "скорочений строк, \(days) \(Plural.days(days))",
                en: "shortened term, \(Plural.english(days, "day"))"
            )
        case .external(let date):
            Label(uk: "строк надсилача, \(date.ukrainianNumbers)", en: "the sender's term, \(date)")
        }
    }
}

/// How the applicant wants the answer.
public enum ReplyPreference: String, CaseIterable, Hashable, Sendable {
    case phone
    /// As a rule (R15).
    case email
    /// If the applicant wishes (R15).
    case paper

    /// In words.
    public var label: Label {
        switch self {
        case .phone: Label(uk: "Телефоном", en: "By phone")
        case .email: Label(uk: "Електронною поштою", en: "By e-mail")
        case .paper: Label(uk: "На папері", en: "On paper")
        }
    }
}

/// How the applicant wants the answer.
public enum ReplyPreference: String, CaseIterable, Hashable, Sendable {
    case phone
    case email
    case paper

    public var label: Label {
        switch self {
        case .phone: Label(uk: "Телефоном", en: "By phone")
        case .email: Label(uk: "Електронною поштою", en: "By e-mail")
        case .paper: Label(uk: "На папері", en: "On paper")
        }
    }
}

/// The way an appeal was received.
public enum ReceiptForm: String, CaseIterable, Hashable, Sendable {
    /// On paper or by e-mail: the classifier has one code for both.
    case post
    /// A contact centre or hot line wrote it down.
    case phone
    case reception
    /// A representative brought it.
    case authorised
    /// Another authority sent it.
    case authorities
    case media
    case otherBodies

    /// The code of the classifier (Cabinet resolution 858).
    public var classifierCode: String {
        switch self {
        case .post: "1.1"
        case .phone: "1.1.1"
        case .reception: "1.2"
        case .authorised: "1.3"
        case .authorities: "1.4"
        case .media: "1.5"
        case .otherBodies: "1.6"
        }
    }

    /// As reports say it.
    public var label: Label {
        switch self {
        case .post: Label(uk: "Поштою, електронною поштою", en: "By post or e-mail")
        case .phone: Label(uk: "Телефоном", en: "By phone")
        case .reception: Label(uk: "На особистому прийомі", en: "At a personal reception")
        case .authorised: Label(uk: "Через уповноважену особу", en: "Through an authorised person")
        case .authorities: Label(uk: "Через органи влади", en: "Through authorities")
        case .media: Label(uk: "Через засоби масової інформації", en: "Through the media")
        case .otherBodies: Label(uk: "Від інших органів, установ, організацій", en: "From other bodies")
        }
    }
}

/// Where an appeal came from.
public enum Channel: String, CaseIterable, Hashable, Sendable {
    /// Recorded from the caller's words (R6); the answer has to be proven (R11).
    case mayorPhone
    /// The city's resource centre (R14).
    case portal
    case website
    case email
    case departmentEmail
    /// Under another order, with the sender's number and term (R17).
    case oblastHotline
    /// The same (R17).
    case govContactCentre
    case post
    case reception
    /// From a foreign register, which may not say how it came there.
    case `import`

    /// As the card and lists say it.
    public var label: Label {
        switch self {
        case .mayorPhone: Label(uk: "Телефон міського голови", en: "The mayor's phone")
        case .portal: Label(uk: "Портал «Криворізький ресурсний центр»", en: "Portal of the Kryvyi Rih resource centre")
        case .website: Label(uk: "Офіційний вебсайт виконкому", en: "Official website")
        case .email: Label(uk: "Електронна пошта виконкому", en: "E-mail of the executive committee")
        case .departmentEmail: Label(uk: "Електронна пошта виконавчого органу", en: "E-mail of a department")
        case .oblastHotline: Label(uk: "Гаряча лінія голови облдержадміністрації", en: "Hot line of the oblast head")
        case .govContactCentre: Label(uk: "Урядовий контактний центр", en: "Government contact centre")
        case .post: Label(uk: "Пошта", en: "Post")
        case .reception: Label(uk: "Особистий прийом", en: "Personal reception")
        case .import: Label(uk: "Імпорт із реєстру", en: "Imported from a register")
        }
    }

    /// A call to the mayor's phone: feedback or a document is required (R11), with an internal target (R4).
    public var isPhone: Bool {
        switch self {
        case .mayorPhone: true
        case .portal, .website, .email, .departmentEmail, .oblastHotline, .govContactCentre, .post, .reception, .import:
            false
        }
    }

    /// Whether an appeal that comes after hours counts as received the next working day: where no person took it.
    ///
    /// An imported appeal was received by another body at the time it gives.
    public var waitsForWorkingHours: Bool {
        switch self {
        case .portal, .website, .email, .departmentEmail, .govContactCentre: true
        case .mayorPhone, .oblastHotline, .post, .reception, .import: false
        }
    }

    /// The form of receipt of the classifier; an imported appeal does not say.
    public var receiptForm: ReceiptForm? {
        switch self {
        case .mayorPhone: .phone
        case .portal, .website, .email, .departmentEmail, .post: .post
        case .oblastHotline, .govContactCentre: .authorities
        case .reception: .reception
        case .import: nil
        }
    }
}

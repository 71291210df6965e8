import Appeals
import CanonicalJSON
import Desk
import Replication

/// `contact add|remove`.
extension Commands {
    private static let contactOptions: [CommandOption] = [
        .actor, .text("phone", "PHONE", uk: "телефон", en: "phone"),
        .text("email", "EMAIL", uk: "електронна пошта", en: "e-mail"),
    ]

    static let contactAdd = Command(
        "contact add",
        uk: "Додати телефон або пошту заявника",
        en: "Add a phone or an e-mail of the applicant",
        operands: [.appeal],
        options: contactOptions,
        example: "kartoteka contact add К-101 --as sydor --phone +380560000001"
    ) { call in
        try call.actOnAppeal("contact.added") { pending, _, _ in
            var personal = JSONObject()
            for key in ["phone", "email"] { personal[key] = call.text(key).map(JSON.string) }
            guard !personal.isEmpty else { throw call.contactMissing() }
            pending.draft.personal = personal
            pending.done = Label(uk: "Контакт додано", en: "The contact is added")
        }
    }

    static let contactRemove = Command(
        "contact remove",
        uk: "Вилучити телефон або пошту заявника",
        en: "Remove a phone or an e-mail of the applicant",
        operands: [.appeal],
        options: contactOptions,
        example: "kartoteka contact remove К-101 --as koval --phone +380560000001"
    ) { call in
        try call.actOnAppeal("contact.removed") { pending, shown, _ in
            pending.draft.body["contact"] = .string(try call.contact(of: shown.appeal))
            pending.done = Label(uk: "Контакт вилучено", en: "The contact is removed")
            pending.next = "kartoteka appeal show \(shown.title)"
        }
    }
}

extension Call {
    fileprivate func contactMissing() -> DeskError {
        .usage("missingOption", uk: "бракує --phone або --email", en: "--phone or --email is missing")
    }

    /// The entity of the contact that is meant, by its value.
    fileprivate func contact(of appeal: Aggregate) throws(DeskError) -> String {
        for (option, register) in [("phone", "contact.phone"), ("email", "contact.email")] {
            guard let value = text(option) else { continue }
            guard let entity = appeal.entities(with: register, being: value).first else {
                throw DeskError(
                    .notFound,
                    "unknownContact",
                    uk: "контакту «\(value)» у картці немає",
                    en: "the card has no contact \"\(value)\""
                )
            }
            return entity
        }
        throw contactMissing()
    }
}

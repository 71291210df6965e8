import Appeals
import CanonicalJSON
import Replication

/// Telephones and addresses of the applicant; errors as for every act on an appeal, and `missingOption` if neither is given.
extension Desk {
    /// Somebody adds a telephone, an e-mail address, or both.
    package func addContact(_ appeal: String, phone: PhoneNumber?, email: EmailAddress?) throws -> Acted<AboutAppeal> {
        try actOnAppeal("contact.added", appeal) { draft, shown, _ in
            var personal = JSONObject()
            personal["phone"] = phone.map { .string($0.number) }
            personal["email"] = email.map { .string($0.address) }
            guard !personal.isEmpty else { throw Self.contactMissing() }
            draft.personal = personal
            return AboutAppeal(title: shown.title)
        }
    }

    /// Somebody takes a contact away, by its value: the telephone, if one is given; `unknownContact` if the card has none such.
    package func removeContact(_ appeal: String, phone: PhoneNumber?, email: EmailAddress?) throws -> Acted<AboutAppeal>
    {
        try actOnAppeal("contact.removed", appeal) { draft, shown, _ in
            draft.body["contact"] = .string(try Self.contact(of: shown.appeal, phone: phone, email: email))
            return AboutAppeal(title: shown.title)
        }
    }

    private static func contactMissing() -> DeskError {
        .usage(
            "missingOption",
            uk: "бракує \(.input("phone")) або \(.input("email"))",
            en: "\(.input("phone")) or \(.input("email")) is missing"
        )
    }

    private static func contact(
        of appeal: Aggregate,
        phone: PhoneNumber?,
        email: EmailAddress?
    ) throws(DeskError) -> String {
        guard let value = phone?.number ?? email?.address else { throw contactMissing() }
        let register = phone == nil ? "contact.email" : "contact.phone"
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
}

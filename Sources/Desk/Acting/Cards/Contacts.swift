import Appeals
import CanonicalJSON
import Replication

/// Telephones and addresses of the applicant; errors as for every act on an appeal, and `missingOption` if neither is given.
extension Desk {
    /// Somebody adds a telephone, an e-mail address, or both; `contactKnown` if the card has it already, with the same words
    /// or without any.
    package func addContact(_ appeal: String, phone: PhoneNumber?, email: EmailAddress?) throws -> Acted<AboutAppeal> {
        try actOnAppeal("contact.added", appeal) { draft, shown, _ in
            var personal = JSONObject()
            personal["phone"] = phone.map { .string($0.number) }
            personal["phoneTyped"] = phone?.typed.map(JSON.string)
            personal["email"] = email.map { .string($0.address) }
            guard !personal.isEmpty else { throw Self.contactMissing() }
            try Self.requireNew(phone?.number, typed: phone?.typed, Self.phones, shown.appeal)
            try Self.requireNew(email?.address, Self.emails, shown.appeal)
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

    /// A telephone in the form in which it is compared; cards of former programs have it as it was typed.
    static func number(_ value: String) -> String { PhoneNumber(kept: value)?.number ?? value }

    /// The contacts of a card with this value.
    private static func entities(_ value: String, _ register: String, _ appeal: Aggregate) -> [String] {
        appeal.entities(with: register).filter { entity in
            appeal.register(register + "@" + entity)?.string.map {
                (register == phones ? number($0) : $0) == value
            } == true
        }
    }

    /// What was typed for a telephone of a card; nil where that was the number alone.
    static func typed(_ entity: String, _ appeal: Aggregate) -> String? {
        appeal.register("contact.phoneTyped@" + entity)?.string
    }

    private static let phones = "contact.phone"
    private static let emails = "contact.email"

    /// Refuses what the card has already.
    private static func requireNew(
        _ value: String?,
        typed: String? = nil,
        _ register: String,
        _ appeal: Aggregate
    ) throws(DeskError) {
        guard let value else { return }
        let isKnown = entities(value, register, appeal).contains { entity in
            guard let typed else { return true }
            return self.typed(entity, appeal).map { Sameness.areSame(.string($0), .string(typed)) } ?? false
        }
        guard isKnown else { return }
        throw DeskError(
            .failed,
            "contactKnown",
            uk: "контакт «\(value)» у картці вже є",
            en: "the card has the contact \"\(value)\" already"
        )
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
        let register = phone == nil ? emails : phones
        guard let entity = entities(value, register, appeal).first else {
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

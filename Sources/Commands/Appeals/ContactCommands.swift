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
        call.tell(
            try call.acting().addContact(
                try call.required("appeal"),
                phone: call.text("phone"),
                email: call.text("email")
            ),
            uk: "Контакт додано",
            en: "The contact is added"
        )
    }

    static let contactRemove = Command(
        "contact remove",
        uk: "Вилучити телефон або пошту заявника",
        en: "Remove a phone or an e-mail of the applicant",
        operands: [.appeal],
        options: contactOptions,
        example: "kartoteka contact remove К-101 --as koval --phone +380560000001"
    ) { call in
        let acted = try call.acting().removeContact(
            try call.required("appeal"),
            phone: call.text("phone"),
            email: call.text("email")
        )
        return call.tell(
            acted,
            uk: "Контакт вилучено",
            en: "The contact is removed",
            next: "kartoteka appeal show \(acted.subject.title)"
        )
    }
}

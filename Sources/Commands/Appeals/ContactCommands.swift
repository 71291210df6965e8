import Appeals
import CanonicalJSON
import Desk
import Replication

/// `contact add|remove`.
extension Commands {
    static let contactAdd = Command(.contactAdd) { call in
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

    static let contactRemove = Command(.contactRemove) { call in
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

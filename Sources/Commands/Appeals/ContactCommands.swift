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
                phone: try call.phones("phone").first,
                email: try call.emails("email").first
            ),
            uk: "Контакт додано",
            en: "The contact is added"
        )
    }

    static let contactRemove = Command(.contactRemove) { call in
        let acted = try call.acting().removeContact(
            try call.required("appeal"),
            phone: try call.phones("phone").first,
            email: try call.emails("email").first
        )
        return call.tell(
            acted,
            uk: "Контакт вилучено",
            en: "The contact is removed",
            next: "kartoteka appeal show \(acted.subject.title)"
        )
    }
}

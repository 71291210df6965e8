import Appeals
import CanonicalJSON
import Desk
import Replication

/// `appeal correct`, `appeal note`, `appeal erase`.
extension Commands {
    static let appealCorrect = Command(.appealCorrect) { call in
        let acted = try call.acting().correct(
            try call.required("appeal"),
            try call.typedFields(),
            reason: call.text("reason")
        )
        let title = acted.subject.title
        var report = ActReport(
            done: Label(uk: "Картку \(title) виправлено", en: "The card \(title) is corrected"),
            lines: call.notHere(acted.subject.notHere),
            next: "kartoteka appeal show \(title)"
        )
        call.tell(acted.subject.unresolvedAddresses, of: title, in: &report)
        return call.tell(acted, report)
    }

    static let appealNote = Command(.appealNote) { call in
        call.tell(
            try call.acting().addNote(try call.required("appeal"), text: try call.required("text")),
            uk: "Примітку додано",
            en: "The note is added"
        )
    }

    static let appealErase = Command(.appealErase) { call in
        let acted = try call.acting().erase(
            try call.required("appeal"),
            reason: try call.required("reason"),
            confirmation: try call.required("confirm")
        )
        let title = acted.subject.title
        return call.tell(
            acted,
            uk: "Дані звернення \(title) вилучено. Слова ще стираються з диска; коли зникнуть, скаже kartoteka status",
            en:
                "The appeal \(title) is removed. Words are still being erased from the disk; kartoteka status tells when they are gone"
        )
    }
}

extension Call {
    /// `--set FIELD=VALUE`, each.
    fileprivate func typedFields() throws(DeskError) -> [TypedField] {
        var fields: [TypedField] = []
        for text in list("set") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else {
                throw .usage(
                    "wrongField",
                    uk: "--set «\(text)»: потрібно ПОЛЕ=ЗНАЧЕННЯ",
                    en: "--set \"\(text)\": FIELD=VALUE is wanted"
                )
            }
            fields.append(TypedField(name: parts[0], value: parts[1]))
        }
        return fields
    }
}

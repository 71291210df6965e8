import Appeals
import CanonicalJSON
import Desk
import Replication

/// `appeal correct`, `appeal note`, `appeal erase`.
extension Commands {
    static let appealCorrect = Command(
        "appeal correct",
        uk: "Виправити поля картки",
        en: "Correct fields of the card",
        operands: [.appeal],
        options: [
            .actor,
            CommandOption(
                "set",
                "FIELD=VALUE",
                .text,
                isRequired: true,
                repeats: true,
                uk:
                    "поле і нове значення: applicant.address=…; поле питання: heading@ISSUE=090 або heading@1=090; порожнє значення вилучає",
                en:
                    "field and new value: applicant.address=…; of an issue: heading@ISSUE=090 or heading@1=090; an empty value removes"
            ),
            .optionalReason,
        ],
        example: "kartoteka appeal correct К-101 --as koval --set \"applicant.address=вул. Спаська, 5\""
    ) { call in
        let acted = try call.acting().correct(
            try call.required("appeal"),
            try call.typedFields(),
            reason: call.text("reason")
        )
        let title = acted.subject.title
        return call.tell(
            acted,
            uk: "Картку \(title) виправлено",
            en: "The card \(title) is corrected",
            next: "kartoteka appeal show \(title)"
        )
    }

    static let appealNote = Command(
        "appeal note",
        uk: "Додати службову примітку",
        en: "Add an internal note",
        operands: [.appeal],
        options: [.actor, .required("text", "TEXT", uk: "текст примітки", en: "the note")],
        example:
            "kartoteka appeal note К-101 --as koval --text \"Заявник телефонував, просить передзвонити після 17:00\""
    ) { call in
        call.tell(
            try call.acting().addNote(try call.required("appeal"), text: try call.required("text")),
            uk: "Примітку додано",
            en: "The note is added"
        )
    }

    static let appealErase = Command(
        "appeal erase",
        uk: "Стерти дані звернення назавжди (лише Центр)",
        en: "Erase an appeal's data for ever (the office only)",
        operands: [.appeal],
        options: [
            .actor, .required("reason", "TEXT", uk: "підстава: акт, рішення", en: "the ground: an act, a decision"),
            .required(
                "confirm",
                "INDEX",
                uk: "повторіть індекс звернення, щоб підтвердити",
                en: "repeat the appeal's index to confirm"
            ),
        ],
        example: "kartoteka appeal erase К-101 --as admin --reason \"Акт № 5 від 01.02.2026\" --confirm К-101"
    ) { call in
        let acted = try call.acting().erase(
            try call.required("appeal"),
            reason: try call.required("reason"),
            confirmation: try call.required("confirm")
        )
        let title = acted.subject.title
        return call.tell(acted, uk: "Дані звернення \(title) стерто", en: "The appeal \(title) is erased")
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

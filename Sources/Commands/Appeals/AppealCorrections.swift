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
        try call.actOnAppeal("appeal.corrected") { pending, shown, transaction in
            var open = JSONObject(), personal = JSONObject()
            for text in call.list("set") {
                let (full, value, isPersonal) = try call.correction(text, shown.appeal, transaction)
                if isPersonal { personal[full] = value } else { open[full] = value }
            }
            if !open.isEmpty { pending.draft.body["fields"] = .object(open) }
            pending.draft.body["reason"] = call.text("reason").map(JSON.string)
            pending.draft.personal = personal.isEmpty ? nil : ["fields": .object(personal)]
            pending.done = Label(uk: "Картку \(shown.title) виправлено", en: "The card \(shown.title) is corrected")
            pending.next = "kartoteka appeal show \(shown.title)"
        }
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
        try call.actOnAppeal("note.added") { pending, _, _ in
            pending.draft.personal = ["text": .string(try call.required("text"))]
            pending.done = Label(uk: "Примітку додано", en: "The note is added")
        }
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
        try call.actOnAppeal("appeal.erased") { pending, shown, _ in
            guard try call.required("confirm") == shown.title else {
                throw DeskError.usage(
                    "notConfirmed",
                    uk: "дані не стерто: --confirm має бути «\(shown.title)»",
                    en: "nothing was erased: --confirm must be \"\(shown.title)\""
                )
            }
            pending.draft.body["reason"] = .string(try call.required("reason"))
            pending.done = Label(uk: "Дані звернення \(shown.title) стерто", en: "The appeal \(shown.title) is erased")
        }
    }
}

extension Call {
    /// `FIELD=VALUE` as the register's full name and a value of its type.
    fileprivate func correction(
        _ text: String,
        _ appeal: Aggregate,
        _ reading: any StoreReading
    ) throws -> (full: String, value: JSON, isPersonal: Bool) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw DeskError.usage(
                "wrongField",
                uk: "--set «\(text)»: потрібно ПОЛЕ=ЗНАЧЕННЯ",
                en: "--set \"\(text)\": FIELD=VALUE is wanted"
            )
        }
        let bare = Names.bare(parts[0])
        guard let policy = Policy.register(bare), let type = policy.corrected else {
            let known = Policy.registers.filter { $0.corrected != nil }.map(\.name).joined(separator: ", ")
            throw DeskError.usage(
                "notCorrectable",
                uk: "поле «\(bare)» не виправляється; можна: \(known)",
                en: "\"\(bare)\" cannot be corrected; these can: \(known)"
            )
        }
        let full = try fullName(parts[0], appeal)
        let value = parts[1].isEmpty ? JSON.null : try corrected(bare, type, parts[1], reading)
        return (full, value, policy.personal)
    }

    /// An issue may be named by its place: `heading@1`.
    private func fullName(_ name: String, _ appeal: Aggregate) throws -> String {
        guard let entity = Names.entity(name), let place = Int64(entity) else { return name }
        guard
            let issue = appeal.entities(with: "issue").first(where: {
                appeal.register("issue@" + $0)?.integer == place
            })
        else {
            throw DeskError(
                .notFound,
                "unknownIssue",
                uk: "у зверненні немає питання \(place)",
                en: "the appeal has no issue \(place)"
            )
        }
        return Names.bare(name) + "@" + issue
    }

    /// A value as it was typed, in the register's type.
    private func corrected(
        _ bare: String,
        _ type: FieldType,
        _ typed: String,
        _ reading: any StoreReading
    ) throws -> JSON {
        switch type {
        case .bool:
            guard ["true", "false", "так", "ні"].contains(typed) else {
                throw DeskError.usage(
                    "wrongType",
                    uk: "\(bare): вкажіть true або false",
                    en: "\(bare): give true or false"
                )
            }
            return .bool(typed == "true" || typed == "так")
        case .integer:
            guard let number = Int64(typed) else {
                throw DeskError.usage(
                    "wrongType",
                    uk: "\(bare): потрібне число",
                    en: "\(bare): a number is wanted"
                )
            }
            return .integer(number)
        case .array where bare == Complaint.register:
            return .array(try desk.complainedAgainst(typed.split(separator: ",").map(String.init), reading))
        case .array: return .array(typed.split(separator: ",").map { .string(String($0).trimmed) })
        default: return .string(typed)
        }
    }
}

import Appeals
import CanonicalJSON
import Desk
import Replication

/// `feedback add`, `document add`, `term extend`, `control remove`.
extension Commands {
    static let feedbackAdd = Command(
        "feedback add",
        uk: "Записати зворотний зв'язок із заявником",
        en: "Record feedback with the applicant",
        operands: [.appeal],
        options: [
            .actor, .assignment,
            .required("how", "CODE", uk: "phone, meeting, letter або email", en: "phone, meeting, letter or email"),
            .required("words", "TEXT", uk: "що сказав заявник", en: "what the applicant said"),
            .text("date", "DATE", uk: "коли (типово сьогодні)", en: "when (today if not given)"),
        ],
        example: "kartoteka feedback add К-101 --as sydor --how phone --words \"Вода є, дякую\""
    ) { call in
        try call.actOnAssignment(
            "feedback.recorded",
            in: Set(AssignmentState.allCases),
            done: Label(uk: "Зворотний зв'язок записано", en: "The feedback is recorded"),
            personal: ["words": .string(try call.required("words"))]
        ) { body in
            body["how"] = .string(try call.required("how"))
            body["date"] = .string((try call.date("date") ?? call.today).description)
        }
    }

    static let documentAdd = Command(
        "document add",
        uk: "Записати документ, що підтверджує роботи",
        en: "Record a document that confirms the works",
        operands: [.appeal],
        options: [
            .actor, .assignment,
            .required(
                "document",
                "CODE",
                uk: "вид: act, photo, certificate, contract, other",
                en: "the kind: act, photo, certificate, contract, other"
            ),
            .required("number", "TEXT", uk: "номер документа", en: "its number"),
            .text("date", "DATE", uk: "дата документа (типово сьогодні)", en: "its date (today if not given)"),
            .text("note", "TEXT", uk: "примітка", en: "a note"),
        ],
        example: "kartoteka document add К-101 --as sydor --document act --number 17 --date 2026-05-14"
    ) { call in
        try call.actOnAssignment(
            "document.recorded",
            in: Set(AssignmentState.allCases),
            done: Label(uk: "Документ записано", en: "The document is recorded")
        ) { body in
            body["document"] = .string(try call.required("document"))
            body["number"] = .string(try call.required("number"))
            body["date"] = .string((try call.date("date") ?? call.today).description)
            body["note"] = call.text("note").map(JSON.string)
        }
    }

    static let termExtend = Command(
        "term extend",
        uk: "Продовжити строк (не далі 45 днів)",
        en: "Extend the term (up to 45 days)",
        operands: [.appeal],
        options: [
            .actor, .required("to", "DATE", uk: "новий строк", en: "the new due date"),
            .reason,
            .required("by", "USER", uk: "хто вирішив", en: "who decided"),
            .text(
                "decided",
                "DATE",
                uk: "коли вирішено (типово сьогодні)",
                en: "when it was decided (today if not given)"
            ),
        ],
        example: "kartoteka term extend К-101 --as koval --by vilkul --to 2026-05-28 --reason \"Потрібне обстеження\""
    ) { call in
        try call.actOnAppeal("term.extended") { pending, shown, transaction in
            let grant = try call.extended(shown.appeal, transaction)
            pending.draft.body = [
                "statutory": .string(grant.to.description), "control": .string(grant.control.description),
                "decidedOn": .string(grant.decidedOn.description), "reason": .string(try call.required("reason")),
                "decidedBy": .string(try call.required("by")), "calendar": .string(grant.calendarVersion),
            ]
            pending.done = Label(
                uk: "Строк \(shown.title) продовжено до \(grant.to.ukrainianNumbers)",
                en: "The term of \(shown.title) is extended to \(grant.to)"
            )
            pending.members = [
                "statutory": .string(grant.to.description), "control": .string(grant.control.description),
            ]
        }
    }

    static let controlRemove = Command(
        "control remove",
        uk: "Зняти звернення з контролю",
        en: "Remove an appeal from control",
        operands: [.appeal],
        options: [
            .actor, .required("author", "USER", uk: "хто вирішив (роль leader)", en: "who decided (role leader)"),
            .required("basis", "TEXT", uk: "підстава", en: "the ground"),
        ],
        example: "kartoteka control remove К-101 --as koval --author vilkul --basis \"Питання вирішено\""
    ) { call in
        try call.actOnAppeal("control.removed") { pending, shown, _ in
            pending.draft.body = [
                "author": .string(try call.required("author")), "basis": .string(try call.required("basis")),
            ]
            pending.done = Label(
                uk: "Звернення \(shown.title) знято з контролю",
                en: "The appeal \(shown.title) is removed from control"
            )
        }
    }
}

extension Call {
    /// The extension by the rules of the deadlines, which explain themselves better than the guard does.
    fileprivate func extended(_ appeal: Aggregate, _ reading: any StoreReading) throws -> DueExtension {
        func day(_ register: String) -> CivilDate? { appeal.register(register)?.string.flatMap { CivilDate($0) } }
        guard let statutory = day("due.statutory"), let control = day("due.control"), let cap = day("due.cap"),
            let registered = day("registeredOn")
        else {
            throw DeskError(
                .failed,
                "noTerm",
                uk: "звернення не має строку, тож продовжувати нічого",
                en: "the appeal has no term to extend"
            )
        }
        guard let to = try date("to") else {
            throw DeskError.usage("missingOption", uk: "бракує --to", en: "--to is missing")
        }
        let calendar = try desk.calendar(reading)
        let due = DueDates(
            registered: registered,
            statutory: statutory,
            control: control,
            cap: cap,
            internalTarget: nil,
            forwardBy: registered,
            returnBy: registered,
            basis: .month,
            calendarVersion: calendar.version,
            isProvisional: false
        )
        return try Deadlines.extend(due, to: to, decidedOn: try date("decided") ?? today, calendar: calendar)
    }
}

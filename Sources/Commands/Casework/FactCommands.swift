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
        call.tell(
            try call.acting().recordFeedback(
                try call.target(),
                how: try call.required("how"),
                words: try call.required("words"),
                date: try call.date("date")
            ),
            uk: "Зворотний зв'язок записано",
            en: "The feedback is recorded"
        )
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
        let document = DocumentFields(
            kind: try call.required("document"),
            number: try call.required("number"),
            date: try call.date("date"),
            note: call.text("note")
        )
        return call.tell(
            try call.acting().recordDocument(try call.target(), document),
            uk: "Документ записано",
            en: "The document is recorded"
        )
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
        try call.checkAppeal()
        guard let to = try call.date("to") else {
            throw DeskError.usage("missingOption", uk: "бракує --to", en: "--to is missing")
        }
        let fields = ExtensionFields(
            to: to,
            decidedOn: try call.date("decided"),
            decidedBy: try call.required("by"),
            reason: try call.required("reason")
        )
        let acted = try call.acting().extendTerm(try call.required("appeal"), fields)
        let (title, grant) = (acted.subject.title, acted.subject.extended)
        let done = Label(
            uk: "Строк \(title) продовжено до \(grant.to.ukrainianNumbers)",
            en: "The term of \(title) is extended to \(grant.to)"
        )
        let members: JSONObject = [
            "statutory": .string(grant.to.description), "control": .string(grant.control.description),
        ]
        return call.tell(acted, ActReport(done: done, members: members))
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
        let acted = try call.acting().removeFromControl(
            try call.required("appeal"),
            author: try call.required("author"),
            basis: try call.required("basis")
        )
        let title = acted.subject.title
        return call.tell(
            acted,
            uk: "Звернення \(title) знято з контролю",
            en: "The appeal \(title) is removed from control"
        )
    }
}

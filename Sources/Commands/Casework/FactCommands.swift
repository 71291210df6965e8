import Appeals
import CanonicalJSON
import Desk
import Replication

/// `feedback add`, `document add`, `term extend`.
extension Commands {
    static let feedbackAdd = Command(.feedbackAdd) { call in
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

    static let documentAdd = Command(.documentAdd) { call in
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

    static let termExtend = Command(.termExtend) { call in
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

    static let receiptCorrect = Command(.receiptCorrect) { call in
        try call.checkAppeal()
        guard let received = try call.instant("received") else {
            throw DeskError.usage("missingOption", uk: "бракує --received", en: "--received is missing")
        }
        let fields = ReceiptFields(
            receivedAt: received,
            basis: call.text("basis") == nil ? nil : try call.basis(),
            reason: try call.required("reason")
        )
        let acted = try call.acting().correctReceipt(try call.required("appeal"), fields)
        let (title, due) = (acted.subject.title, acted.subject.due)
        var report = ActReport(
            done: Label(
                uk: "Дату надходження \(title) виправлено",
                en: "The date of receipt of \(title) is corrected"
            ),
            next: "kartoteka deadline explain \(title)"
        )
        if let due {
            report.members["due"] = CardFields.due(due)
            report.lines = [
                call.say("Строк: ", "Due: ") + call.say(due.statutory.ukrainian, due.statutory.description)
            ]
        }
        return call.tell(acted, report)
    }
}

import Appeals
import CanonicalJSON
import Desk

/// `control …`, and `appeal forward|return|dismiss|withdraw|explain`.
extension Commands {
    static let controlPut = Command(.controlPut) { call in
        let acted = try call.acting().putOnControl(
            try call.required("appeal"),
            author: try call.required("author"),
            reason: try call.required("reason")
        )
        let title = acted.subject.title
        return call.tell(
            acted,
            uk: "Звернення \(title) поставлено на контроль",
            en: "The appeal \(title) is on control"
        )
    }

    static let controlRemove = Command(.controlRemove) { call in
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

    static let controlReturn = Command(.controlReturn) { call in
        let acted = try call.acting().returnToControl(
            try call.required("appeal"),
            author: try call.required("author"),
            reason: try call.required("reason")
        )
        let title = acted.subject.title
        return call.tell(
            acted,
            uk: "Звернення \(title) повернуто на контроль",
            en: "The appeal \(title) is on control again",
            next: "kartoteka appeal show \(title)"
        )
    }

    static let appealForward = ending(.appealForward, .forwarded)
    static let appealReturn = ending(.appealReturn, .returned)
    static let appealDismiss = ending(.appealDismiss, .notConsidered)
    static let appealWithdraw = ending(.appealWithdraw, .withdrawn)
    static let appealExplain = ending(.appealExplain, .explained)

    /// What the row takes besides who, when and words is said as it was typed.
    private static func ending(_ row: UseCase, _ ending: Ending) -> Command {
        Command(row) { call in
            var said = JSONObject()
            for name in ["to", "number", "ground", "reason", "by"] {
                if row.options.contains(where: { $0.name == name }), let text = call.text(name) {
                    said[name] = .string(text)
                }
            }
            let fields = EndingFields(
                author: try call.required("author"),
                date: try call.date("date"),
                said: said,
                words: ending == .explained ? try call.required("text") : nil
            )
            let acted = try call.acting().end(ending, try call.required("appeal"), fields)
            let title = acted.subject.title
            let label = ending.label
            return call.tell(acted, uk: "Звернення \(title): \(label.uk)", en: "The appeal \(title): \(label.en)")
        }
    }
}

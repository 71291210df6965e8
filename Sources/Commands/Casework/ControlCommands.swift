import Appeals
import CanonicalJSON
import Desk

/// `control …`, and `appeal forward|return|dismiss|withdraw|explain`.
extension Commands {
    static let controlPut = control(.controlPut, uk: "поставлено на контроль", en: "is on control") {
        try $0.putOnControl($1, author: $2, reason: $3)
    }

    static let controlRemove = control(
        .controlRemove,
        why: "basis",
        uk: "знято з контролю",
        en: "is removed from control"
    ) { try $0.removeFromControl($1, author: $2, basis: $3) }

    static let controlReturn = control(
        .controlReturn,
        uk: "повернуто на контроль",
        en: "is on control again",
        next: "appeal show"
    ) { try $0.returnToControl($1, author: $2, reason: $3) }

    /// An appeal, who decided and why; `next` is the command that is proposed then.
    private static func control(
        _ row: UseCase,
        why: String = "reason",
        uk: String,
        en: String,
        next: String = "",
        _ act:
            @escaping @Sendable (Desk, _ appeal: String, _ author: String, _ why: String) throws -> Acted<AboutAppeal>
    ) -> Command {
        Command(row) { call in
            let (appeal, author) = (try call.required("appeal"), try call.required("author"))
            let acted = try act(try call.acting(), appeal, author, try call.required(why))
            let title = acted.subject.title
            return call.tell(
                acted,
                uk: "Звернення \(title) \(uk)",
                en: "The appeal \(title) \(en)",
                next: next.isEmpty ? "" : "kartoteka \(next) \(title)"
            )
        }
    }

    static let appealForward = ending(.appealForward, .forwarded)
    static let appealReturn = ending(.appealReturn, .returned)
    static let appealDismiss = ending(.appealDismiss, .notConsidered)
    static let appealWithdraw = ending(.appealWithdraw, .withdrawn)
    static let appealExplain = ending(.appealExplain, .explained)
    static let appealConclude = ending(.appealConclude, .concluded)

    /// What the row takes for a field, besides the day and words about a person, is said as it was typed.
    private static func ending(_ row: UseCase, _ ending: Ending) -> Command {
        Command(row) { call in
            var said = JSONObject()
            for input in row.options where !["", "date", "text"].contains(input.field) {
                if let text = call.text(input.name) { said[input.field] = .string(text) }
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

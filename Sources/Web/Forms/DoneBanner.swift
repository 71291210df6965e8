import Appeals
import Desk

/// What a page says of the act that led to it; it stays until the page is left.
enum DoneBanner {
    /// The page's address with what was done.
    static func place(_ page: String, _ row: UseCase, _ how: ActOutcome.How, number: String = "") -> String {
        let query =
            "done=\(row.segment)&how=\(how.rawValue)" + (number.isEmpty ? "" : "&number=" + WebCall.encoded(number))
        return page + (page.contains("?") ? "&" : "?") + query
    }
}

extension WebCall {
    /// The banner that the address asks for; none of an address that tells of no act.
    func doneBanner() -> Markup {
        let acts = CardActs.rows + [UseCase.appealRegister] + DirectoryForm.rows + NodeActs.rows + [.trayDismiss]
        guard let row = acts.first(where: { $0.segment == request.parameter("done") }),
            let how = request.parameter("how").flatMap(ActOutcome.How.init(rawValue:))
        else { return Markup() }
        let number = request.parameter("number").map { " " + $0 } ?? ""
        let state =
            switch how {
            case .accepted: ""
            case .saved: say("Збережено, ще не передано", "Saved, not sent yet")
            case .held: say("Очікує рішення", "Waits for a decision")
            }
        return tag("div", ["class": how == .held ? "note note-need" : "note note-ok", "role": "status"]) {
            tag("div") {
                tag("b") { say(ActWords.done(row)) + number + "." }
                state.isEmpty ? "" : " " + state + "."
            }
        }
    }
}

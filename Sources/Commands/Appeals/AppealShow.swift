import Appeals
import Desk

/// `appeal show`: the card.
extension Commands {
    static let appealShow = Command(.appealShow) { call in
        let card = try call.desk.card(try call.required("appeal"))
        return CommandResult(card.json, lines: CardLines(card: card, call: call).lines())
    }
}

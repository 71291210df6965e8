import Appeals
import Desk

/// `appeal show`: the card.
extension Commands {
    static let appealShow = Command(
        "appeal show",
        uk: "Показати картку звернення",
        en: "Show an appeal's card",
        operands: [.appeal],
        options: [.reader],
        example: "kartoteka appeal show К-101"
    ) { call in
        let card = try call.desk.card(try call.required("appeal"))
        return CommandResult(card.json, lines: CardLines(card: card, call: call).lines())
    }
}

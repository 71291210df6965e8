import Appeals
import CanonicalJSON
import Desk
import Replication

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
        try call.desk.read { reading in
            let shown = try call.shownAppeal(reading)
            let card = AppealCard(call: call, shown: shown, reading: reading)
            return CommandResult(try card.json(), lines: try card.lines())
        }
    }
}

import Appeals
import Desk

/// Pages of a card's disagreements and of work that waits.
enum CasePages {
    static let routes = [
        Route("GET", "/cards/{appeal+}/cases/{case}") { try $0.casePage() },
        Route("POST", "/cards/{appeal+}/cases/{case}", longest: FormBody.longest) { try $0.settleCase() },
        // A value that lost is put back by a correction.
        Route("POST", "/cards/{appeal+}/cases/{case}/value", longest: FormBody.longest) { try $0.putBack() },
        Route("GET", "/waiting") { try $0.waitingPage() },
        Route("POST", "/waiting", longest: FormBody.longest) { try $0.declineWaiting() },
    ]
}

extension ActPlace {
    /// Where a case is compared and settled.
    static func aCase(_ appeal: String, _ digest: String) -> String { card(appeal) + "/cases/" + digest }
    static func aCase(_ found: OpenCase) -> String { aCase(found.appeal, found.digest) }

    /// Where a row is carried out on a card: a case is settled beside both its sides.
    static func of(_ row: UseCase, on card: Card) -> String {
        let isHeld = row.name == UseCase.heldAdopt.name || row.name == UseCase.heldDecline.name
        guard isHeld || row.name == UseCase.conflictSettle.name,
            let open = card.cases.first(where: { ($0.section == .held) == isHeld })
        else { return of(row, card.id) }
        return aCase(open)
    }
}

import Appeals
import Desk

/// Which acts of the table stand on a card.
enum CardActs {
    /// By topic, in the order in which an appeal lives.
    static let rows: [UseCase] = [
        .resolutionIssue, .assignmentAccept, .assignmentDecline, .assignmentPerson, .assignmentRecall, .answerDraft,
        .answerApprove, .answerSubmit, .answerAccept, .answerReturn, .answerDispatch, .feedbackAdd, .documentAdd,
        .appealNote, .contactAdd, .contactRemove, .appealCorrect, .receiptCorrect, .termExtend, .controlPut,
        .controlRemove, .controlReturn, .appealForward, .appealReturn, .appealDismiss, .appealWithdraw, .appealExplain,
        .appealConclude, .heldAdopt, .heldDecline, .conflictSettle,
    ]

    /// The key that leads to an act, by its place on the keyboard.
    static func key(_ row: UseCase) -> String? {
        switch row.name {
        case UseCase.answerDraft.name: "KeyR"
        case UseCase.appealNote.name: "KeyX"
        case UseCase.resolutionIssue.name: "KeyA"
        case UseCase.termExtend.name: "KeyE"
        default: nil
        }
    }

    /// The row that a path names: `assignment-accept`.
    static func row(_ segment: String) -> UseCase? { rows.first { $0.segment == segment } }
}

extension UseCase {
    /// The row in a path: its name with hyphens for spaces.
    var segment: String { String(name.map { $0 == " " ? "-" : $0 }) }
}

import Appeals
import Desk

/// In which states of an assignment an act is about it: what a form offers, and a card leads to.
enum ActStates {
    static func of(_ row: UseCase) -> Set<AssignmentState> {
        switch row.name {
        case UseCase.assignmentAccept.name: [.issued]
        case UseCase.assignmentDecline.name: [.issued, .accepted]
        case UseCase.assignmentRecall.name: [.issued, .accepted, .declined, .submitted, .returned]
        case UseCase.assignmentPerson.name, UseCase.answerDraft.name: AssignmentState.working.union([.submitted])
        case UseCase.answerApprove.name: AssignmentState.working
        case UseCase.answerSubmit.name: [.accepted, .returned]
        case UseCase.answerAccept.name: [.submitted]
        case UseCase.answerReturn.name: [.submitted, .done]
        case UseCase.answerDispatch.name, UseCase.feedbackAdd.name, UseCase.documentAdd.name:
            Set(AssignmentState.allCases.filter(\.isGround))
        default: []
        }
    }

    /// Whether the row is about one assignment of the card.
    static func isOfAssignment(_ row: UseCase) -> Bool { row.inputs.contains { $0.type == .assignment && !$0.repeats } }

    /// What an act needs of its assignment, as whoever is kept from it reads.
    static func needed(_ row: UseCase) -> Label {
        switch row.name {
        case UseCase.assignmentAccept.name:
            Label(uk: "Приймають доручення, яке щойно видано", en: "Accepted is an assignment that was just issued")
        case UseCase.assignmentDecline.name:
            Label(
                uk: "Відмовляються, доки відповіді не подано на перевірку",
                en: "An assignment is declined until its answer is submitted"
            )
        case UseCase.assignmentRecall.name:
            Label(uk: "Відкликають доручення, яке не завершено", en: "Recalled is an assignment that is not over")
        case UseCase.answerSubmit.name:
            Label(uk: "Подають, коли доручення прийнято", en: "An answer is submitted once the assignment is accepted")
        case UseCase.answerAccept.name, UseCase.answerReturn.name:
            Label(uk: "Відповіді на перевірку ще не подано", en: "No answer is submitted yet")
        default:
            Label(uk: "Це роблять, доки доручення в роботі", en: "This is done while the assignment is at work")
        }
    }
}

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
}

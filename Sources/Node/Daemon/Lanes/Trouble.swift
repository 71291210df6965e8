import Appeals
import Desk
import Replication

/// What a failure of the store means for a running node; its kind decides, never its words.
enum Trouble {
    /// There may be room, or time, later: nothing is lost, the node goes on.
    case passing(Label)
    /// The file can no longer be trusted: no more writes, the process ends for its operator.
    case final(Label)

    /// What happened.
    var words: Label {
        switch self {
        case .passing(let words), .final(let words): words
        }
    }

    /// What an error of the store means for the node: whether it passes or ends it.
    init(_ error: any Error) {
        let isPassing = (error as? StoreError)?.kind.isPassing ?? true
        self = isPassing ? .passing(Label(cause: error)) : .final(Label(cause: error))
    }
}

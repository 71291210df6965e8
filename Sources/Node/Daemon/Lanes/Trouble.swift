import Appeals
import Desk
import Replication

/// What a failure of the store means for a running node.
enum Trouble {
    /// There may be room, or time, later: nothing is lost, the node goes on.
    case passing(Label)
    /// The file can no longer be trusted: no more writes, the process ends for its operator.
    case final(Label)

    init(_ error: any Error) {
        if let error = error as? StoreError {
            switch error.kind {
            case .corrupt, .io: self = .final(Label(cause: error))
            case .full, .locked, .readOnly, .permission, .missing, .version, .expired, .other:
                self = .passing(Label(cause: error))
            }
        } else {
            self = .passing(Label(cause: error))
        }
    }
}

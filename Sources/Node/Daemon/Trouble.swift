import Replication

/// What a failure of the store means for a running node.
enum Trouble {
    /// There may be room, or time, later: nothing is lost, the node goes on.
    case passing(String)
    /// The file can no longer be trusted: no more writes, the process ends for its operator.
    case final(String)

    init(_ error: any Error) {
        if let error = error as? StoreError {
            switch error.kind {
            case .corrupt: self = .final(error.description)
            case .other where error.found.contains("I/O"): self = .final(error.description)
            case .full, .locked, .readOnly, .permission, .missing, .version, .other: self = .passing(error.description)
            }
        } else {
            self = .passing("\(error)")
        }
    }
}

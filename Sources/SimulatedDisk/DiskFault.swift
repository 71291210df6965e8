/// What can go wrong with a disk.
public enum DiskFault: String, CaseIterable, Sendable {
    /// No room from that write on, until `makeRoom`; what does not grow a file still goes.
    case full
    /// One write fails half way.
    case write
    /// One sync fails; what it should have made durable never is, unless it is written anew.
    case sync
    /// One read fails.
    case read
    /// Nothing works from that change on, until `restart`.
    case power
}

/// What a disk is asked to do.
public enum DiskOperation: String, CaseIterable, Sendable {
    case open, read, write, truncate, sync, delete

    /// The faults that this operation can meet.
    var faults: [DiskFault] {
        switch self {
        case .open: []
        case .read: [.read]
        case .write: [.power, .full, .write]
        case .sync: [.power, .sync]
        case .truncate, .delete: [.power]
        }
    }
}

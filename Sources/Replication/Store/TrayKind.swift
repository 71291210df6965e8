/// What lies in a node's tray: alerts for its people, and queues of the machine's own in the same table.
public enum TrayKind: String, Sendable, CaseIterable {
    /// An own line that the office could not read.
    case quarantine
    /// A clash after a restore, or a row offered without a seal.
    case recovery
    /// Something that an operator has to know.
    case alarm
    /// Rows that were mended by their sums.
    case repair
    /// After a restore the office has decided otherwise than it had told.
    case outcome
    /// The office gave a card of this department another index, since its own was taken; the text is the former one.
    case renumbered
    /// Rows of a lost stretch that are still to be offered to the office.
    case setAside
    /// Rows that were offered and have not been read again yet.
    case offered
    /// A difference that the office has not been told of yet.
    case differs

    /// Whether people must look at it; what is not for them is a queue that the machine empties itself.
    public var isAlert: Bool {
        switch self {
        case .quarantine, .recovery, .alarm, .repair, .outcome, .renumbered: true
        case .setAside, .offered, .differs: false
        }
    }

    public static let alerts = allCases.filter(\.isAlert)
    public static let queues = allCases.filter { !$0.isAlert }
}

/// What became of an operation in its log beside its outcome.
public enum Decision: String, Sendable, CaseIterable {
    /// Held work that was adopted.
    case adopted
    /// Held work that was declined.
    case declined
    /// Its author has read the refusal.
    case dismissed
    /// It goes on under another name.
    case reissued
    /// The office could not read it.
    case quarantined
}

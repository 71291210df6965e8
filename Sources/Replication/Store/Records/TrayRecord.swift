/// Something that a person must look at: quarantined lines, clashes of a recovery, alarms, unexplained repairs.
public struct TrayRecord: Sendable, Equatable {
    public var id: Int64
    public var kind: TrayKind
    /// What it is about: a write, an appeal, a node.
    public var subject: String
    public var text: String
    public var bytes: [UInt8]
    public var at: Int64

    /// An item of the tray; the store gives it its number.
    public init(id: Int64 = 0, kind: TrayKind, subject: String, text: String, bytes: [UInt8] = [], at: Int64) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.text = text
        self.bytes = bytes
        self.at = at
    }

    /// Words of a `recovery` row that the office has not sealed, and of the alarm that there were too many.
    public static let unsealed = "without this office's seal"
    public static let flood = "recovery flood"
    /// Words of an alarm that asks the operator to decide about an appeal that is suspended.
    public static let undecidedErasure = "erasure told without this office's seal"
    /// Words of an alarm that a node claims what it cannot show.
    public static let withoutEvidence = "without evidence"
    /// How an alarm begins that two copies of a node's directory run, and that the office is proven to be behind.
    public static let clone = "clone: "
    public static let officeBehind = "office behind: "
    /// Whether this is a row that a department offered without a fitting seal; its bytes are the row.
    public var isUnsealed: Bool { kind == .recovery && text.contains(Self.unsealed) && !bytes.isEmpty }
}

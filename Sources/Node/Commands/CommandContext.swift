public import Appeals
public import CanonicalJSON
public import Cryptography
public import Replication

/// What a command needs of a node: made by a running node, or by the command line on a stopped node's directory.
///
/// It belongs to one thread (or one actor) at a time, as its store does.
public final class CommandContext {
    public let role: NodeRole
    public let node: String
    /// Of answers to whoever names none.
    public let language: Language
    public let store: any Store
    public let office: Office?
    public let department: Department?
    /// Unix milliseconds.
    public let now: () -> Int64
    /// Wakes whoever waits for these streams at the office.
    public let changed: ([String]) -> Void
    /// Wakes the link of a department: something was added to its log.
    public let acted: () -> Void
    /// What only a running node can do, by the name of the command: `sync now`, `doctor`.
    public let extra: [String: (JSONObject) throws -> JSON]
    /// Who is admitted, at an office.
    public let admissions: Admissions
    /// Random bytes as hexadecimal digits; from outside, so that a test can repeat itself.
    let draw: (Int) -> String

    public init(
        office: Office,
        store: any Store,
        language: Language = .ukrainian,
        now: @escaping () -> Int64,
        changed: @escaping ([String]) -> Void = { _ in },
        admissions: Admissions = Admissions(),
        extra: [String: (JSONObject) throws -> JSON] = [:],
        draw: @escaping (Int) -> String = { RandomBytes.hex($0) }
    ) {
        role = .office
        node = office.node
        self.language = language
        self.store = store
        self.office = office
        department = nil
        self.now = now
        self.changed = changed
        acted = {}
        self.admissions = admissions
        self.extra = extra
        self.draw = draw
    }

    public init(
        department: Department,
        store: any Store,
        language: Language = .ukrainian,
        now: @escaping () -> Int64,
        acted: @escaping () -> Void = {},
        extra: [String: (JSONObject) throws -> JSON] = [:],
        draw: @escaping (Int) -> String = { RandomBytes.hex($0) }
    ) {
        role = .department
        node = department.node
        self.language = language
        self.store = store
        office = nil
        self.department = department
        self.now = now
        changed = { _ in }
        admissions = Admissions()
        self.acted = acted
        self.extra = extra
        self.draw = draw
    }
}

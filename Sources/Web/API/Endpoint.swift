import Commands
import Desk

/// A row of the desk's table as programs reach it.
///
/// One rule for all. What acts is `POST /api/v1/acts/answer-draft`: the row's name with a hyphen, its inputs a JSON object.
/// What reads is a `GET`: the row's group, in the plural where the group has a list (`appeals`); then what it must name
/// (`/appeals/{appeal}`), and its verb (`/appeals/{appeal}/history`) unless that is `list`, or `show` of what is named or
/// of the only one there is (`/calendar`). Its other inputs stand in the query. What only the program at the machine does
/// has none.
struct Endpoint: Sendable {
    static let prefix = "/api/v1"

    let command: Command
    /// What programs give, in the order of the table: all inputs but who asks, which the session says, and paths of files that
    /// only the terminal writes.
    let inputs: [UseCase.Input]
    /// Of these what stands in the path.
    let inPath: [UseCase.Input]
    let path: String

    var row: UseCase { command.row }
    var name: String { row.name }
    var isReading: Bool { row.isReading }
    var method: String { isReading ? "GET" : "POST" }
    /// Of all inputs those that are in the query, or are members of the body.
    var others: [UseCase.Input] { inputs.filter { input in !inPath.contains { $0.name == input.name } } }

    init(_ command: Command) {
        self.command = command
        let row = command.row
        inputs = row.inputs.filter { $0.name != UseCase.Input.actor.name && !$0.type.isOfTerminal }
        guard row.isReading else {
            inPath = []
            path = Self.prefix + "/acts/" + row.slug
            return
        }
        // A place is words, with slashes in them; what is looked for may be anything.
        inPath = row.operands.filter { $0.isRequired && $0.type != .place && $0.type != .query }
        let verb = String(row.name.dropFirst(row.group.count + 1))
        let isGroup = Self.groupsWithList.contains(row.group)
        let isPlain = verb.isEmpty || verb == "list" || verb == "show" && (!inPath.isEmpty || !isGroup)
        let named = inPath.map { "{\($0.name)+}" }
        let segments = [isGroup ? row.group + "s" : row.group] + named + (isPlain ? [] : [verb])
        path = Self.prefix + "/" + segments.joined(separator: "/")
    }

    private static let groupsWithList = Set(UseCase.all.filter { $0.name == $0.group + " list" }.map(\.group))

    /// All of them, in the order of the table.
    static let all = UseCase.all.filter { $0.place != .withoutNode && $0.writes.standing != .machine }
        .compactMap { Commands.named($0.name) }.map(Endpoint.init)

    /// The path of a row, without its inputs; nil where programs do not reach it.
    static func of(_ row: UseCase) -> Endpoint? { byName[row.name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

extension Endpoint {
    /// Bytes of a body: of one operation, whose letters may each be written as six bytes (`\u0456`).
    static let longestBody = 512 << 10
    /// Of what takes long, which brings a register.
    static let longestRegister = InputType.longestFile + longestBody

    /// Bytes of a body at most; a reading has none.
    var longest: Int { isReading ? 0 : row.lane == .long ? Self.longestRegister : Self.longestBody }

    var lane: WebLane {
        switch row.lane {
        case .reading: .reading
        case .acting: .acting
        case .long: .long
        }
    }

    /// Whether it takes an `Idempotency-Key`: it writes one operation, which keeps the key.
    ///
    /// An import writes many: what it has done is known again by the source and the key of each row, a street by its id. What
    /// writes no operation (who is admitted, what is dismissed) does nothing when it is repeated; an invitation is a new one
    /// each time.
    var takesKey: Bool { !isReading && row.lane == .acting && row.place == .store && !row.writes.kinds.isEmpty }

    /// The input that names the card on which it acts, whose tag `If-Match` takes; nil if it acts on none.
    var card: UseCase.Input? {
        isReading || row.lane != .acting
            ? nil : row.operands.first { $0.isRequired && ($0.type == .appeal || $0.type == .disagreement) }
    }
}

extension UseCase {
    /// Whether it only reads.
    fileprivate var isReading: Bool { writes.standing == .reader && lane != .acting }
    /// `answer-draft`.
    fileprivate var slug: String { name.split(separator: " ").joined(separator: "-") }
}

extension InputType {
    /// Whether it is a path that means nothing but at the terminal.
    fileprivate var isOfTerminal: Bool { self == .file || self == .directory || self == .program }
}

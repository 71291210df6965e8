public import CanonicalJSON

/// The fate of an operation.
///
/// The order is from best to worst: an operation's status is the worst of its registers.
public enum OutcomeStatus: String, Sendable, CaseIterable, Comparable {
    case accepted
    /// Only of a register: what is in force says the same to a reader, and stays.
    case same
    case acceptedLate, conflict, held, refused, erased

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    /// The worse one is the greater.
    public static func < (a: OutcomeStatus, b: OutcomeStatus) -> Bool { a.rank < b.rank }

    /// What the clerk reads.
    public var ukrainian: String {
        switch self {
        case .accepted: "Прийнято"
        case .same: "Те саме значення вже діє"
        case .acceptedLate: "Прийнято після закінчення доручення"
        case .conflict: "Розбіжність: обидва значення збережено"
        case .held: "Очікує рішення"
        case .refused: "Не прийнято"
        case .erased: "Стерто"
        }
    }

    /// The same in English.
    public var english: String {
        switch self {
        case .accepted: "Accepted"
        case .same: "The same value is in force"
        case .acceptedLate: "Accepted after the assignment ended"
        case .conflict: "Conflict: both values are kept"
        case .held: "Waits for a decision"
        case .refused: "Not accepted"
        case .erased: "Erased"
        }
    }
}

extension Outcome {
    /// The reason, or the status if there is none.
    public var label: Label {
        guard size == nil else { return reason?.label(path: path, size: size) ?? Label("") }
        return Label(uk: reason?.ukrainian ?? status.ukrainian, en: reason?.english ?? status.english)
    }
}

/// The recorded outcome of one operation, as its line in a reply says.
public struct Outcome: Sendable, Equatable {
    /// The log of the operation.
    public var origin: Origin
    /// Its number there.
    public var number: Int64
    /// The operation's id: by number alone a copy of the node could be taken for it.
    public var id: String
    /// The worst of the registers, or the verdict of a guard.
    public var status: OutcomeStatus
    /// Why it is not simply accepted.
    public var reason: Reason?
    /// The field, register or entity that decided.
    public var path: String
    /// What was met and the limit that it breaks, if a limit decided.
    public var size: Size?
    /// The first operation of a case that this one follows.
    public var first: String?
    /// The office's order, also of what had no effect.
    public var commit: Int64
    /// Each register with its own status, if the operation touched any.
    public var registers: [String: OutcomeStatus]
    /// What a person should look at: skew, a changed index.
    public var flags: [String]

    public init(
        origin: Origin,
        number: Int64,
        id: String,
        status: OutcomeStatus,
        reason: Reason? = nil,
        path: String = "",
        commit: Int64
    ) {
        self.origin = origin
        self.number = number
        self.id = id
        self.status = status
        self.reason = reason
        self.path = path
        self.commit = commit
        registers = [:]
        flags = []
    }

    /// The write name of the operation that it is about.
    public var write: String { "\(origin):\(number)" }

    /// As a line of a reply has it: what is empty is left out.
    public var json: JSON {
        var object: JSONObject = [
            "origin": .string(origin.description), "number": .integer(number), "id": .string(id),
            "outcome": .string(status.rawValue), "commit": .integer(commit),
        ]
        if let reason { object["reason"] = .string(reason.rawValue) }
        if !path.isEmpty { object["path"] = .string(path) }
        if let size { object["size"] = size.json }
        if let first { object["first"] = .string(first) }
        if !registers.isEmpty {
            object["registers"] = .object(JSONObject(members: registers.map { ($0.key, .string($0.value.rawValue)) }))
        }
        if !flags.isEmpty { object["flags"] = .array(flags.map(JSON.string)) }
        return .object(object)
    }

    /// Reads the bytes of a line; nil if it is not an outcome.
    public init?(line: some Collection<UInt8>) {
        guard let json = try? JSON(parsing: Array(line)) else { return nil }
        self.init(json)
    }

    /// Reads a line; nil if it is not an outcome.
    ///
    /// An unknown reason reads as none, so that newer offices can be read.
    public init?(_ json: JSON) {
        guard let origin = json["origin"]?.string.flatMap({ Origin($0) }), let number = json["number"]?.integer,
            let id = json["id"]?.string, Names.isHex(id, count: 64),
            let status = json["outcome"]?.string.flatMap(OutcomeStatus.init), let commit = json["commit"]?.integer
        else { return nil }
        self.init(
            origin: origin,
            number: number,
            id: id,
            status: status,
            reason: json["reason"]?.string.flatMap(Reason.init),
            path: json["path"]?.string ?? "",
            commit: commit
        )
        size = json["size"].flatMap(Size.init)
        first = json["first"]?.string
        flags = (json["flags"]?.array ?? []).compactMap(\.string)
        for (full, value) in json["registers"]?.object?.members ?? [] {
            guard let status = value.string.flatMap(OutcomeStatus.init) else { return nil }
            registers[full] = status
        }
    }
}

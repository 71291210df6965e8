import Appeals

/// How much life runs had, in days of a city of ten nodes.
public struct CityDays: Sendable {
    /// A day of a city of ten nodes.
    public static let day = CityDays(operations: 150, assignments: 30, exchanges: 200, faults: 10)

    /// Operations that people made and the office decided; what was issued again is no second one.
    public var operations = 0
    /// Resolutions, recalls and refusals of assignments that came into force.
    public var assignments = 0
    /// Requests that the office answered.
    public var exchanges = 0
    /// What befell messages, lines, machines, disks, clocks and keys: every strike of `Faults` that no person makes.
    public var faults = 0
    /// Seconds of the cities' own clock, times offices and departments: how long it all lived, however busily.
    public var nodeSeconds = 0

    /// The same in years.
    public var nodeYears: Double { Double(nodeSeconds) / 31_557_600 }

    /// A city that did nothing.
    public init() {}

    private init(operations: Int, assignments: Int, exchanges: Int, faults: Int) {
        (self.operations, self.assignments, self.exchanges, self.faults) = (operations, assignments, exchanges, faults)
    }

    /// The parts with their names, in one order.
    public static let parts: [(name: String, path: any WritableKeyPath<CityDays, Int> & Sendable)] = [
        ("operations", \.operations), ("assignments", \.assignments), ("exchanges", \.exchanges), ("faults", \.faults),
        ("node seconds", \.nodeSeconds),
    ]

    /// The days that are full in every part, and the part of which there is least.
    public var whole: (days: Double, limit: String) {
        Self.parts.filter { Self.day[keyPath: $0.path] > 0 }
            .map { (Double(self[keyPath: $0.path]) / Double(Self.day[keyPath: $0.path]), $0.name) }
            .min { $0.0 < $1.0 } ?? (0, "")
    }

    /// Runs of several seeds together.
    public mutating func add(_ other: CityDays) {
        for part in Self.parts { self[keyPath: part.path] += other[keyPath: part.path] }
    }

    private static let reassigns: Set<String> = ["resolution.issued", "assignment.recalled", "assignment.declined"]

    /// What a step of the office committed.
    mutating func add(_ committed: Committed) {
        for decided in committed.operations where !decided.isReplayed && decided.operation.reissues == nil {
            operations += 1
            let isInForce = [.accepted, .acceptedLate].contains(decided.outcome.status)
            if isInForce, Self.reassigns.contains(decided.operation.kind) { assignments += 1 }
        }
    }

    /// Counts of faults that strike; what only opens or closes one is left out.
    private static let strikes: Set<String> = [
        "loss", "duplication", "replay", "partition", "departmentCrash", "officeRestore", "departmentRollback",
        "corruption", "forgery",
        "requests lost one way", "replies lost one way", "partition of minutes", "partition of hours",
        "partition of weeks", "request cut", "reply cut", "clock jump within", "clock jump beyond", "clock drift",
        "office clock", "clone", "clone of an old backup", "revocation", "revoked before its request",
        "revoked between request and reply", "poison: unknown field", "poison: unknown appeal", "poison: unreadable",
        "officeCrash", "stopped by power", "stopped by process", "stopped by room",
    ]

    mutating func addFaults(of counts: [String: Int]) {
        for (name, count) in counts where Self.strikes.contains(name) { faults += count }
    }
}

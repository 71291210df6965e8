/// The probabilities of a run, drawn from its seed.
public struct Faults: Sendable {
    public var loss = 0.0
    public var duplication = 0.0
    /// A request that arrived twice or late is delivered again after this many milliseconds at most.
    public var delay: Int64 = 40
    /// A former reply of the same call comes instead of the present one.
    public var replay = 0.0
    public var partition = 0.0
    public var departmentCrash = 0.0
    public var officeRestore = 0.0
    public var departmentRollback = 0.0
    public var corruption = 0.0
    public var compaction = 0.0
    public var erasure = 0.0

    /// A department offers forged acts of the office after its restore.
    public var forgery = 0.0
    /// Readers not seen for this long (ms) no longer keep entries from compaction; 0: the product's own limit.
    public var absence: Int64 = 0

    /// Of disks only: the office's power, an error of one operation, no room for a while.
    public var officeCrash = 0.0
    public var diskError = 0.0
    public var diskFull = 0.0

    public static let none = Faults()

    /// Faults of disks, with a generator of their own: a seed has the same city on every medium.
    mutating func addDisk(_ random: inout Generator) {
        func maybe(_ most: Double) -> Double { random.chance(0.6) ? Double(random.below(1_000)) / 1_000 * most : 0 }
        departmentCrash = max(departmentCrash, maybe(0.06))
        officeCrash = maybe(0.08)
        diskError = maybe(0.03)
        diskFull = maybe(0.03)
    }

    /// Faults with a generator of their own, so that the schedules of known seeds stay as they are.
    mutating func addLater(_ random: inout Generator) {
        forgery = random.chance(0.3) ? 1 : 0
        absence = random.chance(0.4) ? 1_000 + Int64(random.below(9_000)) : 0
    }

    /// What only a few seeds have, in this one.
    mutating func addDisasters() {
        officeRestore = max(officeRestore, 0.02)
        departmentRollback = max(departmentRollback, 0.01)
        forgery = max(forgery, 0.5)
    }

    /// Faults of every kind, each in some seeds only, so that pure and combined runs both occur.
    public static func drawn(_ random: inout Generator) -> Faults {
        var faults = Faults()
        func maybe(_ most: Double) -> Double { random.chance(0.5) ? Double(random.below(1_000)) / 1_000 * most : 0 }
        faults.loss = maybe(0.2)
        faults.duplication = maybe(0.3)
        faults.delay = random.chance(0.3) ? 5_000 : 60
        faults.replay = maybe(0.05)
        faults.partition = maybe(0.04)
        faults.departmentCrash = maybe(0.03)
        faults.officeRestore = random.chance(0.4) ? maybe(0.008) : 0
        faults.departmentRollback = random.chance(0.4) ? maybe(0.01) : 0
        faults.corruption = random.chance(0.3) ? maybe(0.02) : 0
        faults.compaction = maybe(0.05)
        faults.erasure = random.chance(0.3) ? maybe(0.01) : 0
        return faults
    }
}

public import Replication

/// One run from one seed: a busy time with faults, a quiet time, and the verdict.
public struct Simulation {
    /// How a run ended.
    public enum Verdict: Sendable, Equatable {
        case agreed
        case wrong(String)
        case unsettled(String)
    }

    /// What the stores of a city lie on.
    public enum Profile: String, Sendable {
        /// Memory.
        case fast
        /// The product's own SQLite store, each node's on a disk that loses power, fails and fills up.
        case disk
    }

    /// What a seed is drawn with.
    public enum Draw: String, Sendable {
        /// The people and faults of the first seeds: what is known of them stays true.
        case first
        /// Those and what came next; without mistakes, answers of two, floods, pauses and foreign pages.
        case second
        /// Everything.
        case all
    }

    /// Settled within this virtual time (ms) after the faults stopped, or never.
    ///
    /// A lane that was cut off for long tries again after a quarter of an hour at most, and after a hello both lanes
    /// have at most a few refusals to get over.
    public static let patience: Int64 = 2_400_000

    public let seed: UInt64
    public var profile = Profile.fast
    public var rules = Rules()
    /// Nil: 3 to 12, by the seed.
    public var departments: Int?
    public var draw = Draw.all
    public var steps = 300
    /// How long a department that has nothing to do waits before it looks at the office again, in milliseconds.
    public var idleSleep: Int64 = 500
    public var faults: Faults?
    public var keepsTrace = false
    /// Whether every transaction of the product runs twice, the first time for nothing; one seed in four does.
    public var repeatsBodies: Bool
    /// Restores of the office and rollbacks of departments in every seed, not in some.
    public var isDisastrous = false
    /// With faults that are given: whether all people of a drawn city act, home departments and inspectors too.
    var hasEverybody = false
    /// Whether the office's store breaks its promise (`LateStore`).
    var entriesComeLate = false
    /// Kinds of writes of which the office's store loses every second one (`ForgetfulStore`).
    var forgotten: Set<WriteKind> = []

    /// Whether the report says what everything was in the end.
    public var takesFingerprint = false
    /// Told each line of the trace as it comes.
    public var tells: (String) -> Void = { _ in }

    public init(seed: UInt64) {
        self.seed = seed
        repeatsBodies = seed % 4 == 1
    }

    /// What a run gives.
    public struct Report: Sendable {
        public let verdict: Verdict
        public let trace: [String]
        public let counts: [String: Int]
        /// How long (virtual ms) the city took to settle after the faults stopped; 0 if it did not.
        public var settled: Int64 = 0
        /// SHA-256 over the trace, the counts and what every store holds at the end, in hex, if it was asked for.
        public var fingerprint = ""
        /// How much life it had.
        public var days = CityDays()
    }

    /// Plays the seed to its end, in this thread; never throws, since whatever goes wrong is the report's verdict.
    public func run() -> Report {
        do {
            let city = try makeCity()
            var report: Report
            do {
                let settled = try play(city)
                report = Report(verdict: .agreed, trace: city.trace, counts: city.totals, settled: settled)
            } catch let violation as City.Violation {
                let isSlow = violation.invariant == I12Liveness.name
                report = Report(
                    verdict: isSlow ? .unsettled("\(violation)") : .wrong("\(violation)"),
                    trace: city.trace,
                    counts: city.totals
                )
            } catch {
                report = Report(verdict: .wrong("\(error)"), trace: city.trace, counts: city.totals)
            }
            report.days = city.days
            report.days.addFaults(of: city.counts)
            report.days.nodeSeconds = Int(city.now - City.begin) / 1_000 * (city.sites.count + 1)
            if takesFingerprint { report.fingerprint = try I17SameTrace.fingerprint(city) }
            return report
        } catch {
            return Report(verdict: .wrong("\(error)"), trace: [], counts: [:])
        }
    }

    private func makeCity() throws -> City {
        // NB: a generator of its own, so that the number says nothing of what happens.
        var size = Generator(seed: seed ^ 0xC17E_5C17_E500_0003)
        let drawn = 3 + min(size.below(10), size.below(10))
        let city = try City(
            seed: seed,
            departments: departments ?? drawn,
            profile: profile,
            rules: rules,
            faults: faults,
            hasAll: draw != .first && (faults == nil || hasEverybody),
            hasNewest: draw == .all && (faults == nil || hasEverybody),
            repeatsBodies: repeatsBodies && profile == .fast,
            idleSleep: idleSleep
        )
        city.keepsTrace = keepsTrace || takesFingerprint
        city.tells = tells
        if entriesComeLate { city.breakStore() }
        if !forgotten.isEmpty { city.lose(forgotten, seed: seed) }
        if isDisastrous { city.faults.addDisasters() }
        return city
    }

    /// A busy time, then a quiet one; gives how long it took to settle.
    private func play(_ city: City) throws -> Int64 {
        for step in 0..<steps {
            try city.act()
            try city.run(until: city.now + Int64(city.random.below(400)))
            if step % 5 == 0 { try city.disasters() }
            try Checkers.step(step, city)
        }
        city.note("quiet")
        try city.heal()
        let begun = city.now
        try settle(city)
        return city.now - begun
    }

    private func settle(_ city: City) throws {
        let rounds = Int(Self.patience / 20_000)
        for patience in stride(from: rounds - 1, through: 0, by: -1) {
            try city.run(until: city.now + 20_000)
            do { return try Checkers.quiet(city) } catch let violation as City.Violation {
                if patience == 0 { throw violation }
                try city.mend()
            }
        }
    }
}

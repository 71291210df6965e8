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

    public let seed: UInt64
    public var profile = Profile.fast
    public var rules = Rules()
    public var departments = 3
    public var steps = 300
    public var faults: Faults?
    public var keepsTrace = false
    /// Restores of the office and rollbacks of departments in every seed, not in some.
    public var isDisastrous = false
    /// Whether the office's store breaks its promise (`LateStore`).
    var entriesComeLate = false

    public init(seed: UInt64) { self.seed = seed }

    /// What a run gives.
    public struct Report: Sendable {
        public let verdict: Verdict
        public let trace: [String]
        public let counts: [String: Int]
    }

    public func run() -> Report {
        do {
            let city = try City(seed: seed, departments: departments, profile: profile, rules: rules, faults: faults)
            city.keepsTrace = keepsTrace
            if entriesComeLate { city.breakStore() }
            if isDisastrous { city.faults.addDisasters() }
            do { try play(city) } catch let violation as City.Violation {
                let verdict: Verdict =
                    violation.invariant == "I12 liveness" ? .unsettled("\(violation)") : .wrong("\(violation)")
                return Report(verdict: verdict, trace: city.trace, counts: city.totals)
            } catch {
                return Report(verdict: .wrong("\(error)"), trace: city.trace, counts: city.totals)
            }
            return Report(verdict: .agreed, trace: city.trace, counts: city.totals)
        } catch {
            return Report(verdict: .wrong("\(error)"), trace: [], counts: [:])
        }
    }

    private func play(_ city: City) throws {
        for step in 0..<steps {
            try city.act()
            try city.run(until: city.now + Int64(city.random.below(400)))
            if step % 5 == 0 { try city.disasters() }
            try Checkers.positionsRise(city)
            if step % 10 == 0 {
                try Checkers.ownEditsVisible(city)
                for site in city.sites {
                    try city.told.check(site)
                    try Reissued.keepsOrder(site, city)
                }
            }
        }
        city.note("quiet")
        city.faults = .none
        city.officeMedium.heal()
        for site in city.sites {
            site.isCut = false
            site.medium.heal()
        }
        try settle(city)
        for site in city.sites { try city.told.check(site) }
        try Checkers.ownEditsVisible(city)
    }

    /// Settled within twenty virtual minutes after the faults stopped, or never.
    private func settle(_ city: City) throws {
        for patience in stride(from: 59, through: 0, by: -1) {
            try city.run(until: city.now + 20_000)
            do { return try Checkers.quiet(city) } catch let violation as City.Violation {
                if patience == 0 { throw violation }
            }
        }
    }
}

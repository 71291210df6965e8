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
        /// SHA-256 over the trace, the counts and what every store holds at the end, in hex.
        public let fingerprint: String
    }

    public func run() -> Report {
        do {
            let city = try City(seed: seed, departments: departments, profile: profile, rules: rules, faults: faults)
            city.keepsTrace = keepsTrace
            if entriesComeLate { city.breakStore() }
            if isDisastrous { city.faults.addDisasters() }
            do { try play(city) } catch let violation as City.Violation {
                let isSlow = violation.invariant == I12Liveness.name
                return try report(isSlow ? .unsettled("\(violation)") : .wrong("\(violation)"), of: city)
            } catch {
                return try report(.wrong("\(error)"), of: city)
            }
            return try report(.agreed, of: city)
        } catch {
            return Report(verdict: .wrong("\(error)"), trace: [], counts: [:], fingerprint: "")
        }
    }

    private func report(_ verdict: Verdict, of city: City) throws -> Report {
        Report(
            verdict: verdict,
            trace: city.trace,
            counts: city.totals,
            fingerprint: try I17SameTrace.fingerprint(city)
        )
    }

    private func play(_ city: City) throws {
        for step in 0..<steps {
            try city.act()
            try city.run(until: city.now + Int64(city.random.below(400)))
            if step % 5 == 0 { try city.disasters() }
            try Checkers.step(step, city)
        }
        city.note("quiet")
        city.faults = .none
        city.officeMedium.heal()
        for site in city.sites {
            site.isCut = false
            site.medium.heal()
        }
        try settle(city)
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

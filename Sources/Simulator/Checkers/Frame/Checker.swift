import Appeals
import Replication

/// A judge of a run: it names what it judges, and is asked at the moments of the protocols that it also has.
protocol Checker: SendableMetatype {
    /// As it stands in a violation: `I1 convergence`.
    static var name: String { get }
}

extension Checker {
    static func violation(_ seen: String) -> City.Violation { City.Violation(invariant: name, seen: seen) }
}

/// Is asked about every reply of the office, before it travels.
protocol ReplyChecker: Checker {
    static func judge(_ response: WireResponse, to request: WireRequest, of site: Site, in city: City) throws
}

/// Is asked about whatever a step of the office committed.
protocol CommitChecker: Checker {
    static func judge(_ committed: Committed, in city: City) throws
}

/// Is asked while life goes on: every so many acts of people.
protocol StepChecker: Checker {
    static var every: Int { get }
    static func whileBusy(_ city: City) throws
}

/// Is asked when the faults have stopped and all has been said.
protocol QuietChecker: Checker {
    static func whenQuiet(_ city: City) throws
}

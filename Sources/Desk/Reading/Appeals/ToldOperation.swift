package import Appeals
import CanonicalJSON
package import Replication

/// One operation of a log, as histories and explanations tell it.
package struct ToldOperation {
    /// `zhkg#5b1e90c2:12`.
    package let write: String
    package let kind: String
    /// The node that wrote it.
    package let node: String
    /// Who, in which role; empty once it was erased.
    package let user: String
    package let role: String
    /// Office: receive time, department: authoring time; unix milliseconds.
    package let at: Int64
    /// By its author's clock, unix milliseconds; nil once it was erased.
    package let authoredAt: Int64?
    /// What became of it; nil until the office has decided.
    package let status: OutcomeStatus?
    package let reason: Reason?
    /// The field that was refused; empty if none was.
    package let path: String
    /// The office's commit; 0 until there is one.
    package let commit: Int64
    /// What became of it after that.
    package let decision: Decision?
    /// What the office flagged it with; `Wording.flag` has the words.
    package let flags: [String]
    /// What it chose, of a settlement; nil of another, and once it was erased.
    package let choice: String?
    /// The case that it settles, by its name in the appeal; nil of another, and once it was erased.
    package let settles: String?
    /// Whose decision it records, where somebody else entered it.
    package let decider: Decider?
    /// Why, as its author said; empty if they did not.
    package let why: String

    /// Of a record; what was erased has no bytes left, and its place in the log still tells that it was.
    package init(_ record: OperationRecord) {
        let line = try? JSON(parsing: record.bytes, limits: Limits.operationJSON)
        let actor = line?["operation"]?["actor"]
        let outcome = record.outcome.flatMap { Outcome(line: $0) }
        write = "\(record.origin):\(record.number)"
        kind = record.kind
        node = record.origin.node
        user = actor?["user"]?.string ?? ""
        role = actor?["role"]?.string ?? ""
        at = record.at
        authoredAt = (line?["operation"]?["clock"]?.string).flatMap(HybridClock.init)?.milliseconds
        status = record.status
        reason = outcome?.reason
        path = outcome?.path ?? ""
        commit = record.commit
        decision = record.decision
        flags = outcome?.flags ?? []
        choice = line?["body"]?["choice"]?.string
        settles = ["conflict", "disagreement", "held"].lazy.compactMap { line?["body"]?[$0]?.string }.first
        decider = line?["body"].flatMap(Decider.init)
        why = line?["body"]?["reason"]?.string ?? ""
    }

    /// By what an address names the case that it settles, beside its card; nil of another.
    package var caseDigest: String? {
        let section: Section =
            switch kind {
            case "conflict.settled": .conflicts
            case "disagreement.settled": .disagreements
            default: .held
            }
        return settles.map { ShownAppeal.digest(section, $0) }
    }
}

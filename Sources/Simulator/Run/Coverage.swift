import Appeals
import CanonicalJSON
import Replication

/// What a full run must have met: every fault, lie, outcome, conflict rule and rare branch, by the names that are counted.
public enum Coverage {
    /// So many seeds with everything drawn are a full run.
    public static let fullRun: UInt64 = 1_000

    public static let faults: [String] =
        [
            "loss", "duplication", "replay", "partition", "departmentCrash", "officeRestore", "departmentRollback",
            "corruption", "compaction", "erasure", "forgery", "left behind",
            "requests lost one way", "replies lost one way", "partition of minutes", "partition of hours",
            "partition of weeks", "request cut", "reply cut", "push of the first lines", "clock jump within",
            "clock jump beyond", "clock drift", "office clock", "clone", "clone of an old backup",
            "clone beside a rollback", "readmitted after freezing", "revocation", "revoked before its request",
            "revoked between request and reply", "readmitted", "unknown kind", "unknown field of a newer schema",
            "upgrade of the office", "fields of a newer office", "poison: unknown field", "poison: unknown appeal",
            "poison: unreadable", "mass reassignment", "reassigned in a mass", "role ended", "inspector",
            "registered by a department", "declared without loss", "lie unheard", "flood", "declared by mistake",
            "pause", "verified backup", "wrong digest", "complaint", "complaint proposed", "complaint taken back",
            "pause beyond a request", "foreign page", "delay", "reordering", "days pass", "another projection",
            "projected again", "older program of the office", "between two of push", "between two of upkeep",
            "between two of re-hash", "between two of projecting again", "resumed while its grounds end",
            "removed from control", "registered again", "declined beside", "moved", "moved with the role", "left",
            "directory refused", "second resolution", "second resolution adopted",
        ] + Mistake.allCases.map { "mistake: " + $0.rawValue }

    /// Of the profile `disk` alone.
    public static let disk: [String] = [
        "officeCrash", "stopped by power", "stopped by process", "stopped by room", "disk torn", "disk lost",
        "disk fault power", "disk fault full", "disk fault read", "disk fault write", "disk fault sync",
    ]

    public static let rules = Disagreements.Rule.allCases.map { "rule " + $0.rawValue }

    /// Outcomes of departments' work and of the office's own, with their reasons.
    public static let outcomes: [String] = [
        "accepted", "acceptedLate", "conflict", "conflict follows", "erased erased", "held authorityEnded",
        "held appealExists", "held follows", "held newer", "held paused", "held roleEnded", "held authorityLost",
        "refused answersMissing", "refused authorityEnded", "refused authorityUnknown", "refused feedbackMissing",
        "refused follows", "refused lateTooOld", "refused notAuthorised", "refused roleMissing",
        "refused unknownAppeal", "refused unknownField", "refused wrongState", "refused resultMissing",
        "refused afterDue",
        "held secondResolution", "refused secondResolution",
    ].map { "outcome " + $0 }

    /// Branches that only small sizes, or bad luck, take: see `Sizes`.
    public static let points: [String] = [
        "page full", "second page of a snapshot", "page of erasures", "range narrowed", "rows fetched",
        "snapshot needed", "epoch changed", "hello needed", "office behind", "evidence wanted", "office stopped",
        "too large",
        "log fork", "log behind", "log closed", "log tokenStale", "log frozen", "log epoch", "answer gap",
        "answer fork", "answer unreadable", "clone refused", "flood of unsealed rows",
        "rollback found by evidence", "rollback found by the office itself", "erasure undecided",
    ].map { "point " + $0 }

    /// Everything that a full run of this profile must meet, by the names of its counts.
    public static func expected(_ profile: Simulation.Profile) -> [String] {
        faults + Lie.allCases.map { "lie " + $0.rawValue } + OfficeLie.allCases.map { "office lie " + $0.rawValue }
            + rules + outcomes + points + (profile == .disk ? disk : [])
    }

    /// What never came.
    public static func missing(in totals: [String: Int], _ profile: Simulation.Profile) -> [String] {
        expected(profile).filter { totals[$0] ?? 0 == 0 }
    }
}

extension City {
    func countOutcome(_ outcome: Outcome) {
        count("outcome \(outcome.status.rawValue)" + (outcome.reason.map { " \($0.rawValue)" } ?? ""))
    }

    /// What a reply shows of rare branches, and the outcomes in it.
    func countAnswers(_ response: WireResponse, _ request: WireRequest) {
        guard hasAll else { return }
        if let code = response.status == 200 ? nil : response.errorCode { return countRefusal(code) }
        guard response.status == 200, let last = Lines.last(response.body), let reply = SignedReply(Array(last))?.reply
        else { return }
        switch request.call {
        case .pull:
            if let to = reply["to"]?.integer, let head = reply["head"]?.integer, to < head { count("point page full") }
        case .snapshot: if request["after"] != "" { count("point second page of a snapshot") }
        case .hello:
            if let state = reply["log"]?["state"]?.string { count("point log " + state) }
            if reply["erasuresTo"] != nil { count("point page of erasures") }
        case .probe:
            if Lines.split(response.body).dropLast().contains(where: {
                String(decoding: $0, as: UTF8.self).contains("bounds")
            }) {
                count("point range narrowed")
            }
        case .fetch: count("point rows fetched")
        case .push:
            for line in Lines.split(response.body).dropLast() {
                guard let json = Self.read(line) else { continue }
                if let outcome = Outcome(json) {
                    countOutcome(outcome)
                } else if let answer = json["answer"]?.string {
                    count("point answer " + answer)
                }
            }
        case .receipts, .recovered, .operations, .outcomes, nil: break
        }
    }

    private static func read(_ line: ArraySlice<UInt8>) -> JSON? {
        do { return try JSON(parsing: Array(line), limits: Limits.aggregate) } catch { return nil }
    }

    private func countRefusal(_ code: ErrorCode) {
        switch code {
        case .snapshotNeeded: count("point snapshot needed")
        case .epochChanged: count("point epoch changed")
        case .helloNeeded: count("point hello needed")
        case .officeBehind: count("point office behind")
        case .evidenceWanted: count("point evidence wanted")
        case .stopped: count("point office stopped")
        case .tooLarge: count("point too large")
        case .frozen: count("point log frozen")
        case .clone: count("point clone refused")
        case .badRequest, .unknownCall, .tooManyTries, .notAllowed, .notApproved, .revoked, .unconfirmed,
            .foreignStream,
            .trouble:
            break
        }
    }

    /// The cases that stand on cards at the end, by rule, and what the trays tell.
    func countCases(_ totals: inout [String: Int]) throws {
        try officeStore.read { reading in
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                let appeal = try watch.read.aggregate(row)
                for case_ in appeal.items(.disagreements) + appeal.items(.conflicts) {
                    if let rule = case_.item.value["rule"]?.string { totals["rule " + rule, default: 0] += 1 }
                }
            }
            for item in try reading.tray(kind: nil, after: 0, limit: .max) {
                totals["office tray \(item.kind)", default: 0] += 1
                if item.text.hasPrefix(TrayRecord.flood) { totals["point flood of unsealed rows", default: 0] += 1 }
            }
        }
        for site in sites {
            for item in try site.store.read({ try $0.tray(kind: nil, after: 0, limit: .max) }) {
                totals["department tray \(item.kind)", default: 0] += 1
            }
        }
    }
}

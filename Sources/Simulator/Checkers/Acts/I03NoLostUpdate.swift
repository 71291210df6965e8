import Appeals
import CanonicalJSON
import Replication

/// I3: every operation has exactly one outcome, the same at its author's and at the office; it is the one that the
/// oracle allows; what was accepted is there, or a row of conflict names it.
///
/// Nothing that a person was told is saved is lost.
enum I03NoLostUpdate: CommitChecker, QuietChecker {
    static let name = "I3 no lost update"

    static func judge(_ committed: Committed, in city: City) throws {
        let oracle = Oracle(city)
        var states: [String: CaseFile?] = [:]
        var skipped: Set<String> = []
        for decided in committed.operations {
            guard let appeal = decided.operation.appeal, let change = committed.appeals[appeal] else { continue }
            if change.isRecovered { continue }
            if skipped.contains(appeal) { continue }
            let before = states[appeal] ?? change.before.map { CaseFile($0) }
            let verdict = try oracle.verdict(on: decided, before: before)
            guard verdict.allows(decided.outcome) else {
                throw violation(
                    "\(decided.operation.write) \(decided.operation.kind) is \(decided.outcome.status.rawValue) "
                        + "(\(decided.outcome.reason?.rawValue ?? "-")), by the design it is \(verdict)"
                )
            }
            guard let after = try oracle.after(decided, before) else {
                skipped.insert(appeal)
                continue
            }
            states[appeal] = .some(after.file)
        }
        for (appeal, state) in states.sorted(by: { $0.key < $1.key }) where !skipped.contains(appeal) {
            guard let state, let after = committed.appeals[appeal]?.after else { continue }
            if let difference = state.difference(to: after) { throw violation("\(appeal): \(difference)") }
        }
    }

    static func whenQuiet(_ city: City) throws {
        for site in city.judged { try sameOutcomes(site, city) }
        try decisionsTold(city)
        try nothingLost(city)
    }

    private static func sameOutcomes(_ site: Site, _ city: City) throws {
        try site.store.read { reading in
            for origin in try reading.origins(node: site.name) {
                for record in try reading.operations(origin.origin, after: 0, limit: .max) where !record.isReplaced {
                    let stored = try city.officeStore.read { try $0.operation(origin.origin, record.number) }
                    guard let stored, stored.id == record.id else {
                        if record.bytes.isEmpty || city.mayLack(site) { continue }
                        throw violation("the office lacks \(origin.origin):\(record.number) \(record.kind)")
                    }
                    if stored.status != record.status {
                        throw violation(
                            "\(origin.origin):\(record.number) is \(record.status?.rawValue ?? "-") here, "
                                + "\(stored.status?.rawValue ?? "-") at the office"
                        )
                    }
                    // Word for word: with its commit, its reason and what it says of each register.
                    if said(stored) != said(record) {
                        throw violation(
                            "\(origin.origin):\(record.number) was told \(record.outcomeText), the office has "
                                + stored.outcomeText
                        )
                    }
                }
            }
        }
    }

    /// An outcome without the word that it came back after a restore: a second restore may know the first telling only.
    private static func said(_ record: OperationRecord) -> Outcome? {
        var outcome = record.outcome.flatMap { Outcome(line: $0) }
        outcome?.flags.removeAll { $0 == "replayed" }
        return outcome
    }

    /// Who wrote what had to wait knows how it was decided.
    private static func decisionsTold(_ city: City) throws {
        let decided = try city.officeStore.read { reading in
            try reading.rows(Space.appeals, generation: 0, after: "", limit: .max).flatMap { row in
                try city.watch.read.aggregate(row).items(.held).compactMap { name, item in
                    WriteName(name).map { ($0, item.value["state"]?.string ?? "") }
                }
            }
        }
        for (write, state) in decided where state != "waiting" {
            guard let site = city.judged.first(where: { $0.name == write.origin.node }),
                let known = try site.store.read({ try $0.operation(write.origin, write.number) }),
                known.status == .held, !known.isReplaced, known.decision == nil
            else { continue }
            throw violation("\(write) is \(state) at the office, its author still waits")
        }
    }

    /// What was saved is at the office: as a fact, in force, beside it, or waiting; or refused by name.
    private static func nothingLost(_ city: City) throws {
        var found: [String: Set<String>] = [:]
        var logged: [String: OperationRecord] = [:]
        try city.officeStore.read { reading in
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                found[row.key] = Tokens.found(in: row.bytes)
            }
            for node in city.nodeNames {
                for origin in try reading.origins(node: node) {
                    for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                        for token in try city.watch.read.operation(record).tokens { logged[token] = record }
                    }
                }
            }
        }
        for token in city.ledger.acts.keys.sorted() {
            guard let act = city.ledger.acts[token], !city.ledger.erased.contains(act.appeal),
                !city.frozen.contains(act.site), act.site != "office" || city.officeRestores == 0
            else { continue }
            guard let record = logged[token], let status = record.status else {
                throw violation("\(act.site)'s \(act.kind) \(token) on \(act.appeal) is nowhere at the office")
            }
            // Under a ground that ended more than 30 days ago even a fact is refused (DESIGN.md "Policy"), and that of a
            // person whom the appeal complains about (C13): whether rightly so is asked at its commit.
            let isFact =
                ["note.added", "feedback.recorded", "answer.drafted"].contains(act.kind)
                && !["lateTooOld", "notAuthorised"].contains { record.outcomeText.contains($0) }
            if status == .refused, isFact, city.officeRestores == 0 {
                throw violation(
                    "\(act.site)'s \(act.kind) \(token) was refused, though it is a fact: \(record.outcomeText)"
                )
            }
            // A correction that was in force may be replaced by one that had seen it: its operation stays in the log.
            if status == .refused || status == .erased || act.kind == "appeal.corrected" { continue }
            if status == .held, city.officeRestores > 0 || found[act.appeal] == nil || record.kindIsUnknown { continue }
            if status == .held, try isOwed(record, city) { continue }
            guard let words = found[act.appeal] else {
                if try isTold(act.appeal, city) { continue }
                throw violation("\(act.kind) \(token) was \(status.rawValue) but \(act.appeal) is gone")
            }
            guard words.contains(token) else {
                throw violation(
                    "\(act.kind) \(token) was \(status.rawValue) but is not on \(act.appeal): "
                        + record.outcomeText
                )
            }
        }
    }

    /// Held beside the card, since it is another's or the kind was not known: the debt is where it waits, or was declined.
    private static func isOwed(_ record: OperationRecord, _ city: City) throws -> Bool {
        let write = WriteName(origin: record.origin, number: record.number).description
        return try city.officeStore.read { try $0.debt(.decision, node: record.origin.node, subject: write) } != nil
    }

    /// After a restore nobody held the card any more: the words are in the log, and the operator's tray says so.
    private static func isTold(_ appeal: String, _ city: City) throws -> Bool {
        guard city.officeRestores > 0 else { return false }
        return try city.officeStore.read { try $0.tray(kind: .recovery, after: 0, limit: .max) }
            .contains { $0.subject == appeal }
    }
}

extension OperationRecord {
    /// Of a kind that this version does not know: nobody is shown it.
    var kindIsUnknown: Bool { Kinds.named(kind) == nil }
    var outcomeText: String { String(decoding: outcome ?? [], as: UTF8.self) }
}

import Appeals
import CanonicalJSON
import Replication

/// What an operation leaves of an appeal.
extension Oracle {
    /// Where an operation leaves an appeal; no file if it is gone.
    struct After { let file: CaseFile? }

    private func wrote(_ decided: Decided, _ file: CaseFile) -> [Wrote]? {
        Wrote.by(decided.operation, on: file, today: Today.date(decided.record.at).description)
    }

    /// The worst of its registers, by the policy's row for each (DESIGN.md "Policy").
    func status(_ decided: Decided, _ parties: Set<String>, isLate: Bool, _ file: CaseFile) throws -> OutcomeStatus {
        for case .register(let full, let value) in wrote(decided, file) ?? []
        where try !wins(full, value, decided.operation, parties, file) {
            return .conflict
        }
        return isLate ? .acceptedLate : .accepted
    }

    /// Whether a value comes in force: its base is current, or the value is the same, or the policy says so.
    private func wins(
        _ full: String,
        _ value: JSON,
        _ operation: Operation,
        _ parties: Set<String>,
        _ file: CaseFile
    ) throws -> Bool {
        guard let policy = Policy.register(Holding.bare(full)) else { return false }
        let current = file.register(full)
        if try staysTheSame(full, value, operation, parties, file) { return true }
        if current?.value == value { return true }
        guard policy.writes.contains(where: { parties.contains($0.rawValue) }) else { return false }
        if try saw(full, operation, current) { return true }
        switch policy.clash {
        case .officeOrder, .addWins: return true
        case .controller: return parties.contains("controller")
        case .firstWins, .keepBoth: return false
        }
    }

    /// The appeal after an operation that has this outcome; nil if the oracle does not foretell that kind.
    func after(_ decided: Decided, _ before: CaseFile?) throws -> After? {
        let operation = decided.operation, outcome = decided.outcome
        let write = operation.write.description
        guard outcome.status != .refused, outcome.status != .erased else { return After(file: before) }
        if operation.kind == "appeal.erased" { return After(file: nil) }
        guard var file = before ?? (operation.kind == "appeal.registered" ? CaseFile(nil) : nil) else {
            return After(file: nil)
        }
        if outcome.status == .held, file.isBeside(outcome) { return After(file: before) }
        if outcome.status == .held {
            let isKept = [.authorityEnded, .paused, .secondResolution].contains(outcome.reason)
            file.expect(isKept ? .held(state: "waiting") : .anything, .held, write)
            if outcome.reason != .newer { file.dispute(operation.body["assignment"]?.string) }
            return After(file: file)
        }
        guard let rule = KindRule.named(operation.kind), let wrote = wrote(decided, file) else { return nil }
        let isActLost = rule.isWhole && outcome.status == .conflict
        let isLost = outcome.reason == .follows || isActLost
        for said in wrote {
            switch said {
            case .register(let full, let value):
                // A register that is not named in the outcome has the outcome's own status.
                let status = outcome.registers[full] ?? outcome.status
                let inForce = !isLost && status != .conflict
                try put(full, value, inForce: inForce, isAct: rule.isWhole, decided, &file)
            case .fact(let full):
                guard !isActLost else { continue }
                file.expect(
                    .fact(
                        write: write,
                        commit: outcome.commit,
                        isLate: outcome.status == .acceptedLate,
                        isToldLate: Telling.isLate(decided, before)
                    ),
                    .facts,
                    "\(full) \(write)"
                )
            case .settled(let name, let register, let value):
                if let kept = file.beside(name) {
                    file.expect(.beside(kept, state: "settled"), .conflicts, name)
                }
                guard let value else { continue }
                file.expect(.item(Item(value: value, write: write, commit: outcome.commit)), .registers, register)
            }
        }
        if operation.kind == "answer.dispatched", operation.body["to"]?.string == "applicant" {
            file.dispute(operation.body["assignment"]?.string)
        }
        if outcome.flags.contains("indexTaken") {
            file.expect(.anything, .registers, "index")
            file.expect(.anything, .registers, "formerIndex")
        }
        file.reactToComplaint(
            write: write,
            commit: outcome.commit,
            today: Today.date(decided.record.at).description
        )
        file.noteWhatIsInForce()
        return After(file: file)
    }

    /// A value in force, and what it pushed aside; or a value that is kept beside.
    private func put(
        _ full: String,
        _ value: JSON,
        inForce: Bool,
        isAct: Bool,
        _ decided: Decided,
        _ file: inout CaseFile
    ) throws {
        let write = decided.operation.write.description
        let former = file.register(full)
        let parties = try parties(of: decided.operation, on: file)
        if try staysTheSame(full, value, decided.operation, parties, file) { return }
        guard inForce else {
            guard former?.value != value else { return }
            let settles = Policy.register(Holding.bare(full))?.settles == true && !isAct
            file.expect(.beside(value, state: settles ? "open" : "noted"), .conflicts, "\(full) \(write)")
            return
        }
        if let former, try !saw(full, decided.operation, former), former.value != value {
            file.expect(.beside(former.value, state: "noted"), .conflicts, "\(full) \(former.write)")
        }
        let item = Item(value: value, write: write, commit: decided.outcome.commit)
        file.expect(.item(item), .registers, full)
    }
}

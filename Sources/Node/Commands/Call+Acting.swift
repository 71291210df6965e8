import Appeals
import CanonicalJSON
import Replication

/// What a command wants done: the draft, and how to tell of it.
struct PendingAct {
    var draft: Draft
    /// What happened, for people: `Звернення зареєстровано`.
    var done: Label
    /// What machines want to know besides the outcome.
    var members = JSONObject()
    /// Lines after the first.
    var lines: [String] = []
    /// What to run next; may be empty.
    var next = ""
}

extension Call {
    /// Does one pending in one transaction and tells its outcome.
    func act(_ make: (any StoreTransaction) throws -> PendingAct) throws -> CommandResult {
        var pending: PendingAct?
        func draft(_ transaction: any StoreTransaction) throws -> Draft {
            let made = try make(transaction)
            pending = made
            return made.draft
        }
        if let department = context.department {
            let signed = try department.act(now: now, draft)
            context.acted()
            guard let pending else { preconditionFailure("a draft was made before it was saved") }
            return saved(pending, signed.operation)
        }
        guard let office = context.office else { preconditionFailure("a node is an office or a department") }
        let (outcomes, changed) = try office.act(now: now, count: 1) { transaction, _ in
            try Self.refuseIfBehind(transaction)
            return try draft(transaction)
        }
        context.changed(changed)
        guard let pending, let outcome = outcomes.first else { preconditionFailure("one draft has one outcome") }
        return decided(pending, outcome)
    }

    /// An act about a whole appeal; the draft comes with its kind, appeal and actor, and nothing in it.
    func actOnAppeal(
        _ kind: String,
        _ fill: (inout PendingAct, ShownAppeal, any StoreTransaction) throws -> Void
    ) throws -> CommandResult {
        try act { transaction in
            let shown = try shownAppeal(transaction)
            let draft = Draft(kind: kind, appeal: shown.id, actor: try actor(kind, transaction), body: [:])
            var pending = PendingAct(draft: draft, done: Label(""))
            try fill(&pending, shown, transaction)
            return pending
        }
    }

    /// What an office that is behind its nodes would sign gets write names that were given before.
    static func refuseIfBehind(_ reading: any StoreReading) throws {
        guard let found = try reading.value("stopped") else { return }
        throw CommandError(
            .integrity,
            "officeBehind",
            uk: "Центр відстав від своїх вузлів і не приймає дій: \(found)",
            en: "the office is behind its nodes and takes no work: \(found)",
            remedy: Label(
                uk: "Зупиніть вузол, тоді: kartoteka restore --declare",
                en: "Stop the node, then: kartoteka restore --declare"
            )
        )
    }

    /// A department's act: durable in its log, not with the office yet.
    private func saved(_ pending: PendingAct, _ operation: Operation) -> CommandResult {
        var members = pending.members
        members["write"] = .string(operation.write.description)
        members["outcome"] = "saved"
        if let appeal = pending.draft.appeal { members["appeal"] = .string(appeal) }
        if !pending.next.isEmpty { members["next"] = .string(pending.next) }
        let lines =
            [say(pending.done) + ". " + say("Збережено, ще не передано", "Saved, not sent yet")] + pending.lines
            + next(pending)
        return CommandResult(members, lines: lines)
    }

    /// The office's own act: it has its outcome at once.
    private func decided(_ pending: PendingAct, _ outcome: Outcome) -> CommandResult {
        var members = pending.members
        members["write"] = .string(outcome.write)
        members["outcome"] = .string(outcome.status.rawValue)
        members["commit"] = .integer(outcome.commit)
        if let reason = outcome.reason { members["reason"] = .string(reason.rawValue) }
        if !outcome.path.isEmpty { members["path"] = .string(outcome.path) }
        if !outcome.flags.isEmpty { members["flags"] = .array(outcome.flags.map(JSON.string)) }
        if let appeal = pending.draft.appeal { members["appeal"] = .string(appeal) }
        var lines = [self.outcome(outcome.status, outcome.reason, path: outcome.path)]
        switch outcome.status {
        case .accepted, .same, .acceptedLate:
            lines[0] = say(pending.done) + ". " + lines[0]
            lines += pending.lines
            if outcome.flags.contains("indexTaken") {
                lines.append(
                    say(
                        "Увага: такий індекс уже є; звернення отримало інший, див. картку",
                        "Note: the index was taken; the appeal has another one"
                    )
                )
            }
            if !pending.next.isEmpty { members["next"] = .string(pending.next) }
            lines += next(pending)
            return CommandResult(members, lines: lines)
        case .held, .conflict:
            lines.append(say("Далі: kartoteka conflict list", "Next: kartoteka conflict list"))
            return CommandResult(members, lines: lines, exit: .conflictsWaiting)
        case .refused, .erased:
            let remedy = outcome.reason.map { say(CommandError.remedy(of: $0)) } ?? ""
            if !remedy.isEmpty { lines.append(remedy) }
            return CommandResult(
                members,
                lines: lines,
                exit: outcome.reason.map(CommandError.exit) ?? .failed
            )
        }
    }

    private func next(_ pending: PendingAct) -> [String] {
        pending.next.isEmpty ? [] : [say("Далі: ", "Next: ") + pending.next]
    }

    /// An outcome in words: `Не прийнято: Потрібен рівно один відповідальний виконавець (body.assignments)`.
    func outcome(_ status: OutcomeStatus, _ reason: Reason?, path: String = "") -> String {
        var text = say(status.ukrainian, status.english)
        if let reason { text += ": " + say(reason.ukrainian, reason.english) }
        return path.isEmpty ? text : text + " (\(path))"
    }
}

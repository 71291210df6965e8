import Appeals
import CanonicalJSON
import Desk
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
        let done = try desk.act { transaction in
            let made = try make(transaction)
            pending = made
            return made.draft
        }
        guard let pending else { preconditionFailure("a draft was made before it was saved") }
        switch done {
        case .saved(let operation): return saved(pending, operation)
        case .decided(let outcome): return decided(pending, outcome)
        }
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
            let remedy = outcome.reason.map { say(DeskError.remedy(of: $0)) } ?? ""
            if !remedy.isEmpty { lines.append(remedy) }
            return CommandResult(
                members,
                lines: lines,
                exit: outcome.reason.map { DeskError(Refusal($0)).exit } ?? .failed
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

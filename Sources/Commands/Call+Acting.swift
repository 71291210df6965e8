import Appeals
import CanonicalJSON
import Desk
import Replication

/// How a command tells of an act that was done.
struct ActReport {
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
    /// The use cases, for who acts: `--as` must say it.
    func acting() throws(DeskError) -> Desk {
        _ = try required("as")
        return desk
    }

    /// That a card refers to numbers of another register.
    func notHere(_ numbers: [String]) -> [String] {
        numbers.map {
            say(
                "Увага: «\($0)» у цьому реєстрі немає; записано як номер іншого реєстру",
                "Note: \"\($0)\" is not in this register; it is kept as a number of another one"
            )
        }
    }

    /// Refuses an appeal that is not here, or is kept from who acts, before anything else that was typed is looked at.
    func checkAppeal() throws {
        let name = try required("appeal")
        _ = try desk.read { try desk.find(name, $0) }
    }

    /// Tells of an act and of what came of it.
    func tell<Subject>(_ acted: Acted<Subject>, _ report: ActReport) -> CommandResult {
        switch acted.done {
        case .saved(let operation): saved(report, acted.appeal, operation)
        case .decided(let outcome): decided(report, acted.appeal, outcome)
        }
    }

    /// Tells of an act of which only its name is told.
    func tell<Subject>(_ acted: Acted<Subject>, uk: String, en: String, next: String = "") -> CommandResult {
        tell(acted, ActReport(done: Label(uk: uk, en: en), next: next))
    }

    /// Tells of an act on an assignment.
    func tell(_ acted: Acted<AboutAssignment>, uk: String, en: String, next: String = "") -> CommandResult {
        let members: JSONObject = ["assignment": .string(acted.subject.assignment)]
        return tell(acted, ActReport(done: Label(uk: uk, en: en), members: members, next: next))
    }

    /// A department's act: durable in its log, not with the office yet.
    private func saved(_ report: ActReport, _ appeal: String?, _ operation: Operation) -> CommandResult {
        var members = report.members
        members["write"] = .string(operation.write.description)
        members["outcome"] = "saved"
        if let appeal { members["appeal"] = .string(appeal) }
        if !report.next.isEmpty { members["next"] = .string(report.next) }
        let lines =
            [say(report.done) + ". " + say("Збережено, ще не передано", "Saved, not sent yet")] + report.lines
            + next(report)
        return CommandResult(members, lines: lines)
    }

    /// The office's own act: it has its outcome at once.
    private func decided(_ report: ActReport, _ appeal: String?, _ outcome: Outcome) -> CommandResult {
        var members = report.members
        members["write"] = .string(outcome.write)
        members["outcome"] = .string(outcome.status.rawValue)
        members["commit"] = .integer(outcome.commit)
        if let reason = outcome.reason { members["reason"] = .string(reason.rawValue) }
        if !outcome.path.isEmpty { members["path"] = .string(outcome.path) }
        if !outcome.flags.isEmpty { members["flags"] = .array(outcome.flags.map(JSON.string)) }
        if let appeal { members["appeal"] = .string(appeal) }
        var lines = [self.outcome(outcome.status, outcome.reason, path: outcome.path)]
        let remedy = outcome.reason.map { say(DeskError.remedy(of: $0)) } ?? ""
        switch outcome.status {
        case .accepted, .same, .acceptedLate:
            // That it was accepted goes without saying at the office.
            let isPlain = outcome.status == .accepted && outcome.reason == nil
            lines[0] = say(report.done) + (isPlain ? "." : ". " + lines[0])
            lines += report.lines
            for flag in outcome.flags where [StatedDate.flag, StatedDate.lateFlag].contains(flag) {
                lines.append(say("Увага: ", "Note: ") + say(Wording.flag(flag)))
            }
            if outcome.flags.contains("indexTaken") {
                lines.append(
                    say(
                        "Увага: такий індекс уже є; звернення отримало інший, див. картку",
                        "Note: the index was taken; the appeal has another one"
                    )
                )
            }
            if !report.next.isEmpty { members["next"] = .string(report.next) }
            lines += next(report)
            return CommandResult(members, lines: lines)
        case .held, .conflict:
            lines.append(
                remedy.isEmpty ? say("Далі: kartoteka conflict list", "Next: kartoteka conflict list") : remedy
            )
            return CommandResult(members, lines: lines, exit: .conflictsWaiting)
        case .refused, .erased:
            if !remedy.isEmpty { lines.append(remedy) }
            return CommandResult(
                members,
                lines: lines,
                exit: outcome.reason.map { DeskError(Refusal($0)).exit } ?? .failed
            )
        }
    }

    private func next(_ report: ActReport) -> [String] {
        report.next.isEmpty ? [] : [say("Далі: ", "Next: ") + report.next]
    }

    /// An outcome in words: `Не прийнято: Потрібен рівно один відповідальний виконавець (body.assignments)`.
    func outcome(_ status: OutcomeStatus, _ reason: Reason?, path: String = "") -> String {
        say(Wording.outcome(status, reason, path: path))
    }
}

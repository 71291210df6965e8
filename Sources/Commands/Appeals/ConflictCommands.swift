import Appeals
import CanonicalJSON
import Desk
import Replication

/// `conflict list|show|settle`, `held adopt|decline`.
extension Commands {
    static let conflictList = Command(.conflictList) { call in
        let page = try call.casePage()
        var members: JSONObject = [
            "cases": .array(page.cases.map { $0.json(call, page.deciders[$0.id]) })
        ]
        var lines = page.lines(call) + page.waiting.flatMap { $0.lines(call) }
        if !page.waiting.isEmpty { members["waiting"] = .array(page.waiting.map(\.json)) }
        if lines.isEmpty { lines = [call.say("Невирішених розбіжностей немає.", "Nothing waits for a decision.")] }
        if let next = page.next {
            members["next"] = .string(next.description)
            lines.append(call.say("Це не все. Далі: ", "There is more. Next page: ") + "--after \(next)")
        } else if let first = page.cases.first {
            lines.append(call.say("Далі: kartoteka conflict show ", "Next: kartoteka conflict show ") + first.id)
        }
        if page.recovered > 0 {
            members["recovery"] = .integer(Int64(page.recovered))
            lines.append(
                call.say(
                    "Після відновлення у лотку ще \(page.recovered): kartoteka tray list --kind recovery",
                    "After a restore the tray has \(page.recovered) more: kartoteka tray list --kind recovery"
                )
            )
        }
        return CommandResult(members, lines: lines, exit: page.isEmpty ? .ok : .conflictsWaiting)
    }

    static let conflictShow = Command(.conflictShow) { call in
        let (open, appeal, deciders, names) = try call.desk.read { reading in
            let (open, appeal) = try call.desk.openCase(try call.required("case"), reading)
            let deciders = try call.desk.deciders(of: open, appeal.appeal, reading)
            return (open, appeal, deciders, try call.desk.names(of: [open], reading))
        }
        var lines = [open.line(call, names), deciders.line(call)] + open.details(call, names)
        lines += open.choices.map { "  --choose \($0): " + call.say(Wording.choice($0)) }
        lines.append(
            call.say("Далі: ", "Next: ") + "kartoteka conflict settle \(open.id) --as … --choose … --reason …"
        )
        return CommandResult(["case": open.json(call, deciders), "index": .string(appeal.index)], lines: lines)
    }

    static let conflictSettle = Command(.conflictSettle) { call in
        let choice = try call.required("choose")
        let acted = try call.acting().settle { reading in
            let (open, shown) = try call.desk.openCase(try call.required("case"), reading)
            guard open.choices.contains(choice) else {
                let known = open.choices.joined(separator: ", ")
                throw DeskError.usage(
                    "unknownChoice",
                    uk: "--choose \(choice): вкажіть одне з \(known)",
                    en: "--choose \(choice): give one of \(known)"
                )
            }
            let fields = SettlementFields(
                section: open.section,
                name: open.name,
                choice: choice,
                reason: call.text("reason")
            )
            return (fields, shown, (id: open.id, title: shown.title))
        }
        let (id, words) = (acted.subject.id, Wording.choice(choice))
        return call.tell(
            acted,
            uk: "Розбіжність \(id) вирішено: \(words.uk)",
            en: "\(id) is settled: \(words.en)",
            next: "kartoteka appeal show \(acted.subject.title)"
        )
    }

    static let heldAdopt = Command(.heldAdopt) { call in try call.decide(adopt: true) }

    static let heldDecline = Command(.heldDecline) { call in try call.decide(adopt: false) }
}

extension Call {
    /// What waits in the appeal that is named, or a page of all that waits.
    fileprivate func casePage() throws -> CasePage {
        if let appeal = text("appeal") { return try desk.cases(ofAppeal: appeal) }
        let limit = try limit()
        return try desk.cases(after: try mark(CaseMark.init), limit: limit)
    }

    fileprivate func decide(adopt: Bool) throws -> CommandResult {
        let acted = try acting().decideHeld(
            try required("appeal"),
            held: text("held"),
            adopts: adopt,
            reason: text("reason")
        )
        return tell(
            acted,
            uk: adopt ? "Роботу прийнято" : "Роботу відхилено",
            en: adopt ? "The work is adopted" : "The work is declined",
            next: acted.subject.title.map { "kartoteka appeal show \($0)" } ?? "kartoteka conflict list"
        )
    }
}

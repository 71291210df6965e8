import Appeals
import CanonicalJSON
import Desk
import Replication

/// `conflict list|show|settle`, `held adopt|decline`.
extension Commands {
    private static let caseOperand = CommandOption.required(
        "case",
        "CASE",
        uk: "розбіжність, як її назвав conflict list",
        en: "the case, as conflict list names it"
    )
    private static let heldOption = CommandOption.text("held", "WRITE", uk: "яку саме дію", en: "which operation")

    static let conflictList = Command(
        "conflict list",
        uk: "Показати все, що чекає рішення",
        en: "List everything that waits for a decision",
        options: [
            .text("appeal", "APPEAL", uk: "лише одного звернення", en: "of one appeal only"), .reader, .limit, .after,
        ],
        example: "kartoteka conflict list"
    ) { call in
        let page = try call.casePage()
        var members: JSONObject = ["cases": .array(page.cases.map { $0.json(call) })]
        var lines = page.cases.map { $0.line(call) } + page.waiting.flatMap { $0.lines(call) }
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

    static let conflictShow = Command(
        "conflict show",
        uk: "Показати одну розбіжність",
        en: "Show one case",
        operands: [caseOperand],
        options: [.reader],
        example: "kartoteka conflict show К-101.7be21f"
    ) { call in
        let (open, appeal) = try call.desk.openCase(try call.required("case"))
        var lines = [open.line(call)] + open.details(call)
        lines += open.choices.map { "  --choose \($0): " + call.say(Wording.choice($0)) }
        lines.append(
            call.say("Далі: ", "Next: ") + "kartoteka conflict settle \(open.id) --as … --choose … --reason …"
        )
        return CommandResult(["case": open.json(call), "index": .string(appeal.index)], lines: lines)
    }

    static let conflictSettle = Command(
        "conflict settle",
        uk: "Вирішити розбіжність",
        en: "Settle a case",
        operands: [caseOperand],
        options: [
            .actor,
            .required(
                "choose",
                "CHOICE",
                uk: "один із варіантів, що їх показує conflict show",
                en: "one of the choices that conflict show gives"
            ),
            .optionalReason,
        ],
        example:
            "kartoteka conflict settle К-101.7be21f --as koval --choose acceptFormer --reason \"Роботи вже виконано\""
    ) { call in
        try call.act { transaction in
            let (open, shown) = try call.desk.openCase(try call.required("case"), transaction)
            let choice = try call.required("choose")
            guard open.choices.contains(choice) else {
                let known = open.choices.joined(separator: ", ")
                throw DeskError.usage(
                    "unknownChoice",
                    uk: "--choose \(choice): вкажіть одне з \(known)",
                    en: "--choose \(choice): give one of \(known)"
                )
            }
            let draft = try call.settlement(open, shown, choice, transaction)
            return PendingAct(
                draft: draft,
                done: Label(
                    uk: "Розбіжність \(open.id) вирішено: \(Wording.choice(choice).uk)",
                    en: "\(open.id) is settled: \(Wording.choice(choice).en)"
                ),
                next: "kartoteka appeal show \(shown.title)"
            )
        }
    }

    static let heldAdopt = Command(
        "held adopt",
        uk: "Прийняти роботу, що очікує рішення",
        en: "Adopt work that waits",
        operands: [.appeal],
        options: [
            .actor, heldOption, .optionalReason,
        ],
        example: "kartoteka held adopt К-101 --as koval --reason \"Перевірено\""
    ) { call in try call.decide(adopt: true) }

    static let heldDecline = Command(
        "held decline",
        uk: "Відхилити роботу, що очікує рішення",
        en: "Decline work that waits",
        operands: [.appeal],
        options: [
            .actor, heldOption, .reason,
        ],
        example: "kartoteka held decline К-101 --as koval --reason \"Відповідає новий виконавець\""
    ) { call in try call.decide(adopt: false) }
}

extension Call {
    /// What waits in the appeal that is named, or a page of all that waits.
    fileprivate func casePage() throws -> CasePage {
        if let appeal = text("appeal") { return try desk.cases(ofAppeal: appeal) }
        let limit = try limit()
        return try desk.cases(after: try mark(CaseMark.init), limit: limit)
    }

    fileprivate func settlement(
        _ open: OpenCase,
        _ shown: ShownAppeal,
        _ choice: String,
        _ reading: any StoreReading
    ) throws -> Draft {
        var body = JSONObject()
        let kind: String
        switch open.section {
        case .conflicts:
            kind = "conflict.settled"
            body = ["conflict": .string(open.name), "choice": .string(choice)]
            body["reason"] = text("reason").map(JSON.string)
        case .held: return try decision(of: open.name, adopt: choice == "adopt", shown, reading)
        case .disagreements, .facts, .registers:
            kind = "disagreement.settled"
            body = [
                "disagreement": .string(open.name), "choice": .string(choice),
                "reason": .string(try required("reason")),
            ]
        }
        return Draft(kind: kind, appeal: shown.id, actor: try actor(kind, reading), body: body)
    }

    /// The draft that adopts or declines held work; whoever declines it says why.
    private func decision(
        of held: String,
        adopt: Bool,
        _ shown: ShownAppeal,
        _ reading: any StoreReading
    ) throws -> Draft {
        let kind = adopt ? "held.adopted" : "held.declined"
        var body: JSONObject = ["held": .string(held)]
        body["reason"] = adopt ? text("reason").map(JSON.string) : .string(try required("reason"))
        return Draft(kind: kind, appeal: shown.id, actor: try actor(kind, reading), body: body)
    }

    fileprivate func decide(adopt: Bool) throws -> CommandResult {
        try act { transaction in
            if let beside = try decisionBeside(adopt: adopt, transaction) { return beside }
            let shown = try shownAppeal(transaction)
            let waiting = shown.appeal.items(.held).filter { $0.item.value.heldState == .waiting }.map(\.name)
            let firsts = waiting.filter { name in
                shown.appeal[.held, name]?.value["first"]?.string.map { $0 == name || !waiting.contains($0) } ?? true
            }
            guard let held = text("held") ?? (firsts.count == 1 ? firsts[0] : nil) else {
                throw waiting.isEmpty
                    ? DeskError(
                        .notFound,
                        "nothingToSettle",
                        uk: "у зверненні ніщо не очікує рішення",
                        en: "nothing waits in this appeal"
                    )
                    : DeskError.usage(
                        "ambiguousHeld",
                        uk: "вкажіть --held, одне з: \(firsts.joined(separator: ", "))",
                        en: "give --held, one of: \(firsts.joined(separator: ", "))"
                    )
            }
            return PendingAct(
                draft: try decision(of: held, adopt: adopt, shown, transaction),
                done: adopt
                    ? Label(uk: "Роботу прийнято", en: "The work is adopted")
                    : Label(uk: "Роботу відхилено", en: "The work is declined"),
                next: "kartoteka appeal show \(shown.title)"
            )
        }
    }

    /// Work that waits beside its appeal is named by its write alone: the appeal may not be here.
    private func decisionBeside(adopt: Bool, _ reading: any StoreReading) throws -> PendingAct? {
        guard let held = text("held"), let work = try WaitingWork(held, reading), let appeal = work.record.appeal,
            try !desk.isKept(appeal, reading)
        else { return nil }
        if try desk.shown(appeal, reading)?.appeal[.held, held] != nil { return nil }
        let kind = adopt ? "held.adopted" : "held.declined"
        var body: JSONObject = ["held": .string(held)]
        body["reason"] = adopt ? text("reason").map(JSON.string) : .string(try required("reason"))
        return PendingAct(
            draft: Draft(kind: kind, appeal: appeal, actor: try actor(kind, reading), body: body),
            done: adopt
                ? Label(uk: "Роботу прийнято", en: "The work is adopted")
                : Label(uk: "Роботу відхилено", en: "The work is declined"),
            next: "kartoteka conflict list"
        )
    }
}

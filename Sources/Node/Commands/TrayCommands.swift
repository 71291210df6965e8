import Appeals
import CanonicalJSON
import Replication

/// `tray list|dismiss`: what an operator must look at.
extension Commands {
    static let trayList = Command(
        "tray list",
        uk: "Показати лоток оператора",
        en: "Show the operator's tray",
        options: [
            .text(
                "kind",
                "KIND",
                uk: "quarantine, recovery, alarm, repair, outcome (або службові: purge, receipt, setAside)",
                en: "quarantine, recovery, alarm, repair, outcome (or the machine's own: purge, receipt, setAside)"
            ), .limit, .after,
        ],
        example: "kartoteka tray list --kind quarantine"
    ) { call in
        let limit = try call.limit()
        let after = Int64(try call.numberMark())
        return try call.read { reading in
            let kinds = call.text("kind").map { [$0] } ?? NodeState.forPeople
            let items = try kinds.flatMap { try reading.tray(kind: $0, after: after, limit: limit) }.sorted {
                $0.id < $1.id
            }.prefix(limit)
            let list = items.map { item -> JSON in
                [
                    "id": .integer(item.id), "kind": .string(item.kind), "subject": .string(item.subject),
                    "text": .string(item.text),
                    "at": .string(KyivTime.rfc3339(item.at) ?? ""),
                ]
            }
            var members: JSONObject = ["items": .array(list)]
            var lines = items.map {
                "\($0.id)  \($0.kind)  \($0.subject)  \(call.say(Wording.tray($0.kind, $0.text))) [\($0.text)] (\(call.ago($0.at)))"
            }
            if lines.isEmpty { lines = [call.say("Лоток порожній.", "The tray is empty.")] }
            if items.count == limit, let last = items.last {
                members["next"] = .string(String(last.id))
                lines.append(call.say("Далі: ", "Next page: ") + "--after \(last.id)")
            }
            let isQuarantined = items.contains { $0.kind == "quarantine" }
            return CommandResult(
                members,
                text: lines.joined(separator: "\n"),
                exit: isQuarantined ? .quarantineNotEmpty : .ok
            )
        }
    }

    static let trayDismiss = Command(
        "tray dismiss",
        uk: "Прибрати з лотка переглянуте",
        en: "Take from the tray what was looked at",
        operands: [.required("id", "ID", uk: "номер у лотку", en: "its number in the tray")],
        example: "kartoteka tray dismiss 17"
    ) { call in
        let text = try call.required("id")
        guard let id = Int64(text), id > 0 else {
            throw CommandError.usage("wrongNumber", uk: "«\(text)» — не номер", en: "\"\(text)\" is no number")
        }
        return try call.context.store.write { transaction in
            guard let item = try transaction.tray(kind: nil, after: id - 1, limit: 1).first, item.id == id else {
                throw CommandError(
                    .notFound,
                    "unknownItem",
                    uk: "у лотку немає № \(id)",
                    en: "the tray has no item \(id)",
                    remedy: Label(uk: "Що є: kartoteka tray list", en: "What there is: kartoteka tray list")
                )
            }
            // The machine's own lists are emptied by the machine: a purge that is not receipted must not be forgotten.
            guard NodeState.forPeople.contains(item.kind) else {
                throw CommandError(
                    .failed,
                    "notForPeople",
                    uk: "№ \(id) (\(item.kind)) прибере сам вузол",
                    en: "the node itself takes \(id) (\(item.kind)) away"
                )
            }
            try transaction.deleteTray(id)
            return CommandResult(
                ["id": .integer(id), "kind": .string(item.kind)],
                text: call.say(
                    "№ \(id) прибрано. Далі: kartoteka tray list",
                    "\(id) is dismissed. Next: kartoteka tray list"
                )
            )
        }
    }
}

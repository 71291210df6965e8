import Appeals
import CanonicalJSON
import Desk
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
                uk: "quarantine, recovery, alarm, repair, outcome (або службові: setAside, offered)",
                en: "quarantine, recovery, alarm, repair, outcome (or the machine's own: setAside, offered)"
            ), .reader, .limit, .after,
        ],
        example: "kartoteka tray list --kind quarantine"
    ) { call in
        let limit = try call.limit()
        let after = Int64(try call.numberMark())
        return try call.desk.read { reading in
            let kinds = call.text("kind").map { [TrayKind(rawValue: $0)].compactMap(\.self) } ?? TrayKind.alerts
            let items = try kinds.flatMap { try call.desk.shownTray($0, after: after, limit: limit, reading) }.sorted {
                $0.id < $1.id
            }.prefix(limit)
            var members: JSONObject = ["items": .array(items.map { .object($0.members) })]
            var lines = items.map {
                "\($0.id)  \($0.kind)  \($0.subject)  \(call.say(Wording.tray($0.kind, $0.text))) [\($0.text)] (\(call.ago($0.at)))"
            }
            if lines.isEmpty { lines = [call.say("Лоток порожній.", "The tray is empty.")] }
            if items.count == limit, let last = items.last {
                members["next"] = .string(String(last.id))
                lines.append(call.say("Далі: ", "Next page: ") + "--after \(last.id)")
            }
            let isQuarantined = items.contains { $0.kind == .quarantine }
            return CommandResult(
                members,
                lines: lines,
                exit: isQuarantined ? .quarantineNotEmpty : .ok
            )
        }
    }

    static let trayShow = Command(
        "tray show",
        uk: "Показати одне з лотка: що це, що пропонують і що робити",
        en: "Show one item of the tray: what it is, what is offered, what to do",
        operands: [.required("id", "ID", uk: "номер у лотку", en: "its number in the tray")],
        options: [.reader],
        example: "kartoteka tray show 17"
    ) { call in
        try call.desk.read { reading in
            let item = try call.trayItem(reading)
            var members = item.members
            members["todo"] = .string(call.say(Wording.remedy(item)))
            var lines = [
                "\(item.id)  \(item.kind)  \(item.subject)  (\(call.ago(item.at)))",
                call.say(Wording.tray(item.kind, item.text)), "[\(item.text)]",
            ]
            let offered = try call.offered(item, reading)
            if !offered.isEmpty {
                members["offered"] = .array(offered.map(\.json))
                lines.append(call.say("Відрізняється від чинного:", "Differs from what is in force:"))
                lines += offered.map { $0.line(call) }
            }
            lines.append(call.say("Що робити: ", "What to do: ") + call.say(Wording.remedy(item)))
            return CommandResult(members, lines: lines)
        }
    }

    static let trayDismiss = Command(
        "tray dismiss",
        uk: "Прибрати з лотка переглянуте",
        en: "Take from the tray what was looked at",
        operands: [.required("id", "ID", uk: "номер у лотку", en: "its number in the tray")],
        options: [.reader],
        example: "kartoteka tray dismiss 17"
    ) { call in
        try call.context.store.write { transaction in
            let item = try call.trayItem(transaction)
            let id = item.id
            // The machine's own lists are emptied by the machine: what is to be offered must not be forgotten.
            guard item.kind.isAlert else {
                throw DeskError(
                    .failed,
                    "notForPeople",
                    uk: "№ \(id) (\(item.kind)) прибере сам вузол",
                    en: "the node itself takes \(id) (\(item.kind)) away"
                )
            }
            try transaction.deleteTray(id)
            return CommandResult(
                ["id": .integer(id), "kind": .string(item.kind.rawValue)],
                text: call.say(
                    "№ \(id) прибрано. Далі: kartoteka tray list",
                    "\(id) is dismissed. Next: kartoteka tray list"
                )
            )
        }
    }
}

extension TrayRecord {
    /// What machines are told of it.
    fileprivate var members: JSONObject {
        [
            "id": .integer(id), "kind": .string(kind.rawValue), "subject": .string(subject), "text": .string(text),
            "at": .string(KyivTime.rfc3339(at) ?? ""),
        ]
    }
}

extension Call {
    /// The item of the tray that the command names.
    fileprivate func trayItem(_ reading: any StoreReading) throws -> TrayRecord {
        let text = try required("id")
        guard let id = Int64(text), id > 0 else {
            throw DeskError.usage("wrongNumber", uk: "«\(text)» — не номер", en: "\"\(text)\" is no number")
        }
        guard let item = try reading.tray(kind: nil, after: id - 1, limit: 1).first, item.id == id,
            try !desk.isKept(item, reading)
        else {
            throw DeskError(
                .notFound,
                "unknownItem",
                uk: "у лотку немає № \(id)",
                en: "the tray has no item \(id)",
                remedy: Label(uk: "Що є: kartoteka tray list", en: "What there is: kartoteka tray list")
            )
        }
        return item
    }

    /// What a row without a fitting seal says otherwise than the row in force.
    fileprivate func offered(_ item: TrayRecord, _ reading: any StoreReading) throws -> [OfferedItem] {
        guard item.isUnsealed else { return [] }
        let row: Appeals.Aggregate?
        do { row = Appeals.Aggregate(try JSON(parsing: item.bytes, limits: Limits.aggregate)) } catch {
            throw StoreError(.corrupt, doing: "reading the tray's item \(item.id)", found: "\(error)")
        }
        guard let row else { return [] }
        let spaces = try desk.spaces(reading)
        let present =
            try reading.row(spaces.appeals, generation: spaces.appealsGeneration, key: row.id)?.aggregate()
            ?? reading.row(Space.reference, generation: 0, key: row.id)?.aggregate()
        return row.allNames.compactMap { name in
            guard let value = row[name]?.value, value != present?[name]?.value else { return nil }
            return OfferedItem(name: name.description, value: value, present: present?[name]?.value)
        }
    }
}

/// One item of an offered row beside what is in force.
private struct OfferedItem {
    let name: String
    let value: JSON
    let present: JSON?

    var json: JSON {
        var object: JSONObject = ["name": .string(name), "offered": value]
        object["inForce"] = present
        return .object(object)
    }

    func line(_ call: Call) -> String {
        let inForce = present?.canonicalText ?? call.say("немає", "none")
        return "  \(name): \(value.canonicalText)" + call.say(" — чинне: ", " — in force: ") + inForce
    }
}

import Appeals
import CanonicalJSON
import Desk
import Replication

/// `tray list|dismiss`: what an operator must look at.
extension Commands {
    static let trayList = Command(.trayList) { call in
        let limit = try call.limit()
        let after = Int64(try call.numberMark())
        let kinds = call.text("kind").map { [TrayKind(rawValue: $0)].compactMap(\.self) } ?? TrayKind.alerts
        let page = try call.desk.tray(kinds, after: after, limit: limit)
        var members: JSONObject = ["items": .array(page.items.map { .object($0.members) })]
        var lines = page.items.map {
            "\($0.id)  \($0.subject): " + call.say(Wording.tray($0.kind, $0.text)) + " (\(call.ago($0.at)))"
                + (call.isVerbose ? " [\($0.text)]" : "")
        }
        if lines.isEmpty { lines = [call.say("Лоток порожній.", "The tray is empty.")] }
        if let next = page.next {
            members["next"] = .string(String(next))
            lines.append(call.say("Далі: ", "Next page: ") + "--after \(next)")
        }
        return CommandResult(members, lines: lines, exit: page.hasQuarantined ? .quarantineNotEmpty : .ok)
    }

    static let trayShow = Command(.trayShow) { call in
        let shown = try call.desk.trayItem(try call.trayNumber())
        let item = shown.record
        var members = item.members
        members["todo"] = .string(call.say(Wording.remedy(item)))
        var lines = [
            "\(item.id)  \(item.subject): " + call.say(Wording.trayKind(item.kind)) + " (\(call.ago(item.at)))",
            call.say(Wording.tray(item.kind, item.text)),
        ]
        if call.isVerbose { lines.append("[\(item.text)]") }
        if !shown.offered.isEmpty {
            members["offered"] = .array(shown.offered.map(\.json))
            lines.append(call.say("Відрізняється від чинного:", "Differs from what is in force:"))
            lines += shown.offered.map { $0.line(call) }
        }
        lines.append(call.say("Що робити: ", "What to do: ") + call.say(Wording.remedy(item)))
        return CommandResult(members, lines: lines)
    }

    static let trayDismiss = Command(.trayDismiss) { call in
        let item = try call.desk.dismissTrayItem(try call.trayNumber())
        return CommandResult(
            ["id": .integer(item.id), "kind": .string(item.kind.rawValue)],
            text: call.say(
                "№ \(item.id) прибрано. Далі: kartoteka tray list",
                "\(item.id) is dismissed. Next: kartoteka tray list"
            )
        )
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
    /// The number of the item that the command names.
    fileprivate func trayNumber() throws -> Int64 {
        let text = try required("id")
        guard let id = Int64(text), id > 0 else {
            throw DeskError.usage("wrongNumber", uk: "«\(text)» — не номер", en: "\"\(text)\" is no number")
        }
        return id
    }
}

extension OfferedItem {
    fileprivate var json: JSON {
        var object: JSONObject = ["name": .string(name), "offered": value]
        object["inForce"] = present
        return .object(object)
    }

    fileprivate func line(_ call: Call) -> String {
        let inForce = present?.canonicalText ?? call.say("немає", "none")
        return "  \(name): \(value.canonicalText)" + call.say(" — чинне: ", " — in force: ") + inForce
    }
}

import Appeals
import CanonicalJSON
import Desk
import Replication

/// `node revoke`, `node confirm`, `invitation withdraw`: who is shut out, and who is let in again after a restore.
extension Commands {
    static let nodeRevoke = Command(.nodeRevoke) { call in
        let node = try call.required("node")
        switch try call.acting().revokeNode(node, call.context.admissions) {
        case .withdrawn: return call.withdrawn(node)
        case .revoked(let key):
            // A running node has connections to close.
            call.tellNode(.revoked(node: node, key: key))
            return CommandResult(
                ["node": .string(node), "state": "revoked"],
                text: call.say(
                    "Допуск вузла «\(node)» скасовано. Коли його копію знищено: kartoteka node wiped \(node) --as USER",
                    "The node \"\(node)\" is revoked. Once its copy is destroyed: kartoteka node wiped \(node) --as USER"
                )
            )
        }
    }

    static let invitationWithdraw = Command(.invitationWithdraw) { call in
        let node = try call.required("node")
        try call.acting().withdrawInvitation(node, call.context.admissions)
        return call.withdrawn(node)
    }

    static let nodeConfirm = Command(.nodeConfirm) { call in
        let desk = try call.acting()
        _ = try desk.requireAdministrator()
        let asOf = try desk.read { try $0.value(Values.admissionsAsOf) } ?? 0
        let day = KyivTime.rfc3339(asOf) ?? ""
        let names: [String]
        if let node = call.text("node") {
            try desk.confirmNode(node, call.context.admissions)
            call.tellNode(.confirmed(node: node))
            names = [node]
        } else if call.flag("all") {
            names = try desk.confirmAllNodes(call.context.admissions) { call.tellNode(.confirmed(node: $0)) }
        } else {
            return try call.waiting(asOf: day)
        }
        return CommandResult(
            ["nodes": .array(names.map { ["node": .string($0), "state": "active", "asOf": .string(day)] })],
            text: names.isEmpty
                ? call.say("Ніхто не чекає підтвердження.", "Nobody waits to be confirmed.")
                : names.map {
                    call.say(
                        "Допуск вузла «\($0)» підтверджено; копія від ",
                        "\"\($0)\" is confirmed; the backup is of "
                    )
                        + ValueWording(language: call.language).dated(day)
                }
                .joined(separator: "\n")
        )
    }
}

extension Call {
    fileprivate func withdrawn(_ node: String) -> CommandResult {
        CommandResult(
            ["node": .string(node), "state": "withdrawn"],
            text: say(
                "Запрошення вузла «\(node)» відкликано: ним не приєднається ніхто. Далі: kartoteka node list",
                "The invitation of \"\(node)\" is withdrawn, nobody joins by it. Next: kartoteka node list"
            )
        )
    }

    /// Lets a running office look at its allow-list again.
    fileprivate func tellNode(_ change: AdmissionChange) { context.running?.admissionChanged(change) }

    /// Who waits, each with the day of the backup.
    fileprivate func waiting(asOf day: String) throws -> CommandResult {
        let limit = try limit()
        let page = try desk.read { try UnconfirmedNodes.page($0, after: text("after") ?? "", limit: limit + 1) }
        let shown = page.prefix(limit)
        var members: JSONObject = [
            "nodes": .array(
                shown.map { ["node": .string($0), "state": "unconfirmed", "asOf": .string(day)] }
            )
        ]
        if page.count > limit, let last = shown.last { members["next"] = .string(last) }
        let dated = ValueWording(language: language).dated(day)
        let lines = shown.map {
            "\($0): " + say("допущений станом на копію від ", "admitted as of the backup of ") + dated
        }
        let next = say(
            "Далі: kartoteka node confirm ID --as USER, усі разом: --all; зайвий: kartoteka node revoke ID",
            "Next: kartoteka node confirm ID --as USER, all at once: --all; one that must stay out: kartoteka node revoke ID"
        )
        let nobody = say("Ніхто не чекає підтвердження.", "Nobody waits to be confirmed.")
        return CommandResult(members, text: (shown.isEmpty ? [nobody] : lines + [next]).joined(separator: "\n"))
    }
}

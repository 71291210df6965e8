import Appeals
import CanonicalJSON
import Desk
import Replication

/// `node distrust`, `erasure confirm`, `erasure reject`: what a peer says without a proof, decided by a person.
extension Commands {
    static let nodeDistrust = Command(.nodeDistrust) { call in
        let node = try call.required("node")
        try call.acting().distrust(node, reason: try call.required("reason"))
        return CommandResult(
            ["node": .string(node), "state": .string(LogState.distrusted.rawValue)],
            text: call.say(
                "Вузол «\(node)» почне журнал наново й перечитає все; зайве покаже своєму операторові",
                "The node \"\(node)\" begins its log anew and reads everything again; the rest goes before its operator"
            )
        )
    }

    static let erasureConfirm = Command(.erasureConfirm) { call in
        call.tell(
            try call.acting().confirmErasure(of: try call.required("appeal"), reason: try call.required("reason")),
            uk: "Дані звернення стерто",
            en: "The appeal is erased"
        )
    }

    static let erasureReject = Command(.erasureReject) { call in
        let appeal = try call.required("appeal")
        try call.acting().rejectErasure(of: appeal)
        return CommandResult(
            ["appeal": .string(appeal), "state": "shown"],
            text: call.say("Звернення знову видно", "The appeal is shown again")
        )
    }
}

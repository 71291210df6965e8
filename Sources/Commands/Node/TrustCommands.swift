import Appeals
import CanonicalJSON
import Desk
import Replication

/// `node distrust`, `erasure confirm`, `erasure reject`: what a peer says without a proof, decided by a person.
extension Commands {
    static let nodeDistrust = Command(
        "node distrust",
        uk: "Не вірити вузлу, що Центр відстав від нього (Центр)",
        en: "Decide that a node is wrong to claim that the office is behind it (the office)",
        operands: [.required("node", "ID", uk: "який вузол", en: "which node")],
        options: [.actor, .required("reason", "TEXT", uk: "чому", en: "why")],
        example: "kartoteka node distrust zhkg --as admin --reason \"диск вузла повернули зі старої копії\""
    ) { call in
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

    static let erasureConfirm = Command(
        "erasure confirm",
        uk: "Підтвердити знищення, про яке без печатки сказав підрозділ (Центр)",
        en: "Confirm an erasure that a department told without the office's seal (the office)",
        operands: [.required("appeal", "ID", uk: "ід звернення з лотка", en: "the appeal's id, from the tray")],
        options: [
            .actor,
            .required("reason", "TEXT", uk: "підстава: акт, рішення", en: "the ground: an act, a decision"),
        ],
        example: "kartoteka erasure confirm 01995c3a-0000-7000-8000-000000000001 --as admin --reason \"Акт № 5\""
    ) { call in
        call.tell(
            try call.acting().confirmErasure(of: try call.required("appeal"), reason: try call.required("reason")),
            uk: "Дані звернення стерто",
            en: "The appeal is erased"
        )
    }

    static let erasureReject = Command(
        "erasure reject",
        uk: "Відхилити знищення: звернення знову видно (Центр)",
        en: "Reject an erasure that was none: the appeal is shown again (the office)",
        operands: [.required("appeal", "ID", uk: "ід звернення з лотка", en: "the appeal's id, from the tray")],
        options: [.actor],
        example: "kartoteka erasure reject 01995c3a-0000-7000-8000-000000000001 --as admin"
    ) { call in
        let appeal = try call.required("appeal")
        try call.acting().rejectErasure(of: appeal)
        return CommandResult(
            ["appeal": .string(appeal), "state": "shown"],
            text: call.say("Звернення знову видно", "The appeal is shown again")
        )
    }
}

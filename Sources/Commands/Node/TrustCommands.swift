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
        try call.requireOffice()
        let admin = try call.administrator()
        let node = try call.required("node")
        guard let office = call.context.office else { preconditionFailure("the office's node has an office") }
        let reason = try call.required("reason")
        switch try office.distrust(node, by: admin, reason: reason, now: call.now) {
        case .told: break
        case .unknownNode: throw unknownNode(node)
        case .noClaim:
            throw DeskError(
                .failed,
                "noClaim",
                uk: "вузол «\(node)» нічого такого не твердить",
                en: "the node \"\(node)\" claims no such thing",
                remedy: Label(uk: "Що є: kartoteka tray list", en: "What there is: kartoteka tray list")
            )
        case .evidenceHolds:
            throw DeskError(
                .integrity,
                "evidenceHolds",
                uk: "вузол має рацію: під доказом стоїть підпис самого Центру",
                en: "the node is right: the office's own signature stands under the evidence",
                remedy: Label(
                    uk: "Зупиніть вузол, тоді: kartoteka restore --declare",
                    en: "Stop the node, then: kartoteka restore --declare"
                )
            )
        }
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
        try call.requireOffice()
        let appeal = try call.required("appeal")
        return try call.act { transaction in
            guard try transaction.isSuspended(appeal) else {
                throw notSuspended(appeal)
            }
            let draft = Draft(
                kind: "appeal.erased",
                appeal: appeal,
                actor: try call.actor("appeal.erased", transaction),
                body: ["reason": .string(try call.required("reason"))]
            )
            return PendingAct(draft: draft, done: Label(uk: "Дані звернення стерто", en: "The appeal is erased"))
        }
    }

    static let erasureReject = Command(
        "erasure reject",
        uk: "Відхилити знищення: звернення знову видно (Центр)",
        en: "Reject an erasure that was none: the appeal is shown again (the office)",
        operands: [.required("appeal", "ID", uk: "ід звернення з лотка", en: "the appeal's id, from the tray")],
        options: [.actor],
        example: "kartoteka erasure reject 01995c3a-0000-7000-8000-000000000001 --as admin"
    ) { call in
        try call.requireOffice()
        _ = try call.administrator()
        let appeal = try call.required("appeal")
        guard let office = call.context.office else { preconditionFailure("the office's node has an office") }
        guard case .done(let changed) = try office.rejectErasure(of: appeal, now: call.now) else {
            throw notSuspended(appeal)
        }
        call.context.place.changed(changed)
        return CommandResult(
            ["appeal": .string(appeal), "state": "shown"],
            text: call.say("Звернення знову видно", "The appeal is shown again")
        )
    }

    private static func notSuspended(_ appeal: String) -> DeskError {
        DeskError(
            .notFound,
            "notSuspended",
            uk: "про звернення «\(appeal)» нічого вирішувати",
            en: "nothing is to be decided about the appeal \"\(appeal)\"",
            remedy: Label(uk: "Що є: kartoteka tray list", en: "What there is: kartoteka tray list")
        )
    }
}

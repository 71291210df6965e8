import Appeals
import Desk
import Replication

/// Acts of an administrator about nodes: rows of the desk's table, each with a form of its own.
enum NodeActs {
    static let rows: [UseCase] = [
        .invite, .invitationWithdraw, .nodeConfirm, .nodeRenew, .nodeRevoke, .nodeWiped, .nodeDistrust, .erasureConfirm,
        .erasureReject,
    ]

    static let routes: [Route] = [
        Route("GET", "/nodes/acts/{nodeAct}") { try $0.nodeActPage() },
        Route("POST", "/nodes/acts/{nodeAct}", longest: FormBody.longest) { try $0.nodeAct() },
    ]

    /// The row that a path names: `node-revoke`.
    static func row(_ segment: String) -> UseCase? { rows.first { $0.segment == segment } }

    /// Where its form stands, for one node, department or appeal.
    static func place(_ row: UseCase, _ subject: String = "") -> String {
        let name = row.operands.first?.name ?? ""
        return "/nodes/acts/\(row.segment)" + (subject.isEmpty ? "" : "?\(name)=" + WebCall.encoded(subject))
    }

    /// Which of them can be done to a node as it stands.
    static func fitting(_ node: NodeStanding) -> [UseCase] {
        var rows: [UseCase] = []
        if node.record?.state == .unconfirmed { rows.append(.nodeConfirm) }
        if node.claimedAt != nil { rows.append(.nodeDistrust) }
        rows.append(.invite)
        if node.invited?.isUsed == false { rows.append(.invitationWithdraw) }
        if node.isAdmitted { rows.append(.nodeRenew) }
        if !node.copies.isEmpty { rows.append(.nodeWiped) }
        if let state = node.record?.state, state != .revoked { rows.append(.nodeRevoke) }
        return rows
    }

    /// Which of them an item of the tray asks for, and about what.
    static func fitting(_ item: TrayRecord) -> [(row: UseCase, subject: String)] {
        guard item.kind == .alarm else { return [] }
        if item.text.hasPrefix(TrayRecord.undecidedErasure) {
            return [(.erasureConfirm, item.subject), (.erasureReject, item.subject)]
        }
        if item.text.hasPrefix(TrayRecord.withoutEvidence) { return [(.nodeDistrust, item.subject)] }
        if item.text.hasPrefix(TrayRecord.clone) { return [(.invite, item.subject), (.nodeRevoke, item.subject)] }
        if item.text.hasPrefix(TrayRecord.flood) { return [(.nodeRevoke, item.subject)] }
        return []
    }

    /// What will come of it, said before it is done.
    static func consequence(_ row: UseCase) -> Label {
        switch row.name {
        case UseCase.invite.name:
            Label(
                uk:
                    "Код для людини біля нового вузла, на один раз. Ключ створюється на вузлі й ніколи його не залишає. "
                    + "Якщо вузол у підрозділу вже є, тим самим ключем він лишається собою, а новий ключ замінить старий.",
                en:
                    "A code for the person at the new node, for one use. The key is made at the node and never leaves it. "
                    + "If the department has a node already, with its own key it stays itself, and a new key takes the former’s place."
            )
        case UseCase.invitationWithdraw.name:
            Label(
                uk: "Цим запрошенням не приєднається ніхто. Вузол, що вже приєднався, працює далі.",
                en: "Nobody joins by this invitation. A node that has joined goes on working."
            )
        case UseCase.nodeConfirm.name:
            Label(
                uk:
                    "Вузол знову обмінюється з Центром. Підтверджуйте лише той, про який знаєте, що його не скасовано після копії.",
                en:
                    "The node exchanges with the office again. Confirm only one of which you know that it was not revoked since the backup."
            )
        case UseCase.nodeRenew.name:
            Label(
                uk: "Вузол із простроченим сертифікатом зможе поновити його сам, тим самим ключем, доки діє дозвіл.",
                en:
                    "A node whose certificate has expired can renew it by itself, with the same key, while this permission is good."
            )
        case UseCase.nodeRevoke.name:
            Label(
                uk:
                    "Обмін із вузлом зупиниться негайно, його запрошення скінчиться. Звернення на його диску лишаться, доки їх не знищать: "
                    + "коли знищать, засвідчіть це тут. Що вузол ще не передав, не прийде.",
                en:
                    "The exchange with the node stops at once, its invitation ends. The appeals on its disk stay until they are destroyed: "
                    + "once they are, say so here. What the node has not sent yet will not come."
            )
        case UseCase.nodeWiped.name:
            Label(
                uk:
                    "Ви свідчите, що копію звернень на машині зі скасованим ключем знищено. Перевірити цього звідси не можна.",
                en:
                    "You testify that the copy of the appeals on the machine of the revoked key is destroyed. This cannot be checked from here."
            )
        default: ofDecision(row)
        }
    }

    /// The same of what an administrator decides about something that a node said.
    private static func ofDecision(_ row: UseCase) -> Label {
        switch row.name {
        case UseCase.nodeDistrust.name:
            Label(
                uk: "Центр і далі працює від свого журналу. Вузол почне новий журнал і прочитає все спочатку; "
                    + "що він мав понад Центр, дістануть люди, само воно не повернеться.",
                en: "The office goes on from its own log. The node begins a new log and reads everything anew; "
                    + "what it had beyond the office comes before people, it does not come back by itself."
            )
        case UseCase.erasureConfirm.name:
            Label(
                uk: "Звернення буде стерто в усіх, без вороття. Звірте з актом про знищення.",
                en: "The appeal is erased everywhere, for good. Compare with the act of erasure."
            )
        default:
            Label(
                uk: "Звернення знову видно всім, хто його мав.",
                en: "The appeal is shown again to all who had it."
            )
        }
    }

    /// Whether somebody has to type what it is about: it cannot be taken back.
    static func isSevere(_ row: UseCase) -> Bool {
        row.name == UseCase.nodeRevoke.name || row.name == UseCase.erasureConfirm.name
    }
}

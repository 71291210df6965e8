package import Appeals
package import Replication

extension Wording {
    /// What lies in the tray, for a person; the machine's own words stand behind it.
    package static func tray(_ kind: TrayKind, _ text: String) -> Label {
        switch kind {
        case .alarm where text.hasPrefix(TrayRecord.officeBehind):
            Label(
                uk: "Центр відстав від цього вузла: мабуть, його відновили без оголошення",
                en: "the office is behind this node: it was perhaps restored without a declaration"
            )
        case .alarm where text.hasPrefix(TrayRecord.withoutEvidence):
            Label(
                uk: "вузол твердить, що Центр відстав від нього, але доказу не має; нічого не змінено",
                en: "a node claims that the office is behind it, and has no evidence; nothing was changed"
            )
        case .alarm where text.hasPrefix(TrayRecord.undecidedErasure):
            Label(
                uk: "підрозділ каже, що звернення знищено, але печатки Центру немає; звернення приховано від усіх",
                en: "a department says that it was erased, without the office's seal; the appeal is hidden from all"
            )
        case .alarm where text.hasPrefix("distrusted"):
            Label(uk: "вузлові не повірили", en: "the node was not believed")
        case .alarm where text.hasPrefix(TrayRecord.clone):
            Label(uk: "працюють дві копії одного каталогу", en: "two copies of one directory run")
        case .alarm where text.hasSuffix(ToldDifference.inVain):
            Label(
                uk: "рядки вузла не такі, як у Центрі, і порівняння нічого не виправило",
                en: "rows of the node differ from the office's, and a comparison mended nothing"
            )
        case .alarm where text.hasPrefix("lie"):
            Label(uk: "дія від імені того, хто не мав на неї права", en: "an act of somebody who had no right to it")
        case .alarm where text.hasPrefix(TrayRecord.flood):
            Label(
                uk: "після відновлення вузол пропонує забагато рядків без печатки Центру: зайвих не збережено",
                en: "after a restore a node offers too many rows without the office's seal: the rest is not kept"
            )
        case .alarm where text.hasPrefix("admissions"):
            Label(
                uk: "журнал допусків неповний: перевірте, кого допущено",
                en: "the log of admissions is not whole: look who is admitted"
            )
        case .alarm: Label(uk: "тривога", en: "an alarm")
        case .quarantine: Label(uk: "не вдалося застосувати", en: "could not be applied")
        case .recovery where text.contains(TrayRecord.unsealed):
            Label(
                uk: "підрозділ пропонує рядок без печатки Центру, нічого не змінено",
                en: "a department offers a row without the office's seal, nothing was changed"
            )
        case .recovery: Label(uk: "розходження після відновлення", en: "a clash after a restore")
        case .repair: Label(uk: "рядки виправлено за контрольною сумою", en: "rows were mended by the digest")
        case .outcome: Label(uk: "після відновлення вирішено інакше", en: "decided otherwise after a restore")
        case .renumbered:
            Label(
                uk: "Центр дав картці інший індекс, бо її індекс зайнято; знайти можна за обома",
                en: "the office gave the card another index, since its own was taken; both find it"
            )
        case .setAside, .offered, .differs: Label(uk: "службове", en: "the machine's own")
        }
    }
    /// What the operator is to do with an item of the tray.
    package static func remedy(_ item: TrayRecord) -> Sentence {
        if let remedy = remedy(ofAlarm: item) { return remedy }
        return switch item.kind {
        case .recovery where item.isUnsealed:
            Sentence(
                uk: "Звірте з паперами підрозділу; що правда — повторіть у Центрі звичайними командами, "
                    + "тоді \(.toDo(.trayDismiss, ["id": "\(item.id)"]))",
                en: "Compare with the department's papers; repeat at the office by the usual commands what is true, "
                    + "then \(.toDo(.trayDismiss, ["id": "\(item.id)"]))"
            )
        case .renumbered:
            Sentence(
                uk: "Скажіть заявникові новий індекс: \(.toDo(.appealShow, ["appeal": item.subject])), "
                    + "тоді \(.toDo(.trayDismiss, ["id": "\(item.id)"]))",
                en: "Tell the applicant the new index: \(.toDo(.appealShow, ["appeal": item.subject])), "
                    + "then \(.toDo(.trayDismiss, ["id": "\(item.id)"]))"
            )
        case .quarantine, .recovery, .alarm, .repair, .outcome, .setAside, .offered, .differs:
            Sentence(
                uk: "З'ясуйте причину, тоді \(.toDo(.trayDismiss, ["id": "\(item.id)"]))",
                en: "Find the cause, then \(.toDo(.trayDismiss, ["id": "\(item.id)"]))"
            )
        }
    }

    /// What to do about the alarms that ask for more than to be looked into.
    private static func remedy(ofAlarm item: TrayRecord) -> Sentence? {
        switch item.kind {
        case .alarm where item.text.hasPrefix(TrayRecord.flood):
            Sentence(
                uk: "З'ясуйте в підрозділі \(item.subject), звідки ці рядки; чужий ключ — "
                    + "\(.toDo(.nodeRevoke, ["node": item.subject]))",
                en: "Ask \(item.subject) where these rows come from; if its key is in wrong hands: "
                    + "\(.toDo(.nodeRevoke, ["node": item.subject]))"
            )
        case .alarm where item.text.hasPrefix(TrayRecord.withoutEvidence):
            Sentence(
                uk: "Якщо Центр справді повертали до старої копії — \(.namedAtMachine(.declareRestore)); якщо ні — "
                    + "\(.toDo(.nodeDistrust, ["node": item.subject, "as": "USER", "reason": "TEXT"]))",
                en: "If the office was put back to an older copy: \(.namedAtMachine(.declareRestore)); if not: "
                    + "\(.toDo(.nodeDistrust, ["node": item.subject, "as": "USER", "reason": "TEXT"]))"
            )
        case .alarm where item.text.hasPrefix(TrayRecord.undecidedErasure):
            Sentence(
                uk:
                    "Звірте з актами про знищення, тоді \(.toDo(.erasureConfirm)) або \(.named(.erasureReject, ["appeal": item.subject]))",
                en:
                    "Compare with the acts of erasure, then \(.toDo(.erasureConfirm)) or \(.named(.erasureReject, ["appeal": item.subject]))"
            )
        case .alarm where item.text.hasPrefix(TrayRecord.officeBehind):
            Sentence(
                uk: "Зупиніть вузол Центру, тоді: \(.atMachine(.declareRestore)); втрачене повернуть підрозділи. "
                    + "Опісля \(.toDo(.trayDismiss, ["id": "\(item.id)"]))",
                en:
                    "Stop the office's node, then: \(.atMachine(.declareRestore)); the departments give back what was lost. "
                    + "After that \(.toDo(.trayDismiss, ["id": "\(item.id)"]))"
            )
        case .alarm where item.text.hasPrefix(TrayRecord.clone):
            Sentence(
                uk: "З'ясуйте в підрозділі, яка копія справжня; на іншій перегляньте непередане й знищте її; "
                    + "справжню запросіть знову, ключ у неї лишається: \(.toDo(.invite, ["department": item.subject])). "
                    + "Опісля \(.toDo(.trayDismiss, ["id": "\(item.id)"]))",
                en:
                    "Ask the department which copy is the real one; look on the other at what it has not sent, and destroy it; "
                    + "invite the real one anew, it keeps its key: \(.toDo(.invite, ["department": item.subject])). "
                    + "After that \(.toDo(.trayDismiss, ["id": "\(item.id)"]))"
            )
        case .alarm where item.isDifference:
            Sentence(
                uk:
                    "Перевірте обидва вузли: \(.toDo(.doctor)). Якщо рядки зіпсовано у вузла, приєднайте його знову в новому каталозі; "
                    + "якщо в Центру – відновіть Центр із копії. Опісля \(.toDo(.trayDismiss, ["id": "\(item.id)"]))",
                en:
                    "Check both nodes: \(.toDo(.doctor)). If the node's rows are broken, let it join anew in a new directory; "
                    + "if the office's are, restore the office from a backup. After that \(.toDo(.trayDismiss, ["id": "\(item.id)"]))"
            )
        case .quarantine, .recovery, .alarm, .repair, .outcome, .renumbered, .setAside, .offered, .differs: nil
        }
    }
}

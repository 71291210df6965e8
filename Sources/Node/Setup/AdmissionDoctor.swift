import Appeals
import Commands
import Desk
import Replication

/// What `doctor` says of who is admitted, and of the memory of it.
enum AdmissionDoctor {
    static func examine(_ node: OpenedNode) throws -> [Check] {
        guard node.office != nil, let log = node.admissions.log else { return [] }
        return [try waiting(node), copy(node, log)]
    }

    private static func waiting(_ node: OpenedNode) throws -> Check {
        let count = try node.store.read { try UnconfirmedNodes.page($0, limit: Desk.countedAtMost).count }
        return Check(
            "admissions",
            isOK: count == 0,
            found: count == 0
                ? Label(uk: "ніхто не чекає підтвердження допуску", en: "nobody waits to be confirmed")
                : Label(
                    uk: "Центр відновлено без журналу допусків: не допущено, доки не підтвердите, вузлів \(count)",
                    en:
                        "the office was restored without its log of admissions: \(count) nodes are not admitted until confirmed"
                ),
            fix: "kartoteka node confirm --as USER"
        )
    }

    private static func copy(_ node: OpenedNode, _ log: AdmissionLog) -> Check {
        func warning(_ found: Label) -> Check {
            Check(
                "admissionsCopy",
                isOK: true,
                isWarning: true,
                found: found,
                fix: "backup.admissions = /…/admissions.log"
            )
        }
        guard let copy = log.copy else {
            return warning(
                Label(
                    uk: "журнал допусків — лише на цьому диску: якщо він загине, усіх доведеться підтверджувати",
                    en: "the log of admissions is on this disk alone: if it dies, everybody has to be confirmed"
                )
            )
        }
        if let trouble = log.copyTrouble {
            return Check(
                "admissionsCopy",
                isOK: false,
                found: Label(uk: "копію не записано: ", en: "the copy is not written: ") + trouble.found,
                fix: "ls -l \(copy)"
            )
        }
        let isElsewhere =
            node.configuration.backupDeviceIsOther
            || Files.status(copy)?.device != Files.status(node.directory.path)?.device
        guard isElsewhere else {
            return warning(
                Label(
                    uk: "копія журналу допусків на тому самому пристрої",
                    en: "the copy of the admissions is on the same device"
                )
            )
        }
        return Check("admissionsCopy", isOK: true, found: Label(uk: "копія є: \(copy)", en: "the copy is at \(copy)"))
    }
}

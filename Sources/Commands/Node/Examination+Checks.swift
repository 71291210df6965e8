import Appeals
import Desk
import Replication

extension ExaminedRows {
    func check(isOffice: Bool) -> Check {
        Check(
            "rows",
            isOK: broken.isEmpty,
            found: broken.isEmpty
                ? Label(uk: "рядків \(rows), усі цілі", en: "\(rows) rows, all whole")
                : Label(
                    uk: "зіпсовано \(broken.count): \(broken.prefix(5).joined(separator: ", "))",
                    en: "\(broken.count) are broken: \(broken.prefix(5).joined(separator: ", "))"
                ),
            fix: isOffice ? "kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY" : "kartoteka sync now",
            exit: .integrity
        )
    }
}

/// What was found at a node, each with the command that mends it.
extension Examination {
    var checks: [Check] {
        [clock, calendarCheck, decisions] + tray
            + (state.sync.isOffice ? officeRoles + directory + [lag] : [kept, outbox])
    }

    private var clock: Check {
        Check(
            "clock",
            isOK: (2024...2100).contains(today.year),
            found: Label(uk: "сьогодні \(today.ukrainianNumbers)", en: "today is \(today)"),
            fix: "timedatectl set-ntp true"
        )
    }

    private var calendarCheck: Check {
        Check(
            "calendar",
            isOK: isCalendarLongEnough,
            found: Label(
                uk: "календар \(calendar.version) до \(calendar.validThrough.ukrainianNumbers)",
                en: "the calendar \(calendar.version) through \(calendar.validThrough)"
            ),
            fix: "kartoteka calendar put --file …"
        )
    }

    private var decisions: Check {
        let waiting = state.disputed + Int64(state.held)
        return Check(
            "decisions",
            isOK: waiting == 0,
            found: Label(uk: "чекають рішення: \(waiting)", en: "\(waiting) wait for a decision"),
            fix: "kartoteka conflict list",
            exit: .conflictsWaiting
        )
    }

    private var tray: [Check] {
        state.tray.map { kind, count in
            Check(
                "tray." + kind.rawValue,
                isOK: count == 0,
                found: Label(uk: "у лотку, ", en: "in the tray, ") + Wording.trayKind(kind) + Label(": \(count)"),
                fix: "kartoteka tray list --kind \(kind)",
                exit: kind == .quarantine ? .quarantineNotEmpty : .failed
            )
        }
    }

    private var officeRoles: [Check] {
        ["administrator", "leader", "registrar"].map { role in
            let count = roles[role] ?? 0
            return Check(
                "role." + role,
                isOK: count > 0,
                found: Wording.roleOfPerson(role) + Label(uk: ": працівників \(count)", en: ": people \(count)")
                    + (role == "administrator" ? named : Label("")),
                fix: role == "administrator"
                    ? "kartoteka administrator name USER --reason …" : "kartoteka role grant USER \(role) --as …"
            )
        }
    }

    private var named: Label {
        guard !namedByOwner.isEmpty else { return Label("") }
        let list = namedByOwner.map { "\($0.user) (\($0.substitution?.basis ?? ""))" }.joined(separator: ", ")
        return Label(uk: "; назвав власник каталогу: ", en: "; named by the owner of the directory: ") + Label(list)
    }

    /// What an older program let in; new acts of that kind are refused.
    private var directory: [Check] {
        guard let faults else { return [] }
        func list(_ names: [String]) -> String { names.prefix(5).joined(separator: ", ") }
        return [
            Check(
                "directory.elsewhere",
                isOK: faults.elsewhere.isEmpty,
                found: Label(
                    uk: "ролей поза підрозділом працівника без підстави: \(faults.elsewhere.count) ",
                    en: "roles outside the person's department, without a basis: \(faults.elsewhere.count) "
                ) + Label(list(faults.elsewhere.map { "\($0.user) \($0.typed)" })),
                fix: "kartoteka role revoke USER ROLE --department DEPT --reason … --as …"
            ),
            Check(
                "directory.nobody",
                isOK: faults.ofNobody.isEmpty,
                found: Label(
                    uk: "ролей тих, кого немає в довіднику: \(faults.ofNobody.count) ",
                    en: "roles of people whom the directory does not have: \(faults.ofNobody.count) "
                ) + Label(list(faults.ofNobody.map { "\($0.user) \($0.typed)" })),
                fix: "kartoteka person add USER --department DEPT --name … --as …"
            ),
            Check(
                "directory.homeless",
                isOK: faults.homeless.isEmpty,
                found: Label(
                    uk: "працівників без підрозділу: \(faults.homeless.count) ",
                    en: "people without a department: \(faults.homeless.count) "
                ) + Label(list(faults.homeless)),
                fix: "kartoteka person add USER --department DEPT --name … --as …"
            ),
        ]
    }

    private var lag: Check {
        Check(
            "lag",
            isOK: behind.isEmpty,
            found: behind.isEmpty
                ? Label(
                    uk: "кожен вузол на зв'язку або все прочитав",
                    en: "every node is in contact or has read all"
                )
                : Label(uk: "понад добу без зв'язку: ", en: "more than a day without contact: ")
                    + Label(behind.joined(separator: ", ")),
            fix: "kartoteka sync status",
            exit: .lagOverLimit
        )
    }

    private var kept: Check {
        Check(
            "kept",
            isOK: keptTooLong == 0,
            found: Label(
                uk:
                    "звернень, що вибули понад 90 днів тому, а власні дії за ними ще не збережено двічі: \(keptTooLong)",
                en:
                    "appeals that left over 90 days ago with own operations not yet durable in two places: \(keptTooLong)"
            ),
            fix: "kartoteka tray list --kind alarm",
            exit: .lagOverLimit
        )
    }

    private var outbox: Check {
        let hours = outboxAge / 3_600_000
        return Check(
            "outbox",
            isOK: hours < 24,
            found: Label(
                uk: "не передано \(state.sync.outbox.count), найдавнішому \(hours) год",
                en: "\(state.sync.outbox.count) not sent, the oldest \(hours) h old"
            ),
            fix: "kartoteka sync now",
            exit: .lagOverLimit
        )
    }
}

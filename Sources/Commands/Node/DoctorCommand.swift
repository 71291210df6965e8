package import Appeals
package import CanonicalJSON
import Cryptography
import Desk
import Replication

/// One thing that `doctor` looked at, and what mends it.
package struct Check: Sendable {
    package let name: String
    package let isOK: Bool
    /// What was found.
    package let found: Label
    /// The command that mends it; empty if all is well.
    package let fix: String
    package let exit: ExitCode
    /// Nothing is wrong now, but something could be better: no problem, and no exit code.
    package let isWarning: Bool

    package init(
        _ name: String,
        isOK: Bool,
        isWarning: Bool = false,
        found: Label,
        fix: String = "",
        exit: ExitCode = .failed
    ) {
        self.name = name
        self.isOK = isOK
        self.isWarning = isOK && isWarning
        self.found = found
        self.fix = isOK && !isWarning ? "" : fix
        self.exit = isOK ? .ok : exit
    }

    package var json: JSON {
        [
            "name": .string(name), "ok": .bool(isOK), "warning": .bool(isWarning),
            "found": ["uk": .string(found.uk), "en": .string(found.en)],
            "fix": .string(fix),
            "exit": .integer(Int64(exit.rawValue)),
        ]
    }
}

/// `doctor`: each problem comes with the command that mends it.
extension Commands {
    static let doctor = Command(
        "doctor",
        uk: "Перевірити вузол; до кожної біди — команда, що її лікує",
        en: "Check the node; each problem comes with its remedy",
        example: "kartoteka doctor"
    ) { call in
        var checks = try examined("rows") { try call.rowChecks() }
        checks += try examined("state") {
            try call.desk.read { reading in try call.stateChecks(try call.desk.nodeState(reading), reading) }
        }
        checks += try examined("database") {
            try call.context.checks()
        }
        let lines = checks.enumerated().map { place, check in
            let warning = call.say("УВАГА", "WARNING")
            let mark = check.isWarning ? warning : check.isOK ? "OK" : call.say("БІДА", "PROBLEM")
            return "\(place + 1). [\(mark)] \(check.name): " + call.say(check.found)
                + (check.fix.isEmpty ? "" : "\n     → " + check.fix)
        }
        let problems = checks.filter { !$0.isOK }
        let last =
            problems.isEmpty
            ? call.say("Усе гаразд.", "All is well.") : call.say("Бід: ", "Problems: ") + "\(problems.count)"
        let exit = problems.map(\.exit).max { Self.weight($0) < Self.weight($1) } ?? .ok
        return CommandResult(
            ["checks": .array(checks.map(\.json)), "problems": .integer(Int64(problems.count))],
            lines: lines + [last],
            exit: exit
        )
    }

    /// What a broken file no longer lets be looked at is a problem itself; the rest is examined all the same.
    private static func examined(_ name: String, _ look: () throws -> [Check]) throws -> [Check] {
        do { return try look() } catch let error as StoreError where error.kind == .corrupt {
            return [
                Check(
                    name,
                    isOK: false,
                    found: Label(uk: "файл зіпсовано: \(error)", en: "the file is broken: \(error)"),
                    fix: "kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY",
                    exit: .integrity
                )
            ]
        }
    }

    /// A broken row outweighs all, then what lies in quarantine, then the rest.
    private static func weight(_ exit: ExitCode) -> Int32 {
        switch exit {
        case .ok: 0
        case .integrity: 100
        default: exit.rawValue
        }
    }
}

extension Call {
    private static let page = 500

    /// Hashes every row again: a byte changed on disk shows.
    fileprivate func rowChecks() throws -> [Check] {
        var broken: [String] = []
        var count = 0
        if let department = context.department {
            var names: [String] = []
            try desk.read { reading in try reading.eachStream { names.append($0.name) } }
            for name in names {
                var after: String? = ""
                while let key = after {
                    let (next, found) = try department.rehash(stream: name, after: key, limit: Self.page)
                    broken += found
                    after = next
                }
            }
            count = try desk.read { reading in try names.reduce(0) { try $0 + Int(reading.stream($1)?.rows ?? 0) } }
        } else {
            for space in [Space.appeals, Space.reference] { count += try rehash(space, &broken) }
        }
        let found =
            broken.isEmpty
            ? Label(uk: "рядків \(count), усі цілі", en: "\(count) rows, all whole")
            : Label(
                uk: "зіпсовано \(broken.count): \(broken.prefix(5).joined(separator: ", "))",
                en: "\(broken.count) are broken: \(broken.prefix(5).joined(separator: ", "))"
            )
        return [
            Check(
                "rows",
                isOK: broken.isEmpty,
                found: found,
                fix: isOffice ? "kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY" : "kartoteka sync now",
                exit: .integrity
            )
        ]
    }

    private func rehash(_ space: String, _ broken: inout [String]) throws -> Int {
        var after = "", count = 0
        while true {
            let rows = try desk.read { try $0.rows(space, generation: 0, after: after, limit: Self.page) }
            count += rows.count
            broken += rows.filter { SHA256.hash($0.bytes) != $0.digest }.map(\.key)
            guard rows.count == Self.page, let last = rows.last else { return count }
            after = last.key
        }
    }

    fileprivate func stateChecks(_ state: NodeState, _ reading: any StoreReading) throws -> [Check] {
        var checks = [clockCheck(), try calendarCheck(reading)]
        let waiting = state.disputed + Int64(state.held)
        checks.append(
            Check(
                "decisions",
                isOK: waiting == 0,
                found: Label(uk: "чекають рішення: \(waiting)", en: "\(waiting) wait for a decision"),
                fix: "kartoteka conflict list",
                exit: .conflictsWaiting
            )
        )
        for (kind, count) in state.tray {
            checks.append(
                Check(
                    "tray." + kind.rawValue,
                    isOK: count == 0,
                    found: Label(uk: "у лотку: \(count)", en: "in the tray: \(count)"),
                    fix: "kartoteka tray list --kind \(kind)",
                    exit: kind == .quarantine ? .quarantineNotEmpty : .failed
                )
            )
        }
        return checks + (isOffice ? try officeChecks(state, reading) : try departmentChecks(state, reading))
    }

    private func clockCheck() -> Check {
        let year = today.year
        return Check(
            "clock",
            isOK: (2024...2100).contains(year),
            found: Label(uk: "сьогодні \(today.ukrainianNumbers)", en: "today is \(today)"),
            fix: "timedatectl set-ntp true"
        )
    }

    private func calendarCheck(_ reading: any StoreReading) throws -> Check {
        let calendar = try desk.calendar(reading)
        let end = today.adding(days: Deadlines.capDays + 1) ?? today
        return Check(
            "calendar",
            isOK: calendar.covers(today) && calendar.covers(end),
            found: Label(
                uk: "календар \(calendar.version) до \(calendar.validThrough.ukrainianNumbers)",
                en: "the calendar \(calendar.version) through \(calendar.validThrough)"
            ),
            fix: "kartoteka calendar put --file …"
        )
    }

    private func officeChecks(_ state: NodeState, _ reading: any StoreReading) throws -> [Check] {
        var checks: [Check] = []
        let roles = try desk.entries("role/\(context.node)/", limit: 500, reading).filter(Desk.isInForce).map {
            $0.id.split(separator: "/").last.map(String.init) ?? ""
        }
        for role in ["administrator", "leader", "registrar"] {
            checks.append(
                Check(
                    "role." + role,
                    isOK: roles.contains(role),
                    found: Label(
                        uk: "працівників із роллю: \(roles.filter { $0 == role }.count)",
                        en: "people with the role: \(roles.filter { $0 == role }.count)"
                    ),
                    fix: "kartoteka role grant USER \(role) --as …"
                )
            )
        }
        let behind = state.sync.nodes.filter { $0.record.state == .active && $0.lag > 0 && now - $0.record.contact > 86_400_000 }
        checks.append(
            Check(
                "lag",
                isOK: behind.isEmpty,
                found: behind.isEmpty
                    ? Label(
                        uk: "кожен вузол на зв'язку або все прочитав",
                        en: "every node is in contact or has read all"
                    )
                    : Label(uk: "понад добу без зв'язку: ", en: "more than a day without contact: ")
                        + Label(behind.map(\.record.node).joined(separator: ", ")),
                fix: "kartoteka sync status",
                exit: .lagOverLimit
            )
        )
        return checks
    }

    /// Own operations on appeals that left are to go once they are durable; what stays too long waits for the office.
    private func keptCheck(_ reading: any StoreReading) throws -> Check {
        var kept = 0
        var after = ""
        while true {
            let stubs = try reading.stubs(after: after, limit: ReplicationLimits.chunk)
            kept += stubs.filter { $0.kept > 0 && now - $0.at > ReplicationLimits.ownOperationsKept }.count
            guard stubs.count == ReplicationLimits.chunk, let last = stubs.last else { break }
            after = last.appeal
        }
        return Check(
            "kept",
            isOK: kept == 0,
            found: Label(
                uk: "звернень, що вибули понад 90 днів тому, а власні дії за ними ще не збережено двічі: \(kept)",
                en: "appeals that left over 90 days ago with own operations not yet durable in two places: \(kept)"
            ),
            fix: "kartoteka tray list --kind alarm",
            exit: .lagOverLimit
        )
    }

    private func departmentChecks(_ state: NodeState, _ reading: any StoreReading) throws -> [Check] {
        let age = state.sync.outbox.oldest.map { max(0, now - $0) / 3_600_000 } ?? 0
        return [
            try keptCheck(reading),
            Check(
                "outbox",
                isOK: age < 24,
                found: Label(
                    uk: "не передано \(state.sync.outbox.count), найдавнішому \(age) год",
                    en: "\(state.sync.outbox.count) not sent, the oldest \(age) h old"
                ),
                fix: "kartoteka sync now",
                exit: .lagOverLimit
            ),
        ]
    }
}

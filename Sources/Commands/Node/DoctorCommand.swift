package import Appeals
package import CanonicalJSON
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
    static let doctor = Command(.doctor) { call in
        let progress = call.context.progress
        var checks = try examined("rows") {
            let rows = try call.desk.examineRows {
                try progress.tell(Label(uk: "перевірено рядків", en: "rows checked"), $0)
            }
            return [rows.check(isOffice: call.isOffice)]
        }
        checks += try examined("state") { try call.desk.examine().checks }
        try progress.tell(
            Label(uk: "перевіряються файл бази й журнали", en: "checking the database's file and the logs"),
            0
        )
        checks += try examined("database") {
            try call.context.checks()
        }
        let lines = checks.enumerated().map { place, check in
            let warning = call.say("УВАГА", "WARNING")
            let mark =
                check.isWarning ? warning : check.isOK ? call.say("ГАРАЗД", "OK") : call.say("ПРОБЛЕМА", "PROBLEM")
            return "\(place + 1). [\(mark)] " + (call.isVerbose ? check.name + ": " : "") + call.say(check.found)
                + (check.fix.isEmpty ? "" : "\n     → " + check.fix)
        }
        let problems = checks.filter { !$0.isOK }
        let last =
            problems.isEmpty
            ? call.say("Усе гаразд.", "All is well.") : call.say("Проблем: ", "Problems: ") + "\(problems.count)"
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
                    found: Label(uk: "файл бази зіпсовано", en: "the file is broken: \(error)"),
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

import Appeals
import CanonicalJSON
import Commands
import Conformance
import Desk
import Glibc
import Node

/// Commands around a store: making a node, joining, serving, saving and restoring it.
///
/// None of them runs in a running node but `backup create`, which asks it where there is one: a copy by another process
/// would have to wait for the lock of the directory.
struct Lifecycle {
    let invocation: Invocation
    private let arguments: JSONObject
    private var directory: String { invocation.directory }

    /// Throws what the entrance throws for what was typed; none of it is a day.
    init(_ invocation: Invocation) throws(DeskError) {
        self.invocation = invocation
        let inputs = invocation.command.operands + invocation.command.options
        arguments = try Entered(invocation.arguments, of: inputs, Entrance(today: nil)).values
    }

    /// Runs the command by its name; the table of commands and this switch must name the same ones.
    func run() throws -> CommandResult {
        if let table = Commands.inspected(invocation.command) {
            return try NodeInspection.run(table, arguments, directory: directory, invocation.language)
        }
        switch invocation.command.name {
        case "init office": return try initOffice()
        case "init department": return try initDepartment()
        case "administrator name": return try nameAdministrator()
        case "join": return try join()
        case "serve":
            return CommandResult([:], text: "", exit: try NodeDaemon.run(directory: directory, runner: Commands.runner))
        case "open": return try Browser(invocation).open()
        case "web trust": return try Browser(invocation).trust(isNew: arguments["new"]?.bool ?? false)
        case "backup create": return try backup()
        case "backup verify": return try verify()
        case "restore": return try restore()
        case "conformance": return try conformance()
        case "completion": return try Commands.completion(text("shell"), invocation.language)
        case "manual": return try ManualFiles.write(to: text("directory"), invocation.language)
        default: preconditionFailure("every command around a store has its case here: \(invocation.command.name)")
        }
    }

    /// One of the two texts, by the language of this call.
    private func say(_ uk: String, _ en: String) -> String { Label(uk: uk, en: en).text(invocation.language) }
    private func text(_ name: String) -> String { arguments[name]?.string ?? "" }

    /// A port from the arguments, `standing` if none is given; 0 lets the system choose at each start.
    private func port(_ name: String, _ standing: UInt16) throws(DeskError) -> UInt16 {
        guard let number = arguments[name]?.integer else { return standing }
        guard let port = UInt16(exactly: number) else {
            throw DeskError(
                .usage,
                "wrongNumber",
                uk: "--\(name): порт від 0 до 65535",
                en: "--\(name): a port is 0 to 65535"
            )
        }
        return port
    }

    private func initOffice() throws -> CommandResult {
        var configuration = NodeConfiguration(id: text("node"), role: .office)
        configuration.language = invocation.language
        if let address = arguments["listen"]?.string { configuration.address = address }
        configuration.port = try port("port", configuration.port)
        configuration.enrolPort = try port("enrol-port", configuration.enrolPort)
        configuration.names = (arguments["host"]?.array ?? []).compactMap(\.string)
        try NodeSetup.initializeOffice(
            directory,
            configuration,
            name: text("name"),
            administrator: Administrator(user: text("admin"), name: text("admin-name")),
            now: Clock.now()
        )
        return CommandResult(
            [
                "node": .string(configuration.id), "role": "office", "directory": .string(directory),
                "next": .string("kartoteka serve --data \(directory)"),
            ],
            text: say(
                "Вузол Центру створено в \(directory). Далі: ",
                "The office's node is made in \(directory). Next: "
            ) + "kartoteka serve --data \(directory)"
        )
    }

    private func nameAdministrator() throws -> CommandResult {
        let user = text("user")
        let outcome = try NodeSetup.nameAdministrator(directory, user: user, reason: text("reason"), now: Clock.now())
        let next = "kartoteka serve --data \(directory)"
        return CommandResult(
            ["user": .string(user), "write": .string(outcome.write), "next": .string(next)],
            lines: [
                say(
                    "«\(user)» — адміністратор. Записано в журнал Центру з причиною.",
                    "\"\(user)\" is an administrator. It stands in the office's log, with the reason."
                ),
                say("Далі: ", "Next: ") + next,
            ]
        )
    }

    private func initDepartment() throws -> CommandResult {
        var configuration = NodeConfiguration(id: text("node"), role: .department)
        configuration.language = invocation.language
        try NodeSetup.initializeDepartment(directory, configuration)
        let next = "kartoteka join --invitation FILE --data \(directory)"
        return CommandResult(
            [
                "node": .string(configuration.id), "role": "department", "directory": .string(directory),
                "next": .string(next),
            ],
            text: say(
                "Вузол підрозділу створено в \(directory). Далі: ",
                "The department's node is made in \(directory). Next: "
            ) + next
        )
    }

    private func join() throws -> CommandResult {
        let token = String(text("invitation").split(whereSeparator: \.isWhitespace).first ?? "")
        let (node, office) = try NodeSetup.join(directory, token: token, now: Clock.now())
        let next = "kartoteka serve --data \(directory)"
        return CommandResult(
            ["node": .string(node), "office": .string(office), "next": .string(next)],
            text: say(
                "Підрозділ «\(node)» приєднано до Центру «\(office)». Далі: ",
                "\"\(node)\" has joined the office \"\(office)\". Next: "
            ) + next
        )
    }

    /// Makes a backup where the store is: in the running node, else by opening the directory here.
    ///
    /// The path is made absolute before it is sent. A backup on the device of the store is made and said not to count
    /// as durable (protocol.md section 16).
    private func backup() throws -> CommandResult {
        let given = arguments["file"]?.string.map(Terminal.absolute)
        let withKeys = arguments["with-keys"]?.bool ?? false
        let made: JSON
        var asked: JSONObject = ["with-keys": .bool(withKeys), "lang": .string(invocation.language.rawValue)]
        asked["file"] = given.map(JSON.string)
        if LocalClient.isServed(directory) {
            let result = try Route.result(
                Waiting(invocation.language).served(directory, "backup create", asked)
            )
            guard !result.isError else { return result }
            made = result.json
        } else {
            let directory = directory
            made = try Waiting(invocation.language).shown { progress in
                let node = try OpenedNode.open(directory)
                defer { node.close() }
                let now = Clock.now()
                let target = try Backup.target(given, node, now: now)
                return try Backup.create(node, into: target, withKeys: withKeys, now: now, progress).json
            }
        }
        let target = made["directory"]?.string ?? ""
        var lines = [say("Резервну копію записано: ", "The backup is written: ") + target]
        if made["durable"]?.bool == false {
            lines.append(
                say(
                    "Увага: копія на тому самому пристрої, тож не рахується за друге місце.",
                    "Note: it is on the same device, so it does not count as a second place."
                )
            )
        }
        if let keys = made["keys"]?.string {
            lines.append(say("Ключі окремо, зберігайте в сейфі: ", "The keys, keep them in a safe: ") + keys)
        }
        lines.append(say("Далі: ", "Next: ") + "kartoteka backup verify \(target)")
        return CommandResult(made.object ?? [:], lines: lines)
    }

    private func verify() throws -> CommandResult {
        let path = text("file")
        let found = try Waiting(invocation.language).shown { try Backup.verify(path, $0) }
        let made = found["made"]?.integer.flatMap { KyivTime.rfc3339($0) } ?? ""
        func number(_ name: String) -> String { "\(found[name]?.integer ?? 0)" }
        return CommandResult(
            found.object ?? [:],
            lines: [
                say("Резервна копія ціла: вузол ", "The backup is intact: the node ") + (found["node"]?.string ?? "")
                    + say(", зроблено ", ", made ") + ValueWording(language: invocation.language).dated(made),
                say("Дій ", "Operations ") + number("operations") + say(", рядків ", ", rows ") + number("rows")
                    + say(", файлів ", ", files ") + number("files"),
            ]
        )
    }

    /// Two steps that may be asked for at once: the copy into a new directory, and the declaration, which gives it a
    /// new epoch.
    ///
    /// Between them nothing is served, so that an operator can make sure that the former node is off.
    private func restore() throws -> CommandResult {
        let declares = arguments["declare"]?.bool ?? false
        var lines: [String] = []
        if let backup = arguments["backup"]?.string {
            let (directory, keys) = (directory, try keys())
            let left = (left("erasures", \.erasures), left("admissions", \.admissions))
            try Waiting(invocation.language).shown { progress in
                try Restore.restore(
                    backup,
                    into: directory,
                    keys: keys,
                    erasures: left.0,
                    admissions: left.1,
                    now: Clock.now(),
                    progress
                )
            }
            lines.append(say("Вузол відновлено в \(directory).", "The node is restored into \(directory)."))
        } else if !declares {
            throw DeskError(
                .usage,
                "missingOption",
                uk: "бракує каталогу копії або --declare",
                en: "the backup's directory or --declare is missing"
            )
        }
        if declares {
            let unconfirmed = try Restore.declare(directory, now: Clock.now())
            lines.append(say("Відновлення оголошено.", "The restore is declared."))
            if unconfirmed > 0 {
                lines.append(
                    say(
                        "Журналу допусків не знайдено: не допущено нікого, доки не підтвердите: ",
                        "No log of admissions was found: nobody is admitted until you confirm it: "
                    ) + "kartoteka node confirm --as USER"
                )
            }
        }
        let next = declares ? "kartoteka serve --data \(directory)" : "kartoteka restore --declare --data \(directory)"
        lines.append(say("Далі: ", "Next: ") + next)
        return CommandResult(
            ["directory": .string(directory), "declared": .bool(declares), "next": .string(next)],
            lines: lines
        )
    }

    /// Has an office of its own: never that of a node's directory.
    ///
    /// A directory that was named, or one that exists at the standard place, is refused: an invitation of the trial
    /// must never be taken for one of the city.
    private func conformance() throws -> CommandResult {
        let isStandard = directory == Invocation.standardDirectory
        guard isStandard, access(DataDirectory(directory).configuration, F_OK) != 0 else {
            throw DeskError(
                .usage,
                "notHere",
                uk:
                    "тут є каталог вузла (\(directory)): випробування має власний Центр і не торкається справжніх даних",
                en:
                    "there is a node's directory (\(directory)): the trial has an office of its own and touches no real data",
                remedy: Sentence(
                    uk: "Запустіть без --data і без KARTOTEKA_DATA, на машині без вузла",
                    en: "Run it without --data and KARTOTEKA_DATA, on a machine without a node"
                )
            )
        }
        let file = Terminal.absolute(text("out"))
        try RegularFile.checkTarget(file, doing: Terminal.writing)
        return try Conformance.run(
            at: try Conformance.Address(text("listen")),
            invitation: file,
            command: arguments["do"]?.string,
            language: invocation.language,
            save: { try Terminal.save($0, to: file) },
            say: { Terminal.err(LineBreaks.within($0.text(invocation.language))) }
        )
    }

    /// Where the private keys are, which no backup holds; a file goes before the former node's directory.
    private func keys() throws(DeskError) -> Restore.Keys {
        if let file = arguments["keys"]?.string { return .file(file) }
        if let former = arguments["former"]?.string { return .directory(former) }
        throw DeskError(
            .usage,
            "missingOption",
            uk: "бракує --keys FILE або --former DIR: без ключів вузол не впізнають",
            en: "--keys FILE or --former DIR is missing: without keys nobody knows the node"
        )
    }

    /// A file that a former node kept outside its backups: the one that is named, or that of the former directory.
    private func left(_ option: String, _ file: KeyPath<DataDirectory, String>) -> String? {
        if let named = arguments[option]?.string { return named }
        guard let former = arguments["former"]?.string else { return nil }
        let path = DataDirectory(former)[keyPath: file]
        return access(path, F_OK) == 0 ? path : nil
    }
}

import Appeals
import CanonicalJSON
import Commands
import Desk
import Glibc
import Node
import Pictures

/// From the terminal into the browser: opening the node, and teaching devices to trust it.
struct Browser {
    private let invocation: Invocation
    /// How long a browser has to read the page with the code of the first run, in seconds.
    private static let reading = 15
    /// The same where a person opens the page by hand.
    private static let byHand = 600

    init(_ invocation: Invocation) { self.invocation = invocation }

    private func say(_ uk: String, _ en: String) -> String { Label(uk: uk, en: en).text(invocation.language) }

    // MARK: open

    /// Says the address and opens it where there is a screen; on the first run through a page that carries the code.
    func open() throws -> CommandResult {
        if Founding.isNeeded(invocation.directory) { return try found() }
        let doorstep = try WebDoorstep(invocation.directory)
        let address = try doorstep.address()
        let page = try doorstep.writeStartPage(address)
        defer { if page != nil { doorstep.removeStartPage() } }
        let isOpened = Self.show(page ?? address)
        var lines = [say("Вузол у браузері: ", "The node in a browser: ") + address]
        if let page {
            if !isOpened {
                Terminal.err(
                    say(
                        "Тут немає браузера. Відкрийте на цьому комп'ютері сторінку file://\(page)\n"
                            + "Вона зникне за \(Self.byHand / 60) хв, після першого запуску або за Ctrl-C.",
                        "There is no browser here. Open on this computer the page file://\(page)\n"
                            + "It goes in \(Self.byHand / 60) min, after the first run, or with Ctrl-C."
                    )
                )
            }
            Self.wait(isOpened ? Self.reading : Self.byHand) { !doorstep.isFirstRun }
            lines.append(
                say(
                    "Перший запуск: сторінка з одноразовим кодом уже зникла; щоб відкрити її ще раз: kartoteka open",
                    "The first run: the page with the one-time code is gone; to open it again: kartoteka open"
                )
            )
        }
        return CommandResult(
            ["address": .string(address), "opened": .bool(isOpened), "firstRun": .bool(page != nil)],
            lines: lines
        )
    }

    /// In an empty directory: the page that makes the node, and then the node itself, for as long as this process runs.
    private func found() throws -> CommandResult {
        var ports = Founding.Ports()
        func given(_ name: String, _ standing: UInt16) -> UInt16 {
            invocation.arguments[name]?.integer.flatMap { UInt16(exactly: $0) } ?? standing
        }
        ports.web = given("port", ports.web)
        ports.sync = given("sync-port", ports.sync)
        ports.enrol = given("enrol-port", ports.enrol)
        let founding = try Founding(invocation.directory, ports: ports, language: invocation.language)
        let (address, page) = try founding.begin()
        let isOpened = Self.show(page)
        Terminal.err(
            isOpened
                ? say("Перший запуск: у браузері, ", "The first run: in the browser, ") + address
                : say(
                    "Тут немає браузера. Відкрийте на цьому комп'ютері сторінку file://\(page)",
                    "There is no browser here. Open on this computer the page file://\(page)"
                )
        )
        let daemon = founding.wait()
        Terminal.err(
            say(
                "Вузол працює за адресою \(address), доки відкрите це вікно (Ctrl-C зупиняє). Щоб працював завжди: kartoteka serve --data \(invocation.directory), як служба.",
                "The node works at \(address) while this window is open (Ctrl-C stops it). To have it always: kartoteka serve --data \(invocation.directory), as a service."
            )
        )
        let exit = daemon.serve()
        return CommandResult(["address": .string(address), "founded": true], lines: [], exit: exit)
    }

    /// Waits so many seconds at most; Ctrl-C ends it sooner.
    private static func wait(_ seconds: Int, until isOver: () -> Bool) {
        let interrupt = Interrupt()
        for _ in 0..<(seconds * 10) {
            if isOver() || interrupt.isAsked { return }
            usleep(100_000)
        }
    }

    /// Gives a page to the browser of the desktop; false where there is none.
    private static func show(_ place: String) -> Bool {
        guard Terminal.variable("DISPLAY") != nil || Terminal.variable("WAYLAND_DISPLAY") != nil else { return false }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for file in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, file, "/dev/null", O_RDWR, 0)
        }
        let words: [String] = ["xdg-open", place]
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        var process = pid_t()
        guard posix_spawnp(&process, "xdg-open", &actions, nil, &pointers, environ) == 0 else { return false }
        var status: Int32 = 0
        guard waitpid(process, &status, 0) == process else { return false }
        return status == 0
    }

    // MARK: trust

    /// Where the authority's certificate is, its fingerprint, and the page that guides a device; makes a new one if asked.
    func trust(isNew: Bool) throws -> CommandResult {
        let doorstep = try WebDoorstep(invocation.directory)
        if let reason = doorstep.needsNoTrust {
            return CommandResult(["needed": false], lines: [reason.text(invocation.language)])
        }
        let authority = doorstep.authority
        if isNew { try authority.make(now: Clock.now()) }
        guard let print = try authority.fingerprint() else {
            let next = "kartoteka serve --data \(invocation.directory)"
            let told = say(
                "Засвідчувача ще немає: його зробить перший запуск. Далі: ",
                "There is no authority yet: the first start makes it. Next: "
            )
            return CommandResult(["needed": true, "next": .string(next)], lines: [told + next])
        }
        let lacking = try authority.lacking()
        var members: JSONObject = [
            "needed": true, "file": .string(doorstep.authorityFile), "fingerprint": .string(print),
            "lacking": .array(lacking.map(JSON.string)),
        ]
        var lines = [
            say("Сертифікат засвідчувача: ", "The authority's certificate: ") + doorstep.authorityFile,
            say("Відбиток SHA-256: ", "SHA-256 fingerprint: ") + Self.grouped(print),
        ]
        if !lacking.isEmpty {
            lines.append(
                say(
                    "Цей засвідчувач не посвідчує: \(lacking.joined(separator: ", ")). Потрібен новий, і кожен пристрій треба навчити наново: kartoteka web trust --new",
                    "This authority does not permit: \(lacking.joined(separator: ", ")). It takes a new one, and every device must be taught again: kartoteka web trust --new"
                )
            )
        }
        if isNew {
            lines.append(
                say(
                    "Зроблено нового. За хвилину вузол показуватиме його сертифікат; пристрої, навчені раніше, питатимуть знову.",
                    "A new one is made. Within a minute the node shows its certificate; devices taught before will ask again."
                )
            )
        }
        if let page = doorstep.openAddress.map({ $0 + "/trust" }) {
            members["page"] = .string(page)
            lines.append(say("Сторінка для телефона чи комп'ютера: ", "The page for a phone or a computer: ") + page)
            lines += QRCode(page)?.lines ?? []
        } else {
            lines.append(
                say(
                    "Щоб побачити сторінку й код для телефона, запустіть вузол: ",
                    "To see the page and the code for a phone, start the node: "
                )
                    + "kartoteka serve --data \(invocation.directory)"
            )
        }
        return CommandResult(members, lines: lines)
    }

    /// In groups of four, as it is read aloud.
    private static func grouped(_ hex: String) -> String {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: " ")
    }
}

import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// The node at which somebody looks: at a department this is the room's first page.
extension WebCall {
    /// The node at which one is, for whoever looks after it.
    func ownPage(at here: String) throws -> WebReply {
        let own = try desk.ownNode(), machine = site.machine()
        let title = desk.isOffice ? own.name : say("Вузол підрозділу", "The department’s node")
        return try page(title, here: here) {
            doneBanner()
            backupBanner
            try tag("div", ["class": "head"]) {
                try tag("div", ["class": "tight"]) {
                    if desk.isOffice {
                        tag("a", ["class": "small", "href": "/nodes"]) {
                            icon(.back)
                            " " + say("Вузли й обмін", "Nodes and exchange")
                        }
                    }
                    tag("h1") { title }
                    try asOf()
                }
                if !desk.isOffice { button(say("Обмінятися зараз", "Exchange now"), at: "/nodes/exchange") }
            }
            if !desk.isOffice { link(own) }
            ownFigures(own, machine)
            tag("div", ["class": "half"]) {
                backupSheet(own.backup, machine)
                machineSheet(own, machine)
            }
            try debtSheet(own)
            ways
        }
    }

    /// How the link to the office stands, in a sentence.
    private func link(_ own: OwnNode) -> Markup {
        guard let exchange = site.exchange() else {
            return note(.plain) { say("Зв’язок із Центром перевіряється.", "The link to the office is being checked.") }
        }
        let last =
            exchange.contact > 0
            ? say("Востаннє на зв’язку ", "Last contact ") + moment(exchange.contact) + "."
            : say("Центру ще не чули.", "The office was not heard yet.")
        guard let obstacle = exchange.obstacle else { return note(.done) { last } }
        return note(exchange.needsPerson ? .need : .plain) {
            tag("p") {
                tag("b") { say("Обміну немає: ", "No exchange: ") }
                say(obstacle) + ". "
                last
            }
            tag("p") {
                exchange.needsPerson
                    ? say(
                        "Саме не мине: покажіть це адміністраторові Центру.",
                        "It will not pass by itself: show this to the office’s administrator."
                    )
                    : say(
                        "Працюйте далі – усе зберігається тут і надішлеться само.",
                        "Go on – all is kept here and will be sent by itself."
                    )
            }
        }
    }

    /// What waits here, and how the machine stands.
    private func ownFigures(_ own: OwnNode, _ machine: WebMachine?) -> Markup {
        let receipts = own.debts.filter { $0.kind != .withdrawal }.reduce(0) { $0 + $1.count }
        return tag("div", ["class": "figs"]) {
            if !desk.isOffice {
                ownFigure("/sync", say("Не передано", "Not sent"), own.outbox.count) {
                    own.outbox.oldest.map { say("найстаріше ", "the oldest ") + age(now - $0) }
                        ?? say("усе в Центру", "all is at the office")
                }
            }
            ownFigure(
                "/queues/decisions",
                say("Чекають рішення", "Wait for a decision"),
                Int64(own.held) + own.disputed
            ) {
                say("розбіжності й утримана робота", "disagreements and held work")
            }
            ownFigure(nodePlace(own.node, "debts"), say("Винні", "Owed"), receipts) {
                say("розписки, листи, копії", "receipts, letters, copies")
            }
            if !desk.isOffice {
                ownFigure(
                    "/nodes/tray",
                    say("Невиправлені різниці", "Differences not mended"),
                    Int64(own.differing.count)
                ) {
                    say("рядки не такі, як у Центрі", "rows unlike the office’s")
                }
            }
            ownFigure("/nodes/tray", say("Лоток оператора", "Operator’s tray"), Int64(own.alerts)) {
                own.alerts == 0
                    ? say("порожній", "empty") : own.tray.map { say(Wording.trayKind($0.kind)) }.joined(separator: ", ")
            }
            backupFigure(own.backup)
            roomFigure(machine)
        }
    }

    /// A count with its list.
    private func ownFigure(_ place: String, _ name: String, _ count: Int64, _ words: () -> String) -> Markup {
        tag("a", ["href": place]) {
            tag("span", ["class": "small soft"]) { name }
            tag("b") { grouped(count) }
            tag("span", ["class": "small"]) { words() }
        }
    }

    /// The last backup, and the way to make one.
    private func backupSheet(_ backup: BackupNote?, _ machine: WebMachine?) -> Markup {
        tag("section", ["class": "sheet", "id": "backup"]) {
            tag("header") { tag("h2") { say("Резервна копія", "Backup") } }
            tag("dl", ["class": "kv kv-line pad"]) {
                if let backup {
                    fact(say("Остання", "The last"), "\(moment(backup.made)) (\(ago(backup.made)))")
                    fact(
                        say("Перевірена", "Verified"),
                        say("прочитано повністю, дій: ", "read back whole, acts: ") + grouped(backup.operations)
                    )
                    fact(
                        say("Пристрій", "Device"),
                        backup.isElsewhere
                            ? say("інший: «надійно збережено двічі»", "another: “kept safely twice”")
                            : say(
                                "той самий, що й вузол: диск загине – загине й копія ▲",
                                "the same as the node’s: if the disk dies, so does the backup ▲"
                            )
                    )
                    fact(say("Де", "Where"), tag("span", ["class": "mono"]) { backup.directory })
                } else {
                    fact(
                        say("Остання", "The last"),
                        say("цей вузол не пам’ятає жодної ▲", "this node remembers none ▲")
                    )
                }
            }
            tag("div", ["class": "pad row"]) {
                if machine?.backupDirectory != nil {
                    button(say("Зробити копію зараз", "Make a backup now"), at: "/nodes/backup")
                } else {
                    tag("p", ["class": "hint"]) {
                        say(
                            "Щоб робити копію звідси, впишіть у kartoteka.conf каталог на іншому пристрої: directory під [backup].",
                            "To make one from here, write a directory on another device into kartoteka.conf: directory under [backup]."
                        )
                    }
                }
            }
        }
    }

    /// Room, clock and certificate.
    private func machineSheet(_ own: OwnNode, _ machine: WebMachine?) -> Markup {
        let notKnown = unknown(say("невідомо", "not known"))
        return tag("section", ["class": "sheet", "id": "machine"]) {
            tag("header") { tag("h2") { say("Цей вузол", "This node") } }
            tag("dl", ["class": "kv kv-line pad"]) {
                fact(say("Код", "Code"), tag("span", ["class": "mono"]) { own.node })
                fact(
                    say("Ключ словами", "The key in words"),
                    site.keyWords.isEmpty ? notKnown : Markup(site.keyWords.joined(separator: " "))
                )
                fact(
                    say("Сертифікат діє", "Certificate is good for"),
                    machine.map { daysLeft(until: $0.certificateEnd) } ?? notKnown
                )
                fact(say("Вільне місце", "Free space"), machine?.freeBytes.map { Markup(bytes($0)) } ?? notKnown)
                fact(say("База", "Database"), machine?.databaseBytes.map { Markup(bytes($0)) } ?? notKnown)
            }
        }
    }

    /// What is owed: differences and receipts that are missing.
    private func debtSheet(_ own: OwnNode) throws -> Markup {
        let count = own.debts.reduce(0) { $0 + $1.count }
        return try sheet("debts", say("Винні", "Owed"), Int(clamping: count)) {
            debts(try desk.debts(DebtFilter(), limit: 200).debts)
        }
    }

    // MARK: acts

    private var backupBanner: Markup {
        switch request.parameter("backup") {
        case "elsewhere":
            note(.done) {
                say(
                    "Копію зроблено й прочитано на іншому пристрої.",
                    "The backup is made and read back, on another device."
                )
            }
        case "here":
            note(.need) {
                say(
                    "Копію зроблено й прочитано, але на тому самому пристрої: диск загине – загине й вона.",
                    "The backup is made and read back, but on the same device: if the disk dies, so does it."
                )
            }
        default: Markup()
        }
    }

    /// Makes a backup now, on the lane of long work.
    func makeBackup() throws -> WebReply {
        try desk.requireLookingAfter()
        guard let running = site.context.running else { return try noSuchPage() }
        do {
            let made = try running.backup(file: nil, withKeys: false, Unwatched())
            let isElsewhere = made["durable"]?.bool == true
            return .seeOther(nodePlace(site.node) + "?backup=" + (isElsewhere ? "elsewhere" : "here"))
        } catch { return refusalPage(DeskError(error)) }
    }

    /// Lets the link exchange at once.
    func exchangeNow() throws -> WebReply {
        try desk.requireLookingAfter()
        switch run(.syncNow, [:], Asking()) {
        case .done: return .seeOther("/nodes")
        case .refused(let errors):
            guard let error = DeskError.all(errors) else { return .seeOther("/nodes") }
            return refusalPage(error)
        }
    }
}

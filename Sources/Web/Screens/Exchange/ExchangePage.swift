import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// What the chip leads to: what waits, where it waits, what helps.
enum Exchange {
    /// Acts of one page.
    static let acts = 200

    static let routes: [Route] = [
        Route("GET", "/sync") { call in
            try call.exchange()
        },
        Route("GET", "/parts/chip", isUse: false) { call in call.part(call.chip(try call.shell().chip)) },
    ]
}

extension WebCall {
    fileprivate func exchange() throws -> WebReply {
        let status = try site.context.running?.status(language)
        let sync = try desk.syncState(), link = LinkFacts(status)
        let waiting = try desk.waitingActs(limit: Exchange.acts)
        let alerts = try desk.read { reading in
            try TrayKind.alerts.map {
                ($0, try desk.shownTray($0, after: 0, limit: Desk.countedAtMost, reading).count)
            }.filter { $0.1 > 0 }
        }
        return try page(say("Обмін даними", "Data exchange")) {
            try tag("div", ["class": "tight"]) {
                tag("h1") { say("Обмін даними", "Data exchange") }
                try asOf()
            }
            standing(sync, link, try desk.read { try SyncFacts(desk, $0, status: status) })
            if status?["isShortOfRoom"]?.bool == true { shortOfRoom }
            if !alerts.isEmpty { attention(alerts, try desk.read { try desk.looksAfter($0) }) }
            if desk.isOffice { try nodes(sync) } else { acts(sync, waiting) }
            streams(sync)
        }
    }

    /// In a sentence how it stands, and what helps.
    private func standing(_ sync: SyncState, _ link: LinkFacts, _ facts: SyncFacts) -> Markup {
        if sync.stopped != nil {
            return note(.refused, .alert) {
                tag("b") {
                    say(
                        "Центр не приймає роботи: він відстав від своїх вузлів.",
                        "The office takes no work: it is behind its nodes."
                    )
                }
                " "
                say(
                    "Адміністратор має оголосити відновлення на машині Центру.",
                    "The administrator has to declare the restore at the office’s machine."
                )
            }
        }
        guard !desk.isOffice else { return Markup() }
        switch link {
        case .unknown:
            return note(.plain) {
                say(
                    "Вузол щойно почав: зв’язок із Центром перевіряється.",
                    "The node has just started: the link to the office is being checked."
                )
            }
        case .connected(let at):
            return sync.outbox.count == 0
                ? note(.done) {
                    tag("b") { say("Усе передано Центру.", "Everything is at the office.") }
                    say(" Востаннє на зв’язку ", " Last contact ") + moment(at) + "."
                }
                : note(.plain, .sync) {
                    tag("b") {
                        say(Counted.sending(Int(clamping: sync.outbox.count), sent: Int(clamping: facts.sent))) + "."
                    }
                    say(" Нічого робити не треба.", " Nothing has to be done.")
                }
        case .away(let at, let obstacle):
            return note(.plain) {
                tag("p") {
                    tag("b") { say("Немає зв’язку.", "No connection.") }
                    say(
                        " Працюйте далі – усе зберігається на цьому вузлі і надішлеться само.",
                        " Go on – all is kept on this node and will be sent by itself."
                    )
                }
                tag("p", ["class": "small soft"]) {
                    if at > 0 { say("Востаннє на зв’язку ", "Last contact ") + moment(at) + ". " }
                    say("Що заважає: ", "What is in the way: ") + obstacle
                }
            }
        }
    }

    private var shortOfRoom: Markup {
        note(.need) {
            tag("b") { say("На диску вузла мало місця.", "The disk of the node has little room.") }
            say(
                " Усе збережене ціле; адміністратор має звільнити місце, доки диск не заповнився.",
                " All that is saved is whole; the administrator has to make room before the disk is full."
            )
        }
    }

    private func attention(_ alerts: [(TrayKind, Int)], _ looksAfter: Bool) -> Markup {
        note(.need) {
            tag("b") {
                desk.isOffice
                    ? say("Потребує уваги адміністратора: ", "The administrator has to look at: ")
                    : say("Потребує уваги начальника: ", "The head has to look at: ")
            }
            alerts.map { "\(say(Wording.trayKind($0.0))) – \($0.1)" }.joined(separator: ", ") + "."
            if looksAfter {
                " "
                tag("a", ["href": "/nodes/tray"]) { say("Лоток оператора", "The operator’s tray") }
            }
        }
    }

    private func acts(_ sync: SyncState, _ waiting: WaitingActs) -> Markup {
        Markup([
            waiting.refused.isEmpty
                ? Markup()
                : list(
                    say("Центр не прийняв", "Not accepted by the office"),
                    waiting.refused,
                    waiting.refused.count,
                    waiting.names
                ),
            tag("section", ["class": "sheet"]) {
                tag("header") {
                    tag("h2") { say("Ще не передано Центру", "Not with the office yet") }
                    tag("span", ["class": "hint"]) {
                        say("Надійно збережено двічі: ", "Kept safely twice: ") + grouped(sync.outbox.durable)
                            + say(" з ", " of ") + grouped(sync.outbox.last)
                    }
                }
                if waiting.unsent.isEmpty {
                    tag("p", ["class": "empty"]) {
                        tag("b") { say("Усе передано Центру.", "Everything is at the office.") }
                    }
                } else {
                    rows(waiting.unsent, waiting.names)
                }
                if sync.outbox.count > Int64(waiting.unsent.count) {
                    tag("footer") {
                        say(
                            "Показано \(waiting.unsent.count) із \(grouped(sync.outbox.count)).",
                            "\(waiting.unsent.count) of \(grouped(sync.outbox.count)) shown."
                        )
                    }
                }
            },
        ])
    }

    private func list(_ title: String, _ acts: [WaitingAct], _ count: Int, _ names: PrintedNames) -> Markup {
        tag("section", ["class": "sheet"]) {
            tag("header") {
                tag("h2") { title }
                tag("span", ["class": "hint"]) { "\(count)" }
            }
            rows(acts, names)
        }
    }

    private func rows(_ acts: [WaitingAct], _ names: PrintedNames) -> Markup {
        tag("ul", ["class": "steps pad"]) {
            for act in acts {
                tag("li") {
                    tag("span") {
                        icon(act.operation.status == nil ? .up : .alert)
                        tag("span") {
                            say(Wording.kind(act.operation.kind))
                            if let status = act.operation.status {
                                tag("span", ["class": "amber"]) {
                                    " – " + say(Wording.outcome(status, act.operation.reason, path: act.operation.path))
                                }
                            }
                            tag("br")
                            tag("span", ["class": "soft small"]) {
                                names.person(act.operation.user) + " · " + moment(act.operation.at)
                            }
                        }
                    }
                    if let appeal = act.appeal {
                        tag("a", ["class": "ix", "href": cardPlace(appeal, act.index)]) {
                            act.index.isEmpty ? say("картка", "card") : act.index
                        }
                    }
                }
            }
        }
    }

    /// How far each department has read, by what its node itself confirmed.
    private func nodes(_ sync: SyncState) throws -> Markup {
        let ids = Set(sync.nodes.map(\.record.node))
        let names = try desk.read { try desk.names(of: [], departments: ids, $0) }
        return tag("section", ["class": "sheet"]) {
            tag("header") {
                tag("h2") { say("Вузли підрозділів", "Nodes of departments") }
                if sync.unconfirmed > 0 {
                    tag("span", ["class": "amber"]) {
                        say("Після відновлення чекають підтвердження: ", "Wait to be confirmed since the restore: ")
                            + "\(sync.unconfirmed)"
                    }
                }
            }
            if sync.nodes.isEmpty {
                tag("p", ["class": "empty"]) {
                    say("Жоден підрозділ ще не приєднався.", "No department has joined yet.")
                }
            } else {
                tag("table", ["class": "t cards"]) {
                    tag("caption", ["class": "sr"]) { say("Вузли підрозділів", "Nodes of departments") }
                    tag("thead") {
                        tag("tr") {
                            for words in nodeHeadings { tag("th", ["scope": "col"]) { words } }
                        }
                    }
                    tag("tbody") { for node in sync.nodes { nodeRow(node, names) } }
                }
            }
        }
    }

    private var nodeHeadings: [String] {
        [
            say("Вузол", "Node"), say("Стан", "State"), say("На зв’язку", "Contact"), say("Прочитано", "Read"),
            say("Звернень", "Appeals"), say("Не підтвердив знищення", "Unconfirmed purges"),
        ]
    }

    private func nodeRow(_ node: NodeLag, _ names: PrintedNames) -> Markup {
        let heads = nodeHeadings
        let state: Label =
            switch node.record.state {
            case .active: Label(uk: "Допущено", en: "Active")
            case .revoked: Label(uk: "Скасовано", en: "Revoked")
            case .frozen: Label(uk: "Заморожено", en: "Frozen")
            case .unconfirmed: Label(uk: "Чекає підтвердження", en: "Waits to be confirmed")
            }
        let isSilent = node.lag > 0 && now - node.record.contact > Desk.silentAtMost
        return tag("tr", ["class": isSilent ? "bound" : nil]) {
            tag("th", ["scope": "row"]) { tag("b") { names.department(node.record.node) } }
            tag("td", ["data-l": heads[1]]) { say(state) }
            tag("td", ["data-l": heads[2]]) {
                node.record.contact == 0 ? say("Ще не було", "Never") : moment(node.record.contact)
            }
            tag("td", ["data-l": heads[3]]) {
                node.lag == 0
                    ? say("Усе", "All")
                    : say(
                        "\(grouped(node.read)) з \(grouped(node.head))",
                        "\(grouped(node.read)) of \(grouped(node.head))"
                    )
            }
            tag("td", ["data-l": heads[4]]) { grouped(node.rows) }
            tag("td", ["data-l": heads[5]]) { grouped(node.unreceipted) }
        }
    }

    private func streams(_ sync: SyncState) -> Markup {
        guard !desk.isOffice else { return Markup() }
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { say("Що вузол має від Центру", "What the node has from the office") } }
            tag("ul", ["class": "steps pad"]) {
                for stream in sync.streams {
                    tag("li") {
                        tag("span") {
                            icon(.node)
                            tag("span") { say(Wording.stream(stream.record.name, sync.names)).capitalizedFirst }
                        }
                        tag("span", ["class": "soft"]) {
                            say(Counted.entries(Int(clamping: stream.rows)))
                        }
                    }
                }
            }
        }
    }
}

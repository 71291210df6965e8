import Appeals
import Desk
import Replication

/// All places of this room.
enum NodeScreens {
    static let routes: [Route] =
        [
            Route("GET", "/nodes") { call in
                try call.desk.requireLookingAfter()
                return try call.desk.isOffice ? call.nodesPage() : call.ownPage(at: "/nodes")
            },
            Route("GET", "/node/{node}") { call in
                try call.desk.requireLookingAfter()
                let node = call.parameters["node"] ?? ""
                return try node == call.site.node ? call.ownPage(at: "/nodes") : call.nodePage(node)
            },
            Route("POST", "/nodes/backup", lane: .long, longest: WebCall.longestOfAccess) { try $0.makeBackup() },
            Route("POST", "/nodes/exchange", longest: WebCall.longestOfAccess) { try $0.exchangeNow() },
        ] + Tray.routes + Examined.routes + NodeActs.routes
}

extension WebCall {
    /// The office's table of nodes, and what somebody has to do about them.
    func nodesPage() throws -> WebReply {
        let page = try desk.nodes(heard: site.heard), own = try desk.ownNode(), machine = site.machine()
        let title = say("Вузли й обмін", "Nodes and exchange")
        return try self.page(title, here: "/nodes") {
            doneBanner()
            try tag("div", ["class": "head"]) {
                try tag("div", ["class": "tight"]) {
                    tag("h1") { title }
                    try asOf()
                }
                tag("a", ["class": "btn btn-act", "href": NodeActs.place(.invite)]) {
                    icon(.plus)
                    " " + say("Запросити підрозділ", "Invite a department")
                }
            }
            behind(page)
            unconfirmed(page)
            silent(page)
            figures(page, own, machine)
            table(page, own, machine)
            without(page)
            ways
        }
    }

    // MARK: what somebody has to do

    /// That the office is behind its nodes, proven, or only claimed.
    private func behind(_ page: NodesPage) -> Markup {
        if let stopped = page.stopped { return proven(stopped) }
        let claiming = page.claiming
        guard let first = claiming.first else { return Markup() }
        let names = claiming.map { page.names.department($0.node) }.joined(separator: ", ")
        return note(.need) {
            tag("p") {
                tag("b") {
                    claiming.count == 1
                        ? say(
                            "Вузол твердить, що Центр відстав від нього, але доказу не має: ",
                            "A node claims that the office is behind it, and has no evidence: "
                        )
                        : say(
                            "Вузлів твердять, що Центр відстав від них: \(claiming.count), доказу не має жоден: ",
                            "\(claiming.count) nodes claim that the office is behind them, none has evidence: "
                        )
                }
                names + "."
            }
            tag("p") {
                claiming.count == 1
                    ? say(
                        "Найімовірніше, вузол повернули до старої копії його диска. Нічого не змінено, Центр працює.",
                        "Most likely the node was put back to an old copy of its disk. Nothing was changed, the office works."
                    )
                    : say(
                        "Незалежні вузли рідко помиляються однаково: перевірте, чи не повернули Центр до старої копії.",
                        "Independent nodes are rarely wrong alike: look whether the office was put back to an old copy."
                    )
            }
            tag("ol", ["class": "nums"]) {
                tag("li") {
                    say(
                        "Якщо Центр справді повертали до старої копії – зупиніть його й на машині виконайте ",
                        "If the office was put back to an old copy, stop it and run at its machine "
                    )
                    tag("code", ["class": "mono"]) { "kartoteka restore --declare" }
                }
                tag("li") {
                    say("Якщо ні – вирішіть щодо вузла: ", "If not, decide about the node: ")
                    for (place, node) in claiming.enumerated() {
                        if place > 0 { ", " }
                        tag("a", ["href": NodeActs.place(.nodeDistrust, node.node)]) {
                            say("не вірити вузлу «", "do not believe “") + page.names.department(node.node)
                                + say("»", "”")
                        }
                    }
                    ". "
                    say("Твердить із ", "It has claimed so since ") + moment(first.claimedAt ?? now) + "."
                }
            }
        }
    }

    /// That the office's own signature stands under what it no longer has.
    private func proven(_ stopped: String) -> Markup {
        note(.refused, .alert) {
            tag("p") {
                tag("b") {
                    say(
                        "Центр не приймає роботи: доведено, що він відстав від своїх вузлів.",
                        "The office takes no work: it is proven to be behind its nodes."
                    )
                }
            }
            tag("p") {
                say(
                    "Доказ – підпис самого Центру під тим, чого в ньому вже немає. Нічого не втрачено: вузли все зберігають. "
                        + "Зупиніть вузол і на його машині оголосіть відновлення: ",
                    "The proof is the office’s own signature on what it no longer has. Nothing is lost: the nodes keep it. "
                        + "Stop the node, and declare the restore at its machine: "
                )
                tag("code", ["class": "mono"]) { "kartoteka restore --declare" }
            }
            tag("p", ["class": "small soft mono"]) { stopped }
        }
    }

    /// Nodes that wait to be confirmed after a restore.
    private func unconfirmed(_ page: NodesPage) -> Markup {
        let count = page.unconfirmed.count
        guard count > 0 else { return Markup() }
        return note(.need) {
            tag("b") {
                say(
                    "Після відновлення чекають підтвердження вузлів: \(count). ",
                    "Nodes that wait to be confirmed since the restore: \(count). "
                )
            }
            say(
                "Журнал допусків загинув: нікого з них не допущено, доки ви не скажете. ",
                "The log of admissions was lost: none of them is let in until you say so. "
            )
            if let asOf = page.admissionsAsOf { say("Копія від ", "The backup is of ") + moment(asOf) + ". " }
            tag("a", ["href": NodeActs.place(.nodeConfirm)]) { say("Підтвердити", "Confirm them") }
        }
    }

    /// Nodes that have been silent for more than a day, with what is known to be missing.
    private func silent(_ page: NodesPage) -> Markup {
        let silent = page.nodes.filter { node in
            if case .silent = node.heard { return node.isAdmitted }
            return false
        }
        return Markup(
            silent.map { node in
                note(.need) {
                    tag("b") {
                        page.names.department(node.node) + say(" не на зв’язку ", " has been silent for ")
                            + age(now - (node.heard.at ?? now)) + ". "
                    }
                    if let unsent = node.unsent, unsent.count > 0 {
                        tag("b") {
                            say(
                                "Тут не отримано щонайменше \(say(Counted.changesOf(Int(clamping: unsent.count)))). ",
                                "At least \(say(Counted.changesOf(Int(clamping: unsent.count)))) did not come here. "
                            )
                        }
                    }
                    say(
                        "Люди там працюють далі, все збережено на їхньому вузлі. Що зробити: зателефонуйте в підрозділ – "
                            + "чи увімкнено комп’ютер вузла, чи є мережа, що каже його сторінка «Вузол». ",
                        "People there go on working, all is kept at their node. What to do: call the department – "
                            + "whether the node’s computer is on, whether there is a network, what its page “Node” says. "
                    )
                    tag("a", ["href": nodePlace(node.node)]) { say("Сторінка вузла", "The node’s page") }
                }
            }
        )
    }

    /// Departments without a node.
    private func without(_ page: NodesPage) -> Markup {
        guard !page.without.isEmpty else { return Markup() }
        return tag("section", ["class": "sheet"]) {
            tag("header") {
                tag("h2") { say("Підрозділи без вузла", "Departments without a node") }
                tag("span", ["class": "hint"]) { "\(page.without.count)" }
            }
            tag("ul", ["class": "steps pad"]) {
                for department in page.without {
                    tag("li") {
                        tag("span") { page.names.department(department) }
                        tag("a", ["class": "nw", "href": NodeActs.place(.invite, department)]) {
                            say("Запросити", "Invite")
                        }
                    }
                }
            }
        }
    }

    /// To the other pages of the room.
    var ways: Markup {
        tag("p", ["class": "row"]) {
            tag("a", ["class": "btn", "href": "/nodes/tray"]) { say("Лоток оператора", "The operator’s tray") }
            tag("a", ["class": "btn", "href": "/nodes/doctor"]) { say("Перевірити вузол", "Check the node") }
            tag("a", ["class": "btn", "href": "/nodes/inspect"]) { say("Записи бази", "Records of the database") }
            tag("a", ["class": "btn", "href": SetupPage.path]) {
                say("Кроки першого запуску", "Steps of the first run")
            }
            tag("a", ["class": "btn", "href": "/sync"]) { say("Обмін даними", "Data exchange") }
        }
    }
}

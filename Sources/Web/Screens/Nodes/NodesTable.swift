import Appeals
import Desk
import Replication

/// Figures above the table of nodes, and the table: each number is a link to its list.
extension WebCall {
    /// The greatest numbers above the table.
    func figures(_ page: NodesPage, _ own: OwnNode, _ machine: WebMachine?) -> Markup {
        tag("div", ["class": "figs"]) {
            inContact(page)
            oldestUnsent(page)
            differing(page)
            figure("/nodes/tray", say("Лоток оператора", "Operator’s tray")) {
                tag("b") { grouped(Int64(own.alerts)) }
                tag("span", ["class": "small"]) {
                    own.alerts == 0
                        ? say("порожній", "empty")
                        : own.tray.map { say(Wording.trayKind($0.kind)) }.joined(separator: ", ")
                }
            }
            backupFigure(own.backup)
            roomFigure(machine)
        }
    }

    /// A number with its name, and its list where there is one.
    private func figure(
        _ place: String,
        _ name: String,
        @MarkupBuilder _ content: () -> Markup
    ) -> Markup {
        tag("a", ["href": place]) {
            tag("span", ["class": "small soft"]) { name }
            content()
        }
    }

    /// How many nodes were heard of within a quarter of an hour.
    private func inContact(_ page: NodesPage) -> Markup {
        let (heard, all) = page.inContact
        return figure("#nodes", say("Вузли на зв’язку", "Nodes in contact")) {
            tag("b") {
                "\(heard) "
                tag("small") { say("із \(all)", "of \(all)") }
            }
            tag("span", ["class": "small"]) { say("за останні 15 хв", "in the last 15 min") }
        }
    }

    /// The age of the oldest operation that a node said it had not sent; what was never told is not nothing.
    private func oldestUnsent(_ page: NodesPage) -> Markup {
        let admitted = page.nodes.filter(\.isAdmitted)
        let told = admitted.compactMap { node in
            node.unsent.flatMap { unsent in unsent.oldest.map { (node, $0) } }
        }
        let oldest = told.min { $0.1 < $1.1 }
        let unheard = admitted.count { $0.unsent == nil }
        let place = oldest.map { nodePlace($0.0.node, "unsent") } ?? "#nodes"
        return figure(place, say("Найдовше не передано", "Longest not sent")) {
            if let oldest {
                tag("b") { age(now - oldest.1) }
                tag("span", ["class": now - oldest.1 > Desk.silentAtMost ? "small red" : "small"]) {
                    (now - oldest.1 > Desk.silentAtMost ? "▲ " : "") + page.names.department(oldest.0.node)
                }
            } else if admitted.isEmpty || unheard == admitted.count {
                tag("b") { "–" }
                tag("span", ["class": "small"]) { say("ще нікого не чули", "nobody was heard yet") }
            } else {
                tag("b") { "0" }
                tag("span", ["class": "small"]) {
                    unheard == 0
                        ? say("за словами всіх вузлів", "by the word of all nodes")
                        : say("не чули вузлів: \(unheard)", "nodes not heard: \(unheard)")
                }
            }
        }
    }

    /// Nodes whose copies differ and that nobody repaired.
    private func differing(_ page: NodesPage) -> Markup {
        let count = page.nodes.reduce(0) { $0 + $1.differences.count }
        return figure("/nodes/tray?kind=alarm", say("Невиправлені різниці", "Differences not mended")) {
            tag("b") { grouped(Int64(count)) }
            tag("span", ["class": "small"]) {
                count == 0
                    ? say("вузли мають те саме", "nodes have the same")
                    : say("рядки вузла не такі, як тут", "rows differ from here")
            }
        }
    }

    /// How old the last backup is, and where it lies.
    func backupFigure(_ backup: BackupNote?) -> Markup {
        figure(nodePlace(site.node, "backup"), say("Перевірена копія", "Verified backup")) {
            if let backup {
                tag("b") { age(now - backup.made) }
                tag("span", ["class": backup.isElsewhere ? "small green" : "small red"]) {
                    backup.isElsewhere
                        ? say("✓ на іншому пристрої", "✓ on another device")
                        : say("▲ на тому самому пристрої", "▲ on the same device")
                }
            } else {
                tag("b") { "–" }
                tag("span", ["class": "small red"]) { say("▲ жодної", "▲ none") }
            }
        }
    }

    /// How much room the disk has.
    func roomFigure(_ machine: WebMachine?) -> Markup {
        figure(nodePlace(site.node, "machine"), say("Вільне місце", "Free space")) {
            if let free = machine?.freeBytes {
                tag("b") { bytes(free) }
                tag("span", ["class": "small"]) {
                    machine?.databaseBytes.map { say("база ", "database ") + bytes($0) } ?? ""
                }
            } else {
                tag("b") { "–" }
                tag("span", ["class": "small"]) { say("невідомо", "not known") }
            }
        }
    }

    // MARK: the table

    /// All nodes, the office’s own first.
    func table(_ page: NodesPage, _ own: OwnNode, _ machine: WebMachine?) -> Markup {
        let heads = headings
        return tag("section", ["class": "sheet", "id": "nodes"]) {
            tag("header") {
                tag("h2") { say("Вузли", "Nodes") }
                tag("span", ["class": "hint"]) {
                    say(
                        "«Не передано» – за словами вузла під час останнього привітання",
                        "“Not sent” is by the node’s word in its last greeting"
                    )
                }
            }
            tag(
                "div",
                [
                    "class": "scroll", "tabindex": "0", "role": "region",
                    "aria-label": say("Таблиця вузлів", "Table of nodes"),
                ]
            ) {
                tag("table", ["class": "t cards"]) {
                    tag("caption", ["class": "sr"]) { say("Вузли", "Nodes") }
                    tag("thead") {
                        tag("tr") {
                            for (place, head) in heads.enumerated() {
                                tag("th", ["scope": "col", "class": place > 2 && place < 10 ? "num wrap" : "wrap"]) {
                                    head
                                }
                            }
                        }
                    }
                    tag("tbody") {
                        ownRow(own, machine, heads)
                        for node in page.nodes { row(node, page.names, heads) }
                    }
                }
            }
            tag("footer") {
                tag("span") {
                    page.nodes.isEmpty
                        ? say("Жоден підрозділ ще не приєднався.", "No department has joined yet.")
                        : say("Показано всі \(page.nodes.count).", "All \(page.nodes.count) shown.")
                }
                tag("span") {
                    say(
                        "▲ сертифікат: менше ніж 30 днів, поновлення не вдалося",
                        "▲ certificate: under 30 days, it was not renewed"
                    )
                }
                tag("span") {
                    say("≥ за останнім словом вузла, може бути більше", "≥ by the node’s last word, it may be more")
                }
            }
        }
    }

    private var headings: [String] {
        [
            say("Вузол", "Node"), say("Стан", "State"), say("На зв’язку", "Heard"), say("Не передано", "Not sent"),
            say("Найстаріше", "Oldest"), say("Прочитав", "Has read"), say("Чекає рішення", "Held"),
            say("Без розписки", "No receipt"), say("Різниці", "Differences"), say("Сертифікат", "Certificate"),
            say("Копія", "Backup"),
        ]
    }

    /// A cell that says on a phone under which head it stands.
    private func cell(_ head: String, isNumber: Bool = true, @MarkupBuilder _ content: () -> Markup) -> Markup {
        tag("td", ["data-l": head, "class": isNumber ? "num" : nil]) { content() }
    }

    /// The office’s own node.
    private func ownRow(_ own: OwnNode, _ machine: WebMachine?, _ heads: [String]) -> Markup {
        let place = nodePlace(own.node)
        let purges = own.debts.first { $0.kind == .purge }?.count ?? 0
        return tag("tr") {
            tag("th", ["scope": "row"]) {
                tag("a", ["href": place]) { tag("b") { own.name } }
                tag("br")
                tag("span", ["class": "mono soft"]) { own.node }
            }
            cell(heads[1], isNumber: false) { tag("span", ["class": "st st-ok"]) { say("цей вузол", "this node") } }
            cell(heads[2], isNumber: false) { say("зараз", "now") }
            cell(heads[3]) { "–" }
            cell(heads[4]) { "–" }
            cell(heads[5]) { "–" }
            cell(heads[6]) { counted(Int64(own.held), at: "/queues/decisions") }
            cell(heads[7]) { counted(purges, at: nodePlace(own.node, "debts")) }
            cell(heads[8]) { "–" }
            cell(heads[9]) {
                machine.map { daysLeft(until: $0.certificateEnd) } ?? unknown(say("невідомо", "not known"))
            }
            cell(heads[10], isNumber: false) {
                tag("a", ["href": nodePlace(own.node, "backup")]) {
                    own.backup.map { age(now - $0.made) } ?? say("жодної ▲", "none ▲")
                }
            }
        }
    }

    /// One department’s node.
    private func row(_ node: NodeStanding, _ names: PrintedNames, _ heads: [String]) -> Markup {
        var isBound = false
        if case .silent = node.heard { isBound = node.isAdmitted }
        return tag("tr", ["class": isBound ? "bound" : nil]) {
            tag("th", ["scope": "row"]) {
                tag("a", ["href": nodePlace(node.node)]) { tag("b") { names.department(node.node) } }
                tag("br")
                tag("span", ["class": "mono soft"]) { node.node }
            }
            cell(heads[1], isNumber: false) {
                state(node)
                alarms(node)
            }
            cell(heads[2], isNumber: false) { heard(node) }
            cell(heads[3]) { unsent(node, at: nodePlace(node.node, "unsent")) }
            cell(heads[4]) { oldest(node) }
            cell(heads[5]) { read(node) }
            cell(heads[6]) { counted(Int64(node.held), at: nodePlace(node.node, "held")) }
            cell(heads[7]) { counted(node.unreceipted, at: nodePlace(node.node, "purges")) }
            cell(heads[8]) { counted(Int64(node.differences.count), at: nodePlace(node.node, "differences")) }
            cell(heads[9]) { certificate(node) }
            cell(heads[10], isNumber: false) { unknown(say("знає лише вузол", "only the node knows")) }
        }
    }

    /// What of the tray is about it.
    private func alarms(_ node: NodeStanding) -> Markup {
        guard !node.alarms.isEmpty else { return Markup() }
        return Markup([
            tag("br"),
            tag("a", ["class": "small", "href": nodePlace(node.node, "alarms")]) {
                say("у лотку: \(node.alarms.count)", "in the tray: \(node.alarms.count)")
            },
        ])
    }

    /// Since when its oldest work waits.
    private func oldest(_ node: NodeStanding) -> Markup {
        guard let unsent = node.unsent else { return Markup("–") }
        guard let oldest = unsent.oldest else { return Markup("–") }
        let isLate = now - oldest > Desk.silentAtMost
        return tag("b", ["class": isLate ? "red" : nil]) { age(now - oldest) }
    }

    /// How much of what was published it has confirmed.
    func read(_ node: NodeStanding) -> Markup {
        guard node.readAt != nil else { return node.record == nil ? Markup("–") : notHeard }
        let words = say(
            "\(grouped(node.read)) з \(grouped(node.head))",
            "\(grouped(node.read)) of \(grouped(node.head))"
        )
        return node.lag == 0 ? Markup(words) : tag("a", ["href": nodePlace(node.node, "reading")]) { words }
    }

    /// How many days its certificate is good for.
    func certificate(_ node: NodeStanding) -> Markup {
        let notKnown = unknown(say("невідомо", "not known"))
        guard let end = node.certificateEnd else {
            return node.record == nil ? Markup("–") : node.heard == .never ? notHeard : notKnown
        }
        // A certificate with which it came later than that was another one, of before this was noted.
        guard end > (node.heard.at ?? 0) else { return notKnown }
        return daysLeft(until: end)
    }
}

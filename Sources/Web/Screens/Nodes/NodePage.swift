import Appeals
import Desk
import Replication

/// One node as the office knows it, with the lists behind its numbers and what an administrator may do about it.
extension WebCall {
    /// Rows of a list of this page.
    private static let listed = 200

    /// One node of the city; an id that nobody admitted is no page.
    func nodePage(_ id: String) throws -> WebReply {
        let node = try desk.nodeStanding(id, heard: site.heard(id))
        let name = try desk.read { try desk.departmentName(id, $0) }
        return try page(name + " · " + say("Вузли й обмін", "Nodes and exchange"), here: "/nodes") {
            doneBanner()
            try tag("div", ["class": "head"]) {
                try tag("div", ["class": "tight"]) {
                    tag("a", ["class": "small", "href": "/nodes"]) {
                        icon(.back)
                        " " + say("Вузли й обмін", "Nodes and exchange")
                    }
                    tag("h1") { name }
                    try asOf()
                }
            }
            stateNote(node)
            tag("div", ["class": "half"]) {
                facts(node)
                admission(node)
            }
            try lists(node)
        }
    }

    /// What the state of its admission asks of somebody.
    private func stateNote(_ node: NodeStanding) -> Markup {
        switch node.record?.state {
        case .frozen:
            return note(.need) {
                tag("b") {
                    say("Вузол заморожено: працюють дві його копії. ", "The node is frozen: two copies of it run. ")
                }
                say(
                    "Обидві зупинено, ніщо не втрачено. З’ясуйте в підрозділі, яка справжня; на іншій перегляньте "
                        + "непередане й знищте її; тоді запросіть справжній вузол знову – ключ у нього лишається той самий.",
                    "Both are stopped, nothing is lost. Ask the department which is the real one; look on the other at what "
                        + "it has not sent, and destroy it; then invite the real node anew, it keeps its key."
                )
            }
        case .unconfirmed:
            return note(.need) {
                tag("b") {
                    say(
                        "Вузол не допущено, доки ви його не підтвердите. ",
                        "The node is not let in until you confirm it. "
                    )
                }
                say(
                    "Центр відновили без журналу допусків: ніхто не знає, чи не скасували цей вузол після копії.",
                    "The office was restored without its log of admissions: nobody knows whether this node was revoked since the backup."
                )
            }
        case .active, .revoked, nil: return Markup()
        }
    }

    /// What is known of it, and since when.
    private func facts(_ node: NodeStanding) -> Markup {
        tag("section", ["class": "sheet", "id": "reading"]) {
            tag("header") { tag("h2") { say("Обмін", "Exchange") } }
            tag("dl", ["class": "kv kv-line pad"]) {
                fact(say("Код", "Code"), tag("span", ["class": "mono"]) { node.node })
                fact(say("Стан", "State"), state(node))
                fact(
                    say("На зв’язку", "Heard"),
                    node.heard.at.map { Markup("\(moment($0)) (\(ago($0)))") } ?? notHeard
                )
                fact(say("Прочитав", "Has read"), read(node))
                fact(
                    say("Підтвердив, що має", "Confirmed that it has it"),
                    node.readAt.map { Markup(moment($0)) } ?? notHeard
                )
                fact(say("Звернень у його зрізі", "Appeals in its slice"), grouped(node.appeals))
                fact(say("Сертифікат діє", "Certificate is good for"), certificate(node))
                fact(
                    say("Резервна копія", "Backup"),
                    unknown(
                        say(
                            "знає лише сам вузол: його начальник бачить її на сторінці «Вузол»",
                            "only the node knows: its head sees it on the page “Node”"
                        )
                    )
                )
            }
        }
    }

    /// Whether it is admitted, and what can be done about that.
    private func admission(_ node: NodeStanding) -> Markup {
        tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { say("Допуск", "Admission") } }
            tag("dl", ["class": "kv kv-line pad"]) {
                if let record = node.record {
                    fact(
                        say("Ключ", "Key"),
                        tag("span", ["class": "mono"]) { Self.grouped(String(record.key.prefix(16))) + " …" }
                    )
                }
                fact(say("Запрошення", "Invitation"), invitation(node))
                if let until = node.mayRenewUntil {
                    fact(
                        say("Поновлення сертифіката", "Renewal of the certificate"),
                        say("дозволено до ", "allowed until ") + moment(until)
                    )
                }
                if !node.copies.isEmpty {
                    fact(
                        say("Незнищені копії", "Copies not destroyed"),
                        Markup(
                            node.copies.map { key in
                                tag("span", ["class": "mono"]) { Self.grouped(String(key.prefix(16))) + " … " }
                            }
                        )
                    )
                }
            }
            tag("div", ["class": "pad row"]) {
                for row in NodeActs.fitting(node) {
                    tag(
                        "a",
                        [
                            "class": row.name == UseCase.nodeRevoke.name ? "btn btn-red" : "btn",
                            "href": NodeActs.place(row, node.node),
                        ]
                    ) { say(ActWords.verb(row)) }
                }
            }
        }
    }

    /// The invitation that waits, until when.
    private func invitation(_ node: NodeStanding) -> Markup {
        guard let invited = node.invited else { return Markup(say("немає", "none")) }
        if invited.isUsed { return Markup(say("використано", "used")) }
        return invited.until > now
            ? Markup(say("чинне ще ", "good for another ") + age(invited.until - now))
            : Markup(say("прострочено", "expired"))
    }

    // MARK: lists

    /// What waits for it and of it, each with the list.
    private func lists(_ node: NodeStanding) throws -> Markup {
        let held = try desk.read { reading in
            try desk.heldActs(of: node.node, limit: Self.listed, reading)
        }
        let purges = try desk.debts(DebtFilter(kind: .purge, node: node.node), limit: Self.listed).debts
        return try Markup([
            unsentSheet(node),
            sheet("held", say("Дії, що чекають рішення", "Acts that wait for a decision"), node.held) {
                try acts(held)
            },
            sheet("purges", say("Знищення без розписки", "Purges without a receipt"), Int(clamping: node.unreceipted)) {
                debts(purges)
            },
            sheet("differences", say("Невиправлені різниці", "Differences not mended"), node.differences.count) {
                tray(node.differences)
            },
            sheet("alarms", say("Решта в лотку оператора", "Else in the operator’s tray"), node.alarms.count) {
                tray(node.alarms)
            },
        ])
    }

    /// A list behind a number; nothing of it where there is none.
    func sheet(
        _ id: StaticString,
        _ title: String,
        _ count: Int,
        @MarkupBuilder _ content: () throws -> Markup
    ) rethrows -> Markup {
        guard count > 0 else { return Markup() }
        let content = try content()
        return tag("section", ["class": "sheet", "id": id.description]) {
            tag("header") {
                tag("h2") { title }
                tag("span", ["class": "hint"]) { grouped(Int64(count)) }
            }
            content
            if count > Self.listed {
                tag("footer") {
                    say("Показано \(Self.listed) із \(count).", "\(Self.listed) of \(count) shown.")
                }
            }
        }
    }

    /// What it has said that it has not sent.
    private func unsentSheet(_ node: NodeStanding) -> Markup {
        guard let unsent = node.unsent else { return Markup() }
        return tag("section", ["class": "sheet", "id": "unsent"]) {
            tag("header") {
                tag("h2") { say("Не передано Центру", "Not sent to the office") }
                tag("span", ["class": "hint"]) { self.unsent(node, at: "#unsent") }
            }
            tag("p", ["class": "pad"]) {
                unsent.count == 0
                    ? say(
                        "Усе, що вузол мав під час привітання \(moment(unsent.saidAt)), тут. Чи зробили там щось відтоді, знає лише він.",
                        "All that the node had in its greeting of \(moment(unsent.saidAt)) is here. What was done there since, only it knows."
                    )
                    : say(
                        "Так сказав вузол \(moment(unsent.saidAt)). Самі дії має лише він: перелік – на його сторінці «Не передані».",
                        "So the node said on \(moment(unsent.saidAt)). The acts themselves are there alone: its page “Not sent” lists them."
                    )
                if let oldest = unsent.oldest {
                    say(" Найстарішу зроблено ", " The oldest was made ") + moment(oldest) + "."
                }
            }
        }
    }

    /// Acts with the cards that they are about.
    private func acts(_ records: [OperationRecord]) throws -> Markup {
        let operations = records.map(ToldOperation.init)
        let (names, indices) = try desk.read { reading in
            (
                try desk.names(of: Set(operations.map(\.user)), reading),
                try records.map { act in
                    try act.appeal.map { try desk.shown($0, reading)?.index ?? "" } ?? ""
                }
            )
        }
        return tag("ul", ["class": "steps pad"]) {
            for (place, act) in operations.enumerated() {
                tag("li") {
                    tag("span") {
                        icon(.alert)
                        tag("span") {
                            say(Wording.kind(act.kind))
                            tag("br")
                            tag("span", ["class": "soft small"]) { names.person(act.user) + " · " + moment(act.at) }
                        }
                    }
                    if let appeal = records[place].appeal {
                        let index = indices[place]
                        tag("a", ["class": "ix", "href": cardPlace(appeal, index)]) {
                            index.isEmpty ? say("картка", "card") : index
                        }
                    }
                }
            }
        }
    }

    /// What is owed, with the card that it is about.
    func debts(_ debts: [ShownDebt]) -> Markup {
        tag("ul", ["class": "steps pad"]) {
            for debt in debts {
                tag("li") {
                    tag("span") {
                        icon(.clock)
                        tag("span") {
                            say(debt.record.kind.label)
                            tag("br")
                            tag("span", ["class": "soft small"]) {
                                debt.record.node + " · " + say("від ", "since ") + moment(debt.record.openedAt)
                            }
                        }
                    }
                    if debt.index.isEmpty {
                        tag("span", ["class": "mono"]) { String(debt.record.subject.prefix(16)) }
                    } else {
                        tag("a", ["class": "ix", "href": cardPlace(debt.record.subject, debt.index)]) { debt.index }
                    }
                }
            }
        }
    }

    /// Items of the tray, each leading to its page.
    private func tray(_ items: [TrayRecord]) -> Markup {
        tag("ul", ["class": "steps pad"]) {
            for item in items {
                tag("li") {
                    tag("span") {
                        icon(.alert)
                        tag("span") {
                            tag("a", ["href": Tray.place(item.id)]) {
                                say(Wording.tray(item.kind, item.text)).capitalizedFirst
                            }
                        }
                    }
                    tag("span", ["class": "soft nw"]) { moment(item.at) }
                }
            }
        }
    }
}

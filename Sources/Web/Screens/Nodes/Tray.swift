import Appeals
import CanonicalJSON
import Desk
import Replication

/// The operator's tray: what happened that a person must look at, what to do about it, and putting it aside.
enum Tray {
    /// Items of one page.
    static let rows = 50

    static let routes: [Route] = [
        Route("GET", "/nodes/tray") { call in
            try call.desk.requireLookingAfter()
            return try call.trayPage()
        },
        Route("GET", "/nodes/tray/{item}") { call in
            try call.desk.requireLookingAfter()
            return try call.trayItemPage()
        },
        Route("POST", "/nodes/tray/{item}/dismiss", longest: WebCall.longestOfAccess) { call in
            try call.desk.requireLookingAfter()
            return try call.dismissItem()
        },
    ]

    /// The page of an item.
    static func place(_ id: Int64) -> String { "/nodes/tray/\(id)" }
}

extension WebCall {
    /// What the operator has to look at, the newest first, by kind if one is chosen.
    fileprivate func trayPage() throws -> WebReply {
        let kind = request.parameter("kind").flatMap(TrayKind.init(rawValue:)).flatMap { $0.isAlert ? $0 : nil }
        let after = request.parameter("after").flatMap { Int64($0) } ?? 0
        let page = try desk.tray(kind.map { [$0] } ?? TrayKind.alerts, after: after, limit: Tray.rows)
        let title = say("Лоток оператора", "The operator’s tray")
        return try self.page(title, here: "/nodes") {
            doneBanner()
            try tag("div", ["class": "tight"]) {
                wayToNodes
                tag("h1") { title }
                try asOf()
            }
            kinds(kind)
            if page.items.isEmpty {
                tag("div", ["class": "sheet"]) {
                    tag("p", ["class": "empty"]) {
                        tag("b") { say("Тут нічого немає.", "There is nothing here.") }
                        say(" Нове з’явиться тут само.", " What is new will appear here by itself.")
                    }
                }
            }
            for item in page.items { sheet(of: item) }
            if let next = page.next {
                tag("p") {
                    tag("a", ["rel": "next", "href": "/nodes/tray?after=\(next)" + (kind.map { "&kind=\($0)" } ?? "")])
                    {
                        say("Далі", "Next")
                    }
                }
            }
        }
    }

    var wayToNodes: Markup {
        tag("a", ["class": "small", "href": "/nodes"]) {
            icon(.back)
            " "
                + (desk.isOffice
                    ? say("Вузли й обмін", "Nodes and exchange") : say("Вузол підрозділу", "The department’s node"))
        }
    }

    /// The kinds of items, as links.
    private func kinds(_ chosen: TrayKind?) -> Markup {
        tag("nav", ["class": "chips", "aria-label": say("Види", "Kinds")]) {
            tag("a", ["class": "chip", "href": "/nodes/tray", "aria-current": chosen == nil ? "true" : nil]) {
                say("усе", "all")
            }
            for kind in TrayKind.alerts {
                tag(
                    "a",
                    [
                        "class": "chip", "href": "/nodes/tray?kind=\(kind)",
                        "aria-current": kind == chosen ? "true" : nil,
                    ]
                ) { say(Wording.trayKind(kind)) }
            }
        }
    }

    /// One item: what it is, when, what to do, and the acts by which that is done.
    private func sheet(of item: TrayRecord) -> Markup {
        tag("section", ["class": "sheet"]) {
            tag("header") {
                tag("h2") {
                    tag("a", ["href": Tray.place(item.id)]) { say(Wording.tray(item.kind, item.text)).capitalizedFirst }
                }
                tag("span", ["class": "hint"]) { say(Wording.trayKind(item.kind)) + " · " + moment(item.at) }
            }
            tag("div", ["class": "pad tight"]) { whatToDo(item) }
        }
    }

    /// What helps.
    private func whatToDo(_ item: TrayRecord) -> Markup {
        Markup([
            about(item),
            tag("p") {
                tag("b") { say("Що зробити: ", "What to do: ") }
                words(Wording.remedy(item), isSentence: true)
            },
            tag("div", ["class": "row"]) {
                for (row, subject) in NodeActs.fitting(item) {
                    tag("a", ["class": "btn btn-s", "href": NodeActs.place(row, subject)]) { say(ActWords.verb(row)) }
                }
                button(say("Розглянуто, прибрати", "Looked at, put aside"), at: Tray.place(item.id) + "/dismiss")
            },
        ])
    }

    /// What an item is about, with the way there; the machine's own words, for whoever mends it.
    private func about(_ item: TrayRecord) -> Markup {
        tag("p", ["class": "small soft"]) {
            if Names.isAppeal(item.subject) {
                tag("a", ["href": "/cards/" + Self.encoded(item.subject)]) { say("картка", "the card") }
            } else {
                let node = String(item.subject.prefix { $0 != " " })
                if desk.isOffice, Names.isIdentifier(node), node != site.node {
                    tag("a", ["href": nodePlace(node)]) { say("вузол ", "the node ") + node }
                } else {
                    tag("span", ["class": "mono"]) { item.subject }
                }
            }
            " · "
            tag("span", ["class": "mono", "lang": "en"]) { item.text }
        }
    }

    /// One item whole, with what can be done.
    fileprivate func trayItemPage() throws -> WebReply {
        guard let id = parameters["item"].flatMap({ Int64($0) }), id > 0 else { return try noSuchPage() }
        let found = try desk.trayItem(id), item = found.record
        let title = say(Wording.tray(item.kind, item.text)).capitalizedFirst
        return try page(title, here: "/nodes") {
            try tag("div", ["class": "tight"]) {
                tag("a", ["class": "small", "href": "/nodes/tray"]) {
                    icon(.back)
                    " " + say("Лоток оператора", "The operator’s tray")
                }
                tag("h1") { title }
                tag("p", ["class": "asof"]) {
                    "№ \(item.id) · " + say(Wording.trayKind(item.kind)) + " · " + moment(item.at)
                }
                try asOf()
            }
            tag("section", ["class": "sheet pad stack"]) { whatToDo(item) }
            offered(found.offered)
        }
    }

    /// What a department offered, beside what is in force: nothing of it is taken by itself.
    private func offered(_ items: [OfferedItem]) -> Markup {
        guard !items.isEmpty else { return Markup() }
        let heads = [say("Поле", "Field"), say("Пропонують", "Offered"), say("Чинне", "In force")]
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { say("Відрізняється від чинного", "Differs from what is in force") } }
            tag("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": heads[0]]) {
                tag("table", ["class": "t cards"]) {
                    tag("caption", ["class": "sr"]) {
                        say("Відрізняється від чинного", "Differs from what is in force")
                    }
                    tag("thead") { tag("tr") { for head in heads { tag("th", ["scope": "col"]) { head } } } }
                    tag("tbody") {
                        for item in items {
                            tag("tr") {
                                tag("th", ["scope": "row"]) { say(Wording.register(item.bare)) }
                                tag("td", ["data-l": heads[1]]) { value(item.value, of: item) }
                                tag("td", ["data-l": heads[2]]) {
                                    item.present.map { value($0, of: item) } ?? say("немає", "none")
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A field of what was offered, as people read it.
    private func value(_ value: JSON, of item: OfferedItem) -> String {
        wording.text(item.bare, value)
    }

    /// Takes an item out of the tray, with a reason.
    fileprivate func dismissItem() throws -> WebReply {
        let id = parameters["item"] ?? ""
        switch run(.trayDismiss, ["id": .string(id)], Asking()) {
        case .done(let how, _): return .seeOther(DoneBanner.place("/nodes/tray", .trayDismiss, how, number: "№ " + id))
        case .refused(let errors):
            guard let error = DeskError.all(errors) else { return .seeOther("/nodes/tray") }
            return refusalPage(error)
        }
    }
}

extension OfferedItem {
    /// The register without what it belongs to: `control` of `registers/control`.
    fileprivate var bare: String { name.split(separator: "/").last.map(String.init) ?? name }
}

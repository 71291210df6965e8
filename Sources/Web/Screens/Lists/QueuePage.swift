import Appeals
import Desk
import Replication

/// A queue or a list as a page.
enum Lists {
    /// Rows of a page.
    static let rows = 50

    static let routes: [Route] = [
        Route("GET", "/queues/{queue}") { call in
            guard let queue = Queue(call.parameters["queue"] ?? "") else { return call.nothingHere() }
            switch queue {
            case .work(.departed): return try call.departed()
            case .work(.unread): return try call.unread()
            case .work(.decisions): return try call.decisions()
            case .work, .mine, .today:
                return try call.list(ListRequest(call, queue: queue), title: call.say(queue.label))
            }
        },
        Route("GET", "/cards") { call in
            let request = try ListRequest(call, queue: nil)
            if let place = try call.only(request) { return .seeOther(place) }
            return try call.list(request, title: call.say("Усі звернення", "All appeals"))
        },
    ]
}

extension WebCall {
    /// The card whose whole number was looked for; nil where that is only a part of numbers.
    fileprivate func only(_ request: ListRequest) throws -> String? {
        guard !request.index.isEmpty, request.filters == 1 else { return nil }
        return try cardPlace(ofNumber: request.index)
    }

    /// The place of the card that has this number, as a whole; nil where none has, and where something else was typed.
    func cardPlace(ofNumber typed: String) throws -> String? {
        try desk.read { reading in
            do {
                let id = try desk.find(typed, reading)
                return try desk.shown(id, reading).map { cardPlace($0.id, $0.index) }
            } catch let error as DeskError where error.kind == .notFound || error.kind == .usage { return nil }
        }
    }

    /// A page of a list with its filters.
    fileprivate func list(_ request: ListRequest, title: String) throws -> WebReply {
        var filter = request.filter(of: person?.user ?? "")
        // An executor's queues have their own work, as the rail counts it.
        if case .work? = request.queue, filter.person.isEmpty { filter.person = try desk.personOfWork() ?? "" }
        let page = try desk.listedCards(filter, in: request.order, after: request.after, limit: Lists.rows)
        let views = try desk.read { try savedViews($0) }
        let departments = desk.isOffice ? try desk.departmentChoices() : []
        return try self.page(title) {
            try tag("div", ["class": "head"]) {
                try tag("div", ["class": "tight"]) {
                    tag("h1") { title }
                    try asOf()
                }
            }
            tag("div", ["class": "note", "id": "fresh", "hidden": "", "role": "status"]) {
                icon(.sync)
                tag("div") {
                    say("Список змінився. ", "The list has changed. ")
                    tag("a", ["href": request.place { $0.after = request.after }]) {
                        say("Показати новий", "Show it anew")
                    }
                }
            }
            try selectedDrafts()
            filters(request, departments, views)
            try tag("div", ["class": "sheet"]) {
                if page.cards.isEmpty {
                    try empty(request)
                } else {
                    tickable(table(page, request))
                }
                if !page.cards.isEmpty { foot(page, request) }
            }
        }
    }

    /// How fresh the page is, and what of it is not with the office yet.
    func asOf() throws -> Markup {
        let (unsent, name) = try desk.read { (Int(clamping: try desk.outbox($0).count), try nodeName($0)) }
        return tag("p", ["class": "asof"]) {
            say("Станом на ", "As of ")
            tag("b") { moment(now) }
            say(" · вузол ", " · node ") + name
            if unsent > 0 {
                " · " + say(Counted.unsent(unsent))
            }
        }
    }

    private func foot(_ page: ListedPage, _ request: ListRequest) -> Markup {
        let shown = page.cards.count, ordered = ordered(request.order)
        return tag("footer") {
            tag("span") {
                if Int64(shown) == page.total {
                    say("Показано всі \(shown) з \(shown).", "All \(shown) of \(shown) shown.")
                } else {
                    say(
                        "Показано \(shown) із \(grouped(page.total)), \(ordered).",
                        "\(shown) of \(grouped(page.total)) shown, \(ordered)."
                    )
                }
            }
            if request.after != nil {
                tag("a", ["href": request.place()]) { say("З початку", "From the beginning") }
            }
            if let next = page.next {
                tag("a", ["href": request.place { $0.after = next }, "rel": "next"]) { say("Далі", "Next") }
            }
            legend
        }
    }

    private var legend: Markup {
        Markup([
            desk.isOffice
                ? Markup()
                : Markup([
                    tag("span") {
                        icon(.check)
                        say(" підтверджено Центром", " confirmed by the office")
                    },
                    tag("span") {
                        icon(.up)
                        say(" ще не передано", " not sent yet")
                    },
                    tag("span") {
                        icon(.alert)
                        say(" Центр не прийняв дії", " the office refused an act")
                    },
                ]),
            tag("span") {
                icon(.differ)
                say(" розбіжність", " a disagreement")
            },
            tag("span") {
                tag("span", ["class": "new"])
                say("нові зміни після вашого перегляду", "new changes since you looked")
            },
        ])
    }

    private func empty(_ request: ListRequest) throws -> Markup {
        let what =
            request.filters > 0
            ? say("За цим фільтром нічого немає.", "Nothing fits this filter.")
            : request.queue.map { say($0.nothing) } ?? say("Звернень ще немає.", "There are no appeals yet.")
        let name = try desk.read { try nodeName($0) }
        return tag("div", ["class": "empty"]) {
            tag("p") { tag("b") { what } }
            tag("p") {
                say("Дані станом на ", "Data as of ") + Counted.time(now) + say(", вузол ", ", node ") + name
                    + ". "
                if !desk.isOffice {
                    say(
                        "Що Центр надішле, з’явиться тут саме.",
                        "What the office sends will appear here by itself."
                    )
                }
            }
            if request.filters > 0 {
                tag("p") { tag("a", ["href": request.path]) { say("Прибрати фільтри", "Remove the filters") } }
            }
        }
    }
}

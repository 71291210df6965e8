import Appeals
import Desk
import Finding

/// The cabinet at the left: queues with their counts, the exchange, help; and the bar above every page.
extension WebCall {
    /// The queue that is open is a tab that joins the page.
    func rail(_ shell: Shell, here: String) -> Markup {
        let open = Self.address(request.path, request.query)
        return tag("nav", ["class": "rail", "id": "rail", "aria-label": say("Черги й розділи", "Queues and sections")])
        {
            brand("a")
            tag("a", ["class": "rail-x", "href": "#main"]) {
                icon(.close)
                spoken(say("Закрити черги", "Close the queues"))
            }
            if mayRegister(shell.roles) {
                tag("a", ["class": "btn", "href": "/register", "data-key": "KeyN"]) {
                    icon(.plus)
                    " " + say("Нове звернення", "New appeal") + " "
                    tag("kbd") { "N" }
                }
            }
            tag("h2") { say("Черги", "Queues") }
            tag("ul") {
                railRow("/", .ring, say("Сьогодні", "Today"), here: here)
                for queue in shell.queues where !queue.queue.isOfExchange { row(of: queue, here) }
                railRow("/cards", .search, say("Усі звернення", "All appeals"), here: here)
            }
            if !shell.views.isEmpty {
                tag("h2") { say("Мої вигляди", "My views") }
                tag("ul") { for view in shell.views { railRow(view.place, .star, view.name, here: open) } }
            }
            places(shell, here)
            tag("h2") { say("Допомога", "Help") }
            tag("ul") {
                railRow(helpPlace, .pen, say("Про цю сторінку", "About this page"), here: here)
                railRow(HelpPages.path, .clip, say("Допомога", "Help"), here: here)
                railRow("/account", .user, say("Мій доступ", "My access"), here: here)
                tag("li") {
                    tag("a", ["href": "#keys", "data-open": "keys", "role": "button"]) {
                        icon(.pen)
                        " "
                        tag("span") { say("Клавіші", "Keys") }
                        " "
                        tag("kbd") { "?" }
                    }
                }
                tag("li") { otherLanguage }
            }
        }
    }

    /// What is no queue: the city, the exchange, and the node for whoever looks after it.
    @MarkupBuilder
    private func places(_ shell: Shell, _ here: String) -> Markup {
        tag("h2") { say("Місто", "City") }
        tag("ul") {
            if isForCity(shell.roles) {
                railRow(City.path, .node, say("Стан міста", "State of the city"), here: here)
            }
            railRow(DirectoryPages.path, .clip, say("Довідник", "Directory"), here: here)
            if mayImport(shell.roles) {
                railRow(ImportPages.path, .up, say("Імпорт реєстрів", "Importing registers"), here: here)
            }
        }
        tag("h2") { say("Обмін", "Exchange") }
        tag("ul") {
            for queue in shell.queues where queue.queue.isOfExchange { row(of: queue, here) }
            railRow(
                "/sync",
                .sync,
                desk.isOffice ? say("Обмін даними", "Data exchange") : say("Не передані", "Not sent"),
                count: shell.unsent,
                here: here
            )
        }
        if shell.looksAfter {
            tag("h2") { say("Вузол", "Node") }
            tag("ul") {
                railRow(
                    "/nodes",
                    .node,
                    desk.isOffice
                        ? say("Вузли й обмін", "Nodes and exchange") : say("Вузол підрозділу", "The node"),
                    here: here
                )
                railRow("/people-access", .user, say("Доступ працівників", "People’s access"), here: here)
            }
        }
    }

    private var otherLanguage: Markup {
        let other: Language = language == .ukrainian ? .english : .ukrainian
        return tag("a", ["href": here(in: other), "lang": other.rawValue, "hreflang": other.rawValue]) {
            icon(.pin)
            " "
            tag("span") { other == .english ? "English" : "Українська" }
        }
    }

    private func row(of counted: CountedQueue, _ here: String) -> Markup {
        let queue = counted.queue
        return railRow(
            queue.path,
            queue.icon,
            say(queue.short),
            count: counted.count,
            isHot: queue.wantsAction,
            here: here
        )
    }

    private func railRow(
        _ path: String,
        _ picture: Icon,
        _ words: String,
        count: Int64? = nil,
        isHot: Bool = false,
        here: String
    ) -> Markup {
        tag("li") {
            tag("a", ["href": path, "aria-current": path == here ? "page" : nil]) {
                icon(picture)
                " "
                tag("span") { words }
                if let count {
                    " "
                    tag("span", ["class": isHot && count > 0 ? "n hot" : "n"]) { grouped(count) }
                }
            }
        }
    }

    /// Whether one of these roles may register an appeal at this node.
    func mayRegister(_ roles: [String]) -> Bool {
        let able = Kinds.named("appeal.registered")?.parties ?? [:]
        return able.contains { party, among in (party == .office) == desk.isOffice && !among.isDisjoint(with: roles) }
    }

    /// The place, the search, the state of the exchange, and who is signed in.
    func top(_ shell: Shell) -> Markup {
        tag("header", ["class": "top"]) {
            tag("a", ["class": "btn btn-s menu", "href": "#rail"]) {
                icon(.mark)
                " " + say("Черги", "Queues")
            }
            tag("span", ["class": "place"]) { shell.place }
            tag("form", ["class": "find", "role": "search", "action": "/search"]) {
                icon(.search)
                tag("label", ["class": "sr", "for": "find"]) { say("Пошук", "Search") }
                tag(
                    "input",
                    [
                        "id": "find", "name": "q", "type": "search", "autocomplete": "off",
                        "maxlength": "\(SearchQuery.mostCharacters)", "data-key": "KeyS",
                        "placeholder": say("Номер, прізвище, адреса, текст", "Number, name, address, words"),
                    ]
                )
                tag("kbd") { "S" }
            }
            chip(shell.chip)
            tag("a", ["class": "sync sync-need", "id": "ended", "href": "/sign-in", "hidden": "", "role": "status"]) {
                icon(.lock)
                tag("span") { say("Увійдіть, щоб продовжити", "Sign in to go on") }
            }
            tag("a", ["class": "me", "href": "/account"]) {
                tag("b") { shell.person }
                tag("br")
                shell.roles.map { say(Wording.roleOfPerson($0)) }.joined(separator: ", ")
            }
        }
    }

    /// `3 624`: thousands apart, so that digits are not counted.
    func grouped(_ number: Int64) -> String {
        let digits = Array(String(number.magnitude))
        let apart = digits.enumerated().map { place, digit in
            place > 0 && (digits.count - place).isMultiple(of: 3) ? "\u{A0}\(digit)" : "\(digit)"
        }
        return (number < 0 ? "−" : "") + apart.joined()
    }
}

import Appeals
import Desk
import Replication

/// The first page: what today asks of whoever is signed in, by their roles.
enum Digest {
    /// Rows of each list.
    static let rows = 5
    /// What is most urgent stands first; lists that only tell how much there is come last.
    static let order: [WorkList] = [
        .overdue, .returned, .decisions, .new, .declined, .onCheck, .unappointed, .toRemove, .letters, .soon, .unread,
        .inWork,
    ]

    static let routes = [Route("GET", "/") { try $0.digest() }]
}

extension WebCall {
    /// The page: lists with work, views, and which lists are empty.
    fileprivate func digest() throws -> WebReply {
        let shell = try shell()
        let lists = Digest.order.compactMap { list in
            shell.queues.first { $0.queue == .work(list) }.map { (list, $0) }
        }
        let waiting = lists.filter { $0.1.count > 0 }
        let sections = try waiting.map { try section($0.0, $0.1) }
        let still = lists.filter { $0.1.count == 0 }.map { say($0.1.queue.short).lowercasedFirst }
        let title = say("Сьогодні, ", "Today, ") + desk.today.withWeekday(language)
        let fresh = try asOf(), city = try cityInALine()
        let drafts = try selectedDrafts(), offer = try isNewcomer() ? tourOffer : Markup()
        return page(title, in: shell) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    tag("h1") { title }
                    fresh
                }
            }
            offer
            city
            drafts
            if lists.isEmpty {
                tag("p", ["class": "empty"]) {
                    say("У вашої ролі немає черг. ", "Your role has no queues. ")
                    tag("a", ["href": "/cards"]) { say("Усі звернення", "All appeals") }
                }
            } else if sections.isEmpty {
                note(.done) { say("Нічого не чекає на вас.", "Nothing waits for you.") }
            }
            sections
            if !shell.views.isEmpty {
                tag("section", ["class": "sheet"]) {
                    tag("header") { tag("h2") { say("Мої вигляди", "My views") } }
                    tag("ul", ["class": "steps pad"]) {
                        for view in shell.views { tag("li") { tag("a", ["href": view.place]) { view.name } } }
                    }
                }
            }
            if !still.isEmpty {
                tag("p", ["class": "soft small"]) { say("Порожньо: ", "Empty: ") + still.joined(separator: ", ") + "." }
            }
        }
    }

    /// A list with its first rows, and the way to all of it.
    private func section(_ list: WorkList, _ counted: CountedQueue) throws -> Markup {
        var page: ListedPage?
        var request = try ListRequest(self, queue: counted.queue)
        // The heads of the table lead into the queue.
        request.path = counted.queue.path
        if var filter = counted.queue.filter(of: person?.user ?? "") {
            filter.person = try desk.personOfWork() ?? ""
            page = try desk.listedCards(filter, in: RowOrder(), limit: Digest.rows)
        }
        return tag("section", ["class": "sheet"]) {
            tag("header") {
                tag("h2") { tag("a", ["href": counted.queue.path]) { say(list.label) } }
                tag("b", ["class": list == .overdue ? "red" : nil]) { grouped(counted.count) }
            }
            if let page, !page.cards.isEmpty { rows(page, request) }
            if counted.count > Int64(page?.cards.count ?? 0) {
                tag("footer") {
                    tag("a", ["href": counted.queue.path]) {
                        say("Показати всі \(grouped(counted.count))", "Show all \(grouped(counted.count))")
                    }
                }
            }
        }
    }

    /// How the city stands against yesterday's nine o'clock; for those of the office who see all of it.
    private func cityInALine() throws -> Markup {
        guard try isForCity(ownRoles()) else { return Markup() }
        let overdue = try desk.read { reading in
            try desk.count(CityNumber.overdue.list(of: AppealFilter.anyDepartment), desk.listed(reading), reading)
        }
        let before = try desk.mornings(2).first?.state?.total(.overdue)
        return note(overdue > 0 ? .need : .plain) {
            say("У місті прострочено: ", "Overdue in the city: ")
            tag("b") { grouped(overdue) }
            if let before { say(", учора о 09:00 – ", ", yesterday at 09:00 ") + text(before) }
            ". "
            tag("a", ["href": City.path]) { say("Стан міста", "State of the city") }
        }
    }
}

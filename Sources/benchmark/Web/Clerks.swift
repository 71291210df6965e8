import CanonicalJSON
import Dispatch
import Locks

/// Clerks of an office at their browsers: one looks at lists, one at cards, one acts, one may search, and all the time somebody
/// signs in.
struct Clerks {
    let pages = Stopwatch(), cards = Stopwatch(), acts = Stopwatch(), forms = Stopwatch(), entries = Stopwatch()
    let searches = Stopwatch()
    private let port: UInt16
    private let session: Visitor.Session
    private let departments: Int
    private let appeals: Int
    private let index: @Sendable (_ department: Int, _ number: Int) -> String
    /// Where the first one goes in turn.
    private let places: [String]
    private let times: Int
    private let queries: Queries?

    /// Pages of which so many are counted, after a fifth more that warms up; acts are a quarter of them.
    ///
    /// With queries somebody searches.
    init(_ office: WorkingOffice, _ session: Visitor.Session, times: Int, queries: Queries? = nil) throws {
        (port, departments, appeals, index) = (office.port, office.departments, office.appeals, office.index)
        self.session = session
        self.times = times
        self.queries = queries
        places = try Self.lists(office, session)
    }

    /// Returns when all have done their part; throws what one of them was refused.
    func work() throws {
        let group = DispatchGroup(), isOver = Locked(false)
        let (places, departments, appeals, index) = (places, departments, appeals, index)
        let (pages, cards, acts, forms, searches) = (pages, cards, acts, forms, searches)
        let callers = signIn(until: isOver)
        person(pages, group, times, pause: 50) { visitor, number, counts in
            let place = places[number % places.count]
            try pages.time(counts, place) { _ = try visitor.demand(200, place) }
        }
        person(cards, group, times, pause: 50) { visitor, number, counts in
            let place = "/cards/" + Visitor.encoded(index(number % departments, number * 7 % appeals))
            try cards.time(counts) { _ = try visitor.demand(200, place) }
        }
        person(acts, group, times / 4 + 1, pause: 200) { visitor, number, counts in
            let appeal = Seed.appeal(number % departments, number * 11 % appeals)
            try Self.act(on: appeal, number, visitor, counts, acts, forms)
        }
        if let queries {
            person(searches, group, times, pause: 50) { try Self.search(queries.query($1), $0, $2, searches) }
        }
        group.wait()
        isOver.withLock { $0 = true }
        callers.wait()
        for watch in [pages, cards, acts, entries, searches] { try watch.requireNoFailure() }
    }

    /// Lets somebody do a thing over and over; `pause` is in milliseconds.
    private func person(
        _ watch: Stopwatch,
        _ group: DispatchGroup,
        _ times: Int,
        pause: Int,
        _ act: @escaping @Sendable (Visitor, _ number: Int, _ counts: Bool) throws -> Void
    ) {
        let port = port, session = session
        group.enter()
        Threads.start {
            watch.guarded {
                let visitor = try Visitor(port: port)
                visitor.session = session
                let skipped = max(1, times / 5)
                for number in 0..<times + skipped {
                    try act(visitor, number, number >= skipped)
                    Machine.sleep(milliseconds: pause)
                }
            }
            group.leave()
        }
    }

    /// One person after another signs in with name and password, each check on the thread of the lowest priority.
    private func signIn(until isOver: Locked<Bool>) -> DispatchGroup {
        let group = DispatchGroup(), port = port, watch = entries
        group.enter()
        Threads.start {
            watch.guarded {
                let visitor = try Visitor(port: port)
                while !isOver.withLock({ $0 }) {
                    try watch.time(true) {
                        _ = try visitor.enter(
                            "/api/v1/session",
                            ["user": "caller", "password": .string(WorkingOffice.password)]
                        )
                    }
                }
            }
            group.leave()
        }
        return group
    }

    /// Adds a note to a card by the form of its page.
    private static func act(
        on appeal: String,
        _ number: Int,
        _ visitor: Visitor,
        _ counts: Bool,
        _ acts: Stopwatch,
        _ forms: Stopwatch
    ) throws {
        visitor.readsWords = true
        let place = "/cards/\(appeal)/acts/appeal-note"
        var page: Visitor.Answer?
        try forms.time(counts) { page = try visitor.demand(200, place) }
        let text = page?.text ?? ""
        let form = [
            ("shown", hidden("shown", in: text)), ("command", hidden("command", in: text)),
            ("text", "Заявниця телефонувала, просить передзвонити після 17:00 (\(number))"),
        ]
        try acts.time(counts) {
            let answer = try visitor.post(place, form: form)
            guard answer.status == 303 else { throw Failure("\(place) answers \(answer.status)") }
        }
    }

    /// Types into the field for searching, and looks at the first page of what is found.
    private static func search(_ query: Queries.Query, _ visitor: Visitor, _ counts: Bool, _ searches: Stopwatch) throws
    {
        let place = "/search?q=" + Visitor.encoded(query.typed)
        try searches.time(counts, query.sort) {
            let answer = try visitor.get(place)
            // A number of an appeal leads to its card.
            guard [200, 303].contains(answer.status) else { throw Failure("\(place) answers \(answer.status)") }
        }
    }

    /// The value of a hidden field of a form.
    private static func hidden(_ name: String, in page: String) -> String {
        let fields = page.split(separator: "<input").filter { $0.contains("name=\"\(name)\"") }
        guard let value = fields.first?.firstRange(of: "value=\"") else { return "" }
        return String(fields[0][value.upperBound...].prefix { $0 != "\"" })
    }

    /// Places of lists that the office's people go to: the queues of the rail, and the list of all with its next pages and filters.
    private static func lists(_ office: WorkingOffice, _ session: Visitor.Session) throws -> [String] {
        let visitor = try office.visitor(session)
        visitor.readsWords = true
        var places: [String] = [
            "/cards", "/cards?main=dept-0", "/cards?index=-11", "/cards?sort=-due", "/cards?disputed=1",
        ]
        var next = "/cards"
        for _ in 0..<4 {
            let links = try visitor.demand(200, next).text.split(separator: "href=\"").dropFirst().map { part in
                String(part.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
            }
            for link in links where link.hasPrefix("/queues/") && !places.contains(link) { places.append(link) }
            guard let further = links.first(where: { $0.hasPrefix("/cards?after=") }) else { break }
            places.append(further)
            next = further
        }
        return places
    }
}

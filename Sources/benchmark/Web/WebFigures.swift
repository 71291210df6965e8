import CanonicalJSON
import Dispatch
import Glibc
import Locks

/// How long a browser waits for the node, and what it costs the node to be listened to.
enum WebFigures {
    /// Pages of lists, cards and acts while departments exchange, people act and others sign in all the time.
    ///
    /// From the first byte of a request to the last of its answer, over a kept connection. An act is the form of a note, sent as the
    /// script of its page sends it, and each is to another card, whose form was asked for before.
    static func atWork(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let office = try WorkingOffice(stage, departments: size.of(100), appeals: size.of(100_000))
        let clerk = try office.session(of: "clerk")
        _ = try office.session(of: "caller")
        try office.begin()
        defer { office.rest() }
        let places = try lists(office, clerk)
        let pages = Stopwatch(), cards = Stopwatch(), acts = Stopwatch(), forms = Stopwatch(), entries = Stopwatch()
        let group = DispatchGroup()
        // The first fifth warms up.
        let count = size.of(1_000), skipped = max(1, count / 5)
        let departments = office.departments, appeals = office.appeals, port = office.port
        func people(_ watch: Stopwatch, _ body: @escaping @Sendable (Visitor) throws -> Void) {
            group.enter()
            Threads.start {
                watch.guarded {
                    let visitor = try Visitor(port: port)
                    visitor.session = clerk
                    try body(visitor)
                }
                group.leave()
            }
        }
        people(pages) { visitor in
            for number in 0..<count + skipped {
                let place = places[number % places.count]
                try pages.time(number >= skipped, place) { _ = try visitor.demand(200, place) }
                Machine.sleep(milliseconds: 50)
            }
        }
        people(cards) { visitor in
            for number in 0..<count + skipped {
                let index = "%D0%9A-\(number % departments)-\(number * 7 % appeals)"
                try cards.time(number >= skipped) { _ = try visitor.demand(200, "/cards/" + index) }
                Machine.sleep(milliseconds: 50)
            }
        }
        people(acts) { visitor in
            visitor.readsWords = true
            for number in 0..<(count + skipped) / 4 + 1 {
                let isCounted = number >= skipped / 4
                let id = Seed.appeal(number % departments, number * 11 % appeals)
                try act(on: id, number, visitor, isCounted ? acts : nil, isCounted ? forms : nil)
                Machine.sleep(milliseconds: 200)
            }
        }
        let isOver = Locked(false)
        let callers = signIn(port, entries, until: isOver)
        group.wait()
        isOver.withLock { $0 = true }
        callers.wait()
        for watch in [pages, cards, acts, entries] { try watch.requireNoFailure() }
        let exchange = try office.exchange()
        func figure(_ name: String, _ watch: Stopwatch, _ more: JSONObject = [:]) -> Figure {
            var conditions = exchange
            conditions.add(watch.conditions)
            conditions.add(more)
            conditions["signIns"] = .integer(Int64(entries.count))
            return Figure(name: name, value: watch.percentile(0.99), unit: "ms", conditions: conditions)
        }
        return [
            figure("web.listPage.p99", pages, ["places": pages.byPlace]), figure("web.card.p99", cards),
            figure("web.act.p99", acts, ["form": .object(forms.conditions)]),
        ]
    }

    /// One person after another signs in with name and password, each check on the thread of the lowest priority.
    private static func signIn(_ port: UInt16, _ watch: Stopwatch, until isOver: Locked<Bool>) -> DispatchGroup {
        let group = DispatchGroup()
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
        _ acts: Stopwatch?,
        _ forms: Stopwatch?
    ) throws {
        let place = "/cards/\(appeal)/acts/appeal-note"
        var page: Visitor.Answer?
        try (forms ?? Stopwatch()).time(true) { page = try visitor.demand(200, place) }
        let text = page?.text ?? ""
        let form = [
            ("shown", hidden("shown", in: text)), ("command", hidden("command", in: text)),
            ("text", "Заявниця телефонувала, просить передзвонити після 17:00 (\(number))"),
        ]
        try (acts ?? Stopwatch()).time(true) {
            let answer = try visitor.post(place, form: form)
            guard answer.status == 303 else { throw Failure("\(place) answers \(answer.status)") }
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

    // MARK: growth

    /// The median time of a page of a list with its counts at 100,000 appeals, over that at 1,000.
    ///
    /// 1 means that counts are kept and pages found by an index. The two are asked in turn, so that a machine that slows down meets both.
    static func growth(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let other = try Stage()
        defer { other.clear() }
        let offices = [
            try WorkingOffice(stage, departments: 1, appeals: size.of(1_000)),
            try WorkingOffice(other, departments: 1, appeals: size.of(100_000)),
        ]
        let visitors = try offices.map { try $0.visitor($0.session(of: "clerk")) }
        let watches = [Stopwatch(), Stopwatch()]
        for number in 0..<size.of(400) + 20 {
            for (visitor, watch) in zip(visitors, watches) {
                try watch.time(number >= 20) { _ = try visitor.demand(200, "/cards") }
            }
        }
        let medians = watches.map { $0.percentile(0.5) }
        return [
            Figure(
                name: "web.listPage.growth",
                value: medians[1] / medians[0],
                unit: "",
                conditions: [
                    "appeals": .array(offices.map { .integer(Int64($0.appeals)) }),
                    "medians": .array(medians.map { .double(Figure.rounded($0)) }),
                ]
            )
        ]
    }

    // MARK: streams

    /// Resident memory of the office that each open stream of changes adds: the socket, the session's request, the position.
    ///
    /// The port takes 512 connections, 32 of an address: so many browsers at other addresses of loopback. Each was told the time once, so
    /// that whatever it keeps between two news is there.
    static func streams(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let count = size.of(480)
        let office = try WorkingOffice(stage, departments: 1, appeals: size.of(1_000))
        let clerk = try office.session(of: "clerk")
        func open(_ number: Int) throws -> Visitor {
            let visitor = try Visitor(port: office.port, from: UInt32(2 + number / 20))
            visitor.session = clerk
            visitor.readsWords = true
            try visitor.send("GET", "/api/v1/changes")
            let status = try visitor.head().status
            guard status == 200 else { throw Failure("a stream of changes answers \(status)") }
            return visitor
        }
        func listeners() throws -> Int {
            Int(try stage.ask("center", "sync status")["web"]?["listeners"]?.integer ?? 0)
        }
        // A first few warm the process up.
        var first = try (0..<min(20, count)).map(open)
        Machine.sleep(milliseconds: 1_000)
        first.removeAll()
        for _ in 0..<500 where try listeners() > 0 { Machine.sleep(milliseconds: 20) }
        let before = Machine.memory("VmRSS", of: stage.process("center"))
        let streams = try (0..<count).map(open)
        Machine.sleep(milliseconds: size.isSmall ? 500 : 20_000)
        let open = try listeners()
        guard open == streams.count else { throw Failure("of \(streams.count) streams \(open) are open") }
        let after = Machine.memory("VmRSS", of: stage.process("center"))
        return [
            Figure(
                name: "web.bytesPerStream",
                value: Double(after - before) * 1_024 / Double(open),
                unit: "B",
                conditions: [
                    "streams": .integer(Int64(open)), "beforeKiB": .integer(before), "afterKiB": .integer(after),
                ]
            )
        ]
    }
}

import CanonicalJSON

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
        let clerks = try Clerks(office, clerk, times: size.of(500))
        try clerks.work()
        let exchange = try office.exchange()
        func figure(_ name: String, _ watch: Stopwatch, _ more: JSONObject = [:]) -> Figure {
            var conditions = exchange
            conditions.add(watch.conditions)
            conditions.add(more)
            conditions["signIns"] = .integer(Int64(clerks.entries.count))
            return Figure(name: name, value: watch.percentile(0.99), unit: "ms", conditions: conditions)
        }
        return [
            figure("web.listPage.p99", clerks.pages, ["places": clerks.pages.byPlace]),
            figure("web.card.p99", clerks.cards),
            figure("web.act.p99", clerks.acts, ["form": .object(clerks.forms.conditions)]),
        ]
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

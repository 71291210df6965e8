import CanonicalJSON
import Glibc

/// How an office with the appeals of nine years works: a million of them, where 100 departments exchange.
///
/// One department has 20,000 of them. Each measurement has a copy, so that none changes what the next one finds.
enum MillionFigures {
    /// Of the planting, of the start, and of a working day after it.
    static let names = [
        "million.fillSeconds", "million.bytes", "million.start.milliseconds", "million.listPage.p99",
        "million.search.p99", "million.card.p99", "million.act.p99", "million.residentMemory",
    ]

    static func office(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let plan = plan(size, 1_010_000)
        let told = try KeptStores.take(plan, stage)
        if size.isSmall { _ = try play("check", stage, plan) }
        let cost = try play("look", stage, plan)
        let started = try start(stage)
        let work = try atWork(stage, plan, told, cost, times: size.of(1_000))
        return [
            figure("million.fillSeconds", told, "seconds", "s"), figure("million.bytes", told, "bytes", "B"),
            started.figure,
        ] + work.figures + [try memory(stage, plan, atRest: started.memory, worked: work.memory)]
    }

    /// The longest turn that the store takes while words leave its index.
    static func words(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let plan = plan(size, 1_010_000)
        _ = try KeptStores.take(plan, stage)
        return [figure("million.purgeWords.stepMax", try play("canaries", stage, plan), "longest", "ms")]
    }

    /// The longest time for which a backup does not say how far it is.
    static func backup(_ stage: Stage, _ size: Size) throws -> [Figure] {
        _ = try KeptStores.take(plan(size, 1_010_000), stage)
        let told = try stage.play("backup", [stage.path("center"), stage.path("backup")])
        return [figure("million.backup.longestSilence", told, "silence", "s")]
    }

    private static func play(_ role: String, _ stage: Stage, _ plan: Plan) throws -> JSON {
        try stage.play(role, [stage.path("center"), "\(plan.departments)", "\(plan.appeals)"])
    }

    /// What a role told, of which one member is the figure.
    private static func figure(_ name: String, _ told: JSON, _ key: String, _ unit: String) -> Figure {
        var conditions = told.object ?? [:]
        for other in ["heads", "first", "origin", "epoch", "every", key] { conditions[other] = nil }
        return Figure(name: name, value: told[key]?.amount ?? 0, unit: unit, conditions: conditions)
    }

    /// The same search at a tenth of it, as other pages are measured.
    static func search(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let plan = plan(size, 101_000)
        let told = try KeptStores.take(plan, stage)
        let cost = try play("look", stage, plan)
        try stage.serve("center")
        return try atWork(stage, plan, told, cost, times: size.of(500)).figures.compactMap { figure in
            guard figure.name == "million.search.p99" else { return nil }
            return Figure(name: "web.search.p99", value: figure.value, unit: figure.unit, conditions: figure.conditions)
        }
    }

    /// `--small` is smaller than a twentieth: the point of it is that it runs.
    private static func plan(_ size: Size, _ appeals: Int) -> Plan {
        size.isSmall ? Plan(departments: 5, appeals: 600) : Plan(departments: 100, appeals: appeals)
    }

    /// From the start of the process to its first answer, and what it holds a few seconds later.
    private static func start(_ stage: Stage) throws -> (figure: Figure, memory: Int64) {
        let begin = Machine.nanoseconds()
        try stage.serve("center")
        let spent = Machine.milliseconds(since: begin)
        Machine.sleep(milliseconds: 3_000)
        return (
            Figure(name: "million.start.milliseconds", value: spent, unit: "ms"),
            Machine.memory("VmRSS", of: stage.process("center"))
        )
    }

    /// Lists, cards, acts and searches while departments exchange, people act and others sign in.
    private static func atWork(
        _ stage: Stage,
        _ plan: Plan,
        _ told: JSON,
        _ cost: JSON,
        times: Int
    ) throws -> (figures: [Figure], memory: (now: Int64, most: Int64)) {
        let origin = told["origin"]?.string ?? "", every = told["every"]?.integer ?? 0
        let authorities = (told["first"]?.array ?? []).map {
            Exchange.Authority.own(origin: origin, first: $0.integer ?? 0, every: every)
        }
        let office = try WorkingOffice(stage, told, authorities, appeals: plan.rounds) {
            plan.index($1 * plan.slots + $0)
        }
        let clerk = try office.session(of: "clerk")
        _ = try office.session(of: "caller")
        try office.begin()
        defer { office.rest() }
        let queries = try Queries(plan, Citizens())
        let clerks = try Clerks(office, clerk, times: times, queries: queries)
        try clerks.work()
        let exchange = try office.exchange()
        func figure(_ name: String, _ watch: Stopwatch, _ more: JSONObject = [:]) -> Figure {
            var conditions = exchange
            conditions.add(watch.conditions)
            conditions.add(more)
            return Figure(name: name, value: watch.percentile(0.99), unit: "ms", conditions: conditions)
        }
        let process = stage.process("center")
        return (
            [
                figure("million.listPage.p99", clerks.pages, ["places": clerks.pages.byPlace]),
                figure("million.search.p99", clerks.searches, ["sorts": clerks.searches.byPlace, "processor": cost]),
                figure("million.card.p99", clerks.cards), figure("million.act.p99", clerks.acts),
            ],
            (Machine.memory("VmRSS", of: process), Machine.memory("VmHWM", of: process))
        )
    }

    /// Resident memory of the office after that work; and of the largest department, once it has read its slice.
    private static func memory(
        _ stage: Stage,
        _ plan: Plan,
        atRest: Int64,
        worked: (now: Int64, most: Int64)
    ) throws -> Figure {
        try stage.sayWhereTheOfficeIs(plan.names[0])
        let appeals = 2 * plan.rounds + 1
        try stage.serve(plan.names[0])
        let read = try stage.ask(plan.names[0], "bench.slice", ["count": .integer(Int64(appeals))])
        let department = Machine.memory("VmRSS", of: stage.process(plan.names[0]))
        try requireAgreement(stage, plan.names[0])
        stage.end(plan.names[0])
        stage.end("center")
        return Figure(
            name: "million.residentMemory",
            value: Double(worked.now) / 1_024,
            unit: "MiB",
            conditions: [
                "atRestKiB": .integer(atRest), "mostKiB": .integer(worked.most), "departmentKiB": .integer(department),
                "departmentAppeals": .integer(Int64(appeals)),
                "departmentSyncMilliseconds": .integer((read["nanoseconds"]?.integer ?? 0) / 1_000_000),
            ]
        )
    }

    /// The department says of its slice what the office says.
    private static func requireAgreement(_ stage: Stage, _ department: String) throws {
        let read = try stage.ask(department, "bench.sum", ["node": .string(department)])
        let given = try stage.ask("center", "bench.sum", ["node": .string(department)])
        guard read == given else {
            throw Failure("\(department) has \(read.canonicalText), not \(given.canonicalText)")
        }
    }
}

extension JSON {
    /// A number as it was told, whole or not.
    var amount: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .double(let value): value
        case .null, .bool, .string, .array, .object: nil
        }
    }
}

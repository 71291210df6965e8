import Accounts
import CanonicalJSON
import Commands
import Desk
import Locks
import Synchronization

/// An office on a working day: appeals, departments that exchange, people who act at it.
final class WorkingOffice {
    /// Rows of slices that change each second, of them operations of departments; the others are acts at the office.
    private static let rows = 50
    private static let operations = 20
    /// What all people of the benchmark type.
    static let password = "три коти на даху 1991"

    let stage: Stage
    /// Of the web port.
    let port: UInt16
    let departments: Int
    /// Of each department.
    let appeals: Int
    /// What an appeal of a department is called.
    let index: @Sendable (_ department: Int, _ number: Int) -> String
    private var before: (at: Int64, rows: Int64, operations: Int64) = (0, 0, 0)
    private let people: People

    /// People of the office who act at other terminals, each act a note to the next department's appeal.
    private final class People: Sendable {
        let isOver = Atomic(false)
        let ended = Locked<Bool>(false)
        let trouble = Locked<String?>(nil)
    }

    /// Founds the office and lets it run; nobody exchanges yet.
    convenience init(_ stage: Stage, departments: Int, appeals: Int) throws {
        let names = (0..<departments).map(Exchange.name)
        let seeded = try stage.set(names.map { ($0, appeals / departments) })
        let authorities = (seeded["authorities"]?.array ?? []).map { Exchange.Authority.same($0.string ?? "") }
        try self.init(stage, seeded, authorities, appeals: appeals / departments) { "К-\($0)-\($1)" }
    }

    /// Of an office that runs: what was told of it when it was filled, and what entitles each department.
    ///
    /// `appeals` are those of each department that are read and changed, `index` what the n-th of them is called.
    init(
        _ stage: Stage,
        _ told: JSON,
        _ authorities: [Exchange.Authority],
        appeals: Int,
        index: @escaping @Sendable (_ department: Int, _ number: Int) -> String
    ) throws {
        (self.stage, self.appeals, self.index) = (stage, appeals, index)
        departments = authorities.count
        people = People()
        let members = zip(told["heads"]?.array ?? [], authorities).map { head, authority in
            Exchange.Member(
                head: head["head"]?.integer ?? 0,
                mark: head["mark"]?.string ?? "",
                authority: authority,
                epoch: told["epoch"]?.string ?? "",
                appeals: appeals
            ).line
        }
        try TextFile.write(stage.path("exchange"), Array(members.joined(separator: "\n").utf8))
        let web = try stage.ask("center", "sync status")["web"]
        port = UInt16(clamping: web?["port"]?.integer ?? 0)
        guard port > 0 else { throw Failure("the web port is not open: \(web?.canonicalText ?? "")") }
    }

    /// All departments exchange and the office's own people act, until `rest`.
    func begin() throws {
        try stage.greet((0..<departments).map(Exchange.name))
        let pause = departments * 1_000 / Self.operations
        try stage.start("traffic", "exchange", [stage.root, "https://127.0.0.1:\(stage.port)", "\(pause)"])
        // Each has pushed once: all wait at the same moment only at an office with little to do.
        for _ in 0..<3_000 where try exchanged().operations < Int64(departments) { Machine.sleep(milliseconds: 20) }
        guard try exchanged().operations >= Int64(departments) else { throw Failure("not all departments exchange") }
        let directory = stage.path("center"), departments = departments, appeals = appeals, people = people
        Threads.start {
            var number = 0
            while !people.isOver.load(ordering: .relaxed) {
                let started = Machine.nanoseconds()
                let change: JSONObject = [
                    "count": 1, "department": .integer(Int64(number % departments)), "among": .integer(Int64(appeals)),
                    "first": .integer(Int64(number / departments)),
                ]
                do { _ = try Stage.ask(directory: directory, "bench.change", change) } catch {
                    people.trouble.withLock { $0 = "\(error)" }
                    break
                }
                number += 1
                let spent = Int(Machine.milliseconds(since: started))
                Machine.sleep(milliseconds: max(0, 1_000 / (Self.rows - Self.operations) - spent))
            }
            people.ended.withLock { $0 = true }
        }
        Machine.sleep(milliseconds: 2_000)
        before = try exchanged()
    }

    private func exchanged() throws -> (at: Int64, rows: Int64, operations: Int64) {
        let told = try stage.ask("center", "bench.exchanged")
        return (Machine.nanoseconds(), told["rows"]?.integer ?? 0, told["operations"]?.integer ?? 0)
    }

    /// How much was exchanged since `begin`; throws if that has stopped.
    func exchange() throws -> JSONObject {
        try stage.requireRunning("traffic")
        if let trouble = people.trouble.withLock({ $0 }) { throw Failure("acts at the office: \(trouble)") }
        let now = try exchanged()
        let seconds = Double(now.at - before.at) / 1_000_000_000
        return [
            "departments": .integer(Int64(departments)), "appeals": .integer(Int64(appeals * departments)),
            "operationsPerSecond": .double(Figure.rounded(Double(now.operations - before.operations) / seconds)),
            "rowsPerSecond": .double(Figure.rounded(Double(now.rows - before.rows) / seconds)),
            "unread": try stage.ask("center", "bench.exchanged")["unread"] ?? 0,
        ]
    }

    /// Nobody exchanges any more.
    func rest() {
        people.isOver.store(true, ordering: .relaxed)
        for _ in 0..<1_000 where !people.ended.withLock({ $0 }) { Machine.sleep(milliseconds: 10) }
        stage.end("traffic")
    }

    // MARK: who works in a browser

    /// An account for one of `OfficeActs.clerks`, which is signed in.
    func session(of user: String) throws -> Visitor.Session {
        let code = try stage.ask("center", "bench.invite", ["user": .string(user)])["code"] ?? ""
        return try Visitor(port: port).enter("/api/v1/invitations", ["code": code, "new": .string(Self.password)])
    }

    /// A connection of that person's browser.
    func visitor(_ session: Visitor.Session) throws -> Visitor {
        let visitor = try Visitor(port: port)
        visitor.session = session
        return visitor
    }

    /// The code for an account; called inside the running office by `bench.invite`.
    static func invite(_ user: String, _ context: CommandContext) throws -> JSON {
        ["code": .string(try Access(context.place).invite(user, by: "admin").code.text)]
    }
}

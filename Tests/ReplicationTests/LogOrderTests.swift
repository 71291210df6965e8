import Appeals
import CanonicalJSON
import Simulator
import Testing

@testable import Replication

/// After a restore a node's logs are finished in order, whoever greets how, and whenever the process ends.
@Suite("The order of logs")
struct LogOrderTests {
    static let texts = ["Перша", "Друга", "Третя", "Четверта", "П'ята"]

    /// A node with two incarnations, at an office that was put back to before both, or to the first note of the former.
    private func town(hasFirst: Bool = true) throws -> (town: Town, appeal: String, logs: [Origin]) {
        let town = try Town("roads")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        var backup = town.officeStore.copy()
        try town.notes("roads", appeal, Self.texts[0])
        try town.syncAll()
        if hasFirst { backup = town.officeStore.copy() }
        for text in Self.texts[1...2] { try town.notes("roads", appeal, text) }
        try town.syncAll()
        try town["roads"].department.declareRestore()
        for text in Self.texts[3...4] { try town.notes("roads", appeal, text) }
        try town.syncAll()
        let logs = try town["roads"].store.read { try town["roads"].department.origins($0).map(\.origin) }
        try town.restoreOffice(to: backup)
        return (town, appeal, logs)
    }

    private func notes(_ town: Town, _ appeal: String) throws -> [String] {
        try town.confirmed(appeal).items(.facts).compactMap { $0.item.value["text"]?.string }
            .filter(Self.texts.contains).sorted()
    }

    /// The hello of one own log in the new epoch.
    private func greets(_ town: Town, _ origin: Origin, former: String) throws -> String {
        let record = try #require(try town["roads"].store.read { try $0.origin(origin) })
        let logs = try town["roads"].store.read { try town["roads"].department.namedLogs($0) }
        return try town.greeting("roads") { hello in
            hello.origin = origin
            hello.last = (record.last, record.lastID)
            hello.acknowledged = (0, "")
            hello.epoch = former
            hello.known = town.epoch
            hello.positions = []
            hello.logs = logs
        }
    }

    private func sends(_ town: Town, _ origin: Origin, from first: Int64) throws -> [String] {
        let lines = try town["roads"].store.read { try $0.operations(origin, after: first - 1, limit: 9).map(\.bytes) }
        return try town.answers(town.push("roads", lines, origin: origin))
    }

    @Test("of both hellos first and then the pushes closes no log before its end", arguments: [true, false])
    func hellosFirst(isNewestFirst: Bool) throws {
        let (town, appeal, logs) = try town()
        let former = try #require(try town["roads"].store.read { try $0.value(Values.epoch) })
        let order = isNewestFirst ? [logs[1], logs[0]] : logs
        let states = try order.map { try greets(town, $0, former: former) }
        #expect(states == (isNewestFirst ? ["earlierFirst", "known"] : ["known", "earlierFirst"]))
        #expect(try sends(town, logs[0], from: 2) == ["accepted", "accepted"])
        #expect(try greets(town, logs[0], former: former) == "closed")
        #expect(try greets(town, logs[1], former: former) == "new")
        #expect(try sends(town, logs[1], from: 1) == ["accepted", "accepted"])
        #expect(try notes(town, appeal) == Self.texts.sorted())
        // What goes beyond the named end is another's.
        #expect(try town.officeStore.read { try $0.origin(logs[0])?.end } == 3)
    }

    @Test("without the rule the former log is cut where the office happened to stand")
    func withoutRule() throws {
        let (town, _, logs) = try town()
        let former = try #require(try town["roads"].store.read { try $0.value(Values.epoch) })
        town.office.rules.logsFinished = false
        #expect(try greets(town, logs[0], former: former) == "known")
        #expect(try greets(town, logs[1], former: former) == "new")
    }

    @Test(
        "survives an end of the process after each hello, and nothing is lost or doubled",
        arguments: 1...7,
        [true, false]
    )
    func crash(after count: Int, hasFirst: Bool) throws {
        let (town, appeal, _) = try town(hasFirst: hasFirst)
        var seen = 0
        town["roads"].intercept = { request, response in
            guard request.call == .hello else { return response }
            seen += 1
            return seen == count ? nil : response
        }
        try town.sync("roads", steps: 60)
        town.restart("roads")
        town.now += 120_000
        #expect(try town.syncAll())
        #expect(try notes(town, appeal) == Self.texts.sorted())
        #expect(try town.agrees("roads"))
    }

    @Test("an operation that the restored office cannot take ends its log, and what follows goes on in the present one")
    func hole() throws {
        let (town, appeal, logs) = try town()
        try town["roads"].store.write { transaction in
            var record = try #require(try transaction.operation(logs[0], 2))
            record.bytes = Array("{}".utf8)
            try transaction.putOperation(record)
        }
        town.restart("roads")
        #expect(try town.syncAll())
        #expect(try town.syncAll())
        let expected = Self.texts.filter { $0 != Self.texts[1] }.sorted()
        #expect(try Set(notes(town, appeal)).isSuperset(of: expected))
        #expect(try town.tray(town["roads"].store, .quarantine).map(\.subject) == ["\(logs[0]):2"])
        #expect(try town.agrees("roads"))
    }

    @Test("a stale token stays stale until the incarnation is closed, also when the process ends after the reply")
    func staleToken() throws {
        let (town, appeal, logs) = try town()
        try town.syncAll()
        let present = try #require(logs.last)
        try town["roads"].store.write { try $0.setValue(Values.token, String(repeating: "0", count: 32)) }
        town.restart("roads")
        var isOver = false
        town["roads"].intercept = { request, response in
            isOver = isOver || request.call == .hello
            return request.call == .hello ? response : nil
        }
        try town.sync("roads", steps: 4)
        #expect(isOver)
        #expect(try town["roads"].store.read { try $0.value(Values.token) } == String(repeating: "0", count: 32))
        town["roads"].intercept = { _, response in response }
        town.restart("roads")
        #expect(try town.greeting("roads") == "tokenStale")
        town.now += 120_000
        #expect(try town.syncAll())
        #expect(try town.origin("roads").origin != present)
        #expect(try notes(town, appeal) == Self.texts.sorted())
        #expect(try town.greeting("roads") == "known")
    }
}

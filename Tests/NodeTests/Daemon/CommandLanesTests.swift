import Appeals
import CanonicalJSON
import Dispatch
import Foundation
import Locks
import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// Commands of a running node: who reads waits for nobody, and whoever was taken is answered.
@Suite("The lanes of a running node", .serialized)
struct CommandLanesTests {
    private func expect(_ city: TestCity, _ node: String, _ command: String, _ arguments: JSONObject) throws -> JSON {
        let answer = try city.call(node, command, arguments)
        // The import leaves rows out with an exit code of its own.
        guard answer["exit"] == 0 else { throw TestFailure("\(command): \(answer["text"]?.string ?? "")") }
        return answer["json"] ?? .null
    }

    private func begin(runner: @escaping CommandRunner = Commands.runner) throws -> TestCity {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center", runner: runner)
        return city
    }

    private func staff(_ city: TestCity) throws {
        for (user, role) in [("koval", "registrar"), ("vilkul", "leader")] {
            let name = JSON.string("Особа " + user)
            _ = try expect(
                city,
                "center",
                "person add",
                ["user": .string(user), "department": "center", "name": name, "as": "admin"]
            )
            _ = try expect(
                city,
                "center",
                "role grant",
                ["user": .string(user), "role": .string(role), "as": "admin"]
            )
        }
    }

    /// A piece of a register, with keys that no other part has.
    private func importing(_ city: TestCity, _ part: Int, rows: Int) throws -> JSON {
        let csv =
            "id,when,what,who,surname\n"
            + (0..<rows).map { "\(part)-\($0),2026-02-03T09:00:00,Яма \($0),,Петренко" }.joined(separator: "\n")
        var pieces = try ImportPieces(Array(csv.utf8), mapping: ImportCommandTests.mapping.canonicalText)
        let piece = try #require(try pieces.next())
        let arguments: JSONObject = [
            "file": piece, "mapping": .string(ImportCommandTests.mapping.canonicalText), "as": "koval", "source": "old",
        ]
        let done = try expect(city, "center", "import", arguments)
        guard done["imported"] == .integer(Int64(rows)) else { throw TestFailure("\(done)") }
        return done
    }

    /// What ran on other threads, and what went wrong there.
    private final class Beside: Sendable {
        private let group = DispatchGroup()
        let failures = Locked<[String]>([])
        let isOver = Locked(false)

        func run(_ name: String, _ body: @escaping @Sendable () throws -> Void) {
            let thread = Thread { [self] in
                do { try body() } catch { failures.withLock { $0.append("\(name): \(error)") } }
                group.leave()
            }
            group.enter()
            thread.start()
        }

        func wait() -> [String] {
            group.wait()
            return failures.withLock { $0 }
        }
    }

    @Test("eight threads list and show at an office and a department while acts and an import go on")
    func together() throws {
        let city = try begin()
        try staff(city)
        try city.addDepartment("roads")
        try city.start("roads")
        let first = try expect(city, "center", "appeal register", Self.card)
        let index = try #require(first["registrationIndex"]?.string)
        let reading = Commands.all.filter { command in
            command.lane == .reading && command.place != .withoutNode && !command.operands.contains(where: \.isRequired)
                && !command.options.contains(where: \.isRequired)
        }
        #expect(reading.count > 10)
        nonisolated(unsafe) let shared = city
        let readers = Beside()
        for number in 0..<8 {
            readers.run("reader \(number)") {
                var round = number
                while !readers.isOver.withLock({ $0 }) {
                    round += 1
                    let command = reading[round % reading.count].name
                    let node = number < 6 ? "center" : "roads"
                    // The doctor of a young node has something to say, which is no failure of the command.
                    guard try shared.call(node, command)["json"] != nil else { throw TestFailure(command) }
                    let shown = try shared.call("center", "appeal show", ["appeal": .string(index)])
                    guard shown["exit"] == 0 else { throw TestFailure("\(shown)") }
                }
            }
        }
        let writers = Beside()
        for number in 0..<2 {
            writers.run("acts \(number)") {
                for _ in 0..<10 { _ = try expect(shared, "center", "appeal register", Self.card) }
            }
        }
        writers.run("import") { for part in 0..<2 { _ = try importing(shared, part, rows: 60) } }
        #expect(writers.wait() == [])
        readers.isOver.withLock { $0 = true }
        #expect(readers.wait() == [])
        #expect(try expect(city, "center", "appeal list", [:])["total"] == 141)
    }

    private static let card: JSONObject = [
        "as": "koval", "name": "Петренко Іван", "text": "Немає води", "heading": ["090"],
    ]

    /// How long so many lists take, each, in seconds.
    private func lists(_ city: TestCity, _ count: Int) throws -> [Double] {
        try (0..<count).map { _ in
            let start = DispatchTime.now().uptimeNanoseconds
            _ = try expect(city, "center", "appeal list", [:])
            return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        }
    }

    private func p99(_ samples: [Double]) -> Double { samples.sorted()[samples.count * 99 / 100 - 1] }

    /// The p99 of lists during an import by that before and after it; each piece of the import is longer than many lists.
    private func round(_ city: TestCity, _ number: Int) throws -> (quiet: Double, busy: Double) {
        nonisolated(unsafe) let shared = city
        var quiet = try lists(city, Self.samples / 2)
        let importer = Beside()
        let pieces = Locked(0)
        importer.run("import") {
            while !importer.isOver.withLock({ $0 }) {
                let piece = pieces.withLock { pieces in
                    pieces += 1
                    return pieces
                }
                _ = try importing(shared, 1_000 * number + piece, rows: Self.rows)
            }
        }
        while pieces.withLock({ $0 == 0 }) { usleep(1_000) }
        let busy = Result { try lists(city, Self.samples) }
        importer.isOver.withLock { $0 = true }
        #expect(importer.wait() == [])
        quiet += try lists(city, Self.samples / 2)
        return (p99(quiet), p99(try busy.get()))
    }

    private static let samples = 200
    private static let rows = 200
    private static let rounds = 5

    @Test("an import does not hold up who lists: the p99 of appeal list is at most three times that without")
    func during() throws {
        let city = try begin()
        try staff(city)
        _ = try importing(city, 0, rows: 200)
        var told: [String] = []
        var best = Double.infinity
        // Others use the machine, too: one round without them is enough, and a lane that waits has none.
        for number in 1...Self.rounds where best > 3 {
            let (quiet, busy) = try round(city, number)
            best = min(best, busy / quiet)
            told.append("\(Int(quiet * 1e6)) µs alone, \(Int(busy * 1e6)) µs during an import")
        }
        #expect(best <= 3, "\(told.joined(separator: "; "))")
    }

    @Test("long work on every core leaves a thread to who reads")
    func threads() {
        let lanes = CommandLanes()
        let isOver = Locked(false)
        for _ in 0..<2 * ProcessInfo.processInfo.activeProcessorCount {
            // NB: it spins, as an import computes; the system makes threads by itself only for those that wait.
            _ = lanes.any { lanes.run(.long) { while !isOver.withLock({ $0 }) {} } }
        }
        let read = DispatchSemaphore(value: 0)
        _ = lanes.any { lanes.run(.reading) { read.signal() } }
        let came = read.wait(timeout: .now() + 20)
        isOver.withLock { $0 = true }
        lanes.drain()
        #expect(came == .success)
    }

    @Test("a node that ends answers all that it took, on every lane")
    func drained() throws {
        let begun = Locked<[String]>([])
        let mayGoOn = Locked(false)
        let city = try begin { command, arguments, context in
            begun.withLock { $0.append(command) }
            while !mayGoOn.withLock({ $0 }) { usleep(1_000) }
            return Commands.runner(command, arguments, context)
        }
        nonisolated(unsafe) let shared = city
        let answers = Locked<[JSON]>([])
        let callers = Beside()
        // Two acts: one runs, the other waits for it; an import that is refused at once; readers.
        let asked: [(String, JSONObject)] = [
            ("person add", ["user": "koval", "department": "center", "name": "Коваль", "as": "admin"]),
            ("person add", ["user": "bondar", "department": "center", "name": "Бондар", "as": "admin"]),
            ("import", ["file": [], "mapping": "{}", "as": "admin"]), ("person list", [:]), ("appeal list", [:]),
        ]
        for (command, arguments) in asked {
            callers.run(command) {
                let answer = try shared.call("center", command, arguments)
                answers.withLock { $0.append(answer) }
            }
        }
        // All but the act that waits for the other.
        try city.eventually("the commands") { begun.withLock { $0.count } == asked.count - 1 }
        usleep(50_000)
        let ending = Beside()
        ending.run("stop") { shared.stop("center") }
        try city.eventually("the end of listening") { !LocalClient.isServed(city.path("center")) }
        mayGoOn.withLock { $0 = true }
        #expect(ending.wait() == [])
        #expect(callers.wait() == [])
        let exits = answers.withLock { $0.compactMap { $0["exit"]?.integer } }
        #expect(exits.count == asked.count && exits.filter { $0 == 0 }.count == asked.count - 1, "\(exits)")
        try city.start("center")
        let people = try expect(city, "center", "person list", [:]).canonicalText
        #expect(people.contains("bondar") && people.contains("koval"))
    }
}

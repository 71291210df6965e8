import Appeals
import CanonicalJSON
import Cryptography
import Foundation
import Locks

@testable import Commands
@testable import Desk
@testable import Node
@testable import Replication

/// An office and its departments as daemons of this process, over TLS on loopback, each in a directory of its own.
final class TestCity {
    let root: String
    let lines = LogLines()
    private(set) var daemons: [String: NodeDaemon] = [:]

    init() throws {
        // A socket's path has at most 107 bytes: a short place.
        root = "/tmp/kt-" + RandomBytes.hex(6)
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
    }

    deinit {
        for daemon in daemons.values { daemon.stop() }
        try? FileManager.default.removeItem(atPath: root)
    }

    func path(_ node: String) -> String { root + "/" + node }

    func initializeOffice(port: UInt16 = 0, enrolPort: UInt16 = 0, readerDays: Int = 90) throws {
        var configuration = NodeConfiguration(id: "center", role: .office)
        configuration.port = port
        configuration.enrolPort = enrolPort
        configuration.readerDays = readerDays
        configuration.names = ["127.0.0.1", "office.example"]
        configuration.web.port = 0
        try NodeSetup.initializeOffice(
            path("center"),
            configuration,
            name: "Центр",
            administrator: Administrator(user: "admin", name: "Адміністратор"),
            now: Clock.now()
        )
    }

    /// Starts a node; its office is reached at loopback, whatever its certificate's names.
    @discardableResult
    func start(_ node: String, runner: @escaping CommandRunner = Commands.runner) throws -> NodeDaemon {
        let log = NodeLog(node: node) { [lines] in lines.append($0) }
        let daemon = try NodeDaemon.start(directory: path(node), log: log, runner: runner)
        daemons[node] = daemon
        return daemon
    }

    func stop(_ node: String) { daemons.removeValue(forKey: node)?.stop() }

    func call(_ node: String, _ command: String, _ arguments: JSONObject = JSONObject()) throws -> JSON {
        try LocalClient.call(directory: path(node), command: command, arguments: arguments)
    }

    func invite(_ department: String, minutes: Int64 = 10) throws -> String {
        let answer = try call(
            "center",
            "invite",
            [
                "department": .string(department), "name": .string("Відділ " + department), "as": "admin",
                "minutes": .integer(minutes),
            ]
        )
        guard let token = answer["json"]?["token"]?.string else { throw TestFailure("\(answer)") }
        return token
    }

    func initializeDepartment(_ id: String) throws {
        var configuration = NodeConfiguration(id: id, role: .department)
        configuration.idleSeconds = 1
        configuration.web.port = 0
        try NodeSetup.initializeDepartment(path(id), configuration)
    }

    func addDepartment(_ id: String) throws {
        let token = try invite(id)
        try initializeDepartment(id)
        _ = try NodeSetup.join(path(id), token: token, now: Clock.now())
    }

    func daemon(_ node: String) throws -> NodeDaemon {
        guard let daemon = daemons[node] else { throw TestFailure("\(node) does not run") }
        return daemon
    }

    /// Waits until something holds; the time only bounds a failure.
    func eventually(_ what: String, _ body: () throws -> Bool) throws {
        for _ in 0..<1_500 {
            if try body() { return }
            usleep(10_000)
        }
        throw TestFailure("\(what) did not happen; the last lines: " + lines.last(12))
    }

    func logged(_ text: String) -> Bool { lines.contains(text) }
}

/// What the nodes of a test logged.
final class LogLines: Sendable {
    private let lines = Locked<[String]>([])
    func append(_ line: String) { lines.withLock { $0.append(line) } }
    var count: Int { lines.withLock { $0.count } }
    func last(_ count: Int) -> String { lines.withLock { $0.suffix(count).joined(separator: "\n") } }
    func contains(_ text: String) -> Bool { lines.withLock { $0.contains { $0.contains(text) } } }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

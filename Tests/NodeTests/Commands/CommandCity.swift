import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Foundation
import Node
import Replication
import Simulator
import Testing

/// An office and two departments in memory, driven by commands alone; the network is a function call.
final class CommandCity {
    /// 14 May 2026, 10:00 in Kyiv.
    var now: Int64 = KyivTime.parse(rfc3339: "2026-05-14T10:00:00+03:00") ?? 0
    let officeStore = MemoryStore()
    let office: Office
    var departments: [String: (store: MemoryStore, department: Department)] = [:]
    /// Streams that commands woke at the office.
    var woken: [String] = []
    private var drawn = 0

    init(departments names: [String] = ["zhkg", "drim"]) throws {
        var draws = 0
        let draw: (Int) -> String = { count in
            draws += 1
            return String(SHA256.hash(Array("draw \(draws)".utf8)).hex.prefix(count * 2))
        }
        office = Office(
            node: "urz",
            store: officeStore,
            signer: TwinSigner("urz"),
            verifier: TwinVerifier(),
            draw: draw
        )
        try office.initialize()
        try person("admin", of: "urz")
        try expect("role grant", ["user": "admin", "role": "administrator", "as": "admin"])
        for (user, role) in [("vilkul", "leader"), ("koval", "registrar"), ("marko", "specialist")] {
            try person(user, of: "urz")
            try expect("role grant", ["user": .string(user), "role": .string(role), "as": "admin"])
        }
        for name in names {
            try expect(
                "department add",
                ["department": .string(name), "name": .string("Департамент \(name)"), "as": "admin"]
            )
            for role in ["head", "executor"] {
                try person("\(role)-\(name)", of: name)
                try expect(
                    "role grant",
                    [
                        "user": .string("\(role)-\(name)"), "role": .string(role), "department": .string(name),
                        "as": "admin",
                    ]
                )
            }
            try officeStore.write {
                try $0.putNode(NodeRecord(node: name, key: SHA256.hash(TwinSigner(name).publicKey).hex))
            }
            let store = MemoryStore()
            let department = Department(
                node: name,
                store: store,
                signer: TwinSigner(name),
                verifier: TwinVerifier(),
                draw: draw
            )
            try department.initialize(office: "urz", officeKey: TwinSigner("urz").publicKey)
            departments[name] = (store, department)
        }
        for name in names { try sync(name) }
    }

    private func person(_ user: String, of department: String) throws {
        try expect(
            "person add",
            [
                "user": .string(user), "department": .string(department), "name": .string("Особа \(user)"),
                "as": "admin",
            ]
        )
    }

    func context(_ node: String = "urz", checks: @escaping () throws -> [Check] = { [] }) throws -> CommandContext {
        let draw: (Int) -> String = { [unowned self] count in
            drawn += 1
            return String(SHA256.hash(Array("id \(drawn)".utf8)).hex.prefix(count * 2))
        }
        if node == "urz" {
            return CommandContext(
                office: office,
                store: officeStore,
                now: { [unowned self] in now },
                changed: { [unowned self] in woken += $0 },
                admissions: Admissions(),
                checks: checks,
                draw: draw
            )
        }
        let (store, department) = try #require(departments[node])
        return CommandContext(
            department: department,
            store: store,
            now: { [unowned self] in now },
            checks: checks,
            draw: draw
        )
    }

    /// Runs a command; a minute passes.
    @discardableResult
    func run(_ name: String, _ arguments: JSONObject, at node: String = "urz") throws -> CommandResult {
        now += 60_000
        let command = try #require(Commands.named(name), "there is no command \(name)")
        guard Commands.takesRegister(command), let text = arguments["file"]?.string else {
            return command.run(try context(node), arguments)
        }
        return try imported(Array(text.utf8), arguments, at: node)
    }

    /// Imports a file of these bytes.
    func imported(_ bytes: [UInt8], _ arguments: JSONObject, at node: String = "urz") throws -> CommandResult {
        let command = try #require(Commands.named("import"))
        return try Commands.inPieces(
            bytes,
            arguments,
            .ukrainian,
            zoneFile: { FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + $0).map { Array($0) } },
            once: { command.run(try context(node), $0) }
        )
    }

    /// Runs a command that must do what it is asked.
    @discardableResult
    func expect(
        _ name: String,
        _ arguments: JSONObject,
        at node: String = "urz",
        exit: ExitCode = .ok,
        source: SourceLocation = #_sourceLocation
    ) throws -> CommandResult {
        let result = try run(name, arguments, at: node)
        #expect(result.exit == exit, "\(name): \(result.text)", sourceLocation: source)
        #expect(result.json["schemaVersion"] == 1, sourceLocation: source)
        #expect(!result.text.isEmpty, sourceLocation: source)
        try expectKind(of: name, result, at: node, source)
        return result
    }

    /// Runs a command that must be refused with this code.
    @discardableResult
    func refuse(
        _ name: String,
        _ arguments: JSONObject,
        at node: String = "urz",
        code: String,
        source: SourceLocation = #_sourceLocation
    ) throws -> CommandResult {
        let result = try run(name, arguments, at: node)
        let found = result.json["error"]?["code"]?.string ?? result.json["reason"]?.string ?? "done"
        #expect(found == code, "\(name): \(result.text)", sourceLocation: source)
        #expect(result.exit != .ok, sourceLocation: source)
        return result
    }

    /// Registers a phone card at the office; gives its index.
    func register(_ surname: String = "Петренко", basis: String = "month") throws -> String {
        let result = try expect(
            "appeal register",
            [
                "as": "koval", "name": .string("\(surname) Іван Іванович"), "text": "Немає води з понеділка",
                "heading": ["090"],
                "phone": ["+380000000001"], "address": "вул. Спаська, 5", "basis": .string(basis),
            ]
        )
        return try #require(result.json["registrationIndex"]?.string)
    }

    /// Registers a card and assigns it.
    func assigned(_ surname: String = "Петренко", main: String = "zhkg", co: [String] = []) throws -> String {
        let index = try register(surname)
        try expect(
            "resolution issue",
            [
                "appeal": .string(index), "as": "koval", "author": "vilkul", "text": "Розглянути",
                "main": .string(main),
                "co": .array(co.map(JSON.string)),
            ]
        )
        return index
    }

    /// Lets a department exchange with the office until nothing is left to say.
    ///
    /// Twice: the read lane asks before the exchange lane has pushed.
    func sync(_ node: String) throws { for _ in 0..<2 { try exchange(node) } }

    private func exchange(_ node: String) throws {
        let (_, department) = try #require(departments[node])
        var link = Link(department, seed: 1)
        link.waitSeconds = 0
        var inputs: [LinkInput] = [.woke(.exchange), .woke(.read)]
        var steps = 0
        while !inputs.isEmpty, steps < 2_000 {
            steps += 1
            let actions = try link.step(inputs.removeFirst(), now: now)
            for action in actions {
                switch action {
                case .send(let lane, let request):
                    guard
                        case .reply(let response, _) = try office.handle(request, peer: node, now: now, mayWait: false)
                    else { continue }
                    inputs.append(.replied(lane, response))
                case .sleep(let lane, let until):
                    guard until - now < 10_000 else { continue }
                    now = max(now, until)
                    inputs.append(.woke(lane))
                case .abandon: preconditionFailure("nobody hurries this link")
                case .purge:
                    try department.signReceipts(now: now)
                    inputs.append(.purged)
                }
            }
        }
        #expect(steps < 2_000, "the exchange of \(node) does not end")
    }
}

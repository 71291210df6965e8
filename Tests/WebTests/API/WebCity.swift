import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Replication
import Simulator
import Testing

@testable import Web

/// An office and two departments in memory, whose people ask by HTTP; the network between the nodes is a function call.
final class WebCity {
    /// 14 May 2026, 10:00 in Kyiv.
    var now: Int64 = KyivTime.parse(rfc3339: "2026-05-14T10:00:00+03:00") ?? 0
    private(set) var officeStore = MemoryStore()
    private(set) var office: Office
    private(set) var departments: [String: (store: MemoryStore, department: Department)] = [:]
    /// Whose sessions are over.
    var ended: Set<String> = []
    private var drawn = 0

    init(
        departments names: [String] = ["zhkg", "drim"],
        people: [(user: String, role: String, node: String)] = []
    ) throws {
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
        try person("admin", "administrator", "urz")
        for (user, role) in [("vilkul", "leader"), ("koval", "registrar"), ("marko", "specialist")] {
            try person(user, role, "urz")
        }
        for name in names {
            try owner("department add", ["department": .string(name), "name": .string("Департамент \(name)")])
            for role in ["head", "executor"] { try person("\(role)-\(name)", role, name) }
        }
        for (user, role, node) in people { try person(user, role, node) }
        for name in names {
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
        for store in [officeStore] + departments.values.map(\.store) {
            try store.write { try $0.setValue(Values.accessKey, SHA256.hash(Array("key".utf8)).array) }
        }
    }

    /// The same city on copies of its disks: what is done there happens nowhere else.
    init(copying city: WebCity) {
        now = city.now
        officeStore = city.officeStore.copy()
        office = city.office
        departments = city.departments.mapValues { ($0.store.copy(), $0.department) }
        restart()
    }

    private func person(_ user: String, _ role: String, _ node: String) throws {
        try owner("person add", ["user": .string(user), "department": .string(node), "name": .string("Особа \(user)")])
        try owner("role grant", ["user": .string(user), "role": .string(role), "department": .string(node)])
    }

    /// What the owner of the office's directory does, as the administrator.
    private func owner(_ name: String, _ arguments: JSONObject) throws {
        now += 60_000
        var arguments = arguments
        arguments["as"] = "admin"
        let result = try #require(Commands.named(name)).run(try context("urz"), arguments)
        #expect(result.exit == .ok, "\(name): \(result.text)")
    }

    func context(_ node: String) throws -> CommandContext {
        let draw: (Int) -> String = { [unowned self] count in
            drawn += 1
            return String(SHA256.hash(Array("id \(drawn)".utf8)).hex.prefix(count * 2))
        }
        if node == "urz" {
            return CommandContext(
                office: office,
                store: officeStore,
                now: { [unowned self] in now },
                admissions: NobodyAdmitted(),
                draw: draw
            )
        }
        let (store, department) = try #require(departments[node])
        return CommandContext(department: department, store: store, now: { [unowned self] in now }, draw: draw)
    }

    /// The site of a node, at which the header `x-user` says who asks: `koval`, `koval:registrar`; `x-departments` to which
    /// departments their key is limited.
    func web(_ node: String = "urz") throws -> Web {
        let site = WebSite(
            context: try context(node),
            port: 8440,
            origins: ["localhost"],
            draw: { String(repeating: "a", count: 2 * $0) }
        )
        let via = try #require(Via("session:0123456789abcdef"))
        return Web(site) { [unowned self] request, _ in
            guard let typed = request.header("x-user") else { return nil }
            let parts = typed.split(separator: ":").map(String.init)
            if ended.contains(parts[0]) { return nil }
            var person = SignedIn(user: parts[0], role: parts.count == 2 ? parts[1] : nil, via: via)
            let departments = (request.header("x-departments") ?? "").split(separator: ",").map(String.init)
            if !departments.isEmpty { person.token = TokenScope(acts: true, departments: departments) }
            return person
        }
    }

    /// What a node has begun to say of changes to somebody who comes for the first time, or again.
    func stream(
        _ user: String,
        at node: String = "urz",
        after lastID: String? = nil,
        departments: String = ""
    ) throws -> WebStream {
        let headers =
            [("x-user", user), ("x-departments", departments)] + (lastID.map { [("last-event-id", $0)] } ?? [])
        let reply = try web(node).answer(WebRequest(method: "GET", path: ChangeStream.path, headers: headers))
        #expect(reply.status == 200 && reply.contentType == "text/event-stream")
        return try #require(reply.stream)
    }

    /// What a node answers to a request; a minute passes.
    func ask(
        _ method: String,
        _ path: String,
        as user: String?,
        at node: String = "urz",
        _ body: JSON? = nil,
        headers: [(String, String)] = []
    ) throws -> Answer {
        now += 60_000
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let pairs = parts.count < 2 ? [] : parts[1].split(separator: "&").map(String.init)
        let query: [(String, String)] = pairs.map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (sides[0], sides.count == 2 ? sides[1] : "")
        }
        let reply = try web(node).answer(
            WebRequest(
                method: method,
                path: parts[0],
                query: query,
                headers: headers + (user.map { [("x-user", $0)] } ?? [])
                    + (body == nil ? [] : [("content-type", "application/json")]),
                body: body?.canonicalBytes() ?? []
            )
        )
        return Answer(
            status: reply.status,
            json: reply.body.isEmpty ? .null : try JSON(parsing: reply.body, limits: .general),
            reply: reply
        )
    }

    func get(
        _ path: String,
        as user: String?,
        at node: String = "urz",
        headers: [(String, String)] = []
    ) throws -> Answer {
        try ask("GET", "/api/v1" + path, as: user, at: node, headers: headers)
    }

    func act(
        _ act: String,
        _ body: JSON,
        as user: String?,
        at node: String = "urz",
        headers: [(String, String)] = []
    ) throws -> Answer { try ask("POST", "/api/v1/acts/" + act, as: user, at: node, body, headers: headers) }

    /// Registers a card at the office; gives its index.
    func register(_ more: JSONObject = [:]) throws -> String {
        var body: JSONObject = [
            "name": "Петренко Іван Іванович", "text": "Немає води з понеділка", "heading": ["090"],
            "phone": ["+380561234567"], "address": "вул. Спаська, 5",
        ]
        for (name, value) in more.members { body[name] = value }
        let answer = try act("appeal-register", .object(body), as: "koval")
        #expect(answer.status == 200, "\(answer.json)")
        return try #require(answer.json["registrationIndex"]?.string)
    }

    /// Registers a card and gives it to a department.
    func assigned(main: String = "zhkg") throws -> String {
        let index = try register()
        let answer = try act(
            "resolution-issue",
            ["appeal": .string(index), "author": "vilkul", "text": "Розглянути", "main": .string(main)],
            as: "koval"
        )
        #expect(answer.status == 200, "\(answer.json)")
        return index
    }

    /// Every process begins anew, over the same disks.
    func restart() {
        let draw: (Int) -> String = { [unowned self] count in
            drawn += 1
            return String(SHA256.hash(Array("again \(drawn)".utf8)).hex.prefix(count * 2))
        }
        office = Office(
            node: "urz",
            store: officeStore,
            signer: TwinSigner("urz"),
            verifier: TwinVerifier(),
            draw: draw
        )
        for (name, place) in departments {
            departments[name] = (
                place.store,
                Department(
                    node: name,
                    store: place.store,
                    signer: TwinSigner(name),
                    verifier: TwinVerifier(),
                    draw: draw
                )
            )
        }
    }

    /// The disk of the office as it is now.
    func backup() -> MemoryStore { officeStore.copy() }

    /// The office goes back to this disk, and its operator says so.
    func restore(_ backup: MemoryStore) throws {
        officeStore = backup
        restart()
        try office.declareRestore(now: now)
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
            for action in try link.step(inputs.removeFirst(), now: now) {
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

/// What came back.
struct Answer {
    let status: Int
    let json: JSON
    let reply: WebReply

    func header(_ name: String) -> String? { reply.headers.first { $0.0 == name }?.1 }
    /// The code of a problem.
    var code: String? { json["code"]?.string }
    /// `404 unknownAppeal`.
    var told: String { code.map { "\(status) \($0)" } ?? String(status) }
    /// What is wrong with which inputs: `/text tooLong`.
    var faults: [String] {
        (json["errors"]?.array ?? []).map { ($0["path"]?.string ?? "") + " " + ($0["code"]?.string ?? "") }
    }
}

import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Replication
import Testing

@testable import Web

/// A key whose signature is a function of key and message.
private struct StageSigner: Signer {
    let publicKey: [UInt8]
    init(_ node: String) { publicKey = Array("stage \(node)".utf8) }
    func sign(_ message: [UInt8]) -> [UInt8] { StageVerifier.signature(message, publicKey) }
}

private struct StageVerifier: Verifier {
    static func signature(_ message: [UInt8], _ key: [UInt8]) -> [UInt8] {
        let half = SHA256.hash(key + message).array
        return half + half
    }
    func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
        signature == Self.signature(message, key)
    }
}

/// An office and a department in memory, and people who fill forms there; the network is a function call.
final class FormStage {
    /// 14 May 2026, 10:00 in Kyiv.
    var now: Int64 = KyivTime.parse(rfc3339: "2026-05-14T10:00:00+03:00") ?? 0
    let store = MemoryStore()
    let departmentStore = MemoryStore()
    private let office: Office
    private let department: Department
    private var drawn = 0
    /// What draws papers.
    var draughtsman: any Draughtsman = NoDraughtsman()

    init() throws {
        var draws = 0
        let draw: (Int) -> String = { count in
            draws += 1
            return String(SHA256.hash(Array("draw \(draws)".utf8)).hex.prefix(count * 2))
        }
        office = Office(
            node: "urz",
            store: store,
            signer: StageSigner("urz"),
            verifier: StageVerifier(),
            draw: draw
        )
        department = Department(
            node: "zhkg",
            store: departmentStore,
            signer: StageSigner("zhkg"),
            verifier: StageVerifier(),
            draw: draw
        )
        try office.initialize()
        try person("admin", "Адмін Адам Адамович", of: "urz", role: "administrator")
        try person("vilkul", "Савчук Віра Марківна", of: "urz", role: "leader")
        try person("koval", "Коваль Ірина Петрівна", of: "urz", role: "registrar")
        try command("department add", ["department": "zhkg", "name": "Департамент ЖКГ", "as": "admin"])
        try command("department add", ["department": "drim", "name": "Департамент доріг", "as": "admin"])
        try person("petrenko", "Петренко Олег Іванович", of: "zhkg", role: "head")
        try person("sydor", "Сидоренко Яна Юріївна", of: "zhkg", role: "executor")
        try store.write {
            try $0.putNode(NodeRecord(node: "zhkg", key: SHA256.hash(StageSigner("zhkg").publicKey).hex))
        }
        try department.initialize(office: "urz", officeKey: StageSigner("urz").publicKey)
        try sync()
    }

    private func person(_ user: String, _ name: String, of department: String, role: String) throws {
        try command(
            "person add",
            ["user": .string(user), "department": .string(department), "name": .string(name), "as": "admin"]
        )
        var grant: JSONObject = ["user": .string(user), "role": .string(role), "as": "admin"]
        if department != "urz" { grant["department"] = .string(department) }
        try command("role grant", grant)
    }

    func context(_ node: String = "urz") -> CommandContext {
        let draw: (Int) -> String = { [unowned self] count in
            drawn += 1
            return String(SHA256.hash(Array("id \(drawn)".utf8)).hex.prefix(count * 2))
        }
        if node == "urz" {
            return CommandContext(
                office: office,
                store: store,
                now: { [unowned self] in now },
                admissions: NobodyAdmitted(),
                draw: draw
            )
        }
        return CommandContext(
            department: department,
            store: departmentStore,
            now: { [unowned self] in now },
            draw: draw
        )
    }

    @discardableResult
    func command(_ name: String, _ arguments: JSONObject, at node: String = "urz") throws -> CommandResult {
        now += 60_000
        let result = try #require(Commands.named(name)).run(context(node), arguments)
        #expect(!result.isError, "\(name): \(result.text)")
        return result
    }

    /// A registered card; gives its id.
    func registered(_ name: String = "Бондар Ольга Петрівна", more: JSONObject = [:]) throws -> String {
        var arguments: JSONObject = [
            "as": "koval", "name": .string(name), "text": "Немає води з понеділка", "heading": ["090"],
            "question": ["Відновити воду"], "phone": ["+380560000002"], "address": "вул. Спаська, 5",
            "reply": "email", "email": ["bondar@example.com"],
        ]
        for (key, value) in more.members { arguments[key] = value }
        let result = try command("appeal register", arguments)
        return try #require(result.json["appeal"]?.string)
    }

    /// A card that the department is to execute, and has.
    func assigned() throws -> String {
        let id = try registered()
        try command(
            "resolution issue",
            ["appeal": .string(id), "as": "koval", "author": "vilkul", "text": "Розглянути", "main": "zhkg"]
        )
        try sync()
        return id
    }

    /// Lets the department exchange with the office until nothing is left to say.
    func sync() throws {
        for _ in 0..<2 {
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
                            case .reply(let response, _) = try office.handle(
                                request,
                                peer: "zhkg",
                                now: now,
                                mayWait: false
                            )
                        else { continue }
                        inputs.append(.replied(lane, response))
                    case .sleep(let lane, let until):
                        guard until - now < 10_000 else { continue }
                        now = max(now, until)
                        inputs.append(.woke(lane))
                    case .abandon: break
                    case .purge:
                        try department.signReceipts(now: now)
                        inputs.append(.purged)
                    }
                }
            }
            #expect(steps < 2_000, "the exchange does not end")
        }
    }

    // MARK: a browser

    func site(_ node: String = "urz") -> WebSite {
        let context = context(node)
        return WebSite(
            context: context,
            port: 8440,
            origins: ["127.0.0.1:8440"],
            draw: context.place.draw,
            draughtsman: draughtsman
        )
    }

    private func call(_ request: WebRequest, _ user: String, _ node: String, _ language: Language) throws -> WebReply {
        now += 1_000
        for route in Web.routes where route.method == request.method {
            guard let parameters = route.parameters(of: Route.segments(request.path)) else { continue }
            let call = WebCall(
                site: site(node),
                request: request,
                parameters: parameters,
                person: SignedIn(user: user, role: nil, via: .owner),
                language: language
            )
            return try route.answer(call)
        }
        throw StageError(path: request.path)
    }

    private struct StageError: Error { let path: String }

    /// A page as it is sent, for whoever wants to look.
    func bytes(_ path: String, as user: String, at node: String = "urz") throws -> [UInt8] {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let query = parts.dropFirst().first.map { $0.split(separator: "&").map(String.init) } ?? []
        let pairs = query.map { ($0.prefix { $0 != "=" }, $0.drop { $0 != "=" }.dropFirst()) }
        let request = WebRequest(method: "GET", path: parts[0], query: pairs.map { (String($0.0), String($0.1)) })
        return try call(request, user, node, .ukrainian).body
    }

    /// Opens a page.
    func get(
        _ path: String,
        _ query: [(String, String)] = [],
        as user: String,
        at node: String = "urz",
        in language: Language = .ukrainian
    ) throws -> Page {
        Page(try call(WebRequest(method: "GET", path: path, query: query), user, node, language))
    }

    /// A reply as it is sent.
    func reply(_ path: String, as user: String, at node: String = "urz") throws -> WebReply {
        try call(WebRequest(method: "GET", path: path), user, node, .ukrainian)
    }

    /// Sends a form.
    func post(
        _ path: String,
        _ fields: [(String, String)],
        as user: String,
        at node: String = "urz",
        in language: Language = .ukrainian
    ) throws -> Page {
        let body = FormBody(fields.map { (name: $0.0, value: $0.1) }).urlencoded
        let request = WebRequest(
            method: "POST",
            path: path,
            headers: [("content-type", "application/x-www-form-urlencoded")],
            body: body
        )
        return Page(try call(request, user, node, language))
    }

    /// Opens a form, fills some of its fields, and sends it as a browser would.
    func fill(
        _ path: String,
        _ typed: [String: String],
        query: [(String, String)] = [],
        as user: String,
        at node: String = "urz"
    ) throws -> Page {
        let page = try get(path, query, as: user, at: node)
        #expect(page.status == 200, "\(path): \(page.html)")
        var fields = page.fields
        for (name, value) in typed {
            #expect(page.names.contains(name), "\(path) has no field \(name)")
            fields.removeAll { $0.0 == name }
            fields.append((name, value))
        }
        return try post(path, fields, as: user, at: node)
    }
}

import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Replication
import Simulator
import Testing

@testable import Web

/// An office and two departments in memory, each with its site; people work by commands and look by pages.
///
/// All are invented.
final class ShownTown {
    /// Thursday 14 May 2026, 10:00 in Kyiv.
    var now: Int64 = KyivTime.parse(rfc3339: "2026-05-14T10:00:00+03:00") ?? 0
    let officeStore = MemoryStore()
    let office: Office
    private(set) var departments: [String: (store: MemoryStore, department: Department)] = [:]
    /// How the link of a department stands, as its running node would say.
    var links: [String: RunningCity] = [:]
    /// When the running office heard of a node last.
    var heard: [String: Int64] = [:]
    private var drawn = 0
    /// What happens at the office before each reading of one who asks there; what it asks itself is not told.
    var beforeReading: (() throws -> Void)?

    static let names = ["zhkg": "Управління благоустрою та житлової політики", "voda": "КП «Міський водоканал»"]
    static let people: [(user: String, name: String, department: String, role: String)] = [
        ("vilkul", "Мельник О. П.", "urz", "leader"), ("koval", "Бойко Н. С.", "urz", "registrar"),
        ("marko", "Гнатюк Л. В.", "urz", "specialist"), ("inna", "Сова І. О.", "urz", "inspector"),
        ("sych", "Сич П. В.", "zhkg", "head"), ("petrenko", "Петренко О. І.", "zhkg", "executor"),
        ("tkach", "Ткач В. О.", "zhkg", "clerk"), ("lys", "Лис Г. Р.", "voda", "head"),
        ("zhuk", "Жук Т. М.", "voda", "executor"),
    ]

    init() throws {
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
        try person("admin", "Сидоренко О. І.", of: "urz", as: "administrator")
        for (id, name) in Self.names.sorted(by: { $0.key < $1.key }) {
            try expect("department add", ["department": .string(id), "name": .string(name), "as": "admin"])
            try officeStore.write {
                try $0.putNode(NodeRecord(node: id, key: SHA256.hash(TwinSigner(id).publicKey).hex))
            }
            let store = MemoryStore()
            let department = Department(
                node: id,
                store: store,
                signer: TwinSigner(id),
                verifier: TwinVerifier(),
                draw: draw
            )
            try department.initialize(office: "urz", officeKey: TwinSigner("urz").publicKey)
            departments[id] = (store, department)
            links[id] = RunningCity()
        }
        links["urz"] = RunningCity()
        for person in Self.people {
            try self.person(person.user, person.name, of: person.department, as: person.role)
        }
        for id in Self.names.keys.sorted() { try sync(id) }
    }

    private func person(_ user: String, _ name: String, of department: String, as role: String) throws {
        let person: JSONObject = [
            "user": .string(user), "department": .string(department), "name": .string(name), "as": "admin",
        ]
        try expect("person add", person)
        var grant: JSONObject = ["user": .string(user), "role": .string(role), "as": "admin"]
        if department != "urz" { grant["department"] = .string(department) }
        try expect("role grant", grant)
    }

    func context(_ node: String = "urz", language: Language = .ukrainian) throws -> CommandContext {
        let draw: (Int) -> String = { [unowned self] count in
            drawn += 1
            return String(SHA256.hash(Array("id \(drawn)".utf8)).hex.prefix(count * 2))
        }
        if node == "urz" {
            return CommandContext(
                office: office,
                store: StoreWithNews(officeStore) { [unowned self] in
                    guard let happens = beforeReading else { return }
                    beforeReading = nil
                    defer { beforeReading = happens }
                    try happens()
                },
                language: language,
                now: { [unowned self] in now },
                admissions: NobodyAdmitted(),
                running: links[node],
                draw: draw
            )
        }
        let (store, department) = try #require(departments[node])
        return CommandContext(
            department: department,
            store: store,
            language: language,
            now: { [unowned self] in now },
            running: links[node],
            draw: draw
        )
    }

    /// Runs a command that must do what it is asked; a minute passes.
    @discardableResult
    func expect(
        _ name: String,
        _ arguments: JSONObject,
        at node: String = "urz",
        source: SourceLocation = #_sourceLocation
    ) throws -> CommandResult {
        let result = try result(name, arguments, at: node)
        #expect(result.exit == .ok, "\(name): \(result.text)", sourceLocation: source)
        return result
    }

    /// Runs a command, whatever comes of it; a minute passes.
    func result(_ name: String, _ arguments: JSONObject, at node: String = "urz") throws -> CommandResult {
        now += 60_000
        let command = try #require(Commands.named(name), "there is no command \(name)")
        return command.run(try context(node), arguments)
    }

    /// Somebody has looked at a card, as its page notes.
    func sees(_ index: String, _ person: String, at node: String) throws {
        let reply = try site(node).answer(
            WebRequest(method: "POST", path: "/cards/\(index)/seen", headers: [("x-test-person", person)])
        )
        #expect(reply.status == 204)
    }

    /// Registers an appeal at the office, by the registrar; gives its index.
    func register(_ more: JSONObject = [:]) throws -> String {
        var card: JSONObject = [
            "as": "koval", "name": "Терещенко Валентина Павлівна", "text": "Три тижні не працює ліфт.",
            "question": ["Три тижні не працює ліфт"], "heading": ["100"], "address": "вул. Спаська, 28",
            "problem-address": ["вул. Спаська, 28, під’їзд 2"], "phone": ["+380000000013"], "basis": "fifteenDays",
        ]
        for (name, value) in more.members { card[name] = value }
        return try #require(try expect("appeal register", card).json["registrationIndex"]?.string)
    }

    /// Gives an appeal to departments.
    func assign(_ index: String, main: String = "zhkg", co: [String] = [], term: String? = nil) throws {
        var resolution: JSONObject = [
            "appeal": .string(index), "as": "koval", "author": "vilkul", "text": "Вжити заходів, відповісти заявниці",
            "main": .string(main), "co": .array(co.map(JSON.string)),
        ]
        resolution["term"] = term.map(JSON.string)
        try expect("resolution issue", resolution)
    }

    /// The site of a node, at which the header `x-test-person` says who is signed in, `user` or `user:role`.
    func site(_ node: String = "urz", formerAssets: any FormerAssets = NoFormerAssets()) throws -> Web {
        let site = WebSite(
            context: try context(node),
            port: 8440,
            origins: ["http://127.0.0.1:8440"],
            formerAssets: formerAssets,
            draw: { [unowned self] count in
                drawn += 1
                return String(SHA256.hash(Array("web \(drawn)".utf8)).hex.prefix(count * 2))
            },
            heard: { [unowned self] in heard[$0] }
        )
        return Web(site) { request, _ in
            guard let name = request.header("x-test-person") else { return try SignedIn.of(request, site) }
            let parts = name.split(separator: ":").map(String.init)
            return SignedIn(user: parts[0], role: parts.count > 1 ? parts[1] : nil, via: .owner)
        }
    }

    /// What somebody sees at a place of a node, `/queues/new?lang=en`.
    func get(
        _ place: String,
        as person: String?,
        at node: String = "urz",
        _ headers: [(String, String)] = []
    ) throws
        -> WebReply
    {
        let parts = place.split(separator: "?", maxSplits: 1).map(String.init)
        let pairs = parts.count < 2 ? [] : parts[1].split(separator: "&")
        let query = pairs.map { pair -> (String, String) in
            let pair = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (pair[0].removingPercents, pair.count > 1 ? pair[1].removingPercents : "")
        }
        return try site(node).answer(
            WebRequest(
                method: "GET",
                path: parts[0].removingPercents,
                query: query,
                headers: headers + (person.map { [("x-test-person", $0)] } ?? [])
            )
        )
    }

    /// The same as text; the status must be 200.
    func page(
        _ place: String,
        as person: String?,
        at node: String = "urz",
        source: SourceLocation = #_sourceLocation
    ) throws -> String {
        let reply = try get(place, as: person, at: node)
        #expect(reply.status == 200, "\(place): \(reply.text.prefix(2_000))", sourceLocation: source)
        return reply.text
    }

    /// Lets a department exchange with the office until nothing is left to say.
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
        links[node]?.contact = now
    }
}

/// The running node of a city: only its link says something.
final class RunningCity: RunningNode {
    var contact: Int64 = 0
    var obstacle = ""
    /// The secret of the next invitation, and for whom invitations were given.
    var token = ""
    private(set) var invited: [String] = []
    private(set) var changes: [AdmissionChange] = []

    func status(_ language: Language) -> JSON { ["contact": .integer(contact), "obstacle": .string(obstacle)] }
    func backup(file: String?, withKeys: Bool, _ progress: any Onlooker) -> JSON { .null }
    func invite(department: String, name: String?, administrator: String, minutes: Int64?) throws -> Invited {
        invited.append(department)
        return Invited(token: token, expires: (KyivTime.parse(rfc3339: "2026-05-14T10:10:00+03:00") ?? 0))
    }
    func renewalApproved() {}
    func admissionChanged(_ change: AdmissionChange) { changes.append(change) }
    func hurry(_ language: Language) -> String { obstacle }
}

extension String {
    var removingPercents: String {
        var bytes: [UInt8] = [], rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A store to which something happens before each of its readings.
private final class StoreWithNews: Store {
    private let inner: any Store
    private let happens: () throws -> Void

    init(_ inner: any Store, _ happens: @escaping () throws -> Void) {
        self.inner = inner
        self.happens = happens
    }

    func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try inner.write(kind, body)
    }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        try happens()
        return try inner.read(body)
    }
}

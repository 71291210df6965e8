import Accounts
import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Node
import Replication
import Simulator
import Testing

@testable import Web

/// An office and two departments in memory, each with its site; the network is a function call, time moves when a test says so.
///
/// At the office `urz`: admin (administrator), vilkul (leader), koval (registrar), marko (specialist); at each department
/// `head-NAME` and `executor-NAME`.
final class WebTown {
    /// 14 May 2026, 10:00 in Kyiv.
    var now: Int64 = KyivTime.parse(rfc3339: "2026-05-14T10:00:00+03:00") ?? 0
    var officeStore = MemoryStore()
    var office: Office
    var departments: [String: (store: MemoryStore, department: Department)] = [:]
    /// How often a password was hashed, by nodes that do it as fast as a test wants.
    private(set) var hashed = 0
    private var drawn = 0
    /// Whether there is no room on the disks of the nodes.
    var isFull = false
    private let uses = HeldUses()
    /// What stands for the processes of the nodes; none runs without it.
    var running: RunningCity?
    /// What the office's file has, for whoever looks into it.
    var inspected: InspectedPage?

    init(departments names: [String] = ["zhkg", "drim"]) throws {
        office = Office(
            node: "urz",
            store: officeStore,
            signer: TwinSigner("urz"),
            verifier: TwinVerifier(),
            draw: { _ in "" }
        )
        rebuildOffice()
        try office.initialize()
        try person("admin", of: "urz", "administrator")
        for (user, role) in [("vilkul", "leader"), ("koval", "registrar"), ("marko", "specialist")] {
            try person(user, of: "urz", role)
        }
        for name in names {
            try run(
                "department add",
                ["department": .string(name), "name": .string("Департамент \(name)"), "as": "admin"]
            )
            for role in ["head", "executor"] { try person("\(role)-\(name)", of: name, role) }
            try officeStore.write {
                try $0.putNode(NodeRecord(node: name, key: SHA256.hash(TwinSigner(name).publicKey).hex))
            }
            let store = MemoryStore()
            let department = make(name, store)
            try department.initialize(office: "urz", officeKey: TwinSigner("urz").publicKey)
            departments[name] = (store, department)
        }
        for name in names { try sync(name) }
    }

    private func rebuildOffice() {
        office = Office(
            node: "urz",
            store: RepeatingStore(officeStore),
            signer: TwinSigner("urz"),
            verifier: TwinVerifier(),
            draw: { [unowned self] in draw($0) }
        )
    }

    private func make(_ name: String, _ store: MemoryStore) -> Department {
        Department(
            node: name,
            store: RepeatingStore(store),
            signer: TwinSigner(name),
            verifier: TwinVerifier(),
            draw: { [unowned self] in draw($0) }
        )
    }

    func draw(_ bytes: Int) -> String {
        var text = ""
        while text.count < bytes * 2 {
            drawn += 1
            text += SHA256.hash(Array("draw \(drawn)".utf8)).hex
        }
        return String(text.prefix(bytes * 2))
    }

    func person(_ user: String, of department: String, _ role: String) throws {
        try run(
            "person add",
            [
                "user": .string(user), "department": .string(department), "name": .string("Особа \(user)"),
                "as": "admin",
            ]
        )
        try run(
            "role grant",
            ["user": .string(user), "role": .string(role), "department": .string(department), "as": "admin"]
        )
    }

    func store(_ node: String) throws -> MemoryStore {
        node == "urz" ? officeStore : try #require(departments[node]).store
    }

    func context(_ node: String = "urz") throws -> CommandContext {
        let store = DiskWithoutRoom(RepeatingStore(try store(node))) { [unowned self] in isFull }
        let draw: (Int) -> String = { [unowned self] in self.draw($0) }
        if node == "urz" {
            return CommandContext(
                office: office,
                store: store,
                now: { [unowned self] in now },
                admissions: Admissions(),
                running: running,
                draw: draw
            )
        }
        return CommandContext(
            department: try #require(departments[node]).department,
            store: store,
            now: { [unowned self] in now },
            running: running,
            draw: draw
        )
    }

    /// The site of a node; its passwords are hashed at once, and counted.
    func site(_ node: String = "urz", isTOTPForAll: Bool = false) throws -> WebSite {
        WebSite(
            context: try context(node),
            port: 8440,
            origins: ["127.0.0.1:8440"],
            isTOTPForAll: isTOTPForAll,
            passwords: PasswordWork(
                fits: { [unowned self] hash, password in
                    hashed += 1
                    return try Self.hash(password, salt: [UInt8](repeating: 1, count: 16)) == hash
                },
                hash: { [unowned self] password, _ in
                    hashed += 1
                    return try Self.hash(password, salt: [UInt8](repeating: 1, count: 16))
                }
            ),
            uses: uses,
            draw: { [unowned self] in draw($0) },
            inspect: { [unowned self] _, _, _, _ in inspected }
        )
    }

    /// A hash that is made in no time; the real one is tried in AccountsTests.
    private static func hash(_ password: Password, salt: [UInt8]) throws -> PasswordHash {
        let digest = SHA256.hash(Array("\(password)".utf8))
        return try #require(
            PasswordHash("scrypt$15$8$3$\(Base64.encode(salt))$\(Base64.encode(Hex.decode(digest.hex) ?? []))")
        )
    }

    /// Runs a command that must be done.
    @discardableResult
    func run(
        _ name: String,
        _ arguments: JSONObject,
        at node: String = "urz",
        source: SourceLocation = #_sourceLocation
    ) throws -> CommandResult {
        now += 60_000
        let command = try #require(Commands.named(name), "there is no command \(name)")
        let result = command.run(try context(node), arguments)
        #expect(result.exit == .ok, "\(name): \(result.text)", sourceLocation: source)
        return result
    }

    /// Puts a node's store back to a copy and declares it, as an operator does after the loss of a disk.
    func restore(_ node: String, to copy: MemoryStore) throws {
        if node == "urz" {
            officeStore = copy
            rebuildOffice()
            try office.declareRestore(now: now)
        } else {
            let department = make(node, copy)
            departments[node] = (copy, department)
            try department.declareRestore()
        }
    }

    /// Lets a department exchange with the office until nothing is left to say.
    func sync(_ node: String) throws { for _ in 0..<2 { try exchange(node) } }

    private func exchange(_ node: String) throws {
        let department = try #require(departments[node]).department
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

/// A store that can be read, and written while there is room.
private final class DiskWithoutRoom: Store {
    private let inner: any Store
    private let isFull: () -> Bool

    init(_ inner: any Store, _ isFull: @escaping () -> Bool) {
        self.inner = inner
        self.isFull = isFull
    }

    func write<Result>(_ kind: WriteKind, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
        guard !isFull() else { throw StoreError(.full, doing: "writing", found: "no room") }
        return try inner.write(kind, body)
    }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try inner.read(body) }
}

/// Somebody's browser at a node: it keeps cookies as browsers do, and the second secret as the script does.
final class TestBrowser {
    let town: WebTown
    let node: String
    var isSecure = false
    var isTOTPForAll = false
    var address = "127.0.0.1"
    var cookies: [String: String] = [:]
    var second: String?
    var bearer: String?
    /// Of the person, once it is set up here.
    var authenticator: TestAuthenticator?

    init(_ town: WebTown, at node: String = "urz") {
        self.town = town
        self.node = node
    }

    @discardableResult
    func get(_ path: String) throws -> WebReply { try send("GET", path) }

    /// A form, as a page of the session sends it.
    @discardableResult
    func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> WebReply {
        let body = fields.map { Self.encoded($0.key) + "=" + Self.encoded($0.value) }.joined(separator: "&")
        return try send("POST", path, "application/x-www-form-urlencoded", Array(body.utf8))
    }

    @discardableResult
    func json(_ method: String, _ path: String, _ json: JSON? = nil) throws -> WebReply {
        try send(method, path, "application/json", json?.canonicalBytes() ?? [])
    }

    func send(_ method: String, _ path: String, _ type: String? = nil, _ body: [UInt8] = []) throws -> WebReply {
        var headers: [(String, String)] = [("user-agent", "Test")]
        if !cookies.isEmpty {
            let text = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            headers.append(("cookie", text))
        }
        if let second { headers.append((SignedIn.header, second)) }
        if let bearer { headers.append(("authorization", "Bearer " + bearer)) }
        if let type { headers.append(("content-type", type)) }
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let query =
            FormBody(urlencoded: Array((parts.count == 2 ? parts[1] : "").utf8))?.all.map { ($0.name, $0.value) } ?? []
        let request = WebRequest(
            method: method,
            path: parts[0],
            query: query,
            headers: headers,
            body: body,
            isSecure: isSecure,
            address: address
        )
        let site = try town.site(node, isTOTPForAll: isTOTPForAll)
        let reply = Web(site).answer(request)
        for (name, value) in reply.headers where name == "set-cookie" { keep(value) }
        return reply
    }

    private func keep(_ value: String) {
        let parts = value.split(separator: ";").map { $0.drop { $0 == " " } }
        let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        cookies[pair[0]] = parts.contains("Max-Age=0") ? nil : pair[1]
    }

    /// Signs in as the script of the page does; `second` is kept.
    @discardableResult
    func signIn(_ user: String, _ password: String, code: String = "") throws -> WebReply {
        let reply = try json(
            "POST",
            "/api/v1/session",
            ["user": .string(user), "password": .string(password), "code": .string(code)]
        )
        if reply.status == 201 { second = try reply.object()["second"]?.string }
        return reply
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map {
            $0 < 0x80 && Character(UnicodeScalar($0)).isLetter ? String(UnicodeScalar($0)) : Self.escaped($0)
        }
        .joined()
    }

    private static func escaped(_ byte: UInt8) -> String { "%" + Hex.encode([byte]).uppercased() }
}

extension WebReply {
    var text: String { String(decoding: body, as: UTF8.self) }
    func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }
    func object() throws -> JSON { try JSON(parsing: body) }
}

extension WebTown {
    /// A password that is taken.
    static let password = "зелений трамвай о шостій"

    /// Somebody with an account at a node, without the ceremony of invitations: through a code that its owner gives.
    func account(_ user: String, at node: String = "urz", password: String = WebTown.password) throws {
        let access = try site(node).access
        let code = try #require(OneTimeCode(Hex.decode(draw(16)) ?? []))
        try access.place.store.write {
            try $0.putLocal(AccessCode(code, .invitation, user: user, until: now + 60_000).record)
        }
        let accepted = try access.accept(
            code,
            user: user,
            Password(password),
            from: Access.Browser(address: "127.0.0.1", name: "Test")
        )
        guard case .entered = accepted else {
            Issue.record("no account for \(user): \(accepted)")
            return
        }
    }

    /// A browser in which somebody with a new account is signed in.
    func signedIn(_ user: String, at node: String = "urz") throws -> TestBrowser {
        try account(user, at: node)
        let browser = TestBrowser(self, at: node)
        let reply = try browser.signIn(user, Self.password)
        #expect(reply.status == 201, "\(reply.text)")
        return browser
    }
}

import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// An office and the department roads over two stores, with the keys of the vectors and draws that repeat themselves.
final class ReleaseTown {
    static let began: Int64 = 1_772_431_200_000
    var now = ReleaseTown.began
    let office: Office
    let roads: Department
    private let officeStore: any Store
    private let roadsStore: any Store

    private struct KeySigner: Signer {
        let key: PrivateKey
        var publicKey: [UInt8] { key.publicKey.spki }
        func sign(_ message: [UInt8]) throws -> [UInt8] { try key.sign(message) }
    }

    private struct KeyVerifier: Verifier {
        func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
            do { return try PublicKey(spki: key).verifies(signature, over: message) } catch { return false }
        }
    }

    /// `part` names what follows, so that it draws the same on every store that it begins on.
    init(office officeStore: any Store, roads roadsStore: any Store, part: String, rules: Rules = Rules()) throws {
        self.officeStore = officeStore
        self.roadsStore = roadsStore
        office = Office(
            node: "office",
            store: officeStore,
            signer: KeySigner(key: try ReleaseFiles.key("office")),
            verifier: KeyVerifier(),
            draw: Self.draws("office \(part)")
        )
        roads = Department(
            node: "roads",
            store: roadsStore,
            signer: KeySigner(key: try ReleaseFiles.key("roads")),
            verifier: KeyVerifier(),
            draw: Self.draws("roads \(part)"),
            rules: rules
        )
    }

    private static func draws(_ name: String) -> (Int) -> String {
        var count = 0
        return { bytes in
            count += 1
            return String(SHA256.hash(Array("\(name) \(count)".utf8)).hex.prefix(2 * bytes))
        }
    }

    // MARK: the exchange

    /// Lets the department talk until both lanes sleep long; `answer` stands for the office.
    func talk(answer: (Lane, WireRequest, Int64) throws -> WireResponse) throws {
        var link = Link(roads, seed: 7)
        link.waitSeconds = 0
        var wakes: [Lane: Int64] = [.exchange: now, .read: now]
        for _ in 0..<400 {
            guard let next = wakes.min(by: { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }),
                next.value - now < 30_000
            else { return }
            now = max(now, next.value)
            wakes[next.key] = nil
            var inputs: [LinkInput] = [.woke(next.key)]
            while !inputs.isEmpty {
                for action in try link.step(inputs.removeFirst(), now: now) {
                    switch action {
                    case .send(let lane, let request): inputs.append(.replied(lane, try answer(lane, request, now)))
                    case .sleep(let lane, let until): wakes[lane] = min(wakes[lane] ?? until, until)
                    case .purge:
                        try roads.signReceipts(now: now)
                        inputs.append(.purged)
                    case .abandon: break
                    }
                }
            }
        }
        preconditionFailure("the conversation comes to rest: \(link.status)")
    }

    /// The office's own answer.
    func reply(_ request: WireRequest, now: Int64) throws -> WireResponse {
        guard case .reply(let response, _) = try office.handle(request, peer: "roads", now: now, mayWait: false) else {
            preconditionFailure("without waiting every request is answered")
        }
        return response
    }

    // MARK: what is recorded

    private static let first = "01995c3a-0000-7000-8000-000000000001"
    private static let second = "01995c3a-0000-7000-8000-000000000002"

    /// From nothing to a town in the middle of its work: an appeal at roads, another that comes, work that nobody has yet.
    func begin() throws {
        try office.initialize()
        for name in ["office", "roads", "water"] {
            try reference("department.put", ["department": .string(name), "name": .string(name)])
        }
        for (user, role, department) in [
            ("boss", "administrator", "office"), ("mayor", "leader", "office"), ("olena", "registrar", "office"),
            ("iryna", "specialist", "office"), ("head", "head", "roads"), ("clerk", "clerk", "roads"),
        ] {
            try reference(
                "role.granted",
                ["user": .string(user), "role": .string(role), "department": .string(department)]
            )
        }
        let key = SHA256.hash(try ReleaseFiles.key("roads").publicKey.spki).hex
        try officeStore.write { try $0.putNode(NodeRecord(node: "roads", key: key)) }
        try roads.initialize(office: "office", officeKey: ReleaseFiles.key("office").publicKey.spki)
        try register(Self.first, "П-1")
        try assign(Self.first)
        try talk { _, request, now in try self.reply(request, now: now) }
        try does("note.added", Self.first, "clerk", [:], ["text": "Оглянуто на місці"])
        try talk { _, request, now in try self.reply(request, now: now) }
    }

    /// What waits on both sides when the stores are copied.
    func workApart() throws {
        let assignment = try officeStore.read { reading in
            try reading.row(Space.appeals, generation: 0, key: Self.first)?.aggregate().entities(with: "state").first
        }
        let body: JSONObject = ["assignment": .string(assignment ?? "")]
        try does("assignment.accepted", Self.first, "head", body)
        try does("note.added", Self.first, "clerk", [:], ["text": "Асфальт замовлено"])
        try register(Self.second, "П-2")
        try assign(Self.second)
    }

    private func register(_ appeal: String, _ index: String) throws {
        try act(
            "appeal.registered",
            appeal,
            "olena",
            "registrar",
            [
                "index": .string(index), "registeredOn": "2026-03-02", "receivedAt": "2026-03-02T08:00:30+02:00",
                "channel": "mayorPhone", "addressee": "mayor", "kind": "complaint", "receiptSign": "first",
                "subjectType": "individual",
                "issues": [["heading": "090", "district": "Саксаганський"]],
                "due": [
                    "statutory": "2026-04-02", "control": "2026-04-01", "cap": "2026-04-16", "basis": "month",
                    "calendar": "2026-1",
                ],
            ],
            [
                "name": "Павленко Олена Іванівна", "address": "вул. Соборності, 1", "category": "7.13",
                "text": "Яма на дорозі.", "questions": ["Засипати яму"], "phones": ["+380000000001"],
            ]
        )
    }

    private func assign(_ appeal: String) throws {
        try act(
            "resolution.issued",
            appeal,
            "iryna",
            "specialist",
            [
                "author": ["user": "mayor", "role": "leader"],
                "assignments": [["department": "roads", "role": "main"]], "supersedes": [], "onControl": true,
            ],
            ["text": "Виконати"]
        )
    }

    private func reference(_ kind: String, _ body: JSONObject) throws {
        try act(kind, nil, "boss", "administrator", body)
    }

    private func act(
        _ kind: String,
        _ appeal: String?,
        _ user: String,
        _ role: String,
        _ body: JSONObject,
        _ personal: JSONObject? = nil
    ) throws {
        now += 1_000
        let outcome = try office.act(now: now) { _ in
            Draft(kind: kind, appeal: appeal, actor: Actor(user: user, role: role), body: body, personal: personal)
        }.outcome
        precondition(outcome.status == .accepted, "\(kind) of the test is not accepted: \(outcome)")
    }

    private func does(
        _ kind: String,
        _ appeal: String,
        _ role: String,
        _ body: JSONObject,
        _ personal: JSONObject? = nil
    ) throws {
        now += 1_000
        _ = try roads.act(now: now) { _ in
            Draft(kind: kind, appeal: appeal, actor: Actor(user: role, role: role), body: body, personal: personal)
        }
    }
}

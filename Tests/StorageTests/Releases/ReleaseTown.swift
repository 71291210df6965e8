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
    /// Begins from nothing, by snapshots.
    let water: Department
    private let officeStore: any Store

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
        water = Department(
            node: "water",
            store: MemoryStore(),
            signer: KeySigner(key: try ReleaseFiles.key("water")),
            verifier: KeyVerifier(),
            draw: Self.draws("water \(part)"),
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

    /// Lets roads, then water from nothing, talk; `answer` stands for the office.
    func talk(answer: (RecordedCall.Asked) throws -> WireResponse) throws {
        try talk(roads, answer)
        try water.initialize(office: "office", officeKey: ReleaseFiles.key("office").publicKey.spki)
        try talk(water, answer)
    }

    /// Lets a department talk until both lanes sleep long.
    private func talk(_ department: Department, _ answer: (RecordedCall.Asked) throws -> WireResponse) throws {
        var link = Link(department, seed: 7)
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
                    case .send(let lane, let request):
                        let asked = RecordedCall.Asked(node: department.node, lane: lane, now: now, request: request)
                        inputs.append(.replied(lane, try answer(asked)))
                    case .sleep(let lane, let until): wakes[lane] = min(wakes[lane] ?? until, until)
                    case .purge:
                        try department.signReceipts(now: now)
                        inputs.append(.purged)
                    case .abandon: break
                    }
                }
            }
        }
        preconditionFailure("the conversation comes to rest: \(link.status)")
    }

    /// The office's own answer.
    func reply(_ asked: RecordedCall.Asked) throws -> WireResponse {
        let step = try office.handle(asked.request, peer: asked.node, now: asked.now, mayWait: false)
        guard case .reply(let response, _) = step else {
            preconditionFailure("without waiting every request is answered")
        }
        return response
    }

    // MARK: what is recorded

    private static let first = "01995c3a-0000-7000-8000-000000000001"
    private static let second = "01995c3a-0000-7000-8000-000000000002"
    private static let third = "01995c3a-0000-7000-8000-000000000003"

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
                "person.put",
                ["user": .string(user), "department": .string(department)],
                personal: ["name": .string(user)]
            )
            try reference(
                "role.granted",
                ["user": .string(user), "role": .string(role), "department": .string(department)]
            )
        }
        for node in ["roads", "water"] {
            let key = SHA256.hash(try ReleaseFiles.key(node).publicKey.spki).hex
            try officeStore.write { try $0.putNode(NodeRecord(node: node, key: key)) }
        }
        try roads.initialize(office: "office", officeKey: ReleaseFiles.key("office").publicKey.spki)
        for (appeal, index) in [(Self.first, "П-1"), (Self.third, "П-3")] {
            try register(appeal, index)
            try assign(appeal, to: "roads")
        }
        try talk(roads, reply)
        try does("note.added", Self.first, "clerk", [:], ["text": "Оглянуто на місці"])
        try talk(roads, reply)
    }

    /// What waits on both sides when the stores are copied: own work, an appeal that comes, one that goes to water.
    func workApart() throws {
        let own = try assignment(of: Self.first)
        try does("assignment.accepted", Self.first, "head", ["assignment": .string(own)])
        try does("note.added", Self.first, "clerk", [:], ["text": "Асфальт замовлено"])
        try does("note.added", Self.third, "clerk", [:], ["text": "Тут тече труба"])
        try register(Self.second, "П-2")
        try assign(Self.second, to: "roads")
        try assign(Self.third, to: "water", instead: [try assignment(of: Self.third)])
    }

    private func assignment(of appeal: String) throws -> String {
        try officeStore.read { reading in
            try reading.row(Space.appeals, generation: 0, key: appeal)?.aggregate().entities(with: "state").first ?? ""
        }
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

    private func assign(_ appeal: String, to department: String, instead former: [String] = []) throws {
        try act(
            "resolution.issued",
            appeal,
            "iryna",
            "specialist",
            [
                "author": ["user": "mayor", "role": "leader"],
                "assignments": [["department": .string(department), "role": "main"]],
                "supersedes": .array(former.map { .string($0) }), "onControl": true,
            ],
            ["text": "Виконати"]
        )
    }

    private func reference(_ kind: String, _ body: JSONObject, personal: JSONObject? = nil) throws {
        try act(kind, nil, "boss", "administrator", body, personal)
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

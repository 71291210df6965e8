import Appeals
import CanonicalJSON
import Cryptography
import Node
import Replication

/// The engine of a real office over a store in memory, and the people who act in it.
///
/// Touched on the queue of `SyncHandler` only.
final class ProbeOffice {
    /// Keys and certificates of the run.
    let identity: ProbeIdentity
    let verifier = KeyVerifier()
    private(set) var store = MemoryStore()
    private(set) var engine: Office
    /// So small that a slice of five appeals has three pages.
    private static let pageRecords = 2
    /// How many were registered; their ids and indices are made of it.
    private var appeals = 0
    /// Streams that changed and whose readers have not been woken yet.
    private var changed: [String] = []

    init(_ identity: ProbeIdentity) throws {
        self.identity = identity
        engine = Self.engine(identity, store, verifier)
        try engine.initialize()
        try settle()
    }

    /// The product's office with pages of two records and lists of one erasure: what needs many rows elsewhere is met
    /// with few.
    private static func engine(_ identity: ProbeIdentity, _ store: MemoryStore, _ verifier: KeyVerifier) -> Office {
        let engine = Office(
            node: ProbeIdentity.office,
            store: store,
            signer: identity.signer,
            verifier: verifier,
            draw: { RandomBytes.hex($0) }
        )
        engine.rules.sizes.pageRecords = pageRecords
        engine.rules.sizes.helloErasures = 1
        return engine
    }

    /// The office goes back to this disk, and its operator says so.
    func restore(_ backup: MemoryStore) throws {
        store = backup
        engine = Self.engine(identity, store, verifier)
        try engine.declareRestore(now: Clock.now())
    }

    /// The streams whose readers have to be woken, once.
    func takeChanged() -> [String] {
        defer { changed = [] }
        return changed
    }

    // MARK: acts

    /// Departments, people, roles and a calendar, before anybody looks.
    private func settle() throws {
        for (name, words) in [(ProbeIdentity.office, "Центр"), (ProbeIdentity.node, "Вузол"), ("other", "Інший")] {
            try reference("department.put", ["department": .string(name), "name": .string(words)])
        }
        let people = [
            ("boss", "administrator", ProbeIdentity.office), ("mayor", "leader", ProbeIdentity.office),
            ("olena", "registrar", ProbeIdentity.office), ("iryna", "specialist", ProbeIdentity.office),
            ("head", "head", ProbeIdentity.node), ("exec", "executor", ProbeIdentity.node),
            ("clerk", "clerk", ProbeIdentity.node),
        ]
        for (user, role, department) in people {
            try person(user, named: user, of: department)
            try reference(
                "role.granted",
                ["user": .string(user), "role": .string(role), "department": .string(department)]
            )
        }
        try reference("calendar.put", ["calendar": WorkingCalendar.initial.json])
    }

    /// An entry of `reference`; a new one moves that stream.
    func person(_ user: String, named name: String, of department: String = ProbeIdentity.node) throws {
        try reference(
            "person.put",
            ["user": .string(user), "department": .string(department)],
            personal: ["name": .string(name)]
        )
    }

    /// An act of the administrator.
    private func reference(_ kind: String, _ body: JSONObject, personal: JSONObject? = nil) throws {
        try act(kind, nil, by: "boss", "administrator", body, personal: personal)
    }

    /// An act of the office's people, which has to be accepted: the script stands on it.
    @discardableResult
    func act(
        _ kind: String,
        _ appeal: String?,
        by user: String,
        _ role: String,
        _ body: JSONObject = [:],
        personal: JSONObject? = nil
    ) throws -> Outcome {
        let actor = Actor(user: user, role: role, via: .owner)
        let (outcome, changed) = try engine.act(now: Clock.now()) { _ in
            Draft(kind: kind, appeal: appeal, actor: actor, body: body, personal: personal)
        }
        self.changed += changed
        guard outcome.status == .accepted else { throw ScriptError("the office's own \(kind) was \(outcome)") }
        return outcome
    }

    /// The index of the n-th appeal of this office.
    static func index(_ appeal: Int) -> String { "П-\(appeal)" }

    /// The id of the n-th appeal of this office.
    static func id(_ appeal: Int) -> String {
        let digits = String(appeal)
        return "01995c3a-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// Registers the next appeal; gives its number.
    @discardableResult
    func register(main: String?) throws -> Int {
        appeals += 1
        let now = Clock.now()
        guard let received = KyivTime.rfc3339(now - 60_000) else { throw ScriptError("the clock is beyond all dates") }
        let card: JSONObject = [
            "index": .string(Self.index(appeals)), "registeredOn": .string(Today.date(now).description),
            "receivedAt": .string(received), "channel": "mayorPhone", "addressee": "mayor", "kind": "application",
            "receiptSign": "first", "subjectType": "individual", "issues": [["heading": "090"], ["heading": "100"]],
        ]
        let personal: JSONObject = [
            "text": "Яма на дорозі", "name": "Коваленко Марія", "address": "вул. Миру, 1", "phones": ["+380670000001"],
            "questions": ["Яма", "Вода"],
        ]
        try act("appeal.registered", Self.id(appeals), by: "olena", "registrar", card, personal: personal)
        if let main { try assign(appeals, to: main) }
        return appeals
    }

    /// Makes a department the only executor.
    func assign(_ appeal: Int, to department: String) throws {
        let state = try confirmed(appeal)
        let open = state.entities(with: "state").filter {
            !["recalled", "superseded", "done"].contains(state.register("state@" + $0)?.string ?? "")
        }
        try act(
            "resolution.issued",
            Self.id(appeal),
            by: "iryna",
            "specialist",
            [
                "author": ["user": "mayor", "role": "leader"],
                "assignments": [["department": .string(department), "role": "main"]],
                "supersedes": .array(open.map(JSON.string)), "onControl": .bool(state.register("control") == nil),
            ],
            personal: ["text": "Виконати"]
        )
    }

    /// A registrar corrects the applicant's address: the executor's slice moves by one entry.
    func correct(_ appeal: Int, address: String) throws {
        try act(
            "appeal.corrected",
            Self.id(appeal),
            by: "olena",
            "registrar",
            personal: ["fields": ["applicant.address": .string(address)]]
        )
    }

    /// Somebody of the office declines work that waits on an appeal.
    func declineHeld(on appeal: Int) throws {
        guard let held = try confirmed(appeal).names(.held).first else {
            throw ScriptError("nothing waits on the appeal")
        }
        let body: JSONObject = ["held": .string(held), "reason": "Виконує інший"]
        try act("held.declined", Self.id(appeal), by: "iryna", "specialist", body)
    }

    /// An appeal is erased at the wish of a person.
    func erase(_ appeal: Int) throws {
        try act("appeal.erased", Self.id(appeal), by: "boss", "administrator", ["reason": "За зверненням особи"])
    }

    /// The appeal as the office has it.
    func confirmed(_ appeal: Int) throws -> Appeals.Aggregate {
        let id = Self.id(appeal)
        return try store.read { try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() }
            ?? Appeals.Aggregate(id: id)
    }

    /// A verified backup holds all that the node has sent.
    func backUp() throws {
        let numbers = try store.read { reading in
            try reading.origins(node: ProbeIdentity.node).map { ($0.origin, $0.last) }
        }
        try engine.markDurable(Dictionary(uniqueKeysWithValues: numbers))
    }

    // MARK: admission

    /// The node joined with this key.
    func admit(key: String) throws {
        try store.write { try $0.putNode(NodeRecord(node: ProbeIdentity.node, key: key)) }
    }

    /// The key is let in no more.
    func revoke() throws {
        try store.write { transaction in
            guard var record = try transaction.node(ProbeIdentity.node) else { return }
            record.state = .revoked
            try transaction.putNode(record)
        }
    }

    /// What the allow-list has of the node.
    func record() throws -> NodeRecord? { try store.read { try $0.node(ProbeIdentity.node) } }
    /// The present epoch of the office.
    func epoch() throws -> String { try store.read { try $0.value(Values.epoch) } ?? "" }
}

/// The script itself cannot go on.
struct ScriptError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

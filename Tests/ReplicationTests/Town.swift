import Appeals
import CanonicalJSON
import Cryptography
import Simulator

@testable import Replication

/// An office and its departments over memory stores, joined by direct calls; time moves when a test says so.
final class Town {
    var now: Int64 = 1_770_714_000_000
    var office: Office
    var officeStore = MemoryStore()
    private(set) var sites: [String: Place] = [:]
    /// Of the departments; some tests take one away.
    var rules = Rules()
    private var drawn: UInt64 = 0
    private var appeals = 0
    /// Appeals that departments registered.
    var registered = 0

    final class Place {
        let name: String
        var store: MemoryStore
        var department: Department
        var link: Link
        var wakes: [Lane: Int64] = [:]
        /// Looks at every exchange and may answer in the office's stead.
        var intercept: (WireRequest, WireResponse) throws -> WireResponse? = { _, response in response }
        var calls: [String: Int] = [:]
        var signsReceipts = true
        var storms = StormWatch()
        var abandoned: [Lane] = []
        /// What the link said of replies that were no use, in order.
        var problems: [String] = []

        init(name: String, store: MemoryStore, department: Department) {
            self.name = name
            self.store = store
            self.department = department
            link = Link(department, seed: 7)
            link.waitSeconds = 0
        }

        var slice: String { Space.slice(name) }
        var kept: any Store { RepeatingStore(store) }
    }

    init(_ departments: String...) throws {
        office = Office(
            node: "office",
            store: officeStore,
            signer: TwinSigner("office"),
            verifier: TwinVerifier(),
            draw: { _ in "" }
        )
        rebuildOffice()
        try office.initialize()
        for (user, role) in [
            ("boss", "administrator"), ("mayor", "leader"), ("olena", "registrar"), ("iryna", "specialist"),
        ] {
            try reference("role.granted", ["user": .string(user), "role": .string(role), "department": "office"])
        }
        for name in departments { try join(name) }
    }

    /// The same town on copies of its disks; every process begins anew.
    init(copying town: Town) {
        now = town.now
        officeStore = town.officeStore.copy()
        rules = town.rules
        drawn = town.drawn
        appeals = town.appeals
        registered = town.registered
        office = town.office
        rebuildOffice()
        for (name, place) in town.sites {
            let store = place.store.copy()
            sites[name] = Place(name: name, store: store, department: make(name, over: RepeatingStore(store)))
        }
    }

    /// Every suite runs on stores that run each transaction twice, the first time for nothing.
    var officeKept: any Store { RepeatingStore(officeStore) }

    func rebuildOffice() { rebuildOffice(over: officeKept) }

    func rebuildOffice(over store: any Store) {
        office = Office(
            node: "office",
            store: store,
            signer: TwinSigner("office"),
            verifier: TwinVerifier(),
            draw: { [unowned self] in draw($0) }
        )
    }

    /// The office goes back to this disk, and its operator says so.
    func restoreOffice(to backup: MemoryStore) throws {
        officeStore = backup
        rebuildOffice()
        try office.declareRestore(now: now)
    }

    func draw(_ bytes: Int) -> String {
        drawn += 1
        return String(SHA256.hash(Array("draw \(drawn)".utf8)).hex.prefix(bytes * 2))
    }

    func make(_ name: String, over store: any Store) -> Department {
        Department(
            node: name,
            store: store,
            signer: TwinSigner(name),
            verifier: TwinVerifier(),
            draw: { [unowned self] in draw($0) },
            rules: rules
        )
    }

    func join(_ name: String) throws {
        try reference("department.put", ["department": .string(name), "name": .string(name)])
        for role in ["head", "clerk"] {
            try reference("role.granted", ["user": .string(role), "role": .string(role), "department": .string(name)])
        }
        try officeStore.write {
            try $0.putNode(NodeRecord(node: name, key: SHA256.hash(TwinSigner(name).publicKey).hex))
        }
        let store = MemoryStore()
        let place = Place(name: name, store: store, department: make(name, over: RepeatingStore(store)))
        try place.department.initialize(office: "office", officeKey: TwinSigner("office").publicKey)
        sites[name] = place
    }

    subscript(_ name: String) -> Place {
        guard let site = sites[name] else { preconditionFailure("the town has no department \(name)") }
        return site
    }

    /// The process begins anew on this disk.
    func restart(_ name: String, on store: MemoryStore? = nil) {
        let place = self[name]
        place.store = store ?? place.store
        place.department = make(name, over: place.kept)
        place.link = Link(place.department, seed: 11)
        place.link.waitSeconds = 0
        place.wakes = [:]
        place.storms = StormWatch()
    }

    // MARK: exchange

    func call(_ request: WireRequest, peer: String, mayWait: Bool = false) throws -> Office.Handling {
        try office.handle(request, peer: peer, now: now, mayWait: mayWait)
    }

    func reply(_ request: WireRequest, peer: String) throws -> WireResponse {
        guard case .reply(let response, _) = try call(request, peer: peer) else {
            return WireResponse(status: 0, body: [])
        }
        return response
    }

    /// Lets a department talk until both its lanes sleep long; false if it does not come to rest.
    @discardableResult
    func sync(_ name: String, steps: Int = 400, rest: Int64 = 30_000) throws -> Bool {
        let place = self[name]
        for lane in Lane.allCases { place.wakes[lane] = now }
        for _ in 0..<steps {
            let next = Lane.allCases.compactMap { lane in place.wakes[lane].map { (lane: lane, at: $0) } }.min {
                $0.at < $1.at
            }
            guard let next else { return true }
            if next.at - now >= rest { return true }
            now = max(now, next.at)
            place.wakes[next.lane] = nil
            try carryOut(try place.link.step(.woke(next.lane), now: now), place)
        }
        return false
    }

    private func carryOut(_ actions: [LinkAction], _ place: Place) throws {
        for action in actions {
            switch action {
            case .send(let lane, let request):
                try watch(lane, place)
                place.calls[request.path, default: 0] += 1
                let response = try place.intercept(request, reply(request, peer: place.name))
                let input = response.map { LinkInput.replied(lane, $0) } ?? .failed(lane, retryAfter: nil)
                let actions = try place.link.step(input, now: now)
                if !place.link.status.problem.isEmpty { place.problems.append(place.link.status.problem) }
                try carryOut(actions, place)
            case .sleep(let lane, let until): try sleep(lane, until, place)
            case .abandon(let lane): place.abandoned.append(lane)
            case .purge:
                guard place.signsReceipts else { continue }
                try place.department.signReceipts(now: now)
                try carryOut(try place.link.step(.purged, now: now), place)
            }
        }
    }

    /// Everybody talks, twice, so that what one did reaches the others.
    @discardableResult
    func syncAll() throws -> Bool {
        var rests = true
        for _ in 0..<2 { for name in sites.keys.sorted() where try !sync(name) { rests = false } }
        return rests
    }

    // MARK: acts

    @discardableResult
    func reference(_ kind: String, _ body: JSONObject) throws -> Outcome {
        try office.act(now: now) { _ in
            Draft(kind: kind, appeal: nil, actor: Actor(user: "boss", role: "administrator"), body: body)
        }.outcome
    }

    @discardableResult
    func act(
        _ kind: String,
        _ appeal: String,
        by user: String,
        _ role: String,
        _ body: JSONObject = [:],
        personal: JSONObject? = nil
    ) throws -> Outcome {
        try office.act(now: now) { _ in
            Draft(kind: kind, appeal: appeal, actor: Actor(user: user, role: role), body: body, personal: personal)
        }.outcome
    }

    @discardableResult
    func does(
        _ department: String,
        _ kind: String,
        _ appeal: String,
        _ role: String = "clerk",
        _ body: JSONObject = [:],
        personal: JSONObject? = nil,
        authority: String? = nil
    ) throws -> SignedOperation {
        try self[department].department.act(now: now) { _ in
            var draft = Draft(
                kind: kind,
                appeal: appeal,
                actor: Actor(user: role, role: role),
                body: body,
                personal: personal
            )
            draft.authority = authority
            return draft
        }
    }

    @discardableResult
    func notes(_ department: String, _ appeal: String, _ text: String = "Примітка") throws -> SignedOperation {
        try does(department, "note.added", appeal, personal: ["text": .string(text)])
    }

    /// A clerk drafts the final answer, and the head approves it.
    func approves(
        _ department: String,
        _ appeal: String,
        _ assignment: JSON
    ) throws -> (draft: SignedOperation, approval: SignedOperation) {
        let draft = try does(
            department,
            "answer.drafted",
            appeal,
            "clerk",
            ["assignment": assignment, "final": true, "result": "satisfied"],
            personal: ["text": "Зроблено"]
        )
        let version: JSON = .string(draft.operation.write.description)
        let approval = try does(
            department,
            "answer.approved",
            appeal,
            "head",
            ["assignment": assignment, "version": version]
        )
        return (draft, approval)
    }

    /// An appeal that went from roads to water, with a note that roads had made and the office has.
    static func afterMove() throws -> (town: Town, appeal: String) {
        let town = try Town("roads", "water")
        let appeal = try town.registers(main: "roads")
        try town.syncAll()
        try town.notes("roads", appeal)
        try town.syncAll()
        try town.assigns(appeal, main: "water")
        let isSettled = try town.syncAll()
        precondition(isSettled, "a town without faults settles")
        return (town, appeal)
    }

    func uuid(_ number: Int) -> String {
        let digits = String(number)
        return "01995c3a-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    static func registration(_ index: String) -> JSONObject {
        [
            "index": .string(index), "registeredOn": "2026-02-03", "receivedAt": "2026-02-03T09:14:00+02:00",
            "channel": "mayorPhone",
            "addressee": "mayor", "kind": "complaint", "receiptSign": "first", "subjectType": "individual",
            "complainedAgainst": [["outside": "перевізник"]],
            "issues": [["heading": "090", "district": "Саксаганський"], ["heading": "100"]],
            "due": [
                "statutory": "2026-03-05", "control": "2026-03-05", "cap": "2026-03-20", "basis": "month",
                "calendar": "2026-1",
            ],
        ]
    }

    static let applicant: JSONObject = [
        "text": "Яма на дорозі", "name": "Коваленко", "address": "вул. Миру, 1", "category": "7.9",
        "workplace": "завод",
        "socialStatus": "робітник", "sex": "f", "phones": ["+380670000001"], "emails": ["k@example.org"],
        "questions": ["Яма", "Вода"], "problemAddresses": ["вул. Миру, 1", "вул. Лесі, 2"],
    ]

    @discardableResult
    func registers(main: String? = nil, co: String? = nil, ownIssue: Bool = false, text: String? = nil) throws -> String
    {
        appeals += 1
        let appeal = uuid(appeals)
        var personal = Self.applicant
        if let text { personal["text"] = .string(text) }
        let outcome = try act(
            "appeal.registered",
            appeal,
            by: "olena",
            "registrar",
            Self.registration("К-\(appeals)"),
            personal: personal
        )
        precondition(outcome.status == .accepted, "a registration of the test is refused: \(outcome)")
        if main != nil || co != nil { try assigns(appeal, main: main, co: co, ownIssue: ownIssue) }
        return appeal
    }

    @discardableResult
    func assigns(
        _ appeal: String,
        main: String?,
        co: String? = nil,
        ownIssue: Bool = false,
        onControl: Bool? = nil
    ) throws -> Outcome {
        let state = try confirmed(appeal)
        let open = state.entities(with: "state").filter {
            !["recalled", "superseded", "done"].contains(state.register("state@" + $0)?.string ?? "")
        }
        var assignments: [JSON] = []
        if let main { assignments.append(["department": .string(main), "role": "main"]) }
        if let co {
            var assignment: JSONObject = ["department": .string(co), "role": "co"]
            if ownIssue { assignment["issues"] = [.string(state.entities(with: "issue")[0])] }
            assignments.append(.object(assignment))
        }
        return try act(
            "resolution.issued",
            appeal,
            by: "iryna",
            "specialist",
            [
                "author": ["user": "mayor", "role": "leader"], "assignments": .array(assignments),
                "supersedes": .array(open.map(JSON.string)),
                "onControl": .bool(onControl ?? (state.register("control") == nil)),
            ],
            personal: ["text": "Виконати"]
        )
    }

    // MARK: looking

    func confirmed(_ appeal: String) throws -> Appeals.Aggregate {
        try officeStore.read { try $0.row(Space.appeals, generation: 0, key: appeal)?.aggregate() }
            ?? Appeals.Aggregate(id: appeal)
    }

    func held(_ name: String, _ appeal: String) throws -> Appeals.Aggregate? {
        let place = self[name]
        return try place.store.read { try place.department.confirmed(appeal, $0) }
    }

    func shown(_ name: String, _ appeal: String) throws -> Appeals.Aggregate? {
        let place = self[name]
        return try place.store.read { try place.department.view(appeal, $0, now: now).appeal }
    }

    func slice(_ name: String) throws -> [String] {
        let place = self[name]
        return try place.store.read { reading in
            let stream = try place.department.position(place.slice, reading)
            return try reading.rows(stream.name, generation: stream.generation, after: "", limit: .max).map(\.key)
        }
    }

    func position(_ name: String, _ stream: String? = nil) throws -> StreamRecord {
        let place = self[name]
        return try place.store.read { try place.department.position(stream ?? place.slice, $0) }
    }

    func origin(_ name: String) throws -> OriginRecord {
        let place = self[name]
        return try place.store.read { try place.department.currentOrigin($0) }
    }

    func head(_ stream: String) throws -> StreamRecord { try officeStore.read { try self.office.head(stream, $0) } }

    func tray(_ store: MemoryStore, _ kind: TrayKind? = nil) throws -> [TrayRecord] {
        try store.read { try $0.tray(kind: kind, after: 0, limit: .max) }
    }

    func status(_ signed: SignedOperation) throws -> String? {
        let place = self[signed.operation.origin.node]
        return try place.store.read { reading in
            guard let record = try reading.operation(signed.operation.origin, signed.operation.number),
                let bytes = record.outcome,
                let outcome = Outcome(try JSON(parsing: bytes))
            else { return nil }
            return outcome.reason.map { "\(outcome.status.rawValue) \($0.rawValue)" } ?? outcome.status.rawValue
        }
    }

    /// A reader whose rows and digest equal the office's projection.
    func agrees(_ name: String) throws -> Bool {
        let mine = try position(name), theirs = try head(Space.slice(name))
        let rows = try slice(name)
        let expected = try officeStore.read { try $0.openTenures(Space.slice(name), after: "", limit: .max).map(\.key) }
        for key in expected {
            let projected = try officeStore.read { try self.office.visible(Space.slice(name), key, $0)?.aggregate }
            if try held(name, key) != projected { return false }
        }
        return rows == expected && mine.digest == theirs.digest && mine.rows == theirs.rows && mine.head == theirs.head
    }

    func rules(_ appeal: Appeals.Aggregate) -> [String] {
        appeal.items(.disagreements).map {
            "\($0.item.value["rule"]?.string ?? "") \($0.item.value["state"]?.string ?? "")"
        }
    }
}

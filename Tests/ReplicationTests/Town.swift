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
    var appeals = 0
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
            try reference(
                "person.put",
                ["user": .string(user), "department": "office"],
                personal: ["name": .string(user)]
            )
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
            if sites.isEmpty {
                try reference(
                    "person.put",
                    ["user": .string(role), "department": .string(name)],
                    personal: ["name": .string(role)]
                )
            }
            try reference("role.granted", Self.grant(role, role, at: name))
        }
        try officeStore.write {
            try $0.putNode(NodeRecord(node: name, key: SHA256.hash(TwinSigner(name).publicKey).hex))
        }
        let store = MemoryStore()
        let place = Place(name: name, store: store, department: make(name, over: RepeatingStore(store)))
        try place.department.initialize(office: "office", officeKey: TwinSigner("office").publicKey)
        sites[name] = place
    }

    /// The same people act in every department: at home in the first, with a basis in the others.
    static func grant(_ user: String, _ role: String, at department: String) -> JSONObject {
        [
            "user": .string(user), "role": .string(role), "department": .string(department),
            "substitution": "Сумісництво",
        ]
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

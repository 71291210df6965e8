import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Appeals
@testable import Replication

@Suite("Every act at its limits")
struct ActLimitTests {
    private static let people = [
        "administrator": "boss", "leader": "mayor", "registrar": "olena", "specialist": "iryna", "head": "head",
        "clerk": "clerk",
    ]
    static let limits: Set<Reason> = [.tooLong, .tooMany, .tooDeep, .outOfRange, .operationFull, .appealFull]

    /// Fields within their limits may together write more than an act may, or be more than a line holds.
    private static func concernsTheWhole(_ refusal: Refusal) -> Bool {
        refusal.reason == .operationFull || refusal.path == "body" && refusal.reason == .tooMany
    }

    private func draft(
        _ specimen: Specimen,
        _ appeal: String,
        _ town: Town,
        at node: String,
        _ staged: JSONObject
    ) -> Draft {
        let roles = specimen.kind.parties.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        let own = node == "office" ? Kinds.officeRoles : Kinds.departmentRoles
        let role =
            roles.intersection(own).sorted().first { Self.people[$0] != nil }
            ?? (node == "office" ? "registrar" : "head")
        var body = specimen.body
        for (name, value) in staged.members
        where body[name] != nil && (specimen.past == nil || specimen.path != "body." + name) { body[name] = value }
        if specimen.kind.name == "appeal.registered", node != "office", body["index"]?.string == "слово" {
            body["index"] = "ROADS-Ж-1"
        }
        return Draft(
            kind: specimen.kind.name,
            appeal: specimen.kind.isReference ? nil : appeal,
            actor: Actor(user: Self.people[role] ?? "", role: role, via: specimen.kind.isOwners ? .owner : nil),
            body: body,
            personal: specimen.personal
        )
    }

    /// The last number of the node's log.
    private func last(_ store: MemoryStore, _ node: String) throws -> Int64 {
        try store.read { try $0.origins(node: node).map(\.last).max() ?? 0 }
    }

    /// Tries one act: past its limit it is refused before it gets a number, with the field, its value and the limit; what was stored
    /// can be read by whoever receives it.
    private func attempt(
        _ specimen: Specimen,
        _ store: MemoryStore,
        _ node: String,
        _ act: () throws -> Void
    ) throws -> [String] {
        let before = try last(store, node)
        var refusal: Refusal?
        do { try act() } catch let found as Refusal { refusal = found }
        var wrong: [String] = []
        let after = try last(store, node)
        if refusal != nil, after != before { wrong.append("refused, and yet it has a number") }
        // A department looks at the whole when its judge has nothing to say.
        let isJudged =
            node != "office" && specimen.past == .operationFull
            && refusal.map { !Self.limits.contains($0.reason) || Self.concernsTheWhole($0) } ?? false
        if let reason = specimen.past, !isJudged {
            if refusal?.reason != reason { wrong.append("told \(refusal.map { "\($0)" } ?? "nothing")") }
            if after != before { wrong.append("stored") }
            if refusal?.path != specimen.path { wrong.append("names \(refusal?.path ?? "no field")") }
            if refusal?.size == nil { wrong.append("names no numbers") }
        } else if let refusal, Self.limits.contains(refusal.reason), specimen.path != "all",
            !Self.concernsTheWhole(refusal)
        {
            wrong.append("refused within its limit: \(refusal)")
        }
        let records = try store.read { reading in
            try reading.origins(node: node).flatMap { try reading.operations($0.origin, after: before, limit: .max) }
        }
        for record in records where record.number > before {
            do { _ = try SignedOperation(line: record.bytes) } catch {
                wrong.append("stored and never read again: \(error)")
            }
        }
        return wrong.map { "\(node): \(specimen): \($0)" }
    }

    @Test(
        "at the office it is refused with both numbers before it gets a number, or stored and readable",
        arguments: Kinds.all.map(\.name)
    )
    func office(name: String) throws {
        let kind = try #require(Kinds.named(name))
        let town = try Town("roads", "water")
        var wrong: [String] = []
        var appeals: [String] = []
        for specimen in Specimen.all(of: kind) {
            let appeal =
                name == "appeal.registered"
                ? town.uuid(10_000 + appeals.count)
                : try town.registers(main: name == "control.put" ? nil : "roads")
            appeals.append(appeal)
            let staged = try ActStage(town, appeal, at: "office").stage(kind.name)
            let draft = draft(specimen, appeal, town, at: "office", staged)
            wrong += try attempt(specimen, town.officeStore, "office") {
                _ = try town.office.act(now: town.now) { _ in draft }
            }
        }
        try requireStored(kind, town.officeStore, "office", [.office, .controller])
        try #require(try town.syncAll())
        wrong += try afterwards(town)
        for appeal in appeals
        where try town.officeStore.read({ try $0.row(Space.appeals, generation: 0, key: appeal) }) != nil {
            try town.act("appeal.erased", appeal, by: "boss", "administrator", ["reason": "За рішенням"])
        }
        try #require(try town.syncAll())
        wrong += try afterwards(town)
        #expect(wrong.isEmpty, "\(wrong.count) wrong: \(wrong.prefix(6).joined(separator: "\n"))")
    }

    /// Of each kind an act was composed, judged, taken and stored on the nodes whose people may write it.
    private func requireStored(_ kind: Kind, _ store: MemoryStore, _ node: String, _ parties: Set<Party>) throws {
        let isAble = !parties.isDisjoint(with: kind.parties.keys) && !(kind.isReference && node != "office")
        // The office also keeps what its own people were refused.
        let stored = try store.read { reading in
            try reading.origins(node: node).flatMap { try reading.operations($0.origin, after: 0, limit: .max) }
        }.contains { $0.kind == kind.name && $0.status != .refused }
        guard isAble else { return }
        #expect(stored, "\(kind.name) at \(node)")
    }

    @Test("at a department too", arguments: Kinds.all.map(\.name))
    func department(name: String) throws {
        let kind = try #require(Kinds.named(name))
        let town = try Town("roads", "water")
        var wrong: [String] = []
        let appeal = try town.registers(main: "roads", co: "water")
        try town.syncAll()
        let staged = try ActStage(town, appeal, at: "roads").stage(kind.name)
        for (place, specimen) in Specimen.all(of: kind).enumerated() {
            let about = name == "appeal.registered" ? town.uuid(10_000 + place) : appeal
            let draft = draft(specimen, about, town, at: "roads", staged)
            wrong += try attempt(specimen, town["roads"].store, "roads") {
                _ = try town["roads"].department.act(now: town.now) { _ in draft }
            }
        }
        try requireStored(kind, town["roads"].store, "roads", [.main, .co, .inform])
        try #require(try town.syncAll())
        wrong += try afterwards(town)
        #expect(wrong.isEmpty, "\(wrong.count) wrong: \(wrong.prefix(6).joined(separator: "\n"))")
    }

    @Test("at a department that registered the appeal and controls it too", arguments: Kinds.all.map(\.name))
    func home(name: String) throws {
        let kind = try #require(Kinds.named(name))
        let town = try Town("roads", "water")
        var wrong: [String] = []
        try town.syncAll()
        for (place, specimen) in Specimen.all(of: kind).enumerated() {
            var about = town.uuid(10_000 + place)
            var staged = JSONObject()
            if name != "appeal.registered" {
                about = try town.controls(
                    "roads",
                    main: name == "control.put" ? nil : ActStage.main(of: name, at: "roads")
                )
                try town.syncAll()
                staged = try ActStage(town, about, at: "roads").stage(kind.name)
            }
            let draft = draft(specimen, about, town, at: "roads", staged)
            wrong += try attempt(specimen, town["roads"].store, "roads") {
                _ = try town["roads"].department.act(now: town.now) { _ in draft }
            }
        }
        try requireStored(kind, town["roads"].store, "roads", [.home, .controller])
        try #require(try town.syncAll())
        wrong += try afterwards(town)
        #expect(wrong.isEmpty, "\(wrong.count) wrong: \(wrong.prefix(6).joined(separator: "\n"))")
    }

    /// Nobody quarantined, lacks or disputes anything, and every operation of every log can be read.
    private func afterwards(_ town: Town) throws -> [String] {
        var wrong: [String] = []
        let stores = [("office", town.officeStore)] + town.sites.map { ($0.key, $0.value.store) }
        for (name, store) in stores {
            for kind in [TrayKind.alarm, .quarantine] {
                wrong += try town.tray(store, kind).map { "\(name): \($0.kind) \($0.subject) \($0.text)" }
            }
            for node in ["office"] + town.sites.keys {
                let records = try store.read { reading in
                    try reading.origins(node: node).flatMap { try reading.operations($0.origin, after: 0, limit: .max) }
                }
                for record in records where !record.bytes.isEmpty {
                    do { _ = try SignedOperation(line: record.bytes) } catch {
                        wrong.append("\(name): \(record.origin):\(record.number) \(error)")
                    }
                }
            }
        }
        return wrong
    }
}

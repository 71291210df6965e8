import CanonicalJSON
import Cryptography

@testable import Appeals
@testable import Replication
@testable import Simulator

/// An appeal in which every text of every kind is a word of its own, and the departments that have, had or never had it.
///
/// Kinds and fields come from their tables: a new one is planted without a word here.
final class CanaryStage {
    /// Where a word was planted, and what ever held it.
    struct Canary {
        let kind: String
        let field: String
        let isPersonal: Bool
        let author: String
        let status: OutcomeStatus
        var items: Set<ItemName> = []
    }

    enum Reader: String, CaseIterable {
        case homes, roads, water, parks, green, police, trade

        /// In which capacity, for what a failure says.
        var role: String {
            switch self {
            case .homes: "home"
            case .roads: "main"
            case .water: "co with one issue"
            case .parks: "inform"
            case .green: "left"
            case .police: "complained about"
            case .trade: "foreign"
            }
        }
        /// The name of its assignment, if it has or had one.
        var assignment: String? {
            switch self {
            case .roads: "homes#0ca0a0a0:1/21"
            case .water: "homes#0ca0a0a0:1/22"
            case .parks: "homes#0ca0a0a0:1/23"
            case .green: "homes#0ca0a0a0:1/24"
            case .police: "homes#0ca0a0a0:1/25"
            case .homes, .trade: nil
            }
        }
        var assigned: Party? {
            switch self {
            case .roads: .main
            case .water, .green, .police: .co
            case .parks: .inform
            case .homes, .trade: nil
            }
        }
    }

    static let statuses: [OutcomeStatus] = [.accepted, .conflict, .held, .refused]
    let town: Town
    let appeal: String
    private(set) var canaries: [String: Canary] = [:]
    private(set) var played: Set<String> = []
    private var logs: [String: (number: Int64, id: String)] = [:]
    private var state: Appeals.Aggregate
    /// What grounds stand on: no act of this stage moves it.
    private var grounds: [ItemName: Item] = [:]
    private var issues: [String] = []

    /// `look` sees the appeal while all who ever hold it still do.
    init(whileHeld look: (CanaryStage) throws -> Void = { _ in }) throws {
        town = try Town("homes", "roads", "water", "parks", "green", "police", "trade")
        appeal = town.uuid(1)
        state = Appeals.Aggregate(id: appeal)
        try play(Kinds.registered, by: "homes", as: .accepted)
        issues = state.entities(with: "issue")
        for reader in Reader.allCases { try assign(reader) }
        try act(Kinds.reference)
        try act(Kinds.appeal)
        try look(self)
        // One is recalled, the other is complained against: both have what they were sent.
        for (register, value) in [
            ("state@" + (Reader.green.assignment ?? ""), JSON.string("recalled")),
            ("complainedAgainst", CanaryStage.party),
        ] {
            grounds[ItemName(.registers, register)] = Item(value: value, write: "homes#0ca0a0a0:1", commit: 1)
        }
        try publish([:])
    }

    static let party: JSON = [["department": "police"]]

    private func assign(_ reader: Reader) throws {
        guard let entity = reader.assignment, let role = reader.assigned else { return }
        var registers: [String: JSON] = [
            "department": .string(reader.rawValue), "role": .string(role.rawValue), "state": "accepted",
        ]
        if role == .co { registers["issues"] = [.string(issues[0])] }
        for (register, value) in registers {
            let name = ItemName(.registers, register + "@" + entity)
            grounds[name] = Item(value: value, write: "homes#0ca0a0a0:1", commit: 1)
        }
    }

    private func act(_ kinds: [Kind]) throws {
        for kind in kinds where kind.name != "appeal.registered" {
            let authors = Set(kind.parties.keys.map(Self.author)).sorted()
            for author in authors {
                for status in Self.statuses { try play(kind, by: author, as: status) }
            }
        }
    }

    private static func author(_ party: Party) -> String {
        switch party {
        case .office: "office"
        case .controller, .home: "homes"
        case .main: "roads"
        case .co: "water"
        case .inform: "parks"
        }
    }

    // MARK: one act

    /// What an act on the directory meets: nothing, or somebody who works elsewhere and moves by it.
    private func entry(_ operation: Operation) -> Appeals.Aggregate {
        var entry = Appeals.Aggregate(id: Kinds.referenceEntry(operation) ?? "")
        guard operation.kind == "person.put" else { return entry }
        entry[.registers, "entry"] = Item(value: ["department": "elsewhere"], write: "office#00000000:1", commit: 1)
        return entry
    }

    private func play(_ kind: Kind, by author: String, as status: OutcomeStatus) throws {
        played.insert(kind.name)
        let operation = compose(kind, by: author, as: status)
        let world = TownWorld()
        let isReference = kind.isReference
        let before = isReference ? entry(operation.operation) : state
        let after = effected(kind, operation.operation, status, on: before, world)
        let commit = try town.officeStore.write { transaction in
            let admission = try Admission(town.office, transaction, now: town.now)
            let commit = admission.nextCommit()
            let outcome = Outcome(
                origin: operation.operation.origin,
                number: operation.operation.number,
                id: operation.id,
                status: status,
                commit: commit
            )
            try transaction.putOperation(OperationRecord(operation, outcome: outcome, at: town.now))
            if isReference, status == .accepted {
                try admission.writer.publish(
                    Row(after),
                    in: Space.reference,
                    kind: .put,
                    changed: after.allNames,
                    commit: commit
                )
            }
            _ = try admission.finish()
            return commit
        }
        let changed = after.names(changedSince: before)
        for name in changed { note(name, after) }
        guard !isReference else { return }
        var items: [ItemName: Item] = [:]
        for name in changed { if let item = after[name] { items[name] = item } }
        _ = commit
        try publish(items)
    }

    private func note(_ name: ItemName, _ aggregate: Appeals.Aggregate) {
        let text = aggregate[name]?.json.canonicalText ?? ""
        for word in Self.words(Array(text.utf8)) { canaries[word]?.items.insert(name) }
    }

    private func publish(_ items: [ItemName: Item]) throws {
        try town.officeStore.write { transaction in
            let admission = try Admission(town.office, transaction, now: town.now)
            let commit = admission.nextCommit()
            let before = state
            for (name, item) in items { state[name] = Item(value: item.value, write: item.write, commit: commit) }
            for (name, item) in grounds where state[name]?.value != item.value {
                state[name] = Item(value: item.value, write: item.write, commit: commit)
            }
            try admission.store(Row(state), state, changed: state.names(changedSince: before), commit: commit)
            _ = try admission.finish()
        }
    }

    /// The appeal after the act, by the very code that applies it.
    private func effected(
        _ kind: Kind,
        _ operation: Operation,
        _ status: OutcomeStatus,
        on before: Appeals.Aggregate,
        _ world: any JudgeLookups
    ) -> Appeals.Aggregate {
        guard status != .refused else { return before }
        let context = KindContext(
            operation: operation,
            write: operation.write.description,
            appeal: before,
            world: world,
            standing: .none
        )
        let effects: [Effect]
        // What its own kind refuses changes nothing.
        do throws(Refusal) { effects = try kind.effects(context) } catch { return before }
        if status == .held {
            var held = before
            held[.held, context.write] = Item(
                value: Held.value(effects, context: context, reason: .authorityEnded, first: nil),
                write: context.write,
                commit: before.commit
            )
            return held
        }
        if status == .accepted { return Application.overlay(effects, on: before, write: context.write, by: context.by) }
        var application = Application(
            appeal: before,
            write: context.write,
            commit: before.commit,
            by: context.by,
            isLate: false,
            base: [:]
        )
        for effect in effects {
            if case .register = effect {
                application.apply(effect, inForce: false, isAtomic: kind.isAtomic)
            } else if !kind.isAtomic {
                application.apply(effect, inForce: true, isAtomic: false)
            }
        }
        return application.appeal
    }

    private func compose(_ kind: Kind, by author: String, as status: OutcomeStatus) -> SignedOperation {
        let origin = Origin(node: author, incarnation: "0ca0a0a0")
        let last = logs[author] ?? (0, "")
        let place = Place(kind: kind.name, author: author, status: status)
        var body = plant(kind.fields, place, "body", isPersonal: false)
        body["salt"] = .string(town.draw(16))
        var personal = plant(kind.personal, place, "personal", isPersonal: true)
        personal["salt"] = .string(town.draw(16))
        let operation = Operation(
            origin: origin,
            number: last.number + 1,
            previous: last.id,
            appeal: kind.isReference ? nil : appeal,
            kind: kind.name,
            authority: nil,
            seen: Seen(epoch: "", slice: 0, reference: 0),
            clock: HybridClock(milliseconds: town.now),
            actor: Actor(user: "somebody", role: "clerk"),
            body: body,
            personal: kind.personal.isEmpty ? nil : personal
        )
        let signed = SignedOperation(operation, sign: TwinSigner(author).sign)
        logs[author] = (operation.number, signed.id)
        return signed
    }

    // MARK: planting

    private struct Place {
        let kind: String
        let author: String
        let status: OutcomeStatus
    }

    private func plant(_ fields: [Field], _ place: Place, _ path: String, isPersonal: Bool) -> JSONObject {
        var object = JSONObject()
        for field in fields {
            object[field.name] = value(field.type, place, path + "." + field.name, isPersonal: isPersonal)
        }
        return object
    }

    private func value(_ type: FieldType, _ place: Place, _ path: String, isPersonal: Bool) -> JSON {
        if let fixed = fixed(path, place) { return fixed }
        switch type {
        case .text, .string, .identifier: return .string(word(place, path, isPersonal))
        case .bool: return true
        case .date: return "2026-02-10"
        case .moment: return "2026-02-10T09:00:00+02:00"
        case .integer(let range): return .integer(range.lowerBound)
        case .code(let codes): return .string(codes.sorted().first ?? "")
        case .write: return .string(reference(path, place))
        case .address: return .object(address(place, path, isPersonal: isPersonal))
        case .party: return ["outside": .string(word(place, path, isPersonal))]
        case .array(let element):
            let count = place.kind == "appeal.registered" ? 2 : 1
            return .array((0..<count).map { value(element, place, "\(path)[\($0)]", isPersonal: isPersonal) })
        case .object(let fields): return .object(plant(fields, place, path, isPersonal: isPersonal))
        case .corrections(let personal): return .object(corrections(place, path, personal))
        case .any: return ["version": .string(word(place, path, isPersonal))]
        }
    }

    /// A place that was resolved, each part of it with a word of its own.
    private func address(_ place: Place, _ path: String, isPersonal: Bool) -> JSONObject {
        func words(_ part: String) -> JSON { .string(word(place, path + "." + part, isPersonal)) }
        return [
            "typed": words("typed"), "street": words("street"), "house": words("house"), "block": words("block"),
            "flat": words("flat"), "more": words("more"), "district": words("district"),
        ]
    }

    private func corrections(_ place: Place, _ path: String, _ isPersonal: Bool) -> JSONObject {
        var object = JSONObject()
        for policy in Policy.registers where policy.personal == isPersonal {
            guard let type = policy.corrected, policy.name != "complainedAgainst" else { continue }
            let isOfIssue = policy.privacy == .issue || policy.name == "heading"
            for full in isOfIssue ? issues.map({ policy.name + "@" + $0 }) : [policy.name] {
                object[full] = value(type, place, path + "." + full, isPersonal: isPersonal)
            }
        }
        return object
    }

    /// Values that steer what an act does, and are no texts of people.
    private func fixed(_ path: String, _ place: Place) -> JSON? {
        switch path {
        case "body.choice" where place.kind == "disagreement.settled": "acceptFormer"
        case "body.conflict": .string(state.names(.conflicts).first ?? "")
        case "body.disagreement": .string("reassigned@" + (Reader.green.assignment ?? ""))
        default: nil
        }
    }

    private func reference(_ path: String, _ place: Place) -> String {
        switch path {
        case "body.held": state.names(.held).first ?? ""
        case "body.contact": state.entities(with: "contact.phone").first ?? ""
        case _ where path.contains("issue"): issues.first ?? ""
        case _ where path.contains("supersedes"): Reader.green.assignment ?? ""
        default: Reader(rawValue: place.author)?.assignment ?? Reader.roads.assignment ?? ""
        }
    }

    private func word(_ place: Place, _ path: String, _ isPersonal: Bool) -> String {
        let word = "canary\(canaries.count + 1)x"
        canaries[word] = Canary(
            kind: place.kind,
            field: path,
            isPersonal: isPersonal,
            author: place.author,
            status: place.status
        )
        return word
    }

    /// The planted words in some bytes.
    static func words(_ bytes: [UInt8]) -> Set<String> {
        var words: Set<String> = []
        for part in String(decoding: bytes, as: UTF8.self).split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        where part.hasPrefix("canary") && part.hasSuffix("x") {
            words.insert(String(part))
        }
        return words
    }

    // MARK: what may be seen

    /// What this reader holds, by the oracle, which knows neither `Slice` nor `View`.
    func holding(_ reader: Reader) -> Holding? { Holding(reader.rawValue, state, today: Today.date(town.now)) }

    func maySee(_ word: String, _ reader: Reader) -> Bool {
        guard let canary = canaries[word], let holding = holding(reader) else { return false }
        return canary.items.contains { holding.maySee($0.section.rawValue, $0.name) }
    }

    /// What is still in the appeal: later words take the place of earlier ones.
    var inForce: Set<String> { Self.words(state.bytes) }
}

/// Enough of a world for effects, which ask for the date alone.
private final class TownWorld: JudgeLookups {
    let office = "office"
    let advises = false
    let today = Today.date(1_770_714_000_000)
    func standing(_ actor: Actor, of node: String, seen: Seen) throws -> RoleStanding { .current }
    func holds(_ user: String, oneOf roles: Set<String>, department: String?) throws -> Bool { true }
    func departmentExists(_ id: String) throws -> Bool { true }
    func referenceEntry(_ key: String) throws -> Appeals.Aggregate? { nil }
    func referenceEntries(_ prefix: String) throws -> [Appeals.Aggregate] { [] }
    func outcome(of write: String) throws -> OutcomeStatus? { nil }
    func sameValue(of register: String, by write: String) throws -> Int64? { nil }
    func operation(of write: String) throws -> Operation? { nil }
    func registration(of appeal: String, in origin: Origin) throws -> String? { nil }
    func canHaveBeenLost(_ write: String) throws -> Bool { false }
    func isErased(_ appeal: String) throws -> Bool { false }
    func appeal(withIndex index: String) throws -> String? { nil }
}

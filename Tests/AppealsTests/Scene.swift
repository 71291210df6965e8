import CanonicalJSON
import Cryptography

@testable import Appeals

/// What the judge looks up, held in memory: people, departments, outcomes, erasures.
final class TableWorld: JudgeLookups {
    let office = "office"
    var advises = false
    var today = day("2026-02-10")
    /// `node/user/role` → standing.
    var roles: [String: RoleStanding] = [:]
    var departments: Set<String> = []
    var outcomes: [String: OutcomeStatus] = [:]
    var operations: [String: Operation] = [:]
    var lost: Set<String> = []
    var erased: Set<String> = []
    var indices: [String: String] = [:]

    func standing(_ actor: Actor, of node: String, seen: Seen) throws -> RoleStanding {
        roles["\(node)/\(actor.user)/\(actor.role)"] ?? .none
    }

    func holds(_ user: String, oneOf wanted: Set<String>, department: String?) throws -> Bool {
        wanted.contains { role in
            guard case .current? = roles["\(department ?? office)/\(user)/\(role)"] else { return false }
            return true
        }
    }

    func departmentExists(_ id: String) throws -> Bool { departments.contains(id) }
    /// Entries of `reference` by key.
    var entries: [String: Appeals.Aggregate] = [:]
    func referenceEntry(_ key: String) throws -> Appeals.Aggregate? { entries[key] }
    func referenceEntries(_ prefix: String) throws -> [Appeals.Aggregate] {
        entries.keys.filter { $0.hasPrefix(prefix) }.sorted().compactMap { entries[$0] }
    }
    func outcome(of write: String) throws -> OutcomeStatus? { outcomes[write] }
    func operation(of write: String) throws -> Operation? { operations[write] }
    /// `register write` → commit.
    var same: [String: Int64] = [:]
    func sameValue(of register: String, by write: String) throws -> Int64? { same["\(register) \(write)"] }
    func registration(of appeal: String, in origin: Origin) throws -> String? {
        let own = operations.values.filter { $0.appeal == appeal && $0.origin == origin }
        return own.filter { $0.kind == "appeal.registered" }.map(\.number).min().map {
            WriteName(origin: origin, number: $0).description
        }
    }
    func canHaveBeenLost(_ write: String) throws -> Bool { lost.contains(write) }
    func isErased(_ appeal: String) throws -> Bool { erased.contains(appeal) }
    func appeal(withIndex index: String) throws -> String? { indices[index] }
}

/// One appeal on a table: people of three departments and the office act on it, the office's order is the order of calls.
final class Scene {
    static let appeal = "01995c3a-0000-7000-8000-000000000001"
    let world = TableWorld()
    var state: Appeals.Aggregate?
    var commit: Int64 = 0
    var held: [(write: String, adopted: Bool)] = []
    private var numbers: [String: Int64] = [:]

    init() {
        for (user, role) in [
            ("boss", "administrator"), ("mayor", "leader"), ("olena", "registrar"), ("iryna", "specialist"),
        ] {
            world.roles["office/\(user)/\(role)"] = .current
        }
        for department in ["roads", "water", "parks"] {
            world.departments.insert(department)
            for role in ["head", "deputy", "clerk", "executor", "inspector"] {
                world.roles["\(department)/\(role)/\(role)"] = .current
            }
        }
    }

    var appeal: Appeals.Aggregate { state ?? Appeals.Aggregate(id: Self.appeal) }
    func register(_ full: String) -> String? { appeal.register(full)?.string }
    /// The main executors' assignments that are not taken away.
    var openMains: [String] {
        appeal.entities(with: "role").filter { entity in
            register("role@" + entity) == "main"
                && !["recalled", "superseded"].contains(register("state@" + entity) ?? "")
        }
    }
    func facts(_ kind: String) -> [Item] { appeal.items(.facts).filter { FactName($0.name)?.kind == kind }.map(\.item) }

    /// Rule, state and name of every disagreement.
    var disagreements: [String] { Self.disagreements(appeal) }
    static func disagreements(_ appeal: Appeals.Aggregate) -> [String] {
        appeal.items(.disagreements).map { name, item in
            "\(item.value["rule"]?.string ?? "") \(item.value["state"]?.string ?? "") \(name)"
        }
    }

    /// Register, value and state of every conflict row.
    var conflicts: [String] {
        appeal.items(.conflicts).map { _, item in
            "\(item.value["register"]?.string ?? "")=\(item.value["value"]?.canonicalText ?? "") \(item.value["state"]?.string ?? "")"
        }
    }

    /// The newest open or ended assignment of a department.
    func assignment(of department: String) -> String {
        let own = appeal.entities(with: "department").filter {
            appeal.register("department@" + $0)?.string == department
        }
        func commit(_ entity: String) -> Int64 { appeal[.registers, "department@" + entity]?.commit ?? 0 }
        return own.max { commit($0) < commit($1) } ?? ""
    }

    /// The newest version of the answer about an assignment.
    func version(_ assignment: String) -> String {
        let versions = appeal.names(.facts).compactMap { FactName($0) }.filter {
            $0.kind == "answer" && $0.entity == assignment
        }
        return versions.compactMap { WriteName($0.write) }.max()?.description ?? ""
    }

    // MARK: acting

    /// Composes an act of a person as its node would, on what the node saw (the present state unless told otherwise).
    func compose(
        _ kind: String,
        by person: String,
        _ body: JSONObject = [:],
        personal: JSONObject? = nil,
        on seen: Appeals.Aggregate? = nil,
        authority: String? = nil,
        change: (inout Operation) -> Void = { _ in }
    ) -> SignedOperation {
        let parts = person.split(separator: "/").map(String.init)
        let node = parts[0]
        numbers[node, default: 0] += 1
        let seen = seen ?? state
        var body = body
        body["salt"] = .string(String(repeating: "a", count: 32))
        var personal = personal
        personal?["salt"] = .string(String(repeating: "b", count: 32))
        let number = numbers[node] ?? 1
        let isReference = Kinds.named(kind)?.isReference == true
        var operation = Operation(
            origin: Origin(node: node, incarnation: "5b1e90c2"),
            number: number,
            previous: number == 1 ? "" : String(repeating: "0", count: 64),
            appeal: isReference ? nil : Self.appeal,
            kind: kind,
            authority: authority ?? ground(node, body, seen),
            seen: Seen(epoch: "", slice: 0, reference: 0),
            clock: HybridClock(milliseconds: 1_770_000_000_000 + number),
            actor: Actor(user: parts[1], role: parts[2]),
            body: body,
            personal: personal
        )
        do { operation.base = try Overlay.base(of: operation, on: seen, world: world) } catch { operation.base = [:] }
        change(&operation)
        return SignedOperation(operation) { _ in [UInt8](repeating: 0, count: 64) }
    }

    private func ground(_ node: String, _ body: JSONObject, _ seen: Appeals.Aggregate?) -> String? {
        guard node != world.office, let seen else { return nil }
        if let named = body["assignment"]?.string, seen.register("department@" + named)?.string == node { return named }
        if seen.register("home")?.string == node { return seen[.registers, "home"]?.write }
        let own = seen.entities(with: "department").filter { seen.register("department@" + $0)?.string == node }
        return own.max {
            (seen[.registers, "state@" + $0]?.commit ?? 0) < (seen[.registers, "state@" + $1]?.commit ?? 0)
        }
    }

    /// The office decides on an act, and keeps what came of it.
    @discardableResult
    func deliver(_ signed: SignedOperation) throws -> Judgement {
        commit += 1
        let judgement = try Judge(signed, commit: commit, world: world).judge(on: state)
        if let aggregate = judgement.aggregate { state = aggregate }
        world.outcomes[signed.operation.write.description] = judgement.outcome.status
        world.operations[signed.operation.write.description] = signed.operation
        for (full, status) in judgement.outcome.registers where status == .same {
            world.same["\(full) \(signed.operation.write)"] = commit
        }
        for decision in judgement.decisions {
            held.append((decision.write, decision.adopted))
            world.outcomes[decision.write] = decision.adopted ? .accepted : .refused
        }
        return judgement
    }

    @discardableResult
    func act(
        _ kind: String,
        by person: String,
        _ body: JSONObject = [:],
        personal: JSONObject? = nil,
        authority: String? = nil,
        change: (inout Operation) -> Void = { _ in }
    ) throws -> Outcome {
        try deliver(compose(kind, by: person, body, personal: personal, authority: authority, change: change)).outcome
    }
}

extension Outcome {
    /// `refused feedbackMissing`, `accepted`: what a table of expectations says.
    var text: String { reason.map { "\(status.rawValue) \($0.rawValue)" } ?? status.rawValue }
}

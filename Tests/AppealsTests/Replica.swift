import CanonicalJSON

@testable import Appeals

/// A copy of an appeal on which somebody works without seeing what the others do: a department, or a screen of the office.
struct Replica {
    let name: String
    let node: String
    /// Numbers the replicas, so that each writes values of its own.
    let place: Int
    /// What it shows: the office all of it, a department its part, a stranger nothing.
    let seen: Appeals.Aggregate
    let parties: Set<Party>
    private let scene: Scene

    /// The author's copies of a common state: the main executor, the co-executor, the home department or a stranger, and
    /// two screens of the office.
    static func all(of scene: Scene) -> [Replica] {
        [
            ("roads", "roads"), ("water", "water"), ("parks", "parks"), ("light", "light"), ("office", "office"),
            ("second screen", "office"),
        ]
        .enumerated().map { Replica($1.0, $1.1, $0, scene) }
    }

    private init(_ name: String, _ node: String, _ place: Int, _ scene: Scene) {
        self.name = name
        self.node = node
        self.place = place
        self.scene = scene
        let views = Slice.views(of: scene.appeal, today: scene.world.today, office: "office")
        let copy =
            node == "office" ? scene.appeal : views[node]?.project(scene.appeal) ?? Appeals.Aggregate(id: Scene.appeal)
        seen = copy
        let own = copy.entities(with: "department").filter { copy.register("department@" + $0)?.string == node }
        let home = copy.register("home")?.string == node ? copy[.registers, "home"]?.write : nil
        let authorities: [String?] = node == "office" ? [nil] : own + [home].compactMap(\.self)
        var parties: Set<Party> = []
        for authority in authorities {
            let today = scene.world.today
            let standing = Authority.of(node: node, authority: authority, on: copy, office: "office", today: today)
            if case .current(let found) = standing { parties.formUnion(found) }
        }
        self.parties = parties
    }

    /// Every act of a kind that this replica's people can write: each target that its copy shows, in the first role that may.
    ///
    /// `unable` counts what the advice of the author's own node refused.
    func acts(_ kind: Kind, unable: inout Int) throws -> [Act] {
        guard let role = role(for: kind) else { return [] }
        var acts: [Act] = []
        for (body, personal) in parts(kind) {
            let signed = scene.compose(
                kind.name,
                by: "\(node)/\(role.user)/\(role.role)",
                body,
                personal: personal,
                on: seen
            )
            scene.world.advises = node != "office"
            defer { scene.world.advises = false }
            let known = seen.isEmpty ? nil : seen
            let advice = try Judge(signed, commit: 100, world: scene.world).judge(on: known).outcome
            if advice.status > .acceptedLate, advice.status != .conflict {
                unable += 1
                continue
            }
            let targets = body.members.filter { ["assignment", "choice", "to", "final", "held"].contains($0.key) }
            let detail = targets.map { "\($0.key) \($0.value.canonicalText)" }.joined(separator: " ")
            let held = body["held"]?.string
            let waiting = held.flatMap { seen[.held, $0]?.value["registers"]?.object?.members.map(\.key) } ?? []
            acts.append(
                Act(
                    name: "\(name): \(kind.name) \(detail)",
                    replica: name,
                    kind: kind.name,
                    signed: signed,
                    decides: [held].compactMap(\.self) + waiting
                )
            )
        }
        return acts
    }

    private func role(for kind: Kind) -> (user: String, role: String)? {
        let isHome = kind.name == "appeal.registered" && seen.isEmpty
        let held = isHome ? parties.union([.home]) : parties
        let roles = held.reduce(into: Set<String>()) { $0.formUnion(kind.parties[$1] ?? []) }
        let people = scene.world.roles.keys.map { $0.split(separator: "/").map(String.init) }
            .filter { $0[0] == node && roles.contains($0[2]) }.sorted { $0[2] < $1[2] }
        return people.first.map { ($0[1], $0[2]) }
    }

    // MARK: what the forms of a kind can hold

    private typealias Parts = (body: JSONObject, personal: JSONObject?)

    private func parts(_ kind: Kind) -> [Parts] {
        if kind.name == "appeal.registered" {
            var body = Scene.registration
            body["index"] = .string(node == "office" ? "К-\(place)" : "\(node.uppercased())-Ж-1")
            return [(body, Scene.applicant)]
        }
        let bodies = kind.fields.reduce([JSONObject()]) { bodies, field in
            bodies.flatMap { body in
                values(field, body).map { value in
                    var body = body
                    body[field.name] = value
                    return body
                }
            }
        }
        let personal = kind.personal.reduce([JSONObject()]) { parts, field in
            parts.flatMap { part in
                values(field, part).map { value in
                    var part = part
                    part[field.name] = value
                    return part
                }
            }
        }
        return bodies.flatMap { body in personal.map { (body, kind.personal.isEmpty ? nil : $0) } }
    }

    /// What a field can hold: every entity, version and case that the copy shows; else one value of the replica's own.
    ///
    /// A required field of which there is nothing gives no act; an optional one that says nothing new is left out.
    private func values(_ field: Field, _ body: JSONObject) -> [JSON?] {
        switch (field.name, field.type) {
        case ("assignment", _):
            return seen.entities(with: "department").filter {
                node == "office" || parties.contains(.home) || seen.register("department@" + $0)?.string == node
            }.map(JSON.string)
        case ("version", _):
            let about = body["assignment"]?.string
            return seen.names(.facts).compactMap { FactName($0) }.filter { $0.kind == "answer" && $0.entity == about }
                .map { .string($0.write) }
        case ("contact", _):
            return (seen.entities(with: "contact.phone") + seen.entities(with: "contact.email")).map(JSON.string)
        case ("held", _):
            return seen.items(.held).filter { $0.item.value["state"]?.string == "waiting" }.map { .string($0.name) }
        case ("conflict", _): return open(.conflicts).map(JSON.string)
        case ("disagreement", _): return open(.disagreements).map(JSON.string)
        case ("choice", _):
            let rule = body["disagreement"]?.string.flatMap { seen[.disagreements, $0]?.value["rule"]?.string }
            return Disagreements.choices(rule ?? "C12").map(JSON.string)
        case ("assignments", _): return [.array([["department": .string(successor), "role": "main"]])]
        case ("supersedes", _): return [.array(seen.openMains.map(JSON.string))]
        case ("author", .object): return [["user": leader.user, "role": leader.role]]
        case ("author", _), ("decidedBy", _): return [leader.user]
        case ("statutory", _): return [.string("2026-03-1\(place)")]
        case ("control", _): return [.string("2026-03-0\(place + 5)")]
        case ("decidedOn", _), ("date", _): return [.string("2026-02-09")]
        case ("phone", _): return [.string("+3805\(place)")]
        case ("final", _): return [true, false]
        case ("to", _): return ["applicant", "committee"]
        case ("result", .code(let codes)): return [.string(codes.sorted()[place % codes.count])]
        case (_, .corrections(let personal)): return [corrections(personal: personal)]
        default: return field.required ? [value(field.type)] : [nil]
        }
    }

    private func value(_ type: FieldType) -> JSON {
        switch type {
        case .text, .string, .address, .any: .string("слово \(place)")
        case .identifier: .string("person-\(place)")
        case .bool: .bool(place.isMultiple(of: 2))
        case .date: "2026-02-09"
        case .moment: "2026-02-03T09:14:00+02:00"
        case .integer(let range): .integer(min(range.upperBound, range.lowerBound + Int64(place) + 1))
        case .code(let codes): .string(codes.sorted()[place % codes.count])
        case .write: .string("\(node)#00000000:1")
        case .array(let element): .array([value(element)])
        case .object(let fields): .object(JSONObject(members: fields.map { ($0.name, value($0.type)) }))
        case .corrections: .null
        case .party: ["outside": .string("слово \(place)")]
        }
    }

    /// Every register that this replica may correct or propose, in one act: each is judged by its own rule.
    private func corrections(personal: Bool) -> JSON? {
        let issues = seen.entities(with: "issue")
        var fields = JSONObject()
        for row in Policy.registers where row.personal == personal {
            guard let type = row.corrected, !row.writes.union(row.proposes).isDisjoint(with: parties) else { continue }
            let names =
                ["heading", "district", "problemAddress"].contains(row.name)
                ? issues.map { "\(row.name)@\($0)" } : [row.name]
            // One address for all, each on their own keyboard: nobody is to settle what looks the same.
            let spelled = ["вул. Прем'єрська, 5", "вул. Прем’єрська, 5", "вул. Премʼєрськa,  5 "][place % 3]
            for name in names { fields[name] = row.name == "applicant.address" ? .string(spelled) : value(type) }
        }
        return fields.isEmpty ? nil : .object(fields)
    }

    private func open(_ section: Section) -> [String] {
        seen.items(section).filter { $0.item.value["state"]?.string == "open" }.map(\.name)
    }

    /// A department that is not at work on the appeal.
    private var successor: String { place.isMultiple(of: 2) ? "light" : "homes" }

    private var leader: (user: JSON, role: JSON) {
        seen.register("home")?.string == "office" ? ("mayor", "leader") : ("head", "head")
    }
}

/// One act as a replica's person signed it.
struct Act {
    let name: String
    let replica: String
    let kind: String
    let signed: SignedOperation
    var write: String { signed.operation.write.description }
    /// The held work that it decides, and the registers that this would write, if it does.
    let decides: [String]
}

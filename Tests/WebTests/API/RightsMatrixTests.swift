import Appeals
import CanonicalJSON
import Commands
import Desk
import Testing

@testable import Simulator
@testable import Web

/// Who may do what to which appeal, through HTTP: expectations come from the simulator's own rules, not from the table or the judge.
@Suite("Rights by HTTP: role × act × whose appeal it is")
struct RightsMatrixTests {
    /// How an appeal stands to whoever acts.
    enum Relation: CaseIterable {
        /// Registered at the office; at a department, given to it as the main executor.
        case own
        /// At the office one that a department registered for itself; at a department another's.
        case foreign
        /// At the office erased; at a department recalled.
        case left
        /// About the person who acts.
        case complainedAbout
    }

    /// What must come of an act.
    enum Expected: Equatable {
        /// The role may: what else is wrong is not the right.
        case allowed
        /// The role may not: nothing is done.
        case refused
        /// To this person there is no such appeal.
        case hidden
        /// It was here.
        case gone
    }

    struct Person: CustomStringConvertible {
        let node: String
        let role: String
        var user: String { "\(node)-\(role)" }
        var description: String { user }
    }

    private static let roles = [
        "urz": ["administrator", "leader", "registrar", "specialist", "inspector"],
        "zhkg": ["head", "deputy", "executor", "clerk", "inspector"],
    ]
    static let people = roles.sorted { $0.key < $1.key }.flatMap { node, roles in
        roles.map { Person(node: node, role: $0) }
    }

    /// Acts on one appeal.
    static let acts = Endpoint.all.filter { $0.card?.type == .appeal && $0.row.writes.standing == .parties }

    /// In which capacities a node stands to an appeal of the first two relations.
    private func capacities(_ node: String, _ relation: Relation) -> Set<String> {
        switch (node, relation) {
        case ("urz", .own): ["office", "controller"]
        case ("urz", _): ["office"]
        default: ["main"]
        }
    }

    private func expected(_ person: Person, _ act: Endpoint, _ relation: Relation) throws -> Expected {
        switch relation {
        case .complainedAbout: return .hidden
        case .left: return .gone
        case .foreign where person.node != "urz": return .hidden
        case .own, .foreign:
            let kind = try #require(act.row.writes.kinds.first)
            let rule = try #require(KindRule.named(kind), "the oracle does not know \(kind)")
            let able = capacities(person.node, relation).reduce(into: Set<String>()) {
                $0.formUnion(rule.roles[$1] ?? [])
            }
            return able.contains(person.role) ? .allowed : .refused
        }
    }

    /// Appeals of every relation, named by their index.
    private struct Stage {
        let city: WebCity
        var indices: [String: String] = [:]

        func index(_ person: Person, _ relation: Relation) -> String {
            let key = relation == .complainedAbout ? person.user : "\(person.node) \(relation)"
            return indices[key] ?? ""
        }
    }

    private func staged() throws -> Stage {
        let city = try WebCity(people: Self.people.map { ($0.user, $0.role, $0.node) })
        var stage = Stage(city: city)
        stage.indices["urz own"] = try city.register()
        stage.indices["zhkg own"] = try city.assigned(main: "zhkg")
        stage.indices["zhkg foreign"] = try city.assigned(main: "drim")
        let recalled = try city.assigned(main: "zhkg"), erased = try city.register()
        (stage.indices["zhkg left"], stage.indices["urz left"]) = (recalled, erased)
        try city.sync("zhkg")
        let words: JSON = ["name": "Сич Ганна", "text": "Немає світла", "heading": ["090"]]
        let own = try city.act("appeal-register", words, as: "head-zhkg", at: "zhkg")
        stage.indices["urz foreign"] = own.json["registrationIndex"]?.string
        for person in Self.people {
            let index = try city.register(["complained-against": [.string(person.user)]])
            stage.indices[person.user] = index
        }
        let recall: JSON = ["appeal": .string(recalled), "assignment": "zhkg", "reason": "Видано помилково"]
        #expect(try city.act("assignment-recall", recall, as: "koval").status == 200)
        let erase: JSON = ["appeal": .string(erased), "reason": "Акт № 5", "confirm": .string(erased)]
        #expect(try city.act("appeal-erase", erase, as: "admin").status == 200)
        for _ in 0..<2 { try city.sync("zhkg") }
        return stage
    }

    private func body(_ act: Endpoint, _ index: String) -> JSON {
        var body: JSONObject = ["appeal": .string(index)]
        for input in act.inputs where input.isRequired && input.name != "appeal" {
            let value: String
            switch input.name {
            case "confirm": value = index
            case "author",
                "by" where input.type == .person:
                value = "vilkul"
            case "person": value = "executor-zhkg"
            case "assignment": value = "zhkg"
            case "set": value = "external=7"
            default: value = Self.example(input.type)
            }
            body[input.name] = input.repeats ? [.string(value)] : .string(value)
        }
        switch act.name {
        case "answer draft": (body["text"], body["result"]) = ("Зроблено", "satisfied")
        case "contact add", "contact remove": body["phone"] = "+380561234567"
        case "resolution issue": body["main"] = "drim"
        default: break
        }
        return .object(body)
    }

    private static func example(_ type: InputType) -> String {
        switch type {
        case .date: "2026-06-20"
        case .moment: "2026-05-13T16:40:00"
        default: type.codes.first?.code ?? "x"
        }
    }

    /// Codes of the rules that say that somebody has no right.
    private static let ofRights = Set(
        [Reason.roleMissing, .roleEnded, .notAuthorised, .authorityUnknown].map(\.rawValue)
    )

    private func cell(_ stage: Stage, _ person: Person, _ act: Endpoint, _ relation: Relation) throws -> Int {
        let city = WebCity(copying: stage.city)
        let answer = try city.act(
            act.path.split(separator: "/").last.map(String.init) ?? "",
            body(act, stage.index(person, relation)),
            as: person.user,
            at: person.node
        )
        let cell = "\(person) \(act.name) \(relation): \(answer.status) \(answer.code ?? "")"
        switch try expected(person, act, relation) {
        case .allowed: #expect(answer.status != 403 && !Self.ofRights.contains(answer.code ?? ""), "\(cell)")
        case .refused: #expect(answer.status >= 400, "\(cell)")
        case .hidden: #expect(answer.status == 404 && answer.code == "unknownAppeal", "\(cell)")
        case .gone: #expect(answer.status == 410, "\(cell)")
        }
        return answer.status
    }

    @Test("every cell is what the rules of the oracle say, and a person's own work is done")
    func cells() throws {
        let stage = try staged()
        var statuses: [Int: Int] = [:]
        for person in Self.people {
            for act in Self.acts {
                for relation in Relation.allCases {
                    statuses[try cell(stage, person, act, relation), default: 0] += 1
                }
            }
        }
        #expect(statuses.values.reduce(0, +) == Self.people.count * Self.acts.count * Relation.allCases.count)
        // Were nothing ever done or nothing ever forbidden, the matrix would say nothing.
        for status in [200, 403, 404, 410] { #expect(statuses[status] ?? 0 > 40, "\(status): \(statuses)") }
    }

    @Test("who administers, registers and imports is said by the role and the node, whatever the act is about")
    func others() throws {
        let stage = try staged()
        let examples: [String: JSON] = [
            "department add": ["department": "new", "name": "Новий"],
            "person add": ["user": "nova", "department": "urz", "name": "Нова Особа"],
            "person leave": ["user": "executor-drim", "reason": "Звільнення"],
            "role grant": ["user": "koval", "role": "specialist"],
            "role revoke": ["user": "koval", "role": "registrar", "reason": "Звільнення"],
            "street put": ["street": "myru", "type": "просп.", "name": "Миру"],
            "appeal register": ["name": "Сич Ганна", "text": "Немає води", "heading": ["090"]],
        ]
        let registrars: [String: Set<String>] = [
            "urz": ["registrar", "specialist"], "zhkg": ["head", "deputy", "executor", "clerk"],
        ]
        for (name, body) in examples {
            for person in Self.people {
                let city = WebCity(copying: stage.city)
                let answer = try city.act(
                    name.split(separator: " ").joined(separator: "-"),
                    body,
                    as: person.user,
                    at: person.node
                )
                let isAble =
                    name == "appeal register"
                    ? registrars[person.node]?.contains(person.role) == true : person.role == "administrator"
                let told = "\(person) \(name): \(answer.status) \(answer.code ?? "")"
                #expect(isAble ? answer.status == 200 : answer.status == 403, "\(told)")
            }
        }
    }

    @Test("what an administrator of the office does about nodes, nobody else does, at no other node")
    func administration() throws {
        let stage = try staged()
        let rows = Endpoint.all.filter { $0.isOfAdmission }
        #expect(rows.count > 5)
        for act in rows {
            let body = try #require(act.example, "\(act.name)")
            for person in Self.people {
                let place = act.path.split(separator: "/").last.map(String.init) ?? ""
                let answer = try WebCity(copying: stage.city).act(place, body, as: person.user, at: person.node)
                let told = "\(person) \(act.name): \(answer.told)"
                #expect((answer.status == 403) == (person.role != "administrator"), "\(told)")
            }
        }
    }

    @Test("what is shown of an appeal to each is shown to none whom it is about, and gone where it left")
    func readings() throws {
        let stage = try staged()
        for person in Self.people {
            for relation in Relation.allCases {
                let index = stage.index(person, relation)
                let hidden = relation == .complainedAbout || relation == .foreign && person.node != "urz"
                let shown = try stage.city.get("/appeals/" + index, as: person.user, at: person.node)
                #expect(shown.status == (hidden ? 404 : relation == .left ? 410 : 200), "\(person) \(relation)")
                let isListed = !hidden && relation != .left
                let list = try stage.city.get("/appeals?limit=500", as: person.user, at: person.node).json.canonicalText
                #expect(list.contains("\"\(index)\"") == isListed, "\(person) \(relation)")
                for path in [
                    "/appeals/\(index)/history", "/sync/\(index)/explain", "/deadline/explain?appeal=" + index,
                ]
                where hidden {
                    #expect(
                        try stage.city.get(path, as: person.user, at: person.node).status == 404,
                        "\(person) \(path)"
                    )
                }
            }
        }
    }

    @Test("a right too many is seen: a rule that lets nobody do it fails the cell")
    func planted() throws {
        let stage = try staged()
        let person = try #require(Self.people.first { $0.role == "registrar" })
        let note = try #require(Self.acts.first { $0.name == "appeal note" })
        #expect(try expected(person, note, .own) == .allowed)
        #expect(try cell(stage, person, note, .own) == 200)
        let erase = try #require(Self.acts.first { $0.name == "appeal erase" })
        #expect(try expected(person, erase, .own) == .refused)
        let answer = try WebCity(copying: stage.city).act(
            "appeal-erase",
            body(erase, stage.index(person, .own)),
            as: person.user
        )
        #expect(answer.status == 403)
    }
}

extension Endpoint {
    /// Whether only an administrator of the office may, and no operation tells of it.
    fileprivate var isOfAdmission: Bool {
        row.writes.standing == .administrator && row.writes.kinds.isEmpty && row.place == .store
    }
}

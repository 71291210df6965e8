import CanonicalJSON

@testable import Appeals

/// What each kind writes, told by the code itself: its effects are computed over fields that hold their own names.
///
/// `$body.reason` stands for the value of that field, `$write` for the operation's name, `$by` for its author, `$today` for
/// the day of judging, `$now.NAME` for what register NAME holds, `$version.NAME` for a member of the answer's fact. Of a list
/// one element stands for each; entities are counted on, as `protocol.md` says.
enum EffectTable {
    private static let write = "node#00000000:7"
    private static let today = "2199-12-31"
    private static let round: Int64 = 4_242

    static func rows() throws -> [JSON] {
        guard let day = CivilDate(today) else { preconditionFailure("\(today) is a day") }
        return try Kinds.all.map { kind in
            let operation = operation(kind)
            let context = KindContext(
                operation: operation,
                write: write,
                appeal: appeal(operation),
                world: TableWorld(today: day),
                standing: .current(Set(Party.allCases))
            )
            var row: JSONObject = ["kind": .string(kind.name), "effects": .array(try kind.effects(context).map(json))]
            if let entry = Kinds.referenceEntry(operation) { row["entry"] = .string(entry) }
            return try named(.object(row), by: context.by)
        }
    }

    private static func json(_ effect: Effect) -> JSON {
        switch effect {
        case .register(let name, let value): ["register": .string(name), "value": value]
        case .settled(let name, let value): ["register": .string(name), "value": value, "whateverItsBase": true]
        case .fact(let kind, let entity, let value):
            ["fact": .string(entity.map { "\(kind)@\($0)" } ?? kind), "value": .object(value)]
        case .decided(let item, let value): ["item": .string("\(item.section.rawValue)/\(item.name)"), "value": value]
        }
    }

    /// Puts names for what no field holds.
    private static func named(_ row: JSON, by: JSON) throws -> JSON {
        let text = row.canonicalText
            .replacing(by.canonicalText, with: "\"$by\"").replacing(write, with: "$write")
            .replacing(today, with: "$today").replacing("\"node\"", with: "\"$node\"")
            .replacing(":\(round + 1)", with: ":\"$now.round@$body.assignment + 1\"")
        return try JSON(parsing: Array(text.utf8), limits: Limits.aggregate)
    }

    // MARK: an operation whose fields hold their names

    private static func operation(_ kind: Kind) -> Operation {
        var body = fields(kind.fields, "$body")
        var personal = kind.personal.isEmpty ? nil : fields(kind.personal, "$personal")
        switch kind.name {
        case "appeal.corrected":
            body["fields"] = ["$name": "$body.fields.$name"]
            personal?["fields"] = ["$personalName": "$personal.fields.$personalName"]
        case "resolution.issued":
            body["onControl"] = true
            body["assignments"] = body["assignments"]?.array.map { list in
                .array(list.map { with($0, "role", "main") })
            }
        case "conflict.settled": body["choice"] = "take"
        case "disagreement.settled":
            body["disagreement"] = "reassigned@$former"
            body["choice"] = "acceptFormer"
        case "calendar.put": body["calendar"] = ["version": "$body.calendar.version"]
        default: break
        }
        return Operation(
            origin: Origin(node: "node", incarnation: "00000000"),
            number: 7,
            previous: "",
            appeal: kind.isReference ? nil : "appeal",
            kind: kind.name,
            authority: nil,
            seen: Seen(epoch: "", slice: 0, reference: 0),
            clock: HybridClock(milliseconds: 0),
            actor: Actor(user: "user", role: "role"),
            body: body,
            personal: personal
        )
    }

    private static func with(_ json: JSON, _ key: String, _ value: JSON) -> JSON {
        var object = json.object ?? JSONObject()
        object[key] = value
        return .object(object)
    }

    private static func fields(_ fields: [Field], _ path: String) -> JSONObject {
        JSONObject(members: fields.map { ($0.name, value($0.type, "\(path).\($0.name)")) })
    }

    private static func value(_ type: FieldType, _ path: String) -> JSON {
        switch type {
        case .array(let element): .array([value(element, path + "[]")])
        case .object(let members): .object(fields(members, path))
        default: .string(path)
        }
    }

    // MARK: an appeal that has what the operation is about

    private static func appeal(_ operation: Operation) -> Aggregate {
        if operation.kind == "person.put" {
            var entry = Aggregate(id: "entry")
            let former: JSON = ["department": "$now.entry.department"]
            entry[.registers, "entry"] = Item(value: former, write: "office#00000000:1", commit: 1)
            return entry
        }
        guard operation.kind != "appeal.registered", operation.appeal != nil else { return Aggregate(id: "entry") }
        var appeal = Aggregate(id: "appeal")
        func put(_ section: Section, _ name: String, _ value: JSON) {
            appeal[section, name] = Item(value: value, write: "office#00000000:1", commit: 1)
        }
        for assignment in ["$body.assignment", "$body.supersedes[]", "$former", "$other"] {
            put(.registers, "department@" + assignment, "department")
            put(.registers, "role@" + assignment, "main")
            put(.registers, "state@" + assignment, assignment == "$former" ? "superseded" : "issued")
        }
        put(.registers, "round@$body.assignment", .integer(round))
        put(.registers, "mainExecutor", "$body.assignment")
        put(.registers, "due.statutory", "$now.due.statutory")
        put(.registers, "issue@$issue", 1)
        for contact in ["contact.phone", "contact.phoneTyped", "contact.email"] {
            put(.registers, contact + "@$body.contact", "contact")
        }
        put(
            .facts,
            FactName.text("answer", "$body.assignment", "$body.version"),
            [
                "final": "$version.final", "result": "$version.result",
                "results": ["issues": []],
            ]
        )
        let conflict: JSON = ["state": "open", "register": "$conflict.register", "value": "$conflict.value"]
        put(.conflicts, "$body.conflict", conflict)
        put(.disagreements, "reassigned@$former", ["rule": "C2", "state": "open", "evidence": ["$evidence"]])
        for (held, assignment) in [("$body.held", "$body.assignment"), ("$heldOfFormer", "$former")] {
            put(
                .held,
                held,
                [
                    "kind": "$held.kind", "reason": "$held.reason", "state": "waiting", "by": "$held.by",
                    "assignment": .string(assignment), "registers": ["$held.register": "$held.register.value"],
                    "facts": ["$held.fact": "$held.fact.value"],
                ]
            )
        }
        return appeal
    }
}

/// Nobody and nothing: effects are computed from operation and appeal alone.
private struct TableWorld: JudgeLookups {
    let office = "office"
    let advises = false
    let today: CivilDate

    func standing(_ actor: Actor, of node: String, seen: Seen) -> RoleStanding { .current }
    func holds(_ user: String, oneOf roles: Set<String>, department: String?) -> Bool { true }
    func departmentExists(_ id: String) -> Bool { true }
    func referenceEntry(_ key: String) -> Aggregate? { nil }
    func referenceEntries(_ prefix: String) -> [Aggregate] { [] }
    func outcome(of write: String) -> OutcomeStatus? { nil }
    func sameValue(of register: String, by write: String) -> Int64? { nil }
    func operation(of write: String) -> Operation? { nil }
    func registration(of appeal: String, in origin: Origin) -> String? { nil }
    func canHaveBeenLost(_ write: String) -> Bool { false }
    func isErased(_ appeal: String) -> Bool { false }
    func appeal(withIndex index: String) -> String? { nil }
}

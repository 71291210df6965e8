import Appeals
import CanonicalJSON

@testable import Replication
@testable import Simulator

/// What people of the office do.
extension Stage {
    private enum Person {
        static let registrar = ("olena", "registrar")
        static let specialist = ("iryna", "specialist")
        static let administrator = ("boss", "administrator")
    }

    func officeActs(_ words: Words) throws {
        let verb = try words.required(0)
        switch verb {
        case "backup": city.backups = [city.officeMedium.backup()]
        case "restore":
            guard let backup = city.backups.last else { throw Unknown("the office has no backup") }
            try city.restoreOffice(from: backup)
        case "compact": _ = try city.office.upkeep(now: city.now, keep: 0, absence: 0)
        case "durable":
            let origins = try city.officeStore.read { reading in
                try everybody.flatMap { try reading.origins(node: $0.name) }
            }
            try city.office.markDurable(Dictionary(origins.map { ($0.origin, $0.last) }) { $1 })
        case "end":
            // office: end head of roads
            let role = try words.required(1), department = try site(words.required(3)).name
            try act(
                "role.revoked",
                nil,
                Person.administrator,
                [
                    "user": .string("\(role)-\(department)"), "role": .string(role), "department": .string(department),
                    "reason": "звільнення",
                ]
            )
        case "register": try register(words)
        case "appoint": try city.addLeader()
        default: try cardActs(verb, words)
        }
    }

    private func cardActs(_ verb: String, _ words: Words) throws {
        let appeal = try appeal(words.required(1))
        let state = try atOffice(appeal) ?? Appeals.Aggregate(id: appeal)
        switch verb {
        case "show": try show(state, at: "office", as: words.required(1))
        case "open": opened[appeal] = state
        case "assign", "reassign": try assign(appeal, state, words, replaces: verb == "reassign")
        case "recall":
            try act(
                "assignment.recalled",
                appeal,
                Person.specialist,
                ["assignment": .string(try assignment(of: words.value("from"), state)), "reason": "помилка"]
            )
        case "accept", "return":
            let assignment = try assignment(of: words.value("of"), state)
            var body: JSONObject = [
                "assignment": .string(assignment),
                "version": state.register("answer@" + assignment) ?? .null,
            ]
            if verb == "return" { body["reason"] = "доопрацювати" }
            try act(verb == "return" ? "answer.returned" : "answer.accepted", appeal, Person.specialist, body)
        case "extend":
            let date: JSON = .string(try required(words.value("to"), words))
            try act(
                "term.extended",
                appeal,
                Person.specialist,
                [
                    "statutory": date, "control": date, "decidedBy": "mayor", "reason": "обсяг робіт",
                    "decidedOn": .string(Today.date(city.now).description), "calendar": "2026-1",
                ]
            )
        case "correct": try correct(appeal, words)
        case "complain":
            try act("appeal.corrected", appeal, Person.registrar, Self.complaint(words))
        case "note":
            try act("note.added", appeal, Person.registrar, [:], ["text": .string(words.after(2).rest)])
        case "remove":
            let author = words.value("by") ?? "mayor"
            try act("control.removed", appeal, Person.specialist, ["author": .string(author), "basis": "виконано"])
        case "erase": try erase(appeal)
        default: try decide(verb, appeal, state, words)
        }
    }

    /// `settle A C2 acceptFormer`, `keep A applicant.name`, `take A applicant.name`, `adopt A`, `decline A`.
    private func decide(_ verb: String, _ appeal: String, _ state: Appeals.Aggregate, _ words: Words) throws {
        switch verb {
        case "settle":
            let rule = try words.required(2)
            guard let name = Disagreements.open(in: state).first(where: { $0.rule == rule })?.name else {
                throw Unknown("no \(rule) is open")
            }
            try act(
                "disagreement.settled",
                appeal,
                Person.specialist,
                ["disagreement": .string(name), "choice": .string(try words.required(3)), "reason": "рішення"]
            )
        case "keep", "take":
            let register = try words.required(2)
            let open = Disagreements.open(in: state).map(\.name).first { $0.hasPrefix(register + " ") }
            guard let open else { throw Unknown("no conflict of \(register) is open") }
            try act(
                "conflict.settled",
                appeal,
                Person.registrar,
                ["conflict": .string(open), "choice": .string(verb)]
            )
        case "adopt", "decline":
            let waiting = state.items(.held).first { $0.item.value["state"]?.string == "waiting" }
            guard let waiting else { throw Unknown("nothing waits") }
            try act(
                verb == "adopt" ? "held.adopted" : "held.declined",
                appeal,
                words.value("by").map { ($0, "leader") } ?? Person.specialist,
                ["held": .string(waiting.name), "reason": "рішення"]
            )
        default: throw Unknown("the office does not \(verb)")
        }
    }

    private func register(_ words: Words) throws {
        let letter = try words.required(1)
        let number = String(appeals.count + 1)
        let appeal = "01995c3a-0000-7000-8000-" + String(repeating: "0", count: 12 - number.count) + number
        appeals[letter] = appeal
        try act(
            "appeal.registered",
            appeal,
            Person.registrar,
            Self.registration(index: "К-\(number)"),
            Self.applicant
        )
        guard words.value("to") != nil, let state = try atOffice(appeal) else { return }
        try assign(appeal, state, words)
    }

    static func registration(index: String) -> JSONObject {
        [
            "index": .string(index), "registeredOn": "2026-02-02", "receivedAt": "2026-02-02T04:30:00+02:00",
            "channel": "mayorPhone", "addressee": "mayor", "kind": "application", "receiptSign": "first",
            "subjectType": "individual", "issues": [["heading": "090"]],
            "due": [
                "statutory": "2026-03-03", "control": "2026-03-03", "cap": "2026-03-20", "basis": "month",
                "calendar": "2026-1",
            ],
        ]
    }

    static let applicant: JSONObject = [
        "text": "Яма на дорозі", "name": "Коваленко", "address": "вул. Миру, 1", "phones": ["+380670000001"],
    ]

    /// A resolution that takes every open assignment away and gives the appeal to one main executor, perhaps with another.
    private func assign(
        _ appeal: String,
        _ state: Appeals.Aggregate,
        _ words: Words,
        replaces: Bool = false
    ) throws {
        let main = try site(required(words.value("to"), words)).name
        var assignments: [JSON] = [["department": .string(main), "role": "main"]]
        if let co = words.value("with") {
            assignments.append(["department": .string(try site(co).name), "role": "co"])
        }
        let base = opened[appeal] ?? state
        let open = base.entities(with: "state").filter {
            let text = base.register("state@" + $0)?.string ?? ""
            return AssignmentState(rawValue: text)?.isGround == true
        }
        var body: JSONObject = [
            "author": ["user": .string(words.value("by") ?? "mayor"), "role": "leader"],
            "assignments": .array(assignments),
            "supersedes": .array(replaces ? open.map(JSON.string) : []),
        ]
        if state.register("control") == nil { body["onControl"] = true }
        // Made on a screen that was opened before: its base is what that screen showed.
        let shown = opened[appeal].map { opened in
            (open.map { "state@" + $0 } + ["mainExecutor"]).reduce(into: [String: String?]()) { shown, name in
                shown[name] = opened[.registers, name]?.write
            }
        }
        try act("resolution.issued", appeal, Person.specialist, body, ["text": "Виконати"], base: shown)
    }

    /// `complain A about roads`, `about head of roads`, `about mayor`, `about nobody`.
    static func complaint(_ words: Words) throws -> JSONObject {
        guard let party = words.value("about") else { throw Unknown("whom is “\(words.rest)” about?") }
        let parties: [JSON]
        if party == "nobody" {
            parties = []
        } else if let department = words.value("of") {
            parties = [["person": .string("\(party)-\(department)")]]
        } else if party == "mayor" {
            parties = [["person": "mayor"]]
        } else {
            parties = [["department": .string(party)]]
        }
        return ["fields": [Complaint.register: .array(parties)]]
    }

    private func correct(_ appeal: String, _ words: Words) throws {
        let (register, body, personal) = try Self.correction(words)
        try act(
            "appeal.corrected",
            appeal,
            Person.registrar,
            body,
            personal,
            base: opened[appeal].map { [register: $0[.registers, register]?.write] }
        )
    }

    /// `correct A REGISTER TEXT`: the register, and what the operation says in the part where it belongs.
    static func correction(_ words: Words) throws -> (register: String, body: JSONObject, personal: JSONObject?) {
        let register = try words.required(2)
        let fields: JSONObject = [
            "fields": .object(JSONObject(members: [(register, .string(words.after(3).rest))]))
        ]
        return Policy.register(register)?.personal == true ? (register, [:], fields) : (register, fields, nil)
    }

    private func erase(_ appeal: String) throws {
        try act("appeal.erased", appeal, Person.administrator, ["reason": "за рішенням"])
        city.ledger.erased.insert(appeal)
    }

    func assignment(of department: String?, _ state: Appeals.Aggregate) throws -> String {
        let name = try site(department ?? "").name
        guard let newest = newestAssignment(of: name, state) else { throw Unknown("\(name) has no assignment") }
        return newest
    }

    /// The newest assignment of a department on a card.
    func newestAssignment(of name: String, _ state: Appeals.Aggregate) -> String? {
        let own = state.entities(with: "department").filter { state.register("department@" + $0)?.string == name }
        return own.max {
            (state[.registers, "department@" + $0]?.commit ?? 0) < (state[.registers, "department@" + $1]?.commit ?? 0)
        }
    }

    func required(_ word: String?, _ words: Words) throws -> String {
        guard let word else { throw Unknown("“\(words.rest)” lacks a word") }
        return word
    }

    private func act(
        _ kind: String,
        _ appeal: String?,
        _ person: (user: String, role: String),
        _ body: JSONObject,
        _ personal: JSONObject? = nil,
        base: [String: String?]? = nil
    ) throws {
        try attempt("office") {
            _ = try city.office.act(now: city.now) { _ in
                var draft = Draft(
                    kind: kind,
                    appeal: appeal,
                    actor: Actor(user: person.user, role: person.role),
                    body: body,
                    personal: personal
                )
                draft.base = base
                return draft
            }
        }
    }
}

import Appeals
import CanonicalJSON

/// What an operation writes, by DESIGN.md "Life of an appeal"; of a few acts that decide about others nothing is said
/// here (nil): what became of those is looked up, not foretold.
enum Wrote {
    case register(String, JSON)
    /// A fact of this full name (`answer@…`), to which the write is added.
    case fact(String)
    /// The settlement of a conflict, whatever the bases.
    case settled(conflict: String, register: String, value: JSON?)

    /// Nil where the words alone do not tell.
    static func by(_ operation: Operation, on file: CaseFile, today: String) -> [Wrote]? {
        let body = operation.body
        let assignment = body["assignment"]?.string ?? ""
        let version = body["version"] ?? .null
        func state(_ state: String) -> Wrote { .register("state@" + assignment, .string(state)) }
        switch operation.kind {
        case "appeal.registered": return registered(operation)
        case "resolution.issued": return resolution(operation, today)
        case "appeal.corrected":
            let fields = [body["fields"], operation.personal?["fields"]].flatMap { $0?.object?.members ?? [] }
            return fields.map { .register($0.key, $0.value) }
        case "contact.added":
            let contacts = [("phone", "contact.phone"), ("email", "contact.email")]
                .compactMap { field, register in operation.personal?[field].map { (register, $0) } }
            let typed = operation.personal?["phoneTyped"].map {
                Wrote.register("contact.phoneTyped@\(operation.write)/1", $0)
            }
            return contacts.enumerated().map {
                .register("\($0.element.0)@\(operation.write)/\($0.offset + 1)", $0.element.1)
            } + [typed].compactMap(\.self)
        case "note.added": return [.fact("note")]
        case "assignment.accepted":
            let person = body["person"].map { Wrote.register("person@" + assignment, $0) }
            return [state("accepted")] + [person].compactMap(\.self)
        case "assignment.declined": return [state("declined"), .fact("decline@" + assignment)]
        case "assignment.recalled":
            let isMain = file.text("mainExecutor") == assignment
            return [
                state("recalled"), .register("ended@" + assignment, .string(today)), .fact("recall@" + assignment),
            ] + (isMain ? [.register("mainExecutor", .null)] : [])
        case "person.assigned": return [.register("person@" + assignment, body["person"] ?? .null)]
        case "answer.drafted": return [.fact("answer@" + assignment)]
        case "answer.approved":
            return [.register("answer@" + assignment, version), .fact("approval@" + assignment)]
        case "answer.submitted": return [state("submitted"), .fact("submission@" + assignment)]
        case "answer.accepted":
            let answer = file.factValue("answer@\(assignment) \(version.string ?? "")")
            let isFinal = answer?["final"]?.bool ?? true
            return [state(isFinal ? "done" : "accepted"), .fact("review@" + assignment)]
                + (isFinal ? results(assignment, version, file) : [])
        case "answer.returned":
            let round = file.register("round@" + assignment)?.value.integer ?? 1
            return [
                state("returned"), .register("round@" + assignment, .integer(round + 1)), .fact("review@" + assignment),
            ]
        case "answer.dispatched": return [.fact("dispatch@" + assignment)]
        case "feedback.recorded": return [.fact("feedback@" + assignment)]
        case "document.recorded": return [.fact("document@" + assignment)]
        case "term.extended":
            return [
                .register("due.statutory", body["statutory"] ?? .null),
                .register("due.control", body["control"] ?? .null),
                .register("due.calendar", body["calendar"] ?? .null), .fact("extension"),
            ]
        case "receipt.corrected": return receipt(body)
        case "conflict.settled": return settled(body, file)
        default: return onControl(operation.kind, body, file, today)
        }
    }

    /// The time of receipt, and what follows from it.
    private static func receipt(_ body: JSONObject) -> [Wrote] {
        let due = body["due"]?.object?.members ?? []
        return [
            .register("receivedAt", body["receivedAt"] ?? .null),
            .register("registeredOn", body["registeredOn"] ?? .null), .fact("receiptCorrection"),
        ] + due.map { .register("due." + $0.key, $0.value) }
    }

    /// Control, and ends without a department.
    private static func onControl(_ kind: String, _ body: JSONObject, _ file: CaseFile, _ today: String) -> [Wrote]? {
        switch kind {
        case "control.removed":
            return [
                .register("control", "removed"), .register("removedOn", .string(today)), .fact("removal"),
            ]
        case "control.put": return [.register("control", "onControl"), .fact("controlPut")]
        case "control.returned":
            let ended = file.text("endedAs") == nil ? [] : [Wrote.register("endedAs", .null)]
            return [.register("control", "onControl"), .register("removedOn", .null), .fact("controlReturn")] + ended
        case "appeal.forwarded", "appeal.returned", "appeal.notConsidered", "appeal.withdrawn", "appeal.explained",
            "appeal.concluded":
            return ended(String(kind.dropFirst("appeal.".count)), body, file, today)
        default: return nil
        }
    }

    /// A register for each field, entities in the order of the body.
    private static func registered(_ operation: Operation) -> [Wrote] {
        let body = operation.body, personal = operation.personal ?? JSONObject()
        var wrote: [Wrote] = [.register("home", .string(operation.origin.node))]
        let plain: Set<String> = ["salt", "issues", "due"]
        for (name, value) in body.members where !plain.contains(name) { wrote.append(.register(name, value)) }
        for (name, value) in body["due"]?.object?.members ?? [] { wrote.append(.register("due." + name, value)) }
        for name in ["name", "address", "workplace", "category", "socialStatus", "sex"] {
            if let value = personal[name] { wrote.append(.register("applicant." + name, value)) }
        }
        if let text = personal["text"] { wrote.append(.register("text", text)) }
        var place = 0
        for issue in body["issues"]?.array ?? [] {
            place += 1
            let entity = "\(operation.write)/\(place)"
            wrote.append(.register("issue@" + entity, .integer(Int64(place))))
            for name in ["heading", "district"] {
                if let value = issue[name] { wrote.append(.register("\(name)@\(entity)", value)) }
            }
            for (list, name) in [("questions", "question"), ("problemAddresses", "problemAddress")] {
                let texts = personal[list]?.array ?? []
                if texts.indices.contains(place - 1) { wrote.append(.register("\(name)@\(entity)", texts[place - 1])) }
            }
        }
        for (list, name) in [("phones", "contact.phone"), ("emails", "contact.email")] {
            let typed = list == "phones" ? personal["phonesTyped"]?.array ?? [] : []
            for (at, value) in (personal[list]?.array ?? []).enumerated() {
                place += 1
                wrote.append(.register("\(name)@\(operation.write)/\(place)", value))
                guard typed.indices.contains(at), typed[at] != value else { continue }
                wrote.append(.register("contact.phoneTyped@\(operation.write)/\(place)", typed[at]))
            }
        }
        return wrote
    }

    /// What ends, then what begins.
    private static func resolution(_ operation: Operation, _ today: String) -> [Wrote] {
        let body = operation.body
        var wrote: [Wrote] = [.fact("resolution")]
        for old in (body["supersedes"]?.array ?? []).compactMap(\.string) {
            wrote.append(.register("state@" + old, "superseded"))
            wrote.append(.register("ended@" + old, .string(today)))
        }
        for (place, assignment) in (body["assignments"]?.array ?? []).enumerated() {
            let entity = "\(operation.write)/\(place + 1)"
            for name in ["department", "role", "issues", "term"] {
                if let value = assignment[name] { wrote.append(.register("\(name)@\(entity)", value)) }
            }
            wrote.append(.register("state@" + entity, "issued"))
            wrote.append(.register("round@" + entity, 1))
            wrote.append(.register("resolution@" + entity, .string(operation.write.description)))
            if assignment["role"]?.string == "main" { wrote.append(.register("mainExecutor", .string(entity))) }
        }
        if body["onControl"]?.bool == true { wrote.append(.register("control", "onControl")) }
        for (name, value) in body["due"]?.object?.members ?? [] { wrote.append(.register("due." + name, value)) }
        return wrote
    }

    /// The results of issues that were given to an executor are those of its accepted final answer (C20).
    private static func results(_ assignment: String, _ version: JSON, _ file: CaseFile) -> [Wrote] {
        guard let answer = file.factValue("answer@\(assignment) \(version.string ?? "")") else { return [] }
        var named: [String: JSON] = [:]
        for entry in answer["results"]?["issues"]?.array ?? [] {
            if let issue = entry["issue"]?.string, named[issue] == nil { named[issue] = entry["result"] }
        }
        func given(_ entity: String) -> Set<String> {
            Set((file.register("issues@" + entity)?.value.array ?? []).compactMap(\.string))
        }
        let isMain = file.text("role@" + assignment) == "main"
        let answered = file.entities("role").filter {
            file.text("role@" + $0) == "co" && file.text("state@" + $0) == "done"
        }.reduce(into: Set()) { $0.formUnion(given($1)) }
        let own = given(assignment)
        return file.entities("issue").filter { issue in
            isMain ? !answered.contains(issue) : own.contains(issue)
        }.compactMap { issue in (named[issue] ?? answer["result"]).map { .register("result@" + issue, $0) } }
    }

    /// Off control at once, each issue with the result that the law has for it.
    private static func ended(_ how: String, _ body: JSONObject, _ file: CaseFile, _ today: String) -> [Wrote] {
        let result: JSON? = how == "withdrawn" ? nil : how == "concluded" ? body["result"] : .string(how)
        let results =
            result.map { result in
                file.entities("issue").map { Wrote.register("result@" + $0, result) }
            } ?? []
        return results + [
            .register("control", "removed"), .register("removedOn", .string(today)),
            .register("endedAs", .string(how)), .fact("ending"),
        ]
    }

    private static func settled(_ body: JSONObject, _ file: CaseFile) -> [Wrote] {
        let name = body["conflict"]?.string ?? ""
        guard let value = file.beside(name) else { return [] }
        let takes = body["choice"]?.string == "take"
        return [.settled(conflict: name, register: Holding.parted(name).full, value: takes ? value : nil)]
    }
}

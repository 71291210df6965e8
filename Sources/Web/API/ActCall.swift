import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// One act that a program asks for: under a key or not, on the ground of a card or of what the node shows.
struct ActCall {
    private let endpoint: Endpoint
    private let given: Given
    private let call: WebCall

    init(_ endpoint: Endpoint, _ given: Given, _ call: WebCall) {
        self.endpoint = endpoint
        self.given = given
        self.call = call
    }

    /// Does it, or answers again what was done under the same key.
    func answer() throws -> WebReply {
        let key = try AskedKey(endpoint, given, call)
        if let key, let record = try key.done() { return try repeated(record) }
        let asking = Asking(command: key?.uuid, shown: try shown())
        let result = try API.run(endpoint, given.arguments, call.context(asking), call.language)
        if let key { try key.keep(result.json) }
        return try told(result.json)
    }

    /// What the card showed on which the program acts, by `If-Match`; nil without one.
    private func shown() throws -> [String: String]? {
        guard let header = call.request.header("if-match") else { return nil }
        guard let input = endpoint.card, let name = given.arguments[input.name]?.string else {
            throw Problem([
                Fault(
                    path: "/If-Match",
                    code: "notOnCard",
                    reason: Sentence(uk: "ця дія не стосується картки", en: "this act is not on a card")
                )
            ])
        }
        let card = try call.desk.read { reading in
            input.type == .appeal
                ? try call.desk.shownAppeal(name, reading) : try call.desk.openCase(name, reading).appeal
        }
        guard let mark = CardTag.mark(in: header), let shown = CardMark.writes(mark, of: card) else {
            throw Problem([
                Fault(
                    path: "/If-Match",
                    code: "wrongTag",
                    reason: Sentence(
                        uk: "це не `ETag` картки цього звернення",
                        en: "this is no `ETag` of this appeal's card"
                    ),
                    remedy: Sentence(
                        uk: "Прочитайте картку: \(.toDo(.appealShow))",
                        en: "Read it: \(.toDo(.appealShow))"
                    )
                )
            ])
        }
        return shown
    }

    // MARK: what came of it

    /// The answer of an act that was just done.
    private func told(_ json: JSON) throws -> WebReply {
        guard var object = json.object else { return API.reply(json) }
        if let error = object["error"] { throw Problem(told: error) }
        // What to type next is for the terminal.
        object["next"] = nil
        return try outcome(object)
    }

    /// An outcome that the rules refused is a problem, though an operation tells of it; what waits or clashes is done.
    private func outcome(_ object: JSONObject) throws -> WebReply {
        guard let status = object["outcome"]?.string.flatMap(OutcomeStatus.init), [.refused, .erased].contains(status)
        else { return API.reply(.object(object)) }
        let reason = object["reason"]?.string.flatMap(Reason.init)
        let error =
            reason.map { DeskError(Refusal($0, path: object["path"]?.string ?? "")) }
            ?? DeskError(.failed, "refused", uk: "не прийнято", en: "not accepted")
        var problem = Problem(error, at: endpoint)
        if let path = object["path"]?.string, let pointer = endpoint.pointed(path) {
            problem.faults = [Fault(path: pointer, code: error.code, reason: error.message, remedy: error.remedy)]
        }
        if status == .erased { problem = problem.with(status: 410) }
        problem.members = object
        problem.members["reason"] = nil
        problem.members["path"] = nil
        throw problem
    }

    /// The answer of what was done before under the same key, by what its author may know of it today.
    private func repeated(_ record: OperationRecord) throws -> WebReply {
        var object: JSONObject = [
            "schemaVersion": 1, "write": .string("\(record.origin):\(record.number)"), "repeated": true,
        ]
        let outcome = record.outcome.flatMap { Outcome(line: $0) }
        object["outcome"] = .string(record.status?.rawValue ?? "saved")
        if let outcome {
            object["commit"] = .integer(outcome.commit)
            object["reason"] = outcome.reason.map { .string($0.rawValue) }
            if !outcome.path.isEmpty { object["path"] = .string(outcome.path) }
            if !outcome.flags.isEmpty { object["flags"] = .array(outcome.flags.map(JSON.string)) }
        }
        if let appeal = record.appeal, record.status != .refused || record.kind != "appeal.registered" {
            let card = try call.desk.read { try call.desk.shownAppeal(appeal, $0) }
            object["appeal"] = .string(appeal)
            if !card.index.isEmpty { object["registrationIndex"] = .string(card.index) }
        }
        return try self.outcome(object)
    }
}

extension Problem {
    /// The same with another status.
    fileprivate func with(status: Int) -> Problem {
        Problem(status: status, code: code, detail: detail, remedy: remedy, faults: faults, members: members)
    }

    /// Of a refusal that a command told as its result: a register whose rows cannot be read.
    fileprivate init(told error: JSON) {
        func sentence(_ name: String) -> Sentence {
            Sentence(Label(uk: error[name]?["uk"]?.string ?? "", en: error[name]?["en"]?.string ?? ""))
        }
        var members = error.object ?? JSONObject()
        for name in ["code", "exit", "message", "remedy"] { members[name] = nil }
        let exit = error["exit"]?.integer.flatMap { Int32(exactly: $0) }.flatMap(ExitCode.init)
        self.init(
            status: exit == .usage ? 422 : exit == .notFound ? 404 : exit == .permission ? 403 : 409,
            code: error["code"]?.string ?? "failed",
            detail: sentence("message"),
            remedy: sentence("remedy"),
            members: members
        )
    }
}

extension Endpoint {
    /// The pointer of a path in an operation; nil if no input goes there.
    fileprivate func pointed(_ path: String) -> String? {
        let pointer = pointer(path)
        return pointer.isEmpty ? nil : pointer
    }
}

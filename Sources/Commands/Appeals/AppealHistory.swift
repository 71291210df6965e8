import Appeals
import CanonicalJSON
import Desk
import Replication

/// `appeal history`: the operations on an appeal with what became of each.
extension Commands {
    static let appealHistory = Command(
        "appeal history",
        uk: "Показати, хто що зробив зі зверненням",
        en: "Show who did what to an appeal",
        operands: [.appeal],
        options: [.reader, .limit, .after],
        example: "kartoteka appeal history К-101"
    ) { call in
        let limit = try call.limit()
        let after = min(try call.numberMark(), 1_000_000)
        return try call.desk.read { reading in
            let id = try call.desk.find(try call.required("appeal"), reading)
            let records = try reading.operations(appeal: id, skipping: after, limit: limit + 1)
            let isKnown = try !records.isEmpty || !reading.operations(appeal: id, limit: 1).isEmpty
            guard try isKnown || call.desk.shown(id, reading) != nil else {
                throw Desk.unknown(id, wasHere: try reading.stub(id) != nil)
            }
            let page = records.prefix(limit)
            let told = page.map { ToldOperation($0) }
            var members: JSONObject = ["id": .string(id), "operations": .array(told.map(\.json))]
            var lines = told.map { $0.line(call) }
            if lines.isEmpty { lines = [call.say("Дій більше немає.", "There are no more operations.")] }
            if !call.isOffice, after == 0, let shown = try call.desk.shown(id, reading) {
                let facts = AppealCard(call: call, shown: shown, reading: reading).facts()
                members["facts"] = .array(facts.map(\.json))
                lines =
                    lines.titled(call.say("Дії цього вузла", "This node's operations"))
                    + facts.map { "  " + $0.line(call) }.titled(call.say("Факти", "Facts"))
            }
            if records.count > limit {
                members["next"] = .string(String(after + limit))
                lines.append(call.say("Далі: ", "Next page: ") + "--after \(after + limit)")
            }
            return CommandResult(members, lines: lines)
        }
    }
}

/// One operation of a log, as histories and explanations tell it.
struct ToldOperation {
    let record: OperationRecord
    let user: String
    let role: String
    let outcome: Outcome?

    init(_ record: OperationRecord) {
        self.record = record
        // What was erased has no bytes left; its place in the log still tells that it was.
        let envelope = (try? JSON(parsing: record.bytes, limits: Limits.operationJSON))?["operation"]
        user = envelope?["actor"]?["user"]?.string ?? ""
        role = envelope?["actor"]?["role"]?.string ?? ""
        outcome = record.outcome.flatMap { Outcome(line: $0) }
    }

    var write: String { "\(record.origin):\(record.number)" }

    var json: JSON {
        var object: JSONObject = [
            "write": .string(write), "kind": .string(record.kind), "node": .string(record.origin.node),
            "user": .string(user),
            "role": .string(role), "at": .string(KyivTime.rfc3339(record.at) ?? ""),
            "outcome": .string(record.status?.rawValue ?? "saved"),
            "commit": .integer(record.commit),
        ]
        if let reason = outcome?.reason { object["reason"] = .string(reason.rawValue) }
        if let path = outcome?.path, !path.isEmpty { object["path"] = .string(path) }
        if let decision = record.decision { object["decision"] = .string(decision.rawValue) }
        return .object(object)
    }

    func line(_ call: Call) -> String {
        var line = ""
        if let at = KyivTime.moment(at: record.at) {
            line += call.say(at.date.ukrainianNumbers, at.date.description) + " \(at.time) "
        }
        line += call.say(Wording.kind(record.kind)) + " — \(user) (\(role), \(record.origin.node)): "
        line += status(call)
        return line + "  [\(write)]"
    }

    func status(_ call: Call) -> String {
        guard let status = record.status else { return call.say("ще не передано", "not sent yet") }
        var text = call.outcome(status, outcome?.reason, path: outcome?.path ?? "")
        switch record.decision {
        case .adopted: text += call.say(" → прийнято рішенням", " → adopted")
        case .declined: text += call.say(" → відхилено рішенням", " → declined")
        case .dismissed, .reissued, .quarantined, nil: break
        }
        return text
    }
}

import Appeals
import CanonicalJSON
import Desk

/// `appeal history`: the operations on an appeal with what became of each.
extension Commands {
    static let appealHistory = Command(.appealHistory) { call in
        let limit = try call.limit()
        let after = try call.numberMark()
        let history = try call.desk.history(try call.required("appeal"), after: after, limit: limit)
        var members: JSONObject = ["id": .string(history.id), "operations": .array(history.operations.map(\.whole))]
        var lines = history.operations.map { $0.line(call, history.names, saysWhy: true) }
        if lines.isEmpty { lines = [call.say("Дій більше немає.", "There are no more operations.")] }
        if let facts = history.facts {
            members["facts"] = .array(facts.map(\.json))
            lines =
                lines.titled(call.say("Дії цього вузла", "This node's operations"))
                + facts.map { "  " + $0.line(call, history.names) }.titled(call.say("Факти", "Facts"))
                + (history.outcomes ?? []).map { "  " + $0.line(call, history.names) }
                .titled(call.say("Вирішено", "Settled"))
        }
        if let next = history.next {
            members["next"] = .string(String(next))
            lines.append(call.say("Далі: ", "Next page: ") + "--after \(next)")
        }
        return CommandResult(members, lines: lines)
    }
}

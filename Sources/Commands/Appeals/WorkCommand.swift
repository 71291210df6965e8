import Appeals
import CanonicalJSON
import Desk
import Replication

/// `work`: what is to be done by whoever asks.
extension Commands {
    static let workCommand = Command(.work) { call in
        let state = try call.desk.work(first: Int(call.arguments["limit"]?.integer ?? 3))
        let members: JSONObject = [
            "lists": .array(state.lists.map { $0.json(today: call.today) }),
            "unread": .array(state.unread.map { $0.json(today: call.today) }),
        ]
        var lines = state.lists.filter { $0.count > 0 }.flatMap { list in
            list.list == .unread
                ? ["\(call.say(list.list.label)): \(list.count)"] + state.unread.flatMap { $0.lines(call) }
                : list.lines(call)
        }
        if lines.isEmpty { lines = [call.say("У цих списках роботи немає.", "These lists of work are empty.")] }
        return CommandResult(members, lines: lines)
    }
}

extension WorkState.Counted {
    func json(today: CivilDate) -> JSON {
        [
            "list": .string(list.rawValue), "count": .integer(count),
            "appeals": .array(first.map { $0.json(today: today) }),
        ]
    }

    fileprivate func lines(_ call: Call) -> [String] {
        var lines = ["\(call.say(list.label)): \(count)"]
        // The header is that of the list, which is one command away.
        lines += first.lines(call, indented: 2).dropFirst().map { "  " + $0 }
        if count > first.count { lines.append("  " + call.say("Усі: ", "All: ") + list.command(as: call.text("as"))) }
        return lines
    }
}

extension WorkList {
    /// The command that shows all of it.
    func command(as user: String?) -> String {
        if self == .decisions { return "kartoteka conflict list" }
        return "kartoteka appeal list --list \(rawValue)" + (user.map { " --as \($0)" } ?? "")
    }
}

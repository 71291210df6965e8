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
                : list.lines(call, list.list == .decisions ? state.decisions?.lines(call) : nil)
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

    /// Its count, its first appeals (or what is shown in their place) and how to see all.
    fileprivate func lines(_ call: Call, _ shown: [String]?) -> [String] {
        var lines = ["\(call.say(list.label)): \(count)"]
        if let shown {
            return lines + shown.map { "  " + $0 } + [
                "  " + call.say("Усі: ", "All: ") + list.command(as: call.text("as"))
            ]
        }
        // The header is that of the list, which is one command away.
        lines += first.lines(call, indented: 2).dropFirst().map { "  " + $0 }
        if count > first.count { lines.append("  " + call.say("Усі: ", "All: ") + list.command(as: call.text("as"))) }
        return lines
    }
}

extension CasePage {
    /// Each case with who decides it and by when.
    func lines(_ call: Call) -> [String] {
        cases.flatMap { [$0.line(call, names)] + (deciders[$0.id].map { [$0.line(call)] } ?? []) }
    }
}

extension WorkList {
    /// The command that shows all of it.
    func command(as user: String?) -> String {
        if self == .decisions { return "kartoteka conflict list" }
        return "kartoteka appeal list --list \(rawValue)" + (user.map { " --as \($0)" } ?? "")
    }
}

import Appeals
import CanonicalJSON
import Desk
import Replication

/// Where changes are, for machines and for people.
extension OperationPath {
    var json: JSON {
        var object = operation.json.object ?? JSONObject()
        object["steps"] = .array(steps.map { ["step": .string($0.name), "done": .bool($0.isDone)] })
        return .object(object)
    }

    func lines(_ call: Call) -> [String] {
        [operation.line(call, names)] + steps.map { ($0.isDone ? "  ✓ " : "  … ") + call.say($0.label) }
    }
}

extension AppealPaths {
    var json: JSONObject {
        var members: JSONObject = ["id": .string(id), "operations": .array(operations.map(\.json))]
        if keptAfterLeaving != nil { members["left"] = .bool(true) }
        if let holders { members["holders"] = .array(holders.map { .string($0.stream) }) }
        if let commit { members["commit"] = .integer(commit) }
        return members
    }

    func lines(_ call: Call) -> [String] {
        var lines: [String] = []
        if let keptAfterLeaving {
            lines.append(
                call.say(
                    "Звернення вибуло з цього вузла; ще зберігаються власні дії: ",
                    "The appeal left this node; own operations kept: "
                ) + "\(keptAfterLeaving)"
            )
        }
        lines += operations.flatMap { $0.lines(call) }
        if let holders {
            let list = Set(holders.map { names.department(Space.reader(of: $0.stream)) }).sorted()
            lines.append(
                call.say("Є в підрозділів: ", "Departments that have it: ")
                    + (list.isEmpty ? "—" : list.joined(separator: ", "))
            )
        }
        if let commit {
            lines.append(
                call.say("Підтверджений стан — за рішенням Центру № ", "The confirmed state is as of decision ")
                    + "\(commit)"
            )
        }
        return lines
    }
}

import Appeals
import CanonicalJSON
import Desk
import Replication

extension ToldOperation {
    var json: JSON {
        var object: JSONObject = [
            "write": .string(write), "kind": .string(kind), "node": .string(node), "user": .string(user),
            "role": .string(role), "at": .string(KyivTime.rfc3339(at) ?? ""),
            "outcome": .string(status?.rawValue ?? "saved"), "commit": .integer(commit),
        ]
        if let reason { object["reason"] = .string(reason.rawValue) }
        if !path.isEmpty { object["path"] = .string(path) }
        if let decision { object["decision"] = .string(decision.rawValue) }
        if !flags.isEmpty { object["flags"] = .array(flags.map(JSON.string)) }
        return .object(object)
    }

    /// The same with what was chosen and why: words of the act, for who may read the appeal.
    var whole: JSON {
        var object = json.object ?? JSONObject()
        object["choice"] = choice.map(JSON.string)
        if !why.isEmpty { object["why"] = .string(why) }
        return .object(object)
    }

    func line(_ call: Call, _ names: PrintedNames = .none, saysWhy: Bool = false) -> String {
        var line = ""
        if let at = KyivTime.moment(at: at) {
            line += call.say(at.date.ukrainianNumbers, at.date.description) + " \(at.time) "
        }
        line +=
            call.say(Wording.kind(kind))
            + " — \(names.person(user)) (\(call.say(Wording.roleOfPerson(role))), \(node)): "
        line += outcome(call)
        if saysWhy, let decider, decider.user != user {
            line += call.say("; рішення: ", "; decided by ") + decider.text(call, names)
        }
        if saysWhy, let choice { line += "; " + call.say(Wording.choice(choice)) }
        if saysWhy, !why.isEmpty { line += call.say("; причина: ", "; reason: ") + why }
        for flag in flags { line += " [" + call.say(Wording.flag(flag)) + "]" }
        return line + (call.isVerbose ? "  [\(write)]" : "")
    }

    private func outcome(_ call: Call) -> String {
        guard let status else { return call.say("ще не передано", "not sent yet") }
        var text = call.outcome(status, reason, path: path)
        switch decision {
        case .adopted: text += call.say(" → прийнято рішенням", " → adopted")
        case .declined: text += call.say(" → відхилено рішенням", " → declined")
        case .dismissed, .reissued, .quarantined, nil: break
        }
        return text
    }
}

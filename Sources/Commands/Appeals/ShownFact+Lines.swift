import Appeals
import CanonicalJSON
import Desk

extension ShownFact {
    /// Fields of a fact that its line tells, in this order; `final` and `accepted` are told in words of their own.
    package static let told = [
        "as", "ground", "register", "to", "channel", "how", "document", "number", "date", "receivedAt", "result",
        "statutory",
        "reason", "basis",
        "note", "words", "text", "suggested",
    ]

    var json: JSON {
        var object = item.value.object ?? JSONObject()
        object["fact"] = .string(name.kind)
        object["write"] = .string(name.write)
        if !breaches.isEmpty { object["flag"] = .string(StatedDate.flag) }
        if let entity = name.entity { object["about"] = .string(entity) }
        return .object(object)
    }

    /// `14.05.2026 Редакція відповіді (petrenko, zhkg): текст`.
    ///
    /// A decision that somebody else entered names first who decided, in which role, and as whose substitute.
    func line(_ call: Call, _ names: PrintedNames = .none) -> String {
        var line = call.say(Wording.fact(name.kind))
        if let decider { line += " — " + decider.text(call, names) }
        if let author {
            let who = "\(names.person(author.user)), \(author.node)"
            let isOther = decider.map { $0.user != author.user } ?? false
            line += " (" + (isOther ? call.say("записав: ", "recorded by ") : "") + who + ")"
        }
        let wording = ValueWording(language: call.language)
        let values = Self.told.compactMap { key in item.value[key].map { wording.text(key, $0) } }.filter {
            !$0.isEmpty
        }
        if !values.isEmpty { line += ": " + values.joined(separator: "; ") }
        if item.value["final"]?.bool == false { line += call.say(" [проміжна]", " [preliminary]") }
        if item.value["accepted"]?.bool == false { line += call.say(" [повернуто]", " [returned]") }
        if item.value["late"]?.bool == true {
            line += call.say(" [після закінчення доручення]", " [after the assignment ended]")
        }
        if item.value[StatedDate.lateFlag]?.bool == true {
            line += " [" + call.say(Wording.flag(StatedDate.lateFlag)) + "]"
        }
        for breach in breaches {
            line += call.say(" [сумнівно: ", " [doubtful: ") + call.say(breach.label(kind: Self.kind(name, item))) + "]"
        }
        if let at = at.flatMap({ KyivTime.moment(at: $0) }) {
            line = call.say(at.date.ukrainianNumbers, at.date.description) + " \(at.time) " + line
        }
        if name.kind == "answer", call.isVerbose { line += " (\(name.write))" }
        return line
    }
}

extension Decider {
    /// `В. о. Гриценко (керівник міста; на підставі: наказ № 5 (з 01.12.2026 до 14.12.2026))`.
    func text(_ call: Call, _ names: PrintedNames) -> String {
        let role = role.map { call.say(Wording.roleOfPerson($0)) }
        let basis = substitution.map { call.say("на підставі: ", "by ") + call.say($0.label) }
        let more = [role, basis].compactMap(\.self).joined(separator: "; ")
        return names.person(user) + (more.isEmpty ? "" : " (\(more))")
    }
}

import Appeals
import CanonicalJSON
import Desk

extension OpenCase {
    /// `petrenko (zhkg)`; empty if nothing tells.
    private var who: String { who(.none) }
    private func who(_ names: PrintedNames) -> String {
        author.map { "\(names.person($0.user)) (\(names.department($0.node)))" } ?? ""
    }

    func json(_ call: Call, _ deciders: CaseDeciders?) -> JSON {
        var object: JSONObject = [
            "id": .string(id), "appeal": .string(appeal), "section": .string(section.rawValue), "name": .string(name),
            "rule": .string(rule),
            "who": .string(who), "choices": .array(choices.map(JSON.string)),
            "details": .array(details(call).map(JSON.string)),
        ]
        object["since"] = since.flatMap { KyivTime.rfc3339($0) }.map(JSON.string)
        if let deciders {
            object["decides"] = [
                "node": .string(deciders.node), "roles": .array(deciders.roles.map(JSON.string)),
                "people": .array(deciders.people.map(JSON.string)),
            ]
            object["until"] = deciders.term.map { .string($0.description) }
        }
        return .object(object)
    }

    func line(_ call: Call, _ names: PrintedNames = .none) -> String {
        let who = who(names)
        var line = "\(id)  \(rule == "held" ? "" : rule + " ")" + call.say(Wording.rule(rule))
        if !who.isEmpty { line += " — " + who }
        if let since { line += ", " + call.ago(since) }
        let words = choices.map { call.say(Wording.choice($0)) }.joined(separator: call.say(" або ", " or "))
        return line + (choices.isEmpty ? "" : call.say("; варіанти: ", "; choices: ") + words)
    }

    /// What stands against what, a line each.
    func details(_ call: Call, _ names: PrintedNames = .none) -> [String] {
        switch matter {
        case .values(let register, let inForce, let other):
            let wording = ValueWording(language: call.language)
            func text(_ value: JSON?) -> String { value.map { wording.text(register, $0) } ?? "—" }
            return [
                call.say(Wording.register(register)) + ":",
                call.say("  чинне (keep): ", "  in force (keep): ") + text(inForce),
                call.say("  інше (take): ", "  other (take): ") + text(other),
            ]
        case .disagreement(let assignment, let facts, let work):
            let about = assignment.map {
                call.say("Доручення: ", "Assignment: ") + names.department($0.department)
                    + (call.isVerbose ? " (\($0.entity))" : "")
            }
            return (about.map { [$0] } ?? []) + facts.map { "  " + $0.line(call, names) }
                + work.flatMap { $0.lines(call, names) }
        case .held(let work): return work.lines(call, names) + (call.isVerbose ? ["  " + work.write] : [])
        }
    }
}

extension HeldWork {
    /// Why it waits, what it says, and to whom it would give the appeal.
    func lines(_ call: Call, _ names: PrintedNames) -> [String] { ["  " + line(call)] + words(call, names) }

    /// What it says, and to whom it would give the appeal.
    func words(_ call: Call, _ names: PrintedNames) -> [String] {
        let given = gives.map { "\(names.department($0.department)) (\(call.say(Wording.role($0.role))))" }
        return facts.map { "    " + $0.line(call, names) }
            + (given.isEmpty
                ? [] : ["    " + call.say("Доручає: ", "Gives it to: ") + given.joined(separator: ", ")])
    }

    /// `Відповідь подано на перевірку (очікує): причина`.
    func line(_ call: Call) -> String {
        let cause = reason.map { call.say($0.ukrainian, $0.english) } ?? ""
        return call.say(Wording.kind(kind)) + call.say(" (очікує): ", " (waits): ") + cause
    }
}

extension CaseDeciders {
    /// `    Вирішує Центр (реєстратор): Коваль; до 15.05.2026`.
    func line(_ call: Call) -> String {
        let roles = roles.map { call.say(Wording.roleOfPerson($0)) }.joined(separator: ", ")
        var line = "    " + call.say("Вирішує ", "Decides: ") + "\(name) (\(roles))"
        if !people.isEmpty { line += ": " + people.joined(separator: ", ") }
        if let term { line += call.say("; до \(term.ukrainianNumbers)", "; by \(term)") }
        return line
    }
}

import Appeals
import CanonicalJSON
import Desk

extension CardOutcome {
    /// What became of it, and of work that waited what it said: that stands nowhere else if it was declined.
    func lines(_ call: Call, _ names: PrintedNames) -> [String] {
        guard case .held(let work) = matter else { return ["  " + line(call, names)] }
        return ["  " + line(call, names)] + work.words(call, names)
    }

    /// `14.05.2026 10:05 Два працівники змінили те саме поле картки: залишити чинне значення — Коваль: причина`.
    func line(_ call: Call, _ names: PrintedNames) -> String {
        var line = about(call)
        if let choice {
            line += ": " + call.say(Wording.choice(choice))
            if let author { line += " — " + names.person(author.user) + " (\(author.node))" }
            if !reason.isEmpty { line += ": " + reason }
        } else {
            line += call.say(" (само собою)", " (by itself)")
        }
        guard let at = at.flatMap({ KyivTime.moment(at: $0) }) else { return line }
        return call.say(at.date.ukrainianNumbers, at.date.description) + " \(at.time) " + line
    }

    private func about(_ call: Call) -> String {
        switch matter {
        case .rule(let rule): return call.say(Wording.rule(rule))
        case .values(let register, let inForce, let other):
            let wording = ValueWording(language: call.language)
            func text(_ value: JSON?) -> String { value.map { wording.text(register, $0) } ?? "—" }
            return call.say(Wording.register(register)) + call.say(": чинне ", ": in force ") + text(inForce)
                + call.say("; було й інше ", "; there was another ") + text(other)
        case .held(let work): return call.say(Wording.kind(work.kind))
        }
    }
}

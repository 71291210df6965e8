import Appeals
import CanonicalJSON
import Desk

/// A card, for machines.
extension Card {
    var json: JSONObject {
        var object = whole
        if provisional != nil { object["provisional"] = true }
        return object
    }

    private var whole: JSONObject {
        [
            "id": .string(id), "index": .string(index), "state": .string(state.rawValue),
            "registers": .object(Self.typed(registers)), "addresses": .array(addresses.map(\.json)),
            "issues": .array(issues.sorted { $0.id < $1.id }.map { Self.entity($0.id, $0.registers) }),
            "phones": .array(phones.map(\.json)), "emails": .array(emails.map(\.json)),
            "assignments": .array(
                assignments.sorted { $0.assignment.entity < $1.assignment.entity }
                    .map { Self.entity($0.assignment.entity, $0.registers) }
            ),
            "facts": .array(facts.map(\.json)), "conflicts": .array(conflicts.map(\.json)),
            "disagreements": .array(disagreements.map(\.json)), "held": .array(held.map(\.json)),
            "unsent": .array(unsent.map { ["write": .string($0.write), "kind": .string($0.kind)] }),
        ]
    }

    private static func entity(_ id: String, _ registers: JSONObject) -> JSON {
        var object = typed(registers)
        object["id"] = .string(id)
        return .object(object)
    }

    /// Addresses as they were typed; what they mean stands beside.
    private static func typed(_ registers: JSONObject) -> JSONObject {
        var typed = registers
        for (name, value) in registers.members where Policy.register(name)?.isAddress == true {
            typed[name] = Address(value).map { .string($0.typed) } ?? value
        }
        return typed
    }
}

extension CardAddress {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "register": .string(register), "typed": .string(address.typed), "resolved": .bool(address.place != nil),
        ]
        object["issue"] = issue.map(JSON.string)
        guard let place = address.place else { return .object(object) }
        let parts: [(String, String?)] = [
            ("street", place.street), ("house", place.house), ("block", place.block), ("flat", place.flat),
            ("more", place.more), ("district", address.district), ("title", resolved),
        ]
        for (name, part) in parts { object[name] = part.map(JSON.string) }
        return .object(object)
    }

    /// As it was typed, and as the register of streets calls it where that is something else.
    fileprivate func line(_ wording: ValueWording, saysDistrict: Bool) -> String {
        let typed = wording.text(address)
        let isSaid = resolved.map { Sameness.text($0).lowercased() == Sameness.text(typed).lowercased() } ?? true
        let district = saysDistrict ? address.district.map { " (\($0))" } : nil
        return typed + (isSaid ? "" : " → " + (resolved ?? "")) + (district ?? "")
    }
}

extension CardContact {
    fileprivate var json: JSON {
        var object: JSONObject = ["id": .string(id), "value": value]
        if !typed.isEmpty { object["typed"] = .array(typed.map(JSON.string)) }
        return .object(object)
    }

    /// `+380561234567 («056 123-45-67, сусідка»)`.
    fileprivate var text: String? {
        let more = typed.isEmpty ? "" : " (" + typed.map { "«\($0)»" }.joined(separator: ", ") + ")"
        return value.string.map { $0 + more }
    }
}

extension CardItem {
    fileprivate var json: JSON {
        var object = value.object ?? JSONObject()
        object["name"] = .string(name)
        return .object(object)
    }
}

/// A card, for people.
struct CardLines {
    let card: Card
    let call: Call

    func lines() -> [String] {
        var lines = [heading]
        lines += Card.registration.compactMap(line) + recordedBy + Card.applicant.compactMap(line)
        lines += contacts("contact.phone", card.phones) + contacts("contact.email", card.emails)
        lines += Card.rest.compactMap(line)
        if card.hidden.contains("text") { lines.append(title("text") + ": " + hidden) }
        if let text = card.registers["text"]?.string {
            let own = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
            lines += [""] + own + [""]
        }
        lines += card.issues.map(issue) + due()
        lines.append(control)
        lines += card.assignments.flatMap(assignment).titled(call.say("Доручення", "Assignments"))
        lines += card.facts.map { "  " + $0.line(call, card.names) }.titled(call.say("Перебіг", "Course"))
        lines += card.outcomes.flatMap { $0.lines(call, card.names) }.titled(call.say("Вирішено", "Settled"))
        lines += card.cases.flatMap(disputed).titled(call.say("Розбіжності", "Disagreements"))
        lines += card.unsent.map { "  ⇡ " + call.say(Wording.kind($0.kind)) }
            .titled(call.say("Ще не передано", "Not sent yet"))
        return lines
    }

    /// A case; work that waits by itself with what it says, which is nowhere else.
    private func disputed(_ open: OpenCase) -> [String] {
        guard case .held(let work) = open.matter else { return ["  " + open.line(call, card.names)] }
        return ["  " + open.line(call, card.names), "    " + work.line(call)] + work.words(call, card.names)
    }

    private var heading: String {
        call.say("Звернення", "Appeal") + " \(card.title) — "
            + call.say(card.ending?.label ?? Wording.appealState(card.state))
            + (call.isVerbose ? " (\(card.id))" : "")
    }

    private func title(_ register: String) -> String { call.say(Wording.register(register)) }

    private var hidden: String { call.say("приховано", "hidden") }

    private func line(_ register: String) -> String? {
        if card.hidden.contains(register) { return title(register) + ": " + hidden }
        guard let value = card.registers[register] else { return nil }
        if let address = card.addresses.first(where: { $0.register == register && $0.issue == nil }) {
            return title(register) + ": " + address.line(ValueWording(language: call.language), saysDistrict: true)
        }
        if register == "home" { return title(register) + ": " + card.names.department(value.string ?? "") }
        if register == Complaint.register {
            let parties = (value.array ?? []).compactMap { ComplainedAgainst.told($0, card.names) }
            return title(register) + ": " + parties.map { call.say($0) }.joined(separator: ", ")
        }
        return title(register) + ": " + ValueWording(language: call.language).text(register, value)
    }

    private var recordedBy: [String] {
        guard let author = card.recordedBy else { return [] }
        return [call.say("Записав: ", "Recorded by: ") + card.names.person(author.user) + " (\(author.node))"]
    }

    private func contacts(_ register: String, _ contacts: [CardContact]) -> [String] {
        if card.hidden.contains(register) { return [title(register) + ": " + hidden] }
        let values = contacts.compactMap(\.text)
        return values.isEmpty ? [] : [title(register) + ": " + values.joined(separator: ", ")]
    }

    private func issue(_ issue: CardEntity) -> String {
        let wording = ValueWording(language: call.language)
        var parts = Card.ofIssue.compactMap { bare in
            if let address = card.addresses.first(where: { $0.register == bare && $0.issue == issue.id }) {
                return address.line(wording, saysDistrict: issue.registers["district"] == nil)
            }
            return issue.registers[bare].map { wording.text(bare, $0) }
        }.filter { !$0.isEmpty }
        if Card.ofIssue.contains(where: { card.hidden.contains($0 + "@" + issue.id) }) {
            parts.append(call.say("решту приховано", "the rest is hidden"))
        }
        return "\(call.say("Питання", "Issue")) \(issue.number): " + parts.joined(separator: "; ")
    }

    private var control: String {
        let line = title("control") + ": " + call.say(Wording.control(card.registers["control"]?.string))
        return ([line] + [self.line("removedOn")].compactMap(\.self)).joined(separator: "; ")
    }

    private func due() -> [String] {
        func day(_ register: String) -> String? {
            guard let date = card.registers[register]?.string.flatMap({ CivilDate($0) }) else { return nil }
            return title(register) + ": " + call.say(date.ukrainian, date.description)
        }
        guard var line = day("due.statutory") else { return [] }
        if let control = day("due.control") {
            let isSame = card.registers["due.control"] == card.registers["due.statutory"]
            line += "; " + (isSame ? title("due.control") + ": " + call.say("той самий", "the same") : control)
        }
        if let deadline = card.deadline { line += " — " + call.say(deadline.label) }
        if let provisional = card.provisional { line += " (\(call.say(provisional)))" }
        let operational = card.operational.map {
            call.say("Оперативний розгляд до ", "Operational mode by ") + call.say($0.ukrainian, $0.description)
        }
        let more = ["due.cap", "due.basis", "due.calendar"].compactMap(self.line).joined(separator: "; ")
        return [line] + (more.isEmpty ? [] : [more]) + (operational.map { [$0] } ?? [])
    }

    /// The assignment, and what became of it.
    private func assignment(_ shown: CardAssignment) -> [String] {
        let assignment = shown.assignment
        var line =
            "  \(shown.departmentName) [\(assignment.department)], " + call.say(Wording.role(assignment.role)) + ": "
        line += assignment.state.map { call.say(Wording.state($0)) } ?? ""
        if let issues = shown.issues {
            let numbers = card.issues.filter { issues.contains($0.id) }.map { String($0.number) }
            line += call.say("; питання ", "; issues ") + numbers.joined(separator: ", ")
        }
        if let person = shown.person { line += "; " + title("person") + ": " + card.names.person(person) }
        if let term = shown.term {
            line += call.say("; термін ", "; term ") + ValueWording(language: call.language).dated(term)
        }
        let more = became(of: shown)
        if call.isVerbose { line += " (\(assignment.entity))" }
        return [line] + (more.isEmpty ? [] : ["    " + more.joined(separator: "; ")])
    }

    /// By which resolution it is, how often its answer was sent in, which version is in force, when it ended.
    private func became(of shown: CardAssignment) -> [String] {
        let wording = ValueWording(language: call.language)
        let resolution = card.facts.first {
            $0.name.kind == "resolution" && $0.name.write == shown.registers["resolution"]?.string
        }
        let day = resolution?.at.flatMap { KyivTime.date(at: $0) }.map { call.say($0.ukrainianNumbers, $0.description) }
        let by = day.map { call.say("за резолюцією ", "by the resolution of ") + $0 }
        // Names of writes are for who looks closer.
        let named = ((call.isVerbose ? ["answer"] : []) + ["round", "ended"]).compactMap { bare -> String? in
            guard let value = shown.registers[bare], bare != "round" || value.integer ?? 1 > 1 else { return nil }
            return title(bare) + ": " + wording.text(bare, value)
        }
        return [by].compactMap(\.self) + named
    }
}

import Appeals
import CanonicalJSON
import Desk

/// A card, for machines.
extension Card {
    var json: JSONObject {
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
    fileprivate var json: JSON { ["id": .string(id), "value": value] }
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
        lines.append(title("control") + ": " + call.say(Wording.control(card.registers["control"]?.string)))
        lines += card.assignments.map(assignment).titled(call.say("Доручення", "Assignments"))
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
        return title(register) + ": " + ValueWording(language: call.language).text(register, value)
    }

    private var recordedBy: [String] {
        guard let author = card.recordedBy else { return [] }
        return [call.say("Записав: ", "Recorded by: ") + card.names.person(author.user) + " (\(author.node))"]
    }

    private func contacts(_ register: String, _ contacts: [CardContact]) -> [String] {
        if card.hidden.contains(register) { return [title(register) + ": " + hidden] }
        let values = contacts.compactMap(\.value.string)
        return values.isEmpty ? [] : [title(register) + ": " + values.joined(separator: ", ")]
    }

    private func issue(_ issue: CardEntity) -> String {
        let wording = ValueWording(language: call.language)
        let parts = ["heading", "question", "problemAddress", "district", "result"].compactMap { bare in
            if let address = card.addresses.first(where: { $0.register == bare && $0.issue == issue.id }) {
                return address.line(wording, saysDistrict: issue.registers["district"] == nil)
            }
            return issue.registers[bare].map { wording.text(bare, $0) }
        }.filter { !$0.isEmpty }
        return "\(call.say("Питання", "Issue")) \(issue.number): " + parts.joined(separator: "; ")
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
        let operational = card.operational.map {
            call.say("Оперативний розгляд до ", "Operational mode by ") + call.say($0.ukrainian, $0.description)
        }
        return [line] + (operational.map { [$0] } ?? [])
    }

    private func assignment(_ shown: CardAssignment) -> String {
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
        return line + (call.isVerbose ? " (\(assignment.entity))" : "")
    }
}

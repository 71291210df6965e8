import Appeals
import CanonicalJSON
import Desk
import Replication

/// An appeal's card, for machines and for people.
struct AppealCard {
    let call: Call
    let shown: ShownAppeal
    let reading: any StoreReading

    var appeal: Aggregate { shown.appeal }

    // MARK: for machines

    func json() throws -> JSONObject {
        var registers = JSONObject()
        for (name, item) in appeal.items(.registers) where Names.entity(name) == nil && !item.value.isNull {
            registers[name] = item.value
        }
        return [
            "id": .string(shown.id), "index": .string(shown.index), "state": .string(AppealState(of: appeal).rawValue),
            "registers": .object(registers), "issues": entities("issue"),
            "phones": contacts("contact.phone"), "emails": contacts("contact.email"),
            "assignments": entities("department"),
            "facts": .array(facts().map(\.json)), "conflicts": section(.conflicts),
            "disagreements": section(.disagreements),
            "held": section(.held),
            "unsent": .array(
                shown.unsent.map { record in
                    ["write": .string("\(record.origin):\(record.number)"), "kind": .string(record.kind)]
                }
            ),
        ]
    }

    /// Each entity that has a register of this name, with all of its registers.
    private func entities(_ bare: String) -> JSON {
        .array(
            appeal.entities(with: bare).map { entity in
                var object: JSONObject = ["id": .string(entity)]
                for (name, item) in appeal.items(.registers) where Names.entity(name) == entity && !item.value.isNull {
                    object[Names.bare(name)] = item.value
                }
                return .object(object)
            }
        )
    }

    private func contacts(_ bare: String) -> JSON {
        .array(
            appeal.entities(with: bare).compactMap { entity in
                appeal.register(bare + "@" + entity).flatMap {
                    $0.isNull ? nil : ["id": .string(entity), "value": $0]
                }
            }
        )
    }

    private func section(_ section: Section) -> JSON {
        .array(
            appeal.items(section).map { name, item in
                var object = item.value.object ?? JSONObject()
                object["name"] = .string(name)
                return .object(object)
            }
        )
    }

    /// Facts in the office's order, own unsent ones last.
    func facts() -> [ShownFact] {
        let all = appeal.items(.facts).compactMap { name, item in FactName(name).map { ShownFact(name: $0, item: item) }
        }
        return all.sorted { ($0.item.commit, $0.clock, $0.name.write) < ($1.item.commit, $1.clock, $1.name.write) }
    }

    // MARK: for people

    func lines() throws -> [String] {
        var lines = [heading]
        lines += ["registeredOn", "receivedAt", "channel", "addressee", "kind", "receiptSign", "subjectType"]
            .compactMap(line)
        lines += [
            "applicant.name", "applicant.address", "applicant.workplace", "applicant.category",
            "applicant.socialStatus",
        ].compactMap(line)
        lines += contactLine("contact.phone") + contactLine("contact.email")
        lines += [
            "priority", "confidential", "replyPreference", "external", "repeatOf", "duplicateOf", "complainedAgainst",
            "formerIndex",
        ].compactMap(line)
        if let text = appeal.register("text")?.string {
            let own = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
            lines += [""] + own + [""]
        }
        lines += issueLines() + dueLines()
        lines.append(title("control") + ": " + call.say(Wording.control(appeal.register("control")?.string)))
        lines += try assignmentLines()
        lines += facts().map { "  " + $0.line(call) }.titled(call.say("Перебіг", "Course"))
        lines += CaseList(call: call).cases(of: shown).map { "  " + $0.line(call) }.titled(
            call.say("Розбіжності", "Disagreements")
        )
        lines += shown.unsent.map { "  ⇡ " + call.say(Wording.kind($0.kind)) }.titled(
            call.say("Ще не передано", "Not sent yet")
        )
        return lines
    }

    private var heading: String {
        let state = AppealState(of: appeal)
        return call.say("Звернення", "Appeal") + " \(shown.title) — " + call.say(state.ukrainian, state.rawValue)
            + " (\(shown.id))"
    }

    private func title(_ register: String) -> String { call.say(Wording.register(register)) }

    private func line(_ register: String) -> String? {
        appeal.register(register).map {
            title(register) + ": " + ValueWording(language: call.language).text(register, $0)
        }
    }

    private func contactLine(_ register: String) -> [String] {
        let values = appeal.entities(with: register).compactMap { appeal.register(register + "@" + $0)?.string }
        return values.isEmpty ? [] : [title(register) + ": " + values.joined(separator: ", ")]
    }

    private func issueLines() -> [String] {
        let wording = ValueWording(language: call.language)
        let issues = appeal.entities(with: "issue").sorted {
            (appeal.register("issue@" + $0)?.integer ?? 0, $0) < (appeal.register("issue@" + $1)?.integer ?? 0, $1)
        }
        return issues.map { issue in
            let number = appeal.register("issue@" + issue)?.integer ?? 0
            let parts = ["heading", "question", "problemAddress", "district", "result"].compactMap { bare in
                appeal.register(bare + "@" + issue).map { wording.text(bare, $0) }
            }.filter { !$0.isEmpty }
            return "\(call.say("Питання", "Issue")) \(number): " + parts.joined(separator: "; ")
        }
    }

    private func dueLines() -> [String] {
        guard let statutory = appeal.register("due.statutory")?.string.flatMap({ CivilDate($0) }) else { return [] }
        var line = title("due.statutory") + ": " + call.say(statutory.ukrainian, statutory.description)
        let removed = appeal.register("control")?.string == "removed"
        if let control = appeal.register("due.control")?.string.flatMap({ CivilDate($0) }) {
            line += "; " + title("due.control") + ": " + call.say(control.ukrainian, control.description)
            if !removed, let calendar = try? call.desk.calendar(reading) {
                let isExtended = facts().contains { $0.name.kind == "extension" }
                line +=
                    " — "
                    + call.say(
                        DeadlineState(due: control, today: call.today, calendar: calendar, isExtended: isExtended).label
                    )
            }
        }
        return [line]
    }

    private func assignmentLines() throws -> [String] {
        let all = ShownAssignment.all(of: appeal)
        return try all.map { assignment in
            let name = try call.desk.departmentName(assignment.department, reading)
            var line = "  \(name) [\(assignment.department)], " + call.say(Wording.role(assignment.role)) + ": "
            line += assignment.state.map { call.say(Wording.state($0)) } ?? ""
            if let person = appeal.register("person@" + assignment.entity)?.string {
                line += "; " + title("person") + ": " + person
            }
            if let term = appeal.register("term@" + assignment.entity)?.string {
                line += call.say("; термін ", "; term ") + term
            }
            return line + " (\(assignment.entity))"
        }.titled(call.say("Доручення", "Assignments"))
    }
}

extension [String] {
    /// With a title above, nothing if there is nothing.
    func titled(_ title: String) -> [String] { isEmpty ? [] : [title + ":"] + self }
}

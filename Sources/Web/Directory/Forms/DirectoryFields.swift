import Appeals
import CanonicalJSON
import Desk

/// The fields of a row of the directory, filled from its entry.
struct DirectoryFields {
    let row: UseCase
    let call: WebCall
    /// What the link that led here says.
    let asked: [String: String]

    /// What a link may say: the entry that is meant, and the place of a new person.
    static let asked: Set<String> = ["department", "user", "street", "role", "in"]

    /// In the order of the table, with what the entry has now.
    func fields() throws -> [FormField] {
        if row.name == UseCase.calendarPut.name { return CalendarFields.fields(row, try call.desk.calendarInForce()) }
        let known = try known(), departments = try departments()
        return try row.inputs.filter { $0.name != "as" }.map { input in
            var field = FormField(input, FieldWords.label(row, input), try control(input, departments))
            field.hint = FieldWords.hint(row, input)
            field.values = known[input.name] ?? []
            return field
        }
    }

    /// How a value is given: chosen from the directory where it has to be there, typed where it is new.
    private func control(_ input: UseCase.Input, _ departments: [FormChoice]) throws -> FormField.Control {
        let isOperand = row.operands.contains { $0.name == input.name }
        switch input.type {
        case .department: return isOperand ? .line(mode: nil) : .select(departments)
        case .person:
            if row.name == UseCase.personAdd.name { return .line(mode: nil) }
            return .select(try people())
        case .code(let codes):
            return .select(codes.map { FormChoice($0.code, $0.label.text(call.language).capitalizedFirst) })
        case .contents: return .area(rows: 14)
        case .phone: return .line(mode: "tel")
        default: break
        }
        if input.name == "type" {
            return .select(StreetEntry.Form.allCases.map { FormChoice($0.abbreviation, $0.abbreviation) })
        }
        return input.repeats ? .lines(rows: 4) : .line(mode: nil)
    }

    /// Where somebody can work: the departments by name, and the office.
    private func departments() throws -> [FormChoice] {
        var choices = try call.desk.departmentChoices().map { FormChoice($0.id, $0.name) }
        let office = call.site.node
        if !choices.contains(where: { $0.value == office }) {
            choices.insert(FormChoice(office, call.say("Центр", "The office")), at: 0)
        }
        return choices
    }

    /// Who works here, by name.
    private func people() throws -> [FormChoice] {
        try call.desk.people(limit: FormMaterial.longestList).entries.filter { !$0.hasLeft }.map { entry in
            let user = String(entry.key.dropFirst("person/".count))
            return FormChoice(user, "\(entry.text("name")), \(user)")
        }.sorted { ($0.label, $0.value) < ($1.label, $1.value) }
    }

    /// What the fields have before anybody types.
    private func known() throws -> [String: [String]] {
        var values: [String: [String]] = [:]
        for name in ["department", "user", "street", "role"] { values[name] = asked[name].map { [$0] } }
        switch row.name {
        case UseCase.departmentAdd.name:
            guard let id = asked["department"], let entry = try entry("department/" + id) else { break }
            for name in ["name", "code"] { values[name] = entry[name]?.string.map { [$0] } }
        case UseCase.personAdd.name:
            values["department"] = asked["in"].map { [$0] }
            guard let user = asked["user"], let entry = try entry("person/" + user) else { break }
            for name in ["department", "name", "position", "phone"] { values[name] = entry[name]?.string.map { [$0] } }
        case UseCase.roleGrant.name:
            guard values["department"] == nil, let user = asked["user"] else { break }
            values["department"] = try entry("person/" + user)?["department"]?.string.map { [$0] }
        case UseCase.streetPut.name:
            guard let id = asked["street"], let street = try entry("street/" + id).flatMap({ StreetEntry($0) }) else {
                break
            }
            values["type"] = [street.form.abbreviation]
            values["name"] = [street.name]
            values["district"] = street.district.map { [$0] }
            values["former"] = street.typedFormer
            values["houses"] = street.typedHouses
        default: break
        }
        return values
    }

    /// What the directory has under a key; nil of what is new.
    private func entry(_ key: String) throws -> JSON? {
        try call.desk.read { try call.desk.entry(key, $0) }?.register("entry")
    }
}

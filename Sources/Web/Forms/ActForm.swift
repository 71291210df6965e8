import Appeals
import CanonicalJSON
import Desk

/// A row of the table as a form: its fields, with what is typed in them.
struct ActForm {
    let row: UseCase
    var fields: [FormField]
    /// Refusals that are of no field.
    var refusals: [DeskError] = []
    /// What is wrong with something that is no field of the table: the id of its element, and the words that stand there.
    var fault: (id: String, words: String)?

    init(_ row: UseCase, _ fields: [FormField]) {
        self.row = row
        self.fields = fields
    }

    var hasErrors: Bool { fault != nil || !refusals.isEmpty || fields.contains { $0.error != nil } }

    /// With what was sent in it.
    func filled(from body: FormBody) -> ActForm {
        var form = self
        form.fields = fields.map { $0.filled(from: body) }
        return form
    }

    subscript(_ name: String) -> FormField? { fields.first { $0.name == name } }

    /// Looks at each field by itself: what is required and empty, and what its type does not take, gets its error.
    mutating func check(_ entrance: Entrance, _ call: WebCall) {
        for place in fields.indices {
            let field = fields[place]
            if field.isRequired, field.part.isEmpty, field.given.isEmpty {
                fields[place].error = call.say(Self.missing(field))
            } else if field.part.isEmpty, field.input.type != .basis {
                for value in field.given {
                    do throws(DeskError) { _ = try entrance.enter(value, in: field.input) } catch {
                        fields[place].error = call.told(error, of: self)
                        break
                    }
                }
            }
        }
        if let place = fields.firstIndex(where: { $0.name == FormBasis.detailName }) {
            checkBasis(place, entrance, call)
        }
        if let input = row.inputs.first(where: { $0.type == .correction }),
            Self.argument(fields.filter { $0.input.name == input.name }, input) == nil
        {
            refusals.append(.usage("nothingChanged", uk: "змініть хоч одне поле", en: "change at least one field"))
        }
    }

    private mutating func checkBasis(_ place: Int, _ entrance: Entrance, _ call: WebCall) {
        guard let input = self["basis"]?.input, let code = basis, !code.isEmpty else { return }
        do throws(DeskError) { _ = try entrance.enter(code, in: input) } catch {
            fields[place].error = call.say(
                "Вкажіть \(FormBasis.detail.uk.lowercasedFirst)",
                "Say \(FormBasis.detail.en.lowercasedFirst)"
            )
        }
    }

    /// What a required field without a value says: to choose, or to fill in.
    private static func missing(_ field: FormField) -> Label {
        let (uk, en) = (field.label.uk, field.label.en)
        return switch field.control {
        case .select, .radios: Label(uk: "Виберіть: \(uk.lowercasedFirst)", en: "Choose: \(en.lowercasedFirst)")
        case .line, .area, .lines, .tick, .hidden:
            Label(uk: "Заповніть: \(uk.lowercasedFirst)", en: "Fill in: \(en.lowercasedFirst)")
        }
    }

    /// What the term is counted by, of its two fields; nil if nothing is chosen.
    var basis: String? {
        self["basis"].flatMap { FormBasis(rawValue: $0.value) }?.code(self[FormBasis.detailName]?.value ?? "")
    }

    // MARK: as the row takes it

    /// The arguments of the row, for this appeal and this person.
    func arguments(appeal: String?, user: String) -> JSONObject {
        var arguments = JSONObject()
        if let appeal, row.operands.contains(where: { $0.name == "appeal" }) { arguments["appeal"] = .string(appeal) }
        arguments["as"] = .string(user)
        for input in row.inputs {
            let of = fields.filter { $0.input.name == input.name }
            if input.type == .basis {
                if let basis { arguments[input.name] = .string(basis) }
            } else if let value = Self.argument(of, input) {
                arguments[input.name] = value
            }
        }
        return arguments
    }

    private static func argument(_ fields: [FormField], _ input: UseCase.Input) -> JSON? {
        if input.keepsPlaces {
            let places = fields.map(\.value)
            return places.allSatisfy(\.isEmpty) ? nil : .array(places.map(JSON.string))
        }
        var values: [String] = []
        for field in fields {
            if field.part.isEmpty {
                values += field.given
            } else if let former = field.former {
                let value = field.control == .tick && field.given.isEmpty ? "false" : field.value
                if value != former { values.append(field.part + "=" + value) }
            } else {
                values += field.given.map { field.part + "=" + $0 }
            }
        }
        guard let first = values.first else { return nil }
        if input.repeats { return .array(values.map(JSON.string)) }
        return switch input.type {
        case .flag: .bool(first == "true")
        case .number: Int64(first.filter { $0 != " " }).map(JSON.integer) ?? .string(first)
        default: .string(first)
        }
    }

    // MARK: refusals

    /// Puts a refusal at the field that it is of, or above the form.
    mutating func refuse(_ error: DeskError, _ call: WebCall) {
        let named = error.details["field"]?.string ?? ""
        let bare = named.split(separator: ".").last.map(String.init) ?? named
        let place = fields.firstIndex { field in
            !field.isHidden && !named.isEmpty
                && ([field.name, field.input.field, field.part].contains(named) || field.input.field == bare)
        }
        if let place, fields[place].error == nil {
            fields[place].error = call.told(error, of: self)
        } else {
            refusals.append(error)
        }
    }
}

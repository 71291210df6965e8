import Appeals
import CanonicalJSON
import Desk

/// Makes the fields of a row, filled from the card.
struct FieldMaking {
    let row: UseCase
    let material: FormMaterial
    let language: Language
    /// What the link that led here says: `assignment`, `case`, `version`.
    let asked: [String: String]

    /// Inputs that no field asks for: the appeal and the actor are known, files are for the terminal.
    private static let known: Set<String> = ["appeal", "as", "text-file", "from"]

    func fields() -> [FormField] {
        row.inputs.filter { !Self.known.contains($0.name) }.flatMap(fields)
    }

    private func fields(_ input: UseCase.Input) -> [FormField] {
        switch input.type {
        case .correction: return corrections(input)
        case .issueResult: return results(input)
        case .basis: return bases(input)
        default:
            var field = FormField(input, FieldWords.label(row, input), control(input))
            field.hint = FieldWords.hint(row, input)
            return [filled(field)]
        }
    }

    private func control(_ input: UseCase.Input) -> FormField.Control {
        switch input.type {
        case .flag: .tick
        case .code(let codes):
            input.name == "choose" ? .radios(choices(ofCase: codes)) : .select(codes.map(choice))
        case .person: .select(input.name == "person" ? material.people : material.deciders)
        case .department: .select(material.departments)
        case .assignment: .select(assignments)
        case .version: .hidden
        case .disagreement: .hidden
        case .write: held.count > 1 && heldOfCase == nil ? .radios(held) : .hidden
        case .text(let longest), .contents(let longest): longest > Limits.string ? .area(rows: 6) : .line(mode: nil)
        case .phone: isRemoval ? .select(contacts(material.card.phones)) : .line(mode: "tel")
        case .email: isRemoval ? .select(contacts(material.card.emails)) : .line(mode: "email")
        case .number: .line(mode: "numeric")
        default: .line(mode: nil)
        }
    }

    private func choice(_ code: InputCode) -> FormChoice {
        FormChoice(code.code, code.label.text(language).capitalizedFirst)
    }

    private var isRemoval: Bool { row.name == UseCase.contactRemove.name }

    private func contacts(_ contacts: [CardContact]) -> [FormChoice] {
        contacts.compactMap { contact in contact.value.string.map { FormChoice($0, $0) } }
    }

    // MARK: what is chosen already

    /// With the value that goes without saying: the only assignment, the only leader, the version that is shown.
    private func filled(_ field: FormField) -> FormField {
        var field = field
        switch field.input.type {
        case .assignment:
            let asked = asked[field.name]
            let chosen = assignments.first { $0.value == asked } ?? assignments.first
            if assignments.count <= 1 { field.control = .hidden }
            field.values = [chosen?.value].compactMap(\.self)
        case .version: field.values = [asked[field.name] ?? version].compactMap(\.self)
        case .disagreement: field.values = [openCase?.id].compactMap(\.self)
        case .write: field.values = [heldOfCase ?? (held.count == 1 ? held[0].value : nil)].compactMap(\.self)
        case .person:
            let people = field.name == "person" ? [] : material.deciders
            let own = people.first { $0.value == material.user }
            field.values = [own?.value ?? (people.count == 1 ? people[0].value : nil)].compactMap(\.self)
        case .date where !field.isRequired: field.values = [material.today.ukrainianNumbers]
        case .code: if row.name == UseCase.answerDispatch.name { field.values = dispatch(field.name) }
        default: break
        }
        return field
    }

    /// To the applicant, in the way that the applicant prefers.
    private func dispatch(_ name: String) -> [String] {
        name == "to" ? ["applicant"] : [material.card.registers["replyPreference"]?.string].compactMap(\.self)
    }

    private var assignments: [FormChoice] {
        material.assignments(of: row, in: ActStates.of(row)).map { given in
            let role = Wording.role(given.assignment.role).text(language)
            let state = given.assignment.state.map { Wording.state($0).text(language) } ?? ""
            return FormChoice(given.assignment.entity, "\(given.departmentName): \(role), \(state)")
        }
    }

    /// The approved version where one is sent on, else the last that was written.
    private var version: String? {
        guard let assignment = assignments.first(where: { $0.value == asked["assignment"] }) ?? assignments.first else {
            return nil
        }
        let approved = material.card.assignments.first { $0.assignment.entity == assignment.value }?
            .registers["answer"]?.string
        let last = material.versions(of: assignment.value).first?.name.write
        return row.name == UseCase.answerApprove.name ? last : approved ?? last
    }

    private var openCase: OpenCase? {
        material.card.cases.first { $0.id == asked["case"] } ?? material.card.cases.first
    }

    private func choices(ofCase codes: [InputCode]) -> [FormChoice] {
        let offered = openCase?.choices ?? []
        return codes.filter { offered.contains($0.code) }.map(choice)
    }

    /// The work that waits in the case which the link names.
    private var heldOfCase: String? {
        guard let id = asked["case"], let open = material.card.cases.first(where: { $0.id == id }),
            case .held(let work) = open.matter
        else { return nil }
        return work.write
    }

    private var held: [FormChoice] {
        material.card.cases.compactMap { open in
            guard case .held(let work) = open.matter else { return nil }
            let by = open.author.map { material.card.names.person($0.user) } ?? ""
            let kind = Wording.kind(work.kind).text(language)
            return FormChoice(work.write, by.isEmpty ? kind : "\(kind), \(by)")
        }
    }
}

extension String {
    /// With a capital first letter, as a choice or a sentence begins.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

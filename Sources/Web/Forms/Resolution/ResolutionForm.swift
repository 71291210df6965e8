import Appeals
import CanonicalJSON
import Desk

/// A resolution as a form: its fields, its executors, what it replaces.
struct ResolutionForm {
    var form: ActForm
    var executors: Executors
    /// Assignments in force that it replaces.
    var replaced: [String]
    var isOnControl: Bool
    /// What is wrong with the executors.
    var fault: Executors.Fault?

    /// Departments that cannot get the appeal: the complaint is about them.
    let locked: Set<String>

    init(_ material: FormMaterial, _ language: Language, _ body: FormBody?) {
        let making = FieldMaking(row: .resolutionIssue, material: material, language: language, asked: [:])
        let wanted = ["author", "text", "term", "basis", "substitution"]
        let fields = making.fields().filter { wanted.contains($0.input.name) }
        var form = ActForm(.resolutionIssue, fields)
        if let place = form.fields.firstIndex(where: { $0.name == "term" }), body == nil {
            form.fields[place].values = [material.card.registers["due.control"]?.string.flatMap { CivilDate($0) }]
                .compactMap { $0?.ukrainianNumbers }
        }
        self.form = body.map { form.filled(from: $0) } ?? form
        executors = body.map { Executors($0) } ?? Executors()
        replaced = body?.values("supersedes") ?? []
        isOnControl = body.map { $0.has("control") } ?? true
        let parties = material.card.registers[Complaint.register]?.array ?? []
        locked = Set(parties.compactMap { $0["department"]?.string })
    }

    var hasErrors: Bool { form.hasErrors || fault != nil }

    mutating func check(_ call: WebCall) {
        form.check(call.desk.entrance, call)
        fault = executors.fault(locked: locked, call.desk.entrance)
    }

    func arguments(appeal: String, user: String) -> JSONObject {
        var arguments = form.arguments(appeal: appeal, user: user)
        executors.add(to: &arguments)
        if !replaced.isEmpty { arguments["supersedes"] = .array(replaced.map(JSON.string)) }
        if !isOnControl { arguments["no-control"] = true }
        return arguments
    }
}

import Appeals
import CanonicalJSON
import Desk

/// What somebody fills in who settles a case: a choice, with a value of their own where the register takes one, and why.
struct CaseForm {
    /// The choice of a value that neither side has.
    static let own = "own"

    let compared: ComparedCase
    /// The reason and the own value; what is wrong with the choice is its fault.
    var act: ActForm
    var choice = ""

    /// With nothing chosen.
    init(_ compared: ComparedCase, _ material: FormMaterial, _ call: WebCall) {
        self.compared = compared
        let making = FieldMaking(
            row: .conflictSettle,
            material: material,
            language: call.language,
            asked: ["case": compared.found.id]
        )
        var fields = making.fields().filter { $0.name == "reason" }.map { field in
            var reason = FormField(
                field.input,
                Label(uk: "Чому вирішено так", en: "Why it is decided so"),
                field.control
            )
            reason.isRequired = compared.found.section == .disagreements
            return reason
        }
        fields += [compared.values.flatMap { making.ownValue($0.register) }].compactMap(\.self)
        act = ActForm(.conflictSettle, fields)
    }

    /// What may be chosen.
    var choices: [String] { compared.found.choices + (act[Self.own] == nil ? [] : [Self.own]) }

    /// With what was sent in it.
    func filled(from body: FormBody) -> CaseForm {
        var form = self
        form.act = act.filled(from: body)
        form.choice = body.value("choose").flatMap { choices.contains($0) ? $0 : nil } ?? ""
        return form
    }

    /// Whether a decision of this kind says why: of two values it need not.
    private var wantsReason: Bool { compared.found.section == .disagreements || choice == "decline" }

    /// Puts an error where nothing was chosen, or an own value is missing.
    mutating func check(_ call: WebCall) {
        act.check(call.desk.entrance, call)
        if choice.isEmpty {
            act.fault = ("f-choose", call.say("Виберіть одне з двох", "Choose one of them"))
        }
        for place in act.fields.indices where act.fields[place].given.isEmpty {
            if act.fields[place].name == "reason", wantsReason {
                act.fields[place].error = call.say("Напишіть, чому вирішено так", "Say why it is decided so")
            }
            if act.fields[place].name == Self.own, choice == Self.own {
                act.fields[place].error = call.say("Запишіть своє значення", "Write your own value")
            }
        }
    }
}

extension FieldMaking {
    /// A value that neither side has; nil for a register that no correction writes.
    func ownValue(_ full: String) -> FormField? {
        let bare = Names.bare(full)
        guard Policy.register(bare)?.corrected != nil,
            let input = UseCase.appealCorrect.inputs.first(where: { $0.type == .correction })
        else { return nil }
        var field = FormField(
            input,
            Label(uk: "Інше значення", en: "Another value"),
            control(ofRegister: bare),
            name: CaseForm.own
        )
        // Asked for beside its choice alone (`CaseForm.check`).
        field.part = full
        return field
    }
}

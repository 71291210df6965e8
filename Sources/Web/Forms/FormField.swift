import Appeals
import Desk

/// One of the values that a field offers.
struct FormChoice: Sendable, Equatable {
    let value: String
    let label: String
    /// Why it cannot be chosen; nil if it can.
    var lock: String?

    init(_ value: String, _ label: String, lock: String? = nil) {
        self.value = value
        self.label = label
        self.lock = lock
    }
}

/// A field of a form: what it is called, how it is typed, what is typed in it and what is wrong with that.
struct FormField: Sendable {
    /// How a value is given.
    enum Control: Sendable, Equatable {
        /// One line; `mode` is the keyboard that a phone shows.
        case line(mode: String?)
        case area(rows: Int)
        /// A value a line.
        case lines(rows: Int)
        /// A list to choose from; several as lines below one another.
        case select([FormChoice])
        case radios([FormChoice])
        /// Given or not.
        case tick
        /// The form knows it.
        case hidden
    }

    /// In the form: `reason`, `issue-result.1`.
    let name: String
    /// The input of the row that the value goes to.
    let input: UseCase.Input
    /// What stands before the value and `=` in the input: the issue of a result, the register of a correction.
    var part = ""
    let label: Label
    var hint: Label?
    var control: Control
    var isRequired: Bool
    /// What is typed; one that was never touched has none.
    var values: [String] = []
    /// What stood there when the form was made: only what differs is sent; nil if all is sent.
    var former: String?
    var error: String?
    /// What the style sheet says of its place: `c5` is five of twelve columns.
    var classes = ""
    /// Whether it is what a citizen says, which is set apart from all that the office says.
    var isVoice = false

    init(_ input: UseCase.Input, _ label: Label, _ control: Control, name: String? = nil) {
        self.name = name ?? input.name
        self.input = input
        self.label = label
        self.control = control
        isRequired = input.isRequired
    }

    /// What a summary of errors leads to.
    var id: String { "f-" + name }
    var value: String { values.first ?? "" }
    /// Values that say something.
    var given: [String] { values.filter { !$0.isEmpty } }

    var isHidden: Bool { control == .hidden }

    /// With what was sent in it.
    func filled(from body: FormBody) -> FormField {
        var field = self
        if control == .tick {
            field.values = body.has(name) ? ["true"] : []
        } else if case .lines = control, let text = body.value(name) {
            field.values = text.split(separator: "\n").map(String.init)
        } else if body.has(name) {
            field.values = body.values(name)
        }
        if former != nil { field.former = body.value("was." + name) ?? former }
        return field
    }
}

package import Appeals

/// One act or reading at the desk: what it is called, who may, what it takes and what it writes.
///
/// Every face is made of these rows and of nothing else. `Commands` composes them from its own definitions with
/// `UseCaseWrites` and `InputTypes`.
package struct UseCase: Sendable {
    /// One operand or option.
    package struct Input: Sendable {
        /// Without dashes: `main`.
        package let name: String
        /// What stands for the value in a usage line: `DEPT`; empty for a flag.
        package let value: String
        package let summary: Label
        package let isRequired: Bool
        package let repeats: Bool
        package let type: InputType

        package init(
            _ name: String,
            value: String,
            summary: Label,
            isRequired: Bool,
            repeats: Bool,
            type: InputType
        ) {
            self.name = name
            self.value = value
            self.summary = summary
            self.isRequired = isRequired
            self.repeats = repeats
            self.type = type
        }
    }

    /// `appeal register`.
    package let name: String
    package let summary: Label
    /// Which kinds of operation it writes, and who may run it.
    package let writes: UseCaseWrites
    /// What stands without a name, in order.
    package let operands: [Input]
    package let options: [Input]
    package let example: String

    package init(
        _ name: String,
        summary: Label,
        writes: UseCaseWrites,
        operands: [Input],
        options: [Input],
        example: String
    ) {
        self.name = name
        self.summary = summary
        self.writes = writes
        self.operands = operands
        self.options = options
        self.example = example
    }

    /// `appeal`; the whole name of a row that stands alone.
    package var group: String { String(name.prefix { $0 != " " }) }
    package var inputs: [Input] { operands + options }
}

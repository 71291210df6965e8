package import Desk

extension Command {
    /// The command as a row of the table of acts and readings.
    package var useCase: UseCase {
        guard let writes = UseCaseWrites.of(name) else { preconditionFailure("UseCaseWrites does not know \(name)") }
        return UseCase(
            name,
            summary: summary,
            writes: writes,
            operands: operands.map { $0.input(of: name) },
            options: options.map { $0.input(of: name) },
            example: example
        )
    }

    /// What the table lacks of this command, before it can be a row.
    package var lacks: [String] {
        (UseCaseWrites.of(name) == nil ? ["\(name): what it writes and who may (UseCaseWrites)"] : [])
            + (operands + options).filter { InputTypes.type($0.name, of: name) == nil }
            .map { "\(name): the type of \($0.name) (InputTypes)" }
    }
}

extension CommandOption {
    fileprivate func input(of row: String) -> UseCase.Input {
        guard let type = InputTypes.type(name, of: row) else {
            preconditionFailure("InputTypes does not know \(name) of \(row)")
        }
        return UseCase.Input(
            name,
            value: value,
            summary: summary,
            isRequired: isRequired,
            repeats: repeats,
            type: type
        )
    }
}

extension Commands {
    /// All commands as rows of the table.
    package static var useCases: [UseCase] { all.map(\.useCase) }
    /// What every command takes.
    package static var commonInputs: [UseCase.Input] { CommandOption.common.map { $0.input(of: "") } }
}

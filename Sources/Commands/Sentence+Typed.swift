package import Appeals
package import Desk

/// A sentence at the terminal: an input is an option, an act a command.
extension Sentence {
    /// The sentence as a line of the terminal, its mentions as options and commands.
    package func text(_ language: Language) -> String { phrase(language).description }

    package var label: Label { Label(uk: uk.description, en: en.description) }
}

extension Phrase: CustomStringConvertible {
    package var description: String {
        parts.map { part in
            switch part {
            case .words(let words): words
            case .mention(let mention): mention.typed
            }
        }.joined()
    }
}

extension Mention {
    fileprivate var typed: String {
        switch self {
        case .input(let name, let value): "--" + name + (value.isEmpty ? "" : " " + value)
        case .toDo(let row, let given): "kartoteka " + row.typed(given)
        case .named(let row, let given): row.typed(given)
        case .data(let row): row.typed(["json": ""])
        case .atMachine(let act): "kartoteka " + act.typed
        case .namedAtMachine(let act): act.typed
        }
    }
}

extension MachineAct {
    fileprivate var typed: String {
        switch self {
        case .foundOffice: "init office"
        case .foundDepartment: "init department"
        case .declareRestore: "restore --declare"
        }
    }
}

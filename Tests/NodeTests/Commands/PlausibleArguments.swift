import CanonicalJSON
import Desk

@testable import Commands

/// Arguments with which a command gets as far as it can: what it requires, then each of its options with them.
struct PlausibleArguments {
    let appeal: String
    /// Ids of cases that wait for a decision.
    let cases: [String]
    let actor: String

    func required(_ command: Command) -> JSONObject {
        var arguments = JSONObject()
        for option in command.operands + command.options where option.isRequired {
            arguments[option.name] = value(option)
        }
        return arguments
    }

    func calls(_ command: Command) -> [JSONObject] {
        let required = required(command)
        let optional = command.options.filter { !$0.isRequired && $0.form != .path && $0.form != .register }
        return [required]
            + optional.map { option in
                var arguments = required
                arguments[option.name] = value(option)
                return arguments
            }
    }

    /// A value that the entrance lets through.
    static func example(of type: InputType) -> String {
        switch type {
        case .date: "2026-03-01"
        case .moment: "2026-03-01T10:00:00"
        case .phone: "+380000000002"
        case .email: "x@example.org"
        case .issueResult: "1=satisfied"
        case .issuesOfDepartment: "roads=1"
        case .termOfDepartment: "roads=2026-03-01"
        default: type.codes.first?.code ?? "x"
        }
    }

    func value(_ option: UseCase.Input) -> JSON {
        let text: String
        switch option.name {
        case "appeal", "what", "confirm": text = appeal
        case "case": text = cases.first ?? appeal
        case "as": text = actor
        case "node", "department": text = "roads"
        case "user", "by", "person", "author": text = actor
        case "choose": text = "acceptFormer"
        case "set": text = "text=x"
        case "id": text = "1"
        default: text = Self.example(of: option.type)
        }
        switch option.form {
        case .flag: return true
        case .number: return 5
        case .text, .contents, .register, .path: return option.repeats ? [.string(text)] : .string(text)
        }
    }
}

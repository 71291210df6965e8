package import Appeals
package import Desk

/// What a shell completes after `kartoteka`: commands, options, and the values that an option takes.
package enum Completion: String, CaseIterable, Sendable {
    case bash, zsh, fish

    /// The script that the shell reads.
    package func script(_ rows: [UseCase], common: [UseCase.Input], _ language: Language) -> String {
        switch self {
        case .bash: BashCompletion(rows: rows, common: common).script
        case .zsh: ZshCompletion(rows: rows, common: common, language: language).script
        case .fish: FishCompletion(rows: rows, common: common, language: language).script
        }
    }

    /// What stands after an option, or as an operand.
    enum Value: Equatable {
        case codes([InputCode])
        case file, directory
        /// Nothing that a shell knows.
        case other

        init(_ type: InputType) {
            switch type {
            case .contents, .register, .file, .program: self = .file
            case .directory: self = .directory
            default: self = type.codes.isEmpty ? .other : .codes(type.codes)
            }
        }
    }

    /// In single quotes, for all three shells.
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension UseCase {
    /// The second word; nil of a row that stands alone.
    var second: String? { name == group ? nil : String(name.dropFirst(group.count + 1)) }
}

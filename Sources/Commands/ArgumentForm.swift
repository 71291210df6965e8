package import CanonicalJSON
package import Desk

/// How the command line gives the value of an input.
package enum ArgumentForm: Sendable, Equatable {
    /// Present or absent.
    case flag
    case text
    case number
    /// The path of a text file: the command gets its contents.
    case contents
    /// The path of a register: the command gets it piece by piece, as rows (`ImportPieces`).
    case register
    /// A path that only the command line itself uses (a file to write, a directory).
    case path

    package init(_ type: InputType) {
        switch type {
        case .flag: self = .flag
        case .number: self = .number
        case .contents: self = .contents
        case .register: self = .register
        case .file, .directory: self = .path
        case .text, .phone, .email, .personName, .place, .query, .code, .date, .moment, .days, .basis, .appeal,
            .assignment,
            .version, .write, .change,
            .disagreement, .trayItem, .index, .mark, .person, .department, .node, .key, .actor, .complainedAgainst,
            .correction, .issueResult, .issuesOfDepartment, .termOfDepartment, .address, .host, .program:
            self = .text
        }
    }
}

extension UseCase.Input {
    package var form: ArgumentForm { ArgumentForm(type) }

    /// `--main DEPT`, as an option is typed.
    package var typed: String { value.isEmpty ? "--" + name : "--\(name) \(value)" }

    /// Whether a value has the type that this input takes.
    package func fits(_ value: JSON) -> Bool {
        switch form {
        case .flag: value.bool != nil
        case .number: value.integer != nil
        case .register: value.array?.allSatisfy { $0.object != nil } == true
        case .text, .contents, .path:
            repeats ? value.array?.allSatisfy { $0.string != nil } == true : value.string != nil
        }
    }
}

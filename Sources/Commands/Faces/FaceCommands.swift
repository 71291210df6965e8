package import Appeals
import CanonicalJSON
package import Desk
import Replication

extension UseCase {
    fileprivate static let completion = UseCase(
        "completion",
        uk: "Показати доповнення команд для оболонки",
        en: "Show the completion of commands for a shell",
        writes: .machine(),
        place: .withoutNode,
        operands: [
            .required(
                "shell",
                "SHELL",
                .code(.shells),
                uk: "оболонка: bash, zsh або fish",
                en: "the shell: bash, zsh or fish"
            )
        ],
        example: ["shell": "bash"]
    )

    fileprivate static let manual = UseCase(
        "manual",
        uk: "Записати сторінки man двома мовами",
        en: "Write the man pages in both languages",
        writes: .machine(),
        place: .withoutNode,
        operands: [
            .required(
                "directory",
                "DIR",
                .directory,
                uk: "каталог, як у MANPATH: у ньому буде man1 і uk/man1",
                en: "a directory as in MANPATH: man1 and uk/man1 will be in it"
            )
        ],
        example: ["directory": "/usr/local/share/man"]
    )
}

/// `completion`, `manual`: the table of commands for a shell and for `man`; done by the program itself.
extension Commands {
    static let faces: [Command] = [
        Command(.completion) { call in try completion(try call.required("shell"), call.language) },
        byProgram(.manual),
    ]

    /// The script for a shell; needs no node.
    package static func completion(_ shell: String, _ language: Language) throws(DeskError) -> CommandResult {
        guard let completion = Completion(rawValue: shell) else {
            let known = Completion.allCases.map(\.rawValue).joined(separator: ", ")
            throw .usage(
                "unknownCode",
                uk: "SHELL \(shell): вкажіть одне з \(known)",
                en: "SHELL \(shell): give one of \(known)"
            )
        }
        let script = completion.script(rows, common: common, language)
        return CommandResult(["script": .string(script), "shell": .string(shell)], text: script)
    }

    /// The man pages, each with the directory that it belongs in; needs no node.
    package static var manPages: [(directory: String, page: ManPages.Page)] {
        [("man1", Language.english), ("uk/man1", .ukrainian)].flatMap { directory, language in
            ManPages(rows, common: common, version: Program.version, language).all.map { (directory, $0) }
        }
    }
}

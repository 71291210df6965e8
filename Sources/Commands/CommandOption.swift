package import Appeals
import CanonicalJSON
import Desk

/// One option of a command, or one of its operands.
package struct CommandOption: Sendable {
    /// How the command line gives its value.
    package enum Form: Sendable, Equatable {
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
    }

    /// Without dashes: `main`.
    package let name: String
    /// What stands for the value in a usage line: `DEPT`.
    package let value: String
    package let form: Form
    package let summary: Label
    package let isRequired: Bool
    package let repeats: Bool

    package init(
        _ name: String,
        _ value: String = "",
        _ form: Form,
        isRequired: Bool = false,
        repeats: Bool = false,
        uk: String,
        en: String
    ) {
        self.name = name
        self.value = value
        self.form = form
        self.summary = Label(uk: uk, en: en)
        self.isRequired = isRequired
        self.repeats = repeats
    }

    static func flag(_ name: String, uk: String, en: String) -> CommandOption {
        CommandOption(name, "", .flag, uk: uk, en: en)
    }
    static func text(_ name: String, _ value: String, uk: String, en: String) -> CommandOption {
        CommandOption(name, value, .text, uk: uk, en: en)
    }
    static func required(_ name: String, _ value: String, uk: String, en: String) -> CommandOption {
        CommandOption(name, value, .text, isRequired: true, uk: uk, en: en)
    }
    static func list(_ name: String, _ value: String, uk: String, en: String) -> CommandOption {
        CommandOption(name, value, .text, repeats: true, uk: uk, en: en)
    }
    static func contents(
        _ name: String,
        _ value: String = "FILE",
        isRequired: Bool = false,
        uk: String,
        en: String
    ) -> CommandOption {
        CommandOption(name, value, .contents, isRequired: isRequired, uk: uk, en: en)
    }

    /// `--main DEPT`.
    package var usage: String { form == .flag ? "--" + name : "--\(name) \(value)" }

    // Options that many commands have.
    static let actor = required("as", "USER[:ROLE]", uk: "хто діє, і в якій ролі", en: "who acts, and in which role")
    static let reader = text(
        "as",
        "USER",
        uk: "хто читає: без цього не показано скарг на працівників цього вузла",
        en: "who reads: without it no complaint about people of this node is shown"
    )
    static let appeal = required(
        "appeal",
        "APPEAL",
        uk: "індекс, id або початок id звернення",
        en: "the appeal's index, id or the beginning of its id"
    )
    static let assignment = text(
        "assignment",
        "ASSIGNMENT",
        uk: "доручення: його назва або підрозділ",
        en: "the assignment: its name or its department"
    )
    static let reason = required("reason", "TEXT", uk: "чому", en: "why")
    static let optionalReason = text("reason", "TEXT", uk: "чому", en: "why")
    static func person(isRequired: Bool) -> CommandOption {
        CommandOption("person", "USER", .text, isRequired: isRequired, uk: "хто виконуватиме", en: "who will do it")
    }
    static let limit = CommandOption(
        "limit",
        "N",
        .number,
        uk: "скільки рядків показати, до 500 (типово 50)",
        en: "how many rows, up to 500 (50 if not given)"
    )
    static let after = text(
        "after",
        "MARK",
        uk: "продовжити після цієї позначки",
        en: "go on after this mark of the former page"
    )
    /// Options that every command has.
    package static let common: [CommandOption] = [
        CommandOption(
            "data",
            "DIR",
            .path,
            uk: "каталог вузла (типово $KARTOTEKA_DATA або /var/lib/kartoteka)",
            en: "the node's directory ($KARTOTEKA_DATA or /var/lib/kartoteka)"
        ),
        CommandOption("json", "", .flag, uk: "вивід для програм", en: "output for machines"),
        CommandOption("lang", "uk|en", .text, uk: "мова повідомлень", en: "the language of messages"),
        CommandOption("verbose", "", .flag, uk: "докладно (також -v)", en: "in detail (also -v)"),
        CommandOption("help", "", .flag, uk: "ця довідка (також -h)", en: "this help (also -h)"),
    ]
}

extension CommandOption {
    /// Whether a value has the type that this option takes.
    func fits(_ value: JSON) -> Bool {
        switch form {
        case .flag: value.bool != nil
        case .number: value.integer != nil
        case .register: value.array?.allSatisfy { $0.object != nil } == true
        case .text, .contents, .path:
            repeats ? value.array?.allSatisfy { $0.string != nil } == true : value.string != nil
        }
    }
}

import Appeals
import CanonicalJSON
import Commands
import Desk
import Node

/// What was typed: the command, its arguments with files read, and how to answer.
///
/// Read before anything is opened. Files are read here and not by the node: the running node is another process, whose
/// rights and working directory are not the caller's.
struct Invocation {
    let command: Command
    /// For the command, wherever it runs.
    var arguments: JSONObject
    /// The bytes of the register, for a command that takes one.
    var register: [UInt8] = []
    let language: Language
    /// The node's data directory: `--data`, else `KARTOTEKA_DATA`, else the standard one.
    let directory: String
    /// Whether the answer is one line of canonical JSON on the standard output, also if it is an error.
    let isJSON: Bool

    /// Where the systemd unit of deploy/ keeps it.
    static let standardDirectory = "/var/lib/kartoteka"

    /// Nil if help was asked for.
    ///
    /// Throws `usage` (exit 2) for whatever is not in the command's table. `--data` and `--json` are for this process
    /// only; `lang` goes with the arguments, since the running node has a language of its own.
    init?(_ words: [String], _ language: Language) throws(DeskError) {
        let before = words.prefix { $0 != "--" }
        if words.first == "help" || before.contains("--help") || before.contains("-h") {
            try Self.checkTopic(words)
            return nil
        }
        let (command, rest) = try Self.command(words)
        self.command = command
        self.language = language
        var arguments = try Self.read(rest, command)
        if let operand = command.operands.first(where: { $0.form == .register }),
            let path = arguments[operand.name]?.string
        {
            register = try Terminal.bytes(path, longest: Terminal.longestRegister)
        }
        directory = Self.directory(arguments["data"]?.string)
        isJSON = arguments["json"]?.bool ?? false
        if let asked = arguments["lang"]?.string, Language(rawValue: asked) == nil {
            throw Self.usage("--lang \(asked): вкажіть uk або en", "--lang \(asked): give uk or en", command)
        }
        for name in ["data", "json"] { arguments[name] = nil }
        arguments["lang"] = .string(language.rawValue)
        if Commands.takesWidth(command) { arguments["width"] = .integer(Int64(Terminal.width)) }
        self.arguments = arguments
    }

    private static func directory(_ given: String?) -> String {
        given ?? Terminal.variable("KARTOTEKA_DATA") ?? standardDirectory
    }

    /// `--lang`, else what the environment names, else the node's `node.language`, else Ukrainian.
    ///
    /// Known before the words are read, so that what is wrong with them is told in it too.
    static func language(_ words: [String]) -> Language {
        if let asked = value("--lang", words) { return Language(rawValue: asked) ?? .ukrainian }
        let locale = Terminal.variable("LC_ALL") ?? Terminal.variable("LC_MESSAGES") ?? Terminal.variable("LANG") ?? ""
        if let named = Language(rawValue: String(locale.prefix { $0 != "_" && $0 != "." })) { return named }
        return NodeConfiguration.language(in: directory(value("--data", words))) ?? .ukrainian
    }

    /// A first look for one option, before it is known which command it belongs to.
    private static func value(_ option: String, _ words: [String]) -> String? {
        for (place, word) in words.enumerated() {
            if word.hasPrefix(option + "=") { return String(word.dropFirst(option.utf8.count + 1)) }
            if word == option, place + 1 < words.count { return words[place + 1] }
        }
        return nil
    }

    /// Help on what is not there is a mistake, not the help of everything.
    private static func checkTopic(_ words: [String]) throws(DeskError) {
        let names = Array((words.first == "help" ? words.dropFirst() : words[...]).prefix { !$0.hasPrefix("-") })
        guard let first = names.first else { return }
        if Commands.all.contains(where: { $0.name.hasPrefix(first + " ") }), names.count == 1 { return }
        _ = try command(names)
    }

    /// The command that the first words name, and the words after its name.
    private static func command(_ words: [String]) throws(DeskError) -> (Command, [String]) {
        let names = words.prefix { !$0.hasPrefix("-") }
        for count in [2, 1] where names.count >= count {
            if let command = Commands.named(names.prefix(count).joined(separator: " ")) {
                return (command, Array(words.dropFirst(count)))
            }
        }
        guard !names.isEmpty else {
            throw DeskError(
                .usage,
                "usage",
                uk: "спершу команда, тоді параметри: kartoteka COMMAND \(words.first ?? "")",
                en: "the command comes before its options: kartoteka COMMAND \(words.first ?? "")",
                remedy: Sentence(uk: "Які є: kartoteka help", en: "Which there are: kartoteka help")
            )
        }
        let typed = names.prefix(2).joined(separator: " ")
        let near = Commands.suggestions(for: typed) + Commands.suggestions(for: names.first ?? "")
        let unique = near.enumerated().filter { near.firstIndex(of: $0.element) == $0.offset }.map(\.element).prefix(5)
        let shown = unique.map { "kartoteka " + $0 }.joined(separator: "\n  ")
        throw DeskError(
            .usage,
            "unknownCommand",
            uk: "немає команди «\(typed)»",
            en: "there is no command \"\(typed)\"",
            remedy: unique.isEmpty
                ? Sentence(uk: "Які є: kartoteka help", en: "Which there are: kartoteka help")
                : Sentence(uk: "Можливо:\n  \(shown)", en: "Perhaps:\n  \(shown)")
        )
    }

    /// Options in any order, `--name value` or `--name=value`, operands by their place; after `--` all words are
    /// operands.
    ///
    /// A single `-` is an operand or a value: the standard input.
    private static func read(_ words: [String], _ command: Command) throws(DeskError) -> JSONObject {
        var arguments = JSONObject()
        var operands = command.operands[...]
        var words = words[...]
        var onlyOperands = false
        while let word = words.popFirst() {
            if word == "--", !onlyOperands {
                onlyOperands = true
            } else if !onlyOperands, word.hasPrefix("-"), word != "-" {
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                let option = try option(parts[0], command)
                if option.form == .flag {
                    guard parts.count == 1 else {
                        throw usage("\(option.typed) не бере значення", "\(option.typed) takes no value", command)
                    }
                    arguments[option.name] = true
                } else {
                    guard let value = parts.count == 2 ? parts[1] : words.popFirst() else {
                        throw usage(
                            "бракує значення: \(option.typed)",
                            "the value is missing: \(option.typed)",
                            command
                        )
                    }
                    try put(value, option, &arguments, command)
                }
            } else {
                guard let operand = operands.popFirst() else {
                    throw usage("зайве слово «\(word)»", "unexpected argument \"\(word)\"", command)
                }
                try put(word, operand, &arguments, command)
            }
        }
        for option in command.operands + command.options where option.isRequired && arguments[option.name] == nil {
            let shown = command.operands.contains { $0.name == option.name } ? option.value : option.typed
            throw usage("бракує \(shown): \(option.summary.uk)", "\(shown) is missing: \(option.summary.en)", command)
        }
        return arguments
    }

    /// One of the command's own options or of those that all have; a mistyped one is refused with those that begin like
    /// it.
    private static func option(_ word: String, _ command: Command) throws(DeskError) -> UseCase.Input {
        let name = word == "-v" ? "verbose" : word.hasPrefix("--") ? String(word.dropFirst(2)) : ""
        let known = command.options + Commands.common
        if let option = known.first(where: { $0.name == name }) { return option }
        let near = known.map(\.name).filter { $0.hasPrefix(name.prefix(3)) && !name.isEmpty }.map { "--" + $0 }.joined(
            separator: ", "
        )
        throw usage(
            "невідомий параметр \(word)" + (near.isEmpty ? "" : "; можливо \(near)"),
            "unknown option \(word)" + (near.isEmpty ? "" : "; perhaps \(near)"),
            command
        )
    }

    /// Puts a value under the option's name in the form that the table gives it: a number, a text, or a file's text.
    ///
    /// An option that does not repeat is refused a second time: the later one would win in silence.
    private static func put(
        _ text: String,
        _ option: UseCase.Input,
        _ arguments: inout JSONObject,
        _ command: Command
    ) throws(DeskError) {
        let value: JSON
        switch option.form {
        case .number:
            guard let number = Int64(text) else {
                throw usage(
                    "\(option.typed): «\(text)» — не число",
                    "\(option.typed): \"\(text)\" is no number",
                    command
                )
            }
            value = .integer(number)
        case .contents: value = .string(try Terminal.read(text))
        case .text, .path, .flag, .register: value = .string(text)
        }
        if option.repeats {
            arguments[option.name] = .array((arguments[option.name]?.array ?? []) + [value])
        } else {
            guard arguments[option.name] == nil else {
                throw usage("\(option.typed) вказано двічі", "\(option.typed) is given twice", command)
            }
            arguments[option.name] = value
        }
    }

    private static func usage(_ uk: Phrase, _ en: Phrase, _ command: Command) -> DeskError {
        DeskError(
            .usage,
            "usage",
            uk: uk,
            en: en,
            remedy: Sentence(uk: "Довідка: kartoteka help \(command.name)", en: "Help: kartoteka help \(command.name)")
        )
    }
}

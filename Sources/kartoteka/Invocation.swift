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

    /// Words with the options that all commands have behind the others, and `--version` as the command that it means:
    /// `kartoteka --data X status`.
    ///
    /// What stands before the command and is no such option stays there and is refused.
    static func arranged(_ words: [String]) -> [String] {
        var rest = words[...]
        if words.prefix(while: { $0 != "--" }).contains("--version") {
            var moved: [String] = []
            while !rest.isEmpty {
                let given = common(&rest)
                if given.isEmpty { rest = rest.dropFirst() }
                moved += given
            }
            return ["version"] + moved
        }
        var moved: [String] = []
        while case let given = common(&rest), !given.isEmpty { moved += given }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end]) + moved + Array(rest[end...])
    }

    /// Takes an option that all commands have from the beginning, with its value; nothing if another word stands there.
    private static func common(_ words: inout ArraySlice<String>) -> [String] {
        guard let word = words.first, word.hasPrefix("-"), word != "--" else { return [] }
        let name = word == "-v" ? "verbose" : word == "-h" ? "help" : String(word.prefix { $0 != "=" }.dropFirst(2))
        guard let option = Commands.common.first(where: { $0.name == name }) else { return [] }
        let count = option.form == .flag || word.contains("=") ? 1 : 2
        defer { words = words.dropFirst(count) }
        return Array(words.prefix(count))
    }

    /// The names after `help`, or before `--help`.
    static func names(_ words: [String]) -> [String] {
        Array((words.first == "help" ? words.dropFirst() : words[...]).prefix { !$0.hasPrefix("-") })
    }

    /// Help on what is not there is a mistake, not the help of everything.
    private static func checkTopic(_ words: [String]) throws(DeskError) {
        let names = names(words)
        guard let first = names.first else { return }
        if !Commands.group(first).isEmpty, names.count == 1 { return }
        guard first == Commands.topicOfCodes else {
            _ = try command(names)
            return
        }
        let options = Commands.optionsWithCodes
        guard let asked = names.dropFirst().first, !options.contains(asked) else { return }
        throw DeskError(
            .usage,
            "usage",
            uk: "параметр «\(asked)» не має переліку кодів; мають: \(options.joined(separator: ", "))",
            en: "the option \"\(asked)\" has no list of codes; these have: \(options.joined(separator: ", "))"
        )
    }

    /// The command that the first words name, and the words after its name.
    private static func command(_ words: [String]) throws(DeskError) -> (Command, [String]) {
        let names = words.prefix { !$0.hasPrefix("-") }
        for count in [2, 1] where names.count >= count {
            if let command = Commands.named(names.prefix(count).joined(separator: " ")) {
                return (command, Array(words.dropFirst(count)))
            }
        }
        guard let first = names.first else {
            throw DeskError(
                .usage,
                "usage",
                uk: "не вказано команди: kartoteka COMMAND \(words.first ?? "")",
                en: "there is no command: kartoteka COMMAND \(words.first ?? "")",
                remedy: Sentence(uk: "Які є: kartoteka help", en: "Which there are: kartoteka help")
            )
        }
        let group = Commands.group(first).map(\.name)
        let typed = names.prefix(2).joined(separator: " ")
        // A word that begins commands alone is asked for the rest of them; one with another word was mistyped.
        let near = names.count == 1 ? [] : Commands.suggestions(for: typed)
        let others = near.isEmpty ? group.isEmpty ? Commands.suggestions(for: first) : group : near
        let shown = others.map { "kartoteka " + $0 }.joined(separator: "\n  ")
        let isGroup = names.count == 1 && !group.isEmpty
        throw DeskError(
            .usage,
            isGroup ? "usage" : "unknownCommand",
            uk: isGroup ? "«\(typed)» — це кілька команд" : "немає команди «\(typed)»",
            en: isGroup ? "\"\(typed)\" is several commands" : "there is no command \"\(typed)\"",
            remedy: others.isEmpty
                ? Sentence(uk: "Які є: kartoteka help", en: "Which there are: kartoteka help")
                : isGroup
                    ? Sentence(uk: "Які саме:\n  \(shown)", en: "Which of them:\n  \(shown)")
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
        var wrong: [DeskError] = []
        while let word = words.popFirst() {
            do throws(DeskError) {
                if word == "--", !onlyOperands {
                    onlyOperands = true
                } else if !onlyOperands, word.hasPrefix("-"), word != "-" {
                    try readOption(word, &words, &arguments, command)
                } else {
                    guard let operand = operands.popFirst() else {
                        throw usage("зайве слово «\(word)»", "unexpected argument \"\(word)\"", command)
                    }
                    try put(word, operand, &arguments, command)
                }
            } catch { wrong.append(error) }
        }
        for option in command.operands + command.options where option.isRequired && arguments[option.name] == nil {
            let shown = command.operands.contains { $0.name == option.name } ? option.value : option.typed
            let isRefused = wrong.contains { $0.details["field"]?.string == option.name }
            guard !isRefused else { continue }
            wrong.append(
                usage("бракує \(shown): \(option.summary.uk)", "\(shown) is missing: \(option.summary.en)", command)
            )
        }
        if let all = DeskError.all(wrong) { throw all }
        return arguments
    }

    private static func readOption(
        _ word: String,
        _ words: inout ArraySlice<String>,
        _ arguments: inout JSONObject,
        _ command: Command
    ) throws(DeskError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let option: UseCase.Input
        do throws(DeskError) { option = try Self.option(parts[0], command) } catch {
            // Its value is no word too many.
            if parts.count == 1, let next = words.first, !next.hasPrefix("-") { words.removeFirst() }
            throw error
        }
        guard option.form != .flag else {
            guard parts.count == 1 else {
                throw usage("\(option.typed) не бере значення", "\(option.typed) takes no value", command)
            }
            arguments[option.name] = true
            return
        }
        guard let value = parts.count == 2 ? parts[1] : words.popFirst() else {
            throw usage(
                "бракує значення: \(option.typed)",
                "the value is missing: \(option.typed)",
                command,
                option.name
            )
        }
        try put(value, option, &arguments, command)
    }

    /// One of the command's own options or of those that all have; a mistyped one is refused with those that are near it.
    private static func option(_ word: String, _ command: Command) throws(DeskError) -> UseCase.Input {
        let name = word == "-v" ? "verbose" : word.hasPrefix("--") ? String(word.dropFirst(2)) : ""
        let known = command.options + Commands.common
        if let option = known.first(where: { $0.name == name }) { return option }
        let near = Commands.near(word.drop { $0 == "-" }.lowercased(), known.map(\.name)).map { "--" + $0 }
        throw usage(
            "немає параметра \(word)" + (near.isEmpty ? "" : "; може, \(near.joined(separator: ", "))?"),
            "there is no option \(word)" + (near.isEmpty ? "" : "; perhaps \(near.joined(separator: ", "))?"),
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
                    command,
                    option.name
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

    private static func usage(_ uk: Phrase, _ en: Phrase, _ command: Command, _ field: String? = nil) -> DeskError {
        DeskError(
            .usage,
            "usage",
            uk: uk,
            en: en,
            remedy: Sentence(uk: "Довідка: kartoteka help \(command.name)", en: "Help: kartoteka help \(command.name)"),
            details: field.map { ["field": .string($0)] } ?? JSONObject()
        )
    }
}

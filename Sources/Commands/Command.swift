package import Appeals
package import CanonicalJSON
import Desk

/// How a running node runs a command: beside all others, after the acts before it, or apart since it takes long.
package enum CommandLane: Sendable, CaseIterable {
    case reading, acting, long
}

/// One command: what it is called, what it takes and what it does.
///
/// Arguments come as JSON, so that the same code runs behind the local socket of a running node and on the directory of
/// a stopped one. Files are read by the command line; the arguments hold their contents.
package struct Command: Sendable {
    /// Where a command does its work.
    package enum Place: Sendable, Equatable {
        /// On a node's store, whether the node runs or not.
        case store
        /// In the running node only: it needs its links.
        case running
        /// Around the store: making it, serving it, saving and restoring it.
        case withoutNode
    }

    /// On which lane of a running node it goes.
    package let lane: CommandLane
    /// `appeal register`.
    package let name: String
    package let summary: Label
    package let place: Place
    /// What stands without dashes, in order.
    package let operands: [CommandOption]
    package let options: [CommandOption]
    package let example: String
    private let body: @Sendable (Call) throws -> CommandResult

    init(
        _ name: String,
        uk: String,
        en: String,
        place: Place = .store,
        lane: CommandLane? = nil,
        operands: [CommandOption] = [],
        options: [CommandOption] = [],
        example: String,
        body: @escaping @Sendable (Call) throws -> CommandResult
    ) {
        self.name = name
        summary = Label(uk: uk, en: en)
        self.place = place
        // Who has to say who acts, acts.
        self.lane = lane ?? (options.contains { $0.name == "as" && $0.isRequired } ? .acting : .reading)
        self.operands = operands
        self.options = options
        self.example = example
        self.body = body
    }

    /// Does it, or says why not; a refusal is a result too.
    package func run(_ context: CommandContext, _ arguments: JSONObject) -> CommandResult {
        let language = arguments["lang"]?.string.flatMap(Language.init) ?? context.language
        do {
            try check(arguments)
            return try body(Call(context: context, arguments: arguments, language: language, command: name))
        } catch {
            return CommandResult(DeskError(error), language)
        }
    }

    /// Arguments of other programs come here unread: unknown, missing and wrongly typed ones are refused by name.
    private func check(_ arguments: JSONObject) throws(DeskError) {
        let known = operands + options + CommandOption.common
        for (key, value) in arguments.members {
            guard let option = known.first(where: { $0.name == key }) else {
                throw .usage(
                    "unknownOption",
                    uk: "команда «\(name)» не має параметра «\(key)»",
                    en: "\"\(name)\" has no option \"\(key)\""
                )
            }
            guard option.fits(value) else {
                throw .usage(
                    "wrongType",
                    uk: "значення «\(key)» не того виду",
                    en: "the value of \"\(key)\" has the wrong type"
                )
            }
        }
        for option in operands + options where option.isRequired && arguments[option.name] == nil {
            let shown = operands.contains { $0.name == option.name } ? option.value : option.usage
            throw .usage(
                "missingOption",
                uk: "бракує \(shown): \(option.summary.uk)",
                en: "\(shown) is missing: \(option.summary.en)"
            )
        }
    }

    /// `kartoteka appeal show APPEAL [--json]`.
    package var usage: String {
        var words = ["kartoteka", name]
        words += operands.map { $0.isRequired ? $0.value : "[\($0.value)]" }
        words += options.map { option in
            let shown = option.usage + (option.repeats ? " …" : "")
            return option.isRequired ? shown : "[\(shown)]"
        }
        return words.joined(separator: " ")
    }

    /// The help of one command; it ends in an example.
    package func help(_ language: Language) -> String {
        var lines = [summary.text(language), "", Label(uk: "Вжиток:", en: "Usage:").text(language), "  " + usage]
        let shown = operands.map { ($0.value, $0) } + (options + CommandOption.common).map { ($0.usage, $0) }
        let width = shown.map(\.0.count).max() ?? 0
        lines += ["", Label(uk: "Параметри:", en: "Options:").text(language)]
        for (name, option) in shown {
            let mark = option.isRequired ? Label(uk: " (обов'язково)", en: " (required)").text(language) : ""
            lines.append("  " + name.padded(to: width) + "  " + option.summary.text(language) + mark)
        }
        lines += ["", Label(uk: "Приклад:", en: "Example:").text(language), "  " + example]
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// With spaces after it, to at least this many characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

package import Appeals
package import CanonicalJSON
package import Desk

/// A row of the table with what the terminal does for it.
///
/// Arguments come as JSON, so that the same code runs behind the local socket of a running node and on the directory of
/// a stopped one. Files are read by the command line; the arguments hold their contents.
package struct Command: Sendable {
    package let row: UseCase
    private let body: @Sendable (Call) throws -> CommandResult

    init(_ row: UseCase, body: @escaping @Sendable (Call) throws -> CommandResult) {
        self.row = row
        self.body = body
    }

    /// `appeal register`.
    package var name: String { row.name }
    package var summary: Label { row.summary }
    package var place: UseCase.Place { row.place }
    package var lane: UseCase.Lane { row.lane }
    package var operands: [UseCase.Input] { row.operands }
    package var options: [UseCase.Input] { row.options }

    /// Does it, or says why not; a refusal is a result too.
    package func run(_ context: CommandContext, _ arguments: JSONObject) -> CommandResult {
        let language = arguments["lang"]?.string.flatMap(Language.init) ?? context.language
        do {
            try check(arguments)
            let entrance = Desk(context.place, .anybody).entrance
            let entered = try Entered(arguments, of: operands + options + Commands.common, entrance)
            return try body(Call(context: context, entered: entered, language: language, command: name))
        } catch {
            return CommandResult(DeskError(error), language)
        }
    }

    /// Arguments of other programs come here unread: unknown, missing and wrongly typed ones are refused by name.
    private func check(_ arguments: JSONObject) throws(DeskError) {
        let known = operands + options + Commands.common + Commands.ofTerminal
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
            let shown = operands.contains { $0.name == option.name } ? option.value : option.typed
            throw .usage(
                "missingOption",
                uk: "бракує \(shown): \(option.summary.uk)",
                en: "\(shown) is missing: \(option.summary.en)"
            )
        }
    }

    /// The help of one command; it ends in an example.
    package func help(_ language: Language) -> String {
        var lines = [
            summary.text(language), "", Label(uk: "Вжиток:", en: "Usage:").text(language), "  kartoteka " + row.usage,
        ]
        let shown = operands.map { ($0.value, $0) } + (options + Commands.common).map { ($0.typed, $0) }
        let width = shown.map(\.0.count).max() ?? 0
        lines += ["", Label(uk: "Параметри:", en: "Options:").text(language)]
        for (name, option) in shown {
            let mark = option.isRequired ? Label(uk: " (обов'язково)", en: " (required)").text(language) : ""
            lines.append("  " + name.padded(to: width) + "  " + option.summary.text(language) + mark)
        }
        lines += ["", Label(uk: "Приклад:", en: "Example:").text(language), "  " + row.typedExample]
        if Commands.takesRegister(self) { lines += MappingManual.help(language) }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// With spaces after it, to at least this many characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

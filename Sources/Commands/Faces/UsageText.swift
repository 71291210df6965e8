package import Appeals
package import Desk

extension UseCase.Input {
    /// `[--co DEPT …]` or `--as USER`, as a usage line has an option.
    fileprivate var inUsage: String {
        let shown = typed + (repeats ? " …" : "")
        return isRequired ? shown : "[\(shown)]"
    }

    /// What the type asks for and how long it may be: `текст, до 48 КіБ`; empty for a flag.
    package func wanted(_ language: Language) -> String {
        guard type != .flag else { return "" }
        let limit = type.limit.text(language)
        let piped = Label(uk: "; «-» — стандартний ввід", en: "; \"-\" is the standard input").text(language)
        return type.label.text(language) + (form == .contents ? piped : "") + (limit.isEmpty ? "" : ", " + limit)
    }
}

extension UseCase {
    /// `appeal show APPEAL [--as USER]`.
    package var usage: String { ([name] + piecesOfUsage).joined(separator: " ") }

    /// What follows the name in a usage line, each of which belongs together.
    var piecesOfUsage: [String] {
        operands.map { $0.isRequired ? $0.value : "[\($0.value)]" } + options.map(\.inUsage)
    }
}

extension [UseCase] {
    /// First words, each once, in order.
    package var groups: [String] { reduce(into: []) { if !$0.contains($1.group) { $0.append($1.group) } } }

    /// The rows of a group; the one row of this name if it stands alone.
    package func group(_ name: String) -> [UseCase] { filter { $0.group == name } }
}

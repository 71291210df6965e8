import Appeals
import Desk

/// Completion for zsh: `_arguments` for each command, with what each option means.
struct ZshCompletion {
    let rows: [UseCase]
    let common: [UseCase.Input]
    let language: Language

    var script: String {
        ([
            "#compdef kartoteka", "# zsh completion for kartoteka, made by: kartoteka completion zsh", "_kartoteka() {",
            "    local -a names", "    if (( CURRENT == 2 )); then", "        names=(",
        ]
            + rows.groups.map { "            " + described($0, groupSummary($0)) } + [
                "        )", "        _describe -t commands kartoteka names", "        return", "    fi",
                "    case $words[2] in",
            ] + rows.groups.flatMap(group) + [
                "    esac", "}", "if [[ $funcstack[1] == _kartoteka ]]; then",
                "    _kartoteka \"$@\"", "else", "    compdef _kartoteka kartoteka", "fi",
            ]).joined(separator: "\n")
    }

    /// The summary of a row that stands alone; else the names of the group's rows.
    private func groupSummary(_ name: String) -> String {
        let rows = rows.group(name)
        guard let first = rows.first, first.second == nil else {
            return rows.compactMap(\.second).joined(separator: ", ")
        }
        return first.summary.text(language)
    }

    private func described(_ name: String, _ summary: String) -> String { Completion.quoted("\(name):" + summary) }

    private func group(_ name: String) -> [String] {
        let rows = rows.group(name)
        guard rows.contains(where: { $0.second != nil }) else {
            return ["    \(name))"] + rows.flatMap { arguments($0, words: 1, indent: "        ") } + ["        ;;"]
        }
        return ["    \(name))", "        if (( CURRENT == 3 )); then", "            names=("]
            + rows.map { "                " + described($0.second ?? "", $0.summary.text(language)) }
            + [
                "            )", "            _describe -t commands \(name) names", "            return", "        fi",
                "        case $words[3] in",
            ]
            + rows.flatMap { row in
                ["        \(row.second ?? ""))"] + arguments(row, words: 2, indent: "            ") + ["            ;;"]
            } + ["        esac", "        ;;"]
    }

    private func arguments(_ row: UseCase, words: Int, indent: String) -> [String] {
        let specs =
            row.options.map(option) + common.map(option)
            + row.operands.map {
                Completion.quoted((($0.isRequired ? ":" : "::") + escaped($0.value) + ":" + action($0)))
            }
        return [
            indent + "words=(\(Completion.quoted(row.name)) \"${(@)words[\(words + 2),-1]}\")",
            indent + "(( CURRENT -= \(words) ))", indent + "_arguments -S \\",
        ] + specs.enumerated().map { indent + "    " + $1 + ($0 == specs.count - 1 ? "" : " \\") }
    }

    private func option(_ input: UseCase.Input) -> String {
        let mark = input.repeats ? "*" : ""
        let text = mark + "--\(input.name)[" + escaped(input.summary.text(language)) + "]"
        return Completion.quoted(input.type == .flag ? text : text + ":" + escaped(input.value) + ":" + action(input))
    }

    private func action(_ input: UseCase.Input) -> String {
        switch Completion.Value(input.type) {
        case .codes(let codes):
            "((" + codes.map { $0.code + "\\:" + inner($0.label.text(language)) }.joined(separator: " ") + "))"
        case .file: "_files"
        case .directory: "_files -/"
        case .other: ""
        }
    }

    /// What `_arguments` would take for its own signs.
    private func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if ":[]\\".contains(character) { result.append("\\") }
            result.append(character)
        }
    }

    /// A description inside a list of values, which zsh reads as a word of its own.
    private func inner(_ text: String) -> String {
        "\"" + text.filter { !"\"\\$`".contains($0) }.split(separator: ":").joined(separator: ",") + "\""
    }
}

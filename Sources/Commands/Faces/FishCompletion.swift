import Appeals
import Desk

/// Completion for fish: a line for each command, option and list of values.
struct FishCompletion {
    let rows: [UseCase]
    let common: [UseCase.Input]
    let language: Language

    var script: String {
        ([Self.head] + rows.groups.map(group) + rows.flatMap(second) + rows.flatMap(row)).joined(separator: "\n")
    }

    private static let head = """
        # fish completion for kartoteka, made by: kartoteka completion fish
        function __kartoteka_after
            set -l words (commandline -opc)
            set -l last (math (count $argv) + 1)
            test (count $words) -ge $last; or return 1
            test (count $argv) -eq 0; and begin; test (count $words) -eq 1; return; end
            test "$words[2..$last]" = "$argv"
        end
        function __kartoteka_wants_second
            set -l words (commandline -opc)
            test (count $words) -eq 2; and test "$words[2]" = "$argv[1]"
        end
        complete -c kartoteka -f
        """

    private func line(_ condition: String, _ rest: String, _ summary: String) -> String {
        "complete -c kartoteka -n '\(condition)' \(rest)" + (summary.isEmpty ? "" : " -d " + quoted(summary))
    }

    private func group(_ name: String) -> String {
        let rows = rows.group(name)
        let summary = rows.first.flatMap { $0.second == nil ? $0.summary.text(language) : nil }
        return line("__kartoteka_after", "-a \(name)", summary ?? rows.compactMap(\.second).joined(separator: ", "))
    }

    private func second(_ row: UseCase) -> [String] {
        row.second.map {
            [line("__kartoteka_wants_second \(row.group)", "-a \($0)", row.summary.text(language))]
        } ?? []
    }

    private func row(_ row: UseCase) -> [String] {
        let condition = "__kartoteka_after " + row.name
        let options = (row.options + common).map { input in
            line(condition, "-l \(input.name)" + value(input), input.summary.text(language))
        }
        let operands = row.operands.compactMap { operand -> String? in
            switch Completion.Value(operand.type) {
            case .codes(let codes): line(condition, "-a " + quoted(list(codes)), "")
            case .file, .directory: line(condition, "-F", "")
            case .other: nil
            }
        }
        return options + operands
    }

    private func value(_ input: UseCase.Input) -> String {
        guard input.type != .flag else { return "" }
        return switch Completion.Value(input.type) {
        case .codes(let codes): " -x -a " + quoted(list(codes))
        case .file: " -r -F"
        case .directory: " -x -a " + quoted("(__fish_complete_directories)")
        case .other: " -x"
        }
    }

    /// `code\t"words"`, which fish reads once more.
    private func list(_ codes: [InputCode]) -> String {
        codes.map { code in code.code + "\\t\"" + code.label.text(language).filter { !"\"\\$".contains($0) } + "\"" }
            .joined(separator: " ")
    }

    /// In single quotes, where fish knows `\'` and `\\`; a tab before words is to stay `\t` until it is read again.
    private func quoted(_ text: String) -> String {
        "'" + text.reduce(into: "") { $0 += $1 == "'" ? "\\'" : String($1) } + "'"
    }
}

import Desk

/// Completion for bash: one function without what bash-completion would bring.
struct BashCompletion {
    let rows: [UseCase]
    let common: [UseCase.Input]

    var script: String {
        ([Self.head] + [firstWords] + [secondWords, names, Self.middle] + rows.map(row) + [Self.end]).joined(
            separator: "\n"
        )
    }

    private static let head = """
        # bash completion for kartoteka, made by: kartoteka completion bash
        _kartoteka() {
            local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} name='' words='' paths=''
            COMPREPLY=()
            # Bash makes a word of the sign in --option=value.
            if [[ $cur == = ]]; then
                cur=''
            elif [[ $prev == = ]]; then
                prev=${COMP_WORDS[COMP_CWORD - 2]}
            fi
        """

    private var firstWords: String {
        """
            if ((COMP_CWORD == 1)); then
                COMPREPLY=($(compgen -W '\((rows.groups + ["help"]).joined(separator: " "))' -- "$cur"))
                return
            fi
        """
    }

    private var secondWords: String {
        let groups = rows.groups.filter { name in rows.group(name).contains { $0.second != nil } }
        return
            ([
                "    local first=1",
                "    [[ ${COMP_WORDS[1]} == help ]] && first=2",
                "    if ((COMP_CWORD == first)); then",
                "        COMPREPLY=($(compgen -W '\(rows.groups.joined(separator: " "))' -- \"$cur\"))",
                "        return",
                "    fi",
                "    case ${COMP_WORDS[first]} in",
            ]
            + groups.map { group in
                let seconds = rows.group(group).compactMap(\.second).joined(separator: " ")
                return "        \(group)) words='\(seconds)' ;;"
            } + [
                "    esac",
                "    if [[ -n $words ]] && ((COMP_CWORD == first + 1)); then",
                "        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))",
                "        return",
                "    fi",
            ]).joined(separator: "\n")
    }

    private var names: String {
        """
            name=${COMP_WORDS[first]}
            [[ -n $words ]] && name+=" ${COMP_WORDS[first + 1]}"
            words=''
            ((first == 2)) && return
        """
    }

    private static let middle = "    case $name in"

    private func row(_ row: UseCase) -> String {
        let options = row.options + common
        let operands = row.operands.map { Completion.Value($0.type) }
        let lines =
            options.filter { $0.type != .flag }.map {
                "            --\($0.name)) \(reply(Completion.Value($0.type))) ;;"
            }
            + ["            *) \(offered(operands, options)) ;;"]
        return (["    '\(row.name)')", "        case $prev in"] + lines + ["        esac", "        ;;"])
            .joined(separator: "\n")
    }

    private func reply(_ value: Completion.Value) -> String {
        switch value {
        case .codes(let codes): "words='\(codes.map(\.code).joined(separator: " "))'"
        case .file: "paths=file"
        case .directory: "paths=directory"
        case .other: "return"
        }
    }

    /// Where no value of an option is due: options, and what an operand takes.
    private func offered(_ operands: [Completion.Value], _ options: [UseCase.Input]) -> String {
        let codes = operands.flatMap { value -> [String] in
            guard case .codes(let codes) = value else { return [] }
            return codes.map(\.code)
        }
        let words = "words='\((codes + options.map { "--" + $0.name }).joined(separator: " "))'"
        if operands.contains(.file) { return words + "; paths=file" }
        return operands.contains(.directory) ? words + "; paths=directory" : words
    }

    private static let end = """
            *) return ;;
            esac
            [[ -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$cur"))
            case $paths in
            file) COMPREPLY+=($(compgen -f -- "$cur")) ;;
            directory) COMPREPLY+=($(compgen -d -- "$cur")) ;;
            esac
        }
        complete -o filenames -F _kartoteka kartoteka
        """
}

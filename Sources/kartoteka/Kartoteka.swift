import Appeals
import CanonicalJSON
import Glibc
import Node

/// The command line: reads the arguments by the table of commands, runs the command, prints what it gave.
@main
enum Kartoteka {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        let words = Array(CommandLine.arguments.dropFirst())
        let language = Invocation.language(words)
        exit(run(words, language).rawValue)
    }

    private static func run(_ words: [String], _ language: Language) -> ExitCode {
        if words.isEmpty {
            Terminal.out(Help.all(language))
            return .usage
        }
        do {
            guard let invocation = try Invocation(words, language) else {
                Terminal.out(Help.text(words, language))
                return .ok
            }
            return print(try Route(invocation).run(), invocation)
        } catch {
            let error = CommandError(error)
            let wantsJSON = words.contains("--json")
            if wantsJSON { Terminal.out(error.json.canonicalText) } else { Terminal.err(error.text(language)) }
            return error.exit
        }
    }

    private static func print(_ result: CommandResult, _ invocation: Invocation) -> ExitCode {
        if invocation.isJSON {
            Terminal.out(result.json.canonicalText)
        } else if result.isError {
            Terminal.err(result.text)
        } else if !result.text.isEmpty {
            Terminal.out(result.text)
        }
        return result.exit
    }
}

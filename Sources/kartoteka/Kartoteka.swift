import Appeals
import CanonicalJSON
import Commands
import Desk
import Glibc
import Node

/// The command line: reads the arguments by the table of commands, runs the command, prints what it gave.
@main
enum Kartoteka {
    /// Ends the process with the command's exit code.
    ///
    /// A broken pipe becomes the error of a write instead of a signal, and files are made for their owner alone.
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        // What is made with a mode of its own does not need it; nothing below may set it for its whole process.
        umask(0o077)
        let words = Invocation.arranged(Array(CommandLine.arguments.dropFirst()))
        let language = Invocation.language(words)
        exit(run(words, language).rawValue)
    }

    /// Runs what was typed and prints what came of it; every error of every layer ends here as a `DeskError`.
    ///
    /// With `--json` an error goes to the standard output as well, so that a script reads one stream.
    private static func run(_ words: [String], _ language: Language) -> ExitCode {
        if words.isEmpty {
            return ended(Terminal.out(Help.all(language, Terminal.width)), language, .usage)
        }
        do {
            guard let invocation = try Invocation(words, language) else {
                return ended(Terminal.out(Help.text(words, language, Terminal.width)), language, .ok)
            }
            return print(try Route(invocation).run(), invocation)
        } catch {
            let error = DeskError(error)
            let wantsJSON = words.contains("--json")
            if wantsJSON { return ended(Terminal.out(json: error.json), language, error.exit) }
            Terminal.err(error.text(language, Terminal.width))
            return error.exit
        }
    }

    /// Results go to the standard output, refusals to the standard error; a result without text prints nothing.
    private static func print(_ result: CommandResult, _ invocation: Invocation) -> ExitCode {
        if invocation.isJSON {
            return ended(Terminal.out(json: result.json), invocation.language, result.exit)
        } else if result.isError {
            Terminal.err(result.refusal(invocation.language, Terminal.width) ?? result.text)
        } else if !result.text.isEmpty {
            let isForPeople = !Commands.isVerbatim(invocation.command)
            let text = isForPeople ? LineBreaks.hanging(result.text, Terminal.width) : result.text
            return ended(Terminal.out(text), invocation.language, result.exit)
        }
        return result.exit
    }

    /// The exit after printing: whoever closes the pipe has read enough, but a full disk must not pass for success.
    private static func ended(_ failure: Int32, _ language: Language, _ code: ExitCode) -> ExitCode {
        if failure == 0 || failure == EPIPE { return code }
        let what = Label(uk: "вивід не записано: ", en: "the output was not written: ") + Label(errno: failure)
        Terminal.err(DeskError(.failed, "output", uk: "\(what.uk)", en: "\(what.en)").text(language))
        return .failed
    }
}

import Appeals
import CanonicalJSON
import Commands
import Desk
import Glibc
import Node

/// Where a command runs: in the running node, on the directory of a stopped one, or around a store.
///
/// Who calls need not know whether the node runs: a running one is asked, the directory of a stopped one is opened.
struct Route {
    let invocation: Invocation

    init(_ invocation: Invocation) { self.invocation = invocation }

    /// Runs the command and writes the files that it was asked for: rejected rows, a token.
    ///
    /// Whether these can be written is looked at before the command runs: an invitation that could not be kept would
    /// have to be made again. A register goes in pieces, since the local socket takes 64 MiB at most and one long act
    /// would keep others waiting.
    func run() throws -> CommandResult {
        if invocation.command.name == "version" { return Commands.version(invocation.language) }
        if invocation.command.place == .withoutNode { return try Lifecycle(invocation).run() }
        let targets = ["rejects", "out", "suggest"].compactMap { invocation.arguments[$0]?.string }
        for path in targets { try RegularFile.checkTarget(path, doing: Terminal.writing) }
        let result =
            Commands.takesRegister(invocation.command)
            ? try imported() : try once(invocation.arguments)
        if let path = invocation.arguments["rejects"]?.string, result.json["rejects"] != nil {
            try Terminal.save(RejectedFile.text(result.json, invocation.language), to: path)
        }
        if let path = invocation.arguments["suggest"]?.string, let mapping = result.json["mapping"] {
            try Terminal.save(Commands.text(ofMapping: mapping), to: path)
        }
        if let path = invocation.arguments["out"]?.string, let token = result.json["token"]?.string {
            try Terminal.save(token + "\n", to: path)
        }
        return result
    }

    /// Where the system keeps when clocks were turned.
    private static let zones = "/usr/share/zoneinfo/"

    /// A register, piece by piece; Ctrl-C ends it after the piece that is being written.
    private func imported() throws -> CommandResult {
        let interrupt = Interrupt()
        let words = Label(uk: "прочитано рядків: ", en: "rows read: ").text(invocation.language)
        defer { Terminal.progress("\u{1B}[K") }
        return try Commands.inPieces(
            invocation.register,
            invocation.arguments,
            invocation.language,
            zoneFile: { name in
                do { return try RegularFile.read(Self.zones + name, limit: 1 << 20, doing: Terminal.writing) } catch {
                    return nil
                }
            },
            isInterrupted: { interrupt.isAsked },
            progress: { Terminal.progress(words + "\($0) ") },
            once: once
        )
    }

    /// How often a directory that somebody holds is tried again, and after how long (microseconds): a node that is just
    /// starting holds it before it answers.
    private static let patience = (tries: 50, pause: UInt32(100_000))

    /// One exchange with whoever has the node: the running one, else this process.
    ///
    /// Tried for 5 s while another process holds the directory and does not answer yet; then the lock's own error is
    /// thrown.
    private func once(_ arguments: JSONObject) throws -> CommandResult {
        for _ in 0..<Self.patience.tries {
            if let result = try served(arguments) { return result }
            do { return try opened(arguments) } catch let error as NodeError where error.code == .locked {
                usleep(Self.patience.pause)
            }
        }
        return try served(arguments) ?? opened(arguments)
    }

    /// Nil if no node answers.
    private func served(_ arguments: JSONObject) throws -> CommandResult? {
        guard LocalClient.isServed(invocation.directory) else { return nil }
        if Commands.isLong(invocation.command) {
            let waiting = Waiting(invocation.language)
            return try Self.result(waiting.served(invocation.directory, invocation.command.name, arguments))
        }
        return try Self.result(
            LocalClient.call(
                directory: invocation.directory,
                command: invocation.command.name,
                arguments: arguments
            )
        )
    }

    /// On the directory itself, which this process locks meanwhile; throws `locked` if another has it.
    private func opened(_ arguments: JSONObject) throws -> CommandResult {
        let (command, directory) = (invocation.command, invocation.directory)
        guard Commands.isLong(command) else {
            let node = try OpenedNode.open(directory)
            defer { node.close() }
            return command.run(node.context, arguments)
        }
        return try Waiting(invocation.language).shown { progress in
            let node = try OpenedNode.open(directory)
            defer { node.close() }
            return command.run(node.context.watched(by: progress), arguments)
        }
    }

    /// The answer of a running node.
    static func result(_ envelope: JSON) throws(DeskError) -> CommandResult {
        guard let result = CommandResult(envelope: envelope) else {
            throw DeskError(
                .wrongVersion,
                "wrongAnswer",
                uk: "запущений вузол іншої версії: його відповідь незрозуміла",
                en: "the running node is of another version: its answer cannot be read",
                remedy: Sentence(uk: "Перезапустіть вузол: kartoteka serve", en: "Restart the node: kartoteka serve")
            )
        }
        return result
    }
}

/// Ctrl-C and its like, which wait until somebody looks for them.
struct Interrupt {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// From now on they end the process no more.
    init() {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in Self.signals { sigaddset(&set, signal) }
        sigprocmask(SIG_BLOCK, &set, nil)
    }

    var isAsked: Bool {
        var pending = sigset_t()
        sigpending(&pending)
        return Self.signals.contains { sigismember(&pending, $0) == 1 }
    }
}

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
        let targets = ["rejects", "out"].compactMap { invocation.arguments[$0]?.string }
        for path in targets { try RegularFile.checkTarget(path, doing: Terminal.writing) }
        let result =
            Commands.takesRegister(invocation.command)
            ? try Commands.inPieces(
                invocation.arguments,
                invocation.language,
                progress: { Terminal.progress("\($0) ") },
                once: once
            ) : try once(invocation.arguments)
        if let path = invocation.arguments["rejects"]?.string {
            try Terminal.save(Rejects.csv(result.json["rejects"]?.array ?? []), to: path)
        }
        if let path = invocation.arguments["out"]?.string, let token = result.json["token"]?.string {
            try Terminal.save(token + "\n", to: path)
        }
        return result
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
        let node = try OpenedNode.open(invocation.directory)
        defer { node.close() }
        return invocation.command.run(node.context, arguments)
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

/// Rows that an import did not take, as a table that a person can mend.
enum Rejects {
    /// Number of the row, its key, and all reasons in one cell, under a heading; RFC 4180 but for its line ends, which
    /// are LF.
    static func csv(_ rejects: [JSON]) -> String {
        let rows = rejects.map { reject in
            [
                String(reject["row"]?.integer ?? 0), reject["key"]?.string ?? "",
                (reject["reasons"]?.array ?? []).compactMap(\.string).joined(separator: "; "),
            ].map(quoted).joined(separator: ",")
        }
        return (["row,key,reasons"] + rows).joined(separator: "\n") + "\n"
    }

    /// Quoted if it has to be; a leading `=`, `+`, `-` or `@` gets an apostrophe, lest a spreadsheet compute it.
    private static func quoted(_ text: String) -> String {
        let safe = text.first.map { "=+-@".contains($0) } == true ? "'" + text : text
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

import Appeals
package import CanonicalJSON
package import Commands
import Cryptography
import Desk
import Dispatch
import Locks
import Transport

/// Runs a command of the command line on a node: its name, its arguments, and where; nil if there is no such command.
package typealias CommandRunner = @Sendable (String, JSONObject, CommandContext) -> JSON?

extension Commands {
    /// Runs the commands of the command line on a node's store; what is done around a store is none of them.
    package static let runner: CommandRunner = { name, arguments, context in
        guard let command = named(name), command.place != .withoutNode else { return nil }
        return command.run(context, arguments).envelope
    }
}

/// The local socket of a running node, for commands of the same user: `POST /local/v1/command`.
///
/// There is no password: the socket lies in the node's directory, which nobody but its owner enters, and who an act is
/// by is said by `--as`. `admit` and `handle` run on the event loop's thread and never block it.
final class LocalEndpoint: RequestHandler, @unchecked Sendable {
    static let path = "/local/v1/command"
    /// Asked by each command before it speaks; not worth a line of the log.
    static let alive = "/local/v1/alive"
    /// `…/NAME`: how far the command is that was given under this name; a POST says that nobody waits for it.
    static let progress = "/local/v1/progress/"
    /// 64 MiB of a command's arguments, files included; longer registers come in pieces.
    static let bodyLimit = 67_108_864

    private let context: CommandContext
    private let runner: CommandRunner
    private let lanes: CommandLanes
    /// Commands that somebody watches, by the names that whoever asked gave them; few at a time.
    private let watched = Locked<[String: WatchedProgress]>([:])

    init(_ context: CommandContext, _ lanes: CommandLanes, runner: @escaping CommandRunner) {
        self.context = context
        self.lanes = lanes
        self.runner = runner
    }

    func admit(peer: PeerIdentity?, _ head: HTTPHead) -> Transport.Admission {
        if head.method == "GET", head.path == Self.alive || head.path.hasPrefix(Self.progress) {
            return .accept(bodyLimit: 0)
        }
        if head.method == "POST", head.path.hasPrefix(Self.progress) { return .accept(bodyLimit: 0) }
        guard head.method == "POST", head.path == Self.path else {
            return .refuse(status: 404, code: "unknownCall", sentence: "only \(Self.path) is here")
        }
        return .accept(bodyLimit: Self.bodyLimit)
    }

    func handle(_ request: Request, _ responder: Responder) {
        // A long command of somebody else must not make the node look dead.
        if request.path == Self.alive { return responder.send(Self.response(200, [:])) }
        if request.path.hasPrefix(Self.progress) { return responder.send(Self.response(200, told(request))) }
        guard !lanes.any({ self.take(request.body, responder) }) else { return }
        responder.send(
            Self.response(
                200,
                failure(.unreachable, "nodeEnds", Label(uk: "вузол зупиняється", en: "the node is ending"))
            )
        )
    }

    /// How far a command is, which a POST ends; null for one that is over or unknown.
    private func told(_ request: Request) -> JSON {
        let name = String(request.path.dropFirst(Self.progress.count))
        guard let progress = watched.withLock({ $0[name] }) else { return .null }
        if request.method == "POST" { progress.abandon() }
        let told = progress.told
        return ["uk": .string(told.step.uk), "en": .string(told.step.en), "done": .integer(told.done)]
    }

    /// Reads a request and gives it to the lane of its command.
    private func take(_ body: [UInt8], _ responder: Responder) {
        var limits = JSONLimits.general
        limits.totalBytes = Self.bodyLimit
        limits.stringBytes = Self.bodyLimit
        let json: JSON
        do { json = try JSON(parsing: body, limits: limits) } catch {
            return responder.send(
                Self.response(
                    400,
                    failure(.usage, "badRequest", Label(uk: "команда — ", en: "the command: ") + Label(cause: error))
                )
            )
        }
        guard let command = json["command"]?.string, let arguments = json["arguments"]?.object else {
            return responder.send(
                Self.response(
                    400,
                    failure(
                        .usage,
                        "badRequest",
                        Label(uk: "бракує command і arguments", en: "command and arguments are missing")
                    )
                )
            )
        }
        let name = json["progress"]?.string ?? "", progress = WatchedProgress()
        if !name.isEmpty { watched.withLock { $0[name] = progress } }
        lanes.run(Self.lane(of: command)) {
            let answer = self.run(command, arguments, progress)
            if !name.isEmpty { self.watched.withLock { $0[name] = nil } }
            responder.send(Self.response(200, answer))
        }
    }

    /// The lane of a command: its own for long work, one for acts, any for questions.
    ///
    /// An unknown command goes where acts go: it may be one.
    private static func lane(of command: String) -> UseCase.Lane {
        command == backup ? .long : Commands.named(command)?.lane ?? .acting
    }

    /// What is done around a stopped node's store, and inside a running one.
    private static let backup = "backup create"

    private func run(_ command: String, _ arguments: JSONObject, _ progress: any Onlooker) -> JSON {
        if let result = runner(command, arguments, context.watched(by: progress)) { return result }
        guard command == Self.backup, let running = context.running else {
            return failure(
                .usage,
                "unknownCommand",
                Label(
                    uk: "запущений вузол не має команди «\(command)»",
                    en: "a running node has no command \"\(command)\""
                )
            )
        }
        do {
            let made = try running.backup(
                file: arguments["file"]?.string,
                withKeys: arguments["with-keys"]?.bool ?? false,
                progress
            )
            return ["exit": 0, "json": made, "text": ""]
        } catch { return failed(DeskError(error), arguments) }
    }

    private func failure(_ kind: DeskError.Kind, _ name: String, _ message: Label) -> JSON {
        failed(DeskError(kind, name, Sentence(message)), [:])
    }

    private func failed(_ error: DeskError, _ arguments: JSONObject) -> JSON {
        let language = arguments["lang"]?.string.flatMap(Language.init) ?? context.language
        return CommandResult(error, language).envelope
    }

    private static func response(_ status: Int, _ json: JSON) -> Response {
        Response(status: status, contentType: "application/json", body: json.canonicalBytes() + [10])
    }
}

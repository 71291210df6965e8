import Appeals
package import CanonicalJSON
package import Commands
import Cryptography
import Desk
import Dispatch
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
    /// 64 MiB of a command's arguments, files included; longer registers come in pieces.
    static let bodyLimit = 67_108_864

    private let context: CommandContext
    private let runner: CommandRunner
    private let lanes = CommandLanes()

    init(_ context: CommandContext, runner: @escaping CommandRunner) {
        self.context = context
        self.runner = runner
    }

    func admit(peer: PeerIdentity?, method: String, path: String) -> Transport.Admission {
        if method == "GET", path == Self.alive { return .accept(bodyLimit: 0) }
        guard method == "POST", path == Self.path else {
            return .refuse(status: 404, code: "unknownCall", sentence: "only \(Self.path) is here")
        }
        return .accept(bodyLimit: Self.bodyLimit)
    }

    func handle(_ request: Request, _ responder: Responder) {
        // A long command of somebody else must not make the node look dead.
        if request.path == Self.alive { return responder.send(Self.response(200, [:])) }
        guard !lanes.any({ self.take(request.body, responder) }) else { return }
        responder.send(
            Self.response(
                200,
                failure(.unreachable, "nodeEnds", Label(uk: "вузол зупиняється", en: "the node is ending"))
            )
        )
    }

    /// Answers all that was asked, and nothing that comes later.
    func drain() { lanes.drain() }

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
        lanes.run(Self.lane(of: command)) { responder.send(Self.response(200, self.run(command, arguments))) }
    }

    /// The lane of a command: its own for long work, one for acts, any for questions.
    ///
    /// An unknown command goes where acts go: it may be one.
    private static func lane(of command: String) -> UseCase.Lane {
        command == backup ? .long : Commands.named(command)?.lane ?? .acting
    }

    /// What is done around a stopped node's store, and inside a running one.
    private static let backup = "backup create"

    private func run(_ command: String, _ arguments: JSONObject) -> JSON {
        if let result = runner(command, arguments, context) { return result }
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
                withKeys: arguments["with-keys"]?.bool ?? false
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

/// Speaks to the running node of a directory.
package enum LocalClient {
    /// How long a command may take, in milliseconds.
    private static let patience: Int64 = 3_600_000

    /// Whether somebody serves this directory.
    ///
    /// 2 s are given to connect. The file of the socket alone says nothing: a killed node leaves it behind.
    package static func isServed(_ path: String) -> Bool {
        let directory = DataDirectory(path)
        guard Files.exists(directory.socket),
            let client = try? HTTPSClient(.socket(path: directory.socket), connectTimeout: 2_000)
        else {
            return false
        }
        return (try? client.request(method: "GET", url: "http://local" + LocalEndpoint.alive, maxBytes: 65_536)) != nil
    }

    /// The node's answer: `{"exit":…,"json":…,"text":…}`.
    ///
    /// Waits an hour at most. A refusal of the command is an answer. An error means that none came: `unreachable`, or
    /// `failed` if whoever answered is no node; whether the command was carried out is then unknown.
    package static func call(directory path: String, command: String, arguments: JSONObject) throws -> JSON {
        let doing = Label(
            uk: "запит «\(command)» до запущеного вузла в \(path)",
            en: "asking the running node in \(path) for \(command)"
        )
        let directory = DataDirectory(path)
        let body: JSON = ["command": .string(command), "arguments": .object(arguments)]
        let response: ClientResponse
        do throws(ClientError) {
            let client = try HTTPSClient(.socket(path: directory.socket), connectTimeout: 5_000)
            response = try client.request(
                method: "POST",
                url: "http://local" + LocalEndpoint.path,
                headers: [("content-type", "application/json")],
                body: body.canonicalBytes(),
                maxBytes: LocalEndpoint.bodyLimit,
                silence: patience
            )
        } catch {
            throw NodeError(
                .unreachable,
                doing: doing,
                found: Label(cause: error),
                remedy: Label(
                    uk: "Чи запущено вузол? kartoteka serve --data \(path)",
                    en: "Is the node running? kartoteka serve --data \(path)"
                )
            )
        }
        var limits = JSONLimits.general
        limits.totalBytes = LocalEndpoint.bodyLimit
        limits.stringBytes = LocalEndpoint.bodyLimit
        guard let json = try? JSON(parsing: response.body, limits: limits), json["exit"]?.integer != nil else {
            throw NodeError(
                .failed,
                doing: doing,
                found: Label(
                    uk: "відповідь \(response.status) не від вузла",
                    en: "the answer \(response.status) is not one of a node"
                ),
                remedy: Label(uk: "Подивіться журнал вузла", en: "See the node's log")
            )
        }
        return json
    }
}

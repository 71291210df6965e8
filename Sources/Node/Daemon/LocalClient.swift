import Appeals
package import CanonicalJSON
import Cryptography
import Desk
import Transport

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
    ///
    /// The node may be asked how far the command is by the `name` that is given to it.
    package static func call(
        directory path: String,
        command: String,
        arguments: JSONObject,
        name: String = ""
    ) throws -> JSON {
        let doing = Label(
            uk: "запит «\(command)» до запущеного вузла в \(path)",
            en: "asking the running node in \(path) for \(command)"
        )
        let directory = DataDirectory(path)
        var body: JSONObject = ["command": .string(command), "arguments": .object(arguments)]
        if !name.isEmpty { body["progress"] = .string(name) }
        let response: ClientResponse
        do throws(ClientError) {
            let client = try HTTPSClient(.socket(path: directory.socket), connectTimeout: 5_000)
            response = try client.request(
                method: "POST",
                url: "http://local" + LocalEndpoint.path,
                headers: [("content-type", "application/json")],
                body: JSON.object(body).canonicalBytes(),
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

    /// A name for a command whose progress is asked for.
    package static func newName() -> String { RandomBytes.hex(8) }

    /// How far a command is that was given under this name, told to whoever watches; ends it where nobody waits any more.
    package static func follow(_ name: String, directory path: String, _ progress: WatchedProgress) {
        let directory = DataDirectory(path)
        let method = progress.isAbandoned ? "POST" : "GET"
        let told: JSON
        do {
            let client = try HTTPSClient(.socket(path: directory.socket), connectTimeout: 1_000)
            let url = "http://local" + LocalEndpoint.progress + name
            told = try JSON(parsing: try client.request(method: method, url: url, maxBytes: 65_536).body)
        } catch {
            // The command's own answer says what became of it.
            return
        }
        guard let uk = told["uk"]?.string, let en = told["en"]?.string else { return }
        progress.show(Label(uk: uk, en: en), told["done"]?.integer ?? 0)
    }
}

import Appeals
import CanonicalJSON
import Commands
import Desk

@testable import Web

/// What a node answers to programs in place of a terminal: the same arguments, by HTTP.
struct WebExit {
    let context: CommandContext
    let user: String

    /// All bytes of the answers to a command's arguments in both languages, headers too; none where programs do not reach it.
    func bytes(_ command: Command, _ arguments: JSONObject) -> [UInt8] {
        guard let endpoint = Endpoint.of(command.row), let via = Via("session:0123456789abcdef") else { return [] }
        let site = WebSite(
            context: context,
            port: 8440,
            origins: ["localhost"],
            draw: { String(repeating: "a", count: 2 * $0) }
        )
        let web = Web(site) { _, _ in SignedIn(user: user, role: nil, via: via) }
        return ["uk", "en"].flatMap { language -> [UInt8] in
            let reply = web.answer(request(endpoint, arguments, language))
            return reply.body + reply.headers.flatMap { Array("\n\($0.0): \($0.1)".utf8) }
        }
    }

    private func request(_ endpoint: Endpoint, _ arguments: JSONObject, _ language: String) -> WebRequest {
        let given = endpoint.inputs.compactMap { input in arguments[input.name].map { (input: input, value: $0) } }
        let path = endpoint.inPath.reduce(endpoint.path) { path, input in
            path.replacing("{\(input.name)+}", with: arguments[input.name]?.string ?? "x")
        }
        let language = ("accept-language", language)
        guard endpoint.isReading else {
            return WebRequest(
                method: "POST",
                path: path,
                headers: [language, ("content-type", "application/json")],
                body: JSON.object(JSONObject(members: given.map { ($0.input.name, $0.value) })).canonicalBytes()
            )
        }
        let others = given.filter { each in endpoint.others.contains { $0.name == each.input.name } }
        let query = others.map { ($0.input.name, $0.value.string ?? $0.value.canonicalText) }
        return WebRequest(method: "GET", path: path, query: query, headers: [language])
    }
}

import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk

/// `/api/v1`: the rows of the table for programs.
enum API {
    /// What every answer has: nobody between keeps it, and it is in the language that was asked for.
    static let headers = [("cache-control", "no-store"), ("vary", "accept-language")]

    static let routes: [Route] = Endpoint.all.map { endpoint in
        Route(endpoint.method, endpoint.path, lane: endpoint.lane, longest: endpoint.longest) { call in
            answer(endpoint, call)
        }
    }

    /// Whether a path is of this face, whose refusals are problem details.
    static func has(_ path: String) -> Bool { path == Endpoint.prefix || path.hasPrefix(Endpoint.prefix + "/") }

    /// What is answered where the site finds no place, no person or no way.
    static func refusal(_ status: Int, _ code: String, _ request: WebRequest, _ site: WebSite) -> WebReply {
        let language = Language.asked(request.header("accept-language"), or: site.context.language)
        return Problem(status: status, code: code, detail: Sentence(Problem.title(status))).reply(language)
    }

    private static func answer(_ endpoint: Endpoint, _ call: WebCall) -> WebReply {
        let call = call.inAskedLanguage
        do {
            if let scope = call.person?.token, !scope.covers(endpoint.row) { throw Problem.beyondScope }
            let given = try Given(endpoint, call)
            return endpoint.isReading
                ? try read(endpoint, given, call) : try ActCall(endpoint, given, call).answer()
        } catch let problem as Problem {
            return problem.reply(call.language, at: endpoint)
        } catch {
            let problem = Problem(DeskError(error), at: endpoint)
            // What a person cannot mend is for whoever keeps the node.
            if problem.status >= 500 { call.site.report(error, endpoint.path) }
            return problem.reply(call.language, at: endpoint)
        }
    }

    // MARK: readings

    private static func read(_ endpoint: Endpoint, _ given: Given, _ call: WebCall) throws -> WebReply {
        // What is shown is never older than the tag says: what changes between the two is a clash, not a silent overwrite.
        let mark = endpoint.row.name == UseCase.appealShow.name ? try shownMark(given, call) : nil
        let result = try run(endpoint, given.arguments, call.context(), call.language)
        guard var object = result.json.object else { return reply(result.json) }
        if let next = object["next"]?.string { object["next"] = .string(given.mark.text(next)) }
        var reply = reply(.object(object))
        guard let mark else { return reply }
        let tag = CardTag(mark: mark, of: reply.body)
        reply.headers.append(("etag", tag.text))
        if call.request.header("if-none-match").map(tag.isAmong) == true {
            return WebReply(status: 304, headers: reply.headers)
        }
        return reply
    }

    /// What the card shows; nil if that is more than a tag holds.
    private static func shownMark(_ given: Given, _ call: WebCall) throws -> CardMark? {
        try call.desk.read { CardMark(try call.desk.shownAppeal(given.arguments["appeal"]?.string ?? "", $0)) }
    }

    // MARK: both

    /// Runs the body of a row; a register goes to it piece by piece.
    static func run(
        _ endpoint: Endpoint,
        _ arguments: JSONObject,
        _ context: CommandContext,
        _ language: Language
    ) throws -> CommandResult {
        var arguments = arguments
        arguments["lang"] = .string(language.rawValue)
        // Whom the table asks for is whoever proved it, whatever stands here (`CommandContext.who`).
        if endpoint.row.inputs.contains(where: { $0.name == UseCase.Input.actor.name }) {
            arguments[UseCase.Input.actor.name] = context.who?.user.map(JSON.string)
        }
        guard Commands.takesRegister(endpoint.command) else { return try endpoint.command.attempt(context, arguments) }
        // In the order of the table a register stands first; its text is given up piece by piece.
        let register = endpoint.row.operands.first { $0.form == .register }
        let bytes = Array((register.flatMap { arguments[$0.name]?.string } ?? "").utf8)
        return try Commands.inPieces(bytes, arguments, language) { try endpoint.command.attempt(context, $0) }
    }

    static func reply(_ json: JSON) -> WebReply {
        WebReply(status: 200, contentType: "application/json", headers: headers, body: json.canonicalBytes())
    }
}

extension WebCall {
    /// The same in the language that the request asks for.
    var inAskedLanguage: WebCall {
        WebCall(
            site: site,
            request: request,
            parameters: parameters,
            person: person,
            language: Language.asked(request.header("accept-language"), or: language)
        )
    }
}

/// The tag of a card as it is sent: what an act is based on, and a digest of all that is shown.
struct CardTag {
    let text: String

    /// Bytes of the digest: nobody profits from two cards that look alike to the cache of one reader.
    private static let digestLength = 8

    init(mark: CardMark, of body: [UInt8]) {
        text = "\"" + mark.text + "." + Hex.encode(SHA256.hash(body).array.prefix(Self.digestLength)) + "\""
    }

    /// Whether `If-None-Match` names it (RFC 9110, 13.1.2: weakly).
    func isAmong(_ header: String) -> Bool {
        header == "*"
            || header.split(separator: ",").contains { each in
                let tag = each.filter { $0 != " " }
                return tag == text || tag == "W/" + text
            }
    }

    /// The mark within a tag of `If-Match`, which names one; nil for anything else.
    static func mark(in header: String) -> String? {
        guard header.count > 2, header.hasPrefix("\""), header.hasSuffix("\"") else { return nil }
        let parts = header.dropFirst().dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2 * digestLength else { return nil }
        return String(parts[0])
    }
}

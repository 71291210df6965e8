import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// The description of `/api/v1` for programs, OpenAPI 3.1: made of the table, in words of one language.
struct OpenAPI {
    static let version = "3.1.0"
    static let path = "/openapi.json"
    static let route = Route("GET", path, entry: .open) { call in
        API.reply(OpenAPI(call.inAskedLanguage.language).document)
    }

    let language: Language

    init(_ language: Language) { self.language = language }

    func say(_ uk: String, _ en: String) -> JSON { .string(Label(uk: uk, en: en).text(language)) }
    func say(_ label: Label) -> JSON { .string(label.text(language)) }

    var document: JSON {
        var paths = JSONObject()
        for endpoint in Endpoint.all {
            var place = paths[endpoint.shownPath]?.object ?? JSONObject()
            place[endpoint.method.lowercased()] = operation(endpoint)
            paths[endpoint.shownPath] = .object(place)
        }
        paths[ChangeStream.path] = ["get": changes]
        let components: JSON = [
            "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]], "schemas": schemas,
            "headers": ["ETag": tag],
        ]
        return [
            "openapi": .string(Self.version), "info": info, "servers": [["url": "/"]], "security": [["token": []]],
            "tags": .array(tags), "paths": .object(paths), "components": components,
        ]
    }

    private var info: JSON {
        let description = say(
            """
            Дії й читання вузла. Хто діє, каже сеанс або ключ програми. Чого не зроблено, пояснює \
            application/problem+json: що, де, яка межа і що робити, мовою, якої просить Accept-Language.
            """,
            """
            Acts and readings of a node. The session or a program's key says who acts. What is not done is told as \
            application/problem+json: what, where, which limit and what to do, as Accept-Language asks for.
            """
        )
        return [
            "title": say("Картотека", "Kartoteka"), "version": .string(Program.version), "description": description,
            "license": ["name": .string(Program.licence), "identifier": .string(Program.licence)],
        ]
    }

    private var tag: JSON {
        let description = say(
            "Що показано: для If-None-Match і для If-Match дії на цій картці",
            "What is shown: for If-None-Match, and for If-Match of an act on this card"
        )
        return ["description": description, "schema": ["type": "string"]]
    }

    private var tags: [JSON] {
        (Endpoint.all.map(\.row.group) + ["changes"]).uniqued().map { ["name": .string($0)] }
    }

    // MARK: one endpoint

    private func operation(_ endpoint: Endpoint) -> JSON {
        let row = endpoint.row
        var operation: JSONObject = [
            "operationId": .string(endpoint.operationID), "summary": say(row.summary),
            "description": say(Label(uk: "Хто може: ", en: "Who may: ") + row.writes.whoMay),
            "tags": [.string(row.group)], "parameters": .array(parameters(endpoint)),
            "responses": responses(endpoint),
        ]
        if !endpoint.isReading { operation["requestBody"] = body(endpoint) }
        return .object(operation)
    }

    private func parameters(_ endpoint: Endpoint) -> [JSON] {
        var all: [JSON] = endpoint.inPath.map { parameter($0, "path") }
        if endpoint.isReading { all += endpoint.others.map { parameter($0, "query") } }
        if endpoint.hasTag {
            all.append(
                header("If-None-Match", uk: "`ETag` картки, яку вже маєте", en: "the `ETag` of the card that you have")
            )
        }
        if endpoint.card != nil {
            all.append(
                header(
                    "If-Match",
                    uk: "`ETag` картки, на якій дієте: підстава дії — те, що було на екрані",
                    en: "the `ETag` of the card that you act on: the act is based on what was on the screen"
                )
            )
        }
        if endpoint.takesKey {
            all.append(
                header(
                    "Idempotency-Key",
                    uk: "UUID: під ним дію роблять один раз",
                    en: "a UUID: under it the act is done once",
                    format: "uuid"
                )
            )
        }
        return all
    }

    private func parameter(_ input: UseCase.Input, _ place: String) -> JSON {
        var parameter: JSONObject = [
            "name": .string(input.name), "in": .string(place), "description": words(input),
            "schema": InputSchema(self, input).whole,
        ]
        if place == "path" || input.isRequired { parameter["required"] = true }
        return .object(parameter)
    }

    func header(_ name: String, uk: String, en: String, format: String? = nil) -> JSON {
        var schema: JSONObject = ["type": "string"]
        schema["format"] = format.map(JSON.string)
        return ["name": .string(name), "in": "header", "description": say(uk, en), "schema": .object(schema)]
    }

    private func body(_ endpoint: Endpoint) -> JSON {
        var properties = JSONObject()
        for input in endpoint.inputs {
            var schema = InputSchema(self, input).whole.object ?? JSONObject()
            schema["description"] = words(input)
            properties[input.name] = .object(schema)
        }
        let required = endpoint.inputs.filter(\.isRequired).map(\.name)
        var schema: JSONObject = [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
            "title": .string(endpoint.operationID.prefix(1).uppercased() + endpoint.operationID.dropFirst()),
        ]
        if !required.isEmpty { schema["required"] = .array(required.map(JSON.string)) }
        var media: JSONObject = ["schema": .object(schema)]
        media["example"] = endpoint.example
        return ["required": .bool(!required.isEmpty), "content": ["application/json": .object(media)]]
    }

    func words(_ input: UseCase.Input) -> JSON { .string(APIWords.text(input.summary, language)) }

    // MARK: what comes back

    private func responses(_ endpoint: Endpoint) -> JSON {
        let schema = endpoint.isReading ? "Reading" : endpoint.takesKey ? "Acted" : "Done"
        var done: JSONObject = [
            "description": say("Зроблено", "Done"),
            "content": ["application/json": ["schema": ["$ref": .string("#/components/schemas/" + schema)]]],
        ]
        if endpoint.hasTag { done["headers"] = ["ETag": ["$ref": "#/components/headers/ETag"]] }
        var all: JSONObject = ["200": .object(done)]
        if endpoint.hasTag { all["304"] = ["description": say(Problem.title(304))] }
        for status in Self.refusals where endpoint.canBe(status) {
            all[String(status)] = problem(status)
        }
        return .object(all)
    }

    func problem(_ status: Int) -> JSON {
        [
            "description": say(Problem.title(status)),
            "content": [Problem.contentType: ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
    }

    /// Statuses of refusals, beside those that any server may give.
    static let refusals = [400, 401, 403, 404, 409, 410, 413, 415, 422, 431, 500, 503, 504, 507]
}

extension Endpoint {
    /// `answerDraft`.
    var operationID: String {
        let words = name.split(separator: " ")
        return words.enumerated().map { $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst() }.joined()
    }

    /// Whether its answer has a tag.
    var hasTag: Bool { name == UseCase.appealShow.name }

    /// Whether a refusal may have this status.
    fileprivate func canBe(_ status: Int) -> Bool { !isReading || ![413, 415].contains(status) }

    /// The row's example as a body; nil where it names files, which a program sends as their contents.
    var example: JSON? {
        var body = JSONObject()
        for (name, value) in row.example {
            guard let input = inputs.first(where: { $0.name == name }) else { continue }
            switch input.form {
            case .flag: body[name] = true
            case .number: body[name] = Int64(value).map(JSON.integer)
            case .text: body[name] = input.repeats ? [.string(value)] : .string(value)
            case .contents, .register, .path: continue
            }
        }
        let isWhole = inputs.allSatisfy { !$0.isRequired || body[$0.name] != nil }
        return isWhole ? .object(body) : nil
    }
}

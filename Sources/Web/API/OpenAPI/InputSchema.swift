import Appeals
import CanonicalJSON
import Desk

/// What an input takes, as JSON Schema: its type, its bounds, its codes with their words.
struct InputSchema {
    private let api: OpenAPI
    private let input: UseCase.Input

    init(_ api: OpenAPI, _ input: UseCase.Input) {
        self.api = api
        self.input = input
    }

    /// Of all its values.
    var whole: JSON {
        guard input.repeats else { return one }
        return ["type": "array", "items": one, "maxItems": .integer(Int64(Given.mostElements))]
    }

    private var one: JSON {
        switch input.type {
        case .flag: return ["type": "boolean"]
        case .number(let range):
            return ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .code(let codes):
            return [
                "type": "string", "enum": .array(codes.map { .string($0.code) }),
                "x-enum-descriptions": .array(codes.map { api.say($0.label) }),
            ]
        default: return text
        }
    }

    private var text: JSON {
        // An empty text of a list leaves its place, where places count.
        var schema: JSONObject = ["type": "string", "minLength": input.keepsPlaces ? 0 : 1]
        if let longest = longest { schema["maxLength"] = .integer(Int64(longest)) }
        schema["format"] = format.map(JSON.string)
        if !input.type.label.uk.isEmpty { schema["title"] = api.say(input.type.label) }
        return .object(schema)
    }

    /// Characters at most; bounds are of bytes, of which a character has one or more.
    private var longest: Int? {
        switch input.type {
        case .mark: PageMark.longest
        case .register: InputType.longestFile
        default: input.type.longest
        }
    }

    private var format: String? {
        switch input.type {
        case .date: "date"
        case .moment: "date-time"
        default: nil
        }
    }
}

extension OpenAPI {
    /// The stream of changes, which no row of the table is.
    var changes: JSON {
        let lastID = header(
            "Last-Event-ID",
            uk: "`id` останньої почутої події: за ним розповідають далі",
            en: "the `id` of the last event that was heard: it goes on after that"
        )
        let description = say(
            """
            Події `change` з JSON `{kind, id, revision}` того, що ви маєте право прочитати, і `reload`, коли змінилося забагато: \
            тоді прочитайте показане наново. kind: \(News.Event.Kind.allCases.map(\.rawValue).joined(separator: ", ")).
            """,
            """
            Events `change` with JSON `{kind, id, revision}` of what you may read, and `reload` when too much changed: read anew what \
            you show. kind: \(News.Event.Kind.allCases.map(\.rawValue).joined(separator: ", ")).
            """
        )
        return [
            "operationId": "changes", "summary": say("Слухати зміни", "Listen to changes"), "description": description,
            "tags": ["changes"], "parameters": [lastID],
            "responses": [
                "200": [
                    "description": say("Потік подій", "A stream of events"),
                    "content": ["text/event-stream": ["schema": ["type": "string"]]],
                ],
                "400": problem(400), "401": problem(401), "431": problem(431), "503": problem(503),
            ],
        ]
    }

    /// What comes back, and what a refusal is.
    var schemas: JSON {
        let text: JSON = ["type": "string"]
        let whole: JSON = ["type": "integer"]
        let version: JSON = ["type": "integer", "const": 1]
        return [
            "Reading": [
                "type": "object", "required": ["schemaVersion"],
                "properties": [
                    "schemaVersion": version,
                    "next": [
                        "type": "string",
                        "description": say(
                            "позначка наступної сторінки: `after`",
                            "the mark of the next page: `after`"
                        ),
                    ],
                ],
            ],
            "Done": [
                "type": "object", "required": ["schemaVersion"], "properties": ["schemaVersion": version],
            ],
            "Acted": [
                "type": "object", "required": ["schemaVersion"],
                "properties": [
                    "schemaVersion": version, "write": text, "commit": whole, "appeal": text,
                    "reason": text, "path": text, "flags": ["type": "array", "items": text],
                    "outcome": [
                        "type": "string", "enum": .array(Self.outcomes.map { .string($0.0) }),
                        "x-enum-descriptions": .array(Self.outcomes.map { say($0.1) }),
                    ],
                    "repeated": [
                        "type": "boolean",
                        "description": say("зроблено раніше під цим ключем", "done before under this key"),
                    ],
                ],
            ],
            "Problem": [
                "type": "object", "required": ["type", "title", "status", "detail", "code", "errors"],
                "properties": [
                    "type": ["type": "string", "format": "uri"], "title": text, "status": whole, "detail": text,
                    "code": text, "remedy": text,
                    "errors": ["type": "array", "items": ["$ref": "#/components/schemas/Fault"]],
                ],
            ],
            "Fault": [
                "type": "object", "required": ["path", "code", "reason"],
                "properties": [
                    "path": ["type": "string", "description": say("вказівник на поле", "a pointer to the input")],
                    "code": text, "reason": text, "remedy": text,
                    "limit": ["type": ["integer", "string"]],
                ],
            ],
        ]
    }

    /// What an act that is done may have become.
    private static let outcomes: [(String, Label)] =
        [("saved", Label(uk: "збережено, ще не передано", en: "saved, not sent yet"))]
        + OutcomeStatus.allCases.filter { $0 < .refused }.map { ($0.rawValue, Label(uk: $0.ukrainian, en: $0.english)) }
}

import Appeals
import CanonicalJSON
import Commands
import Desk

/// Why nothing was done, for programs: problem details (RFC 9457), in words of the language that was asked for.
struct Problem: Error {
    let status: Int
    /// `unknownAppeal`: stable; the words are not.
    let code: String
    let detail: Sentence
    var remedy: Sentence = .none
    /// What is wrong with which input.
    var faults: [Fault] = []
    /// What a program is told besides.
    var members = JSONObject()

    static let contentType = "application/problem+json"
    static func type(_ code: String) -> String { "urn:kartoteka:problem:" + code }
}

/// What is wrong with one input.
struct Fault {
    /// `/text`, as a pointer into the body (RFC 6901); the name of a parameter or a header in the same form.
    let path: String
    let code: String
    let reason: Sentence
    /// The bound that was broken, of a value that is too long or too large.
    var limit: JSON?
    var remedy: Sentence = .none
}

extension Problem {
    /// What is wrong with inputs, all at once.
    init(_ faults: [Fault]) {
        let first = faults.first
        self.init(
            status: 422,
            code: faults.count == 1 ? first?.code ?? "wrongInput" : "wrongInput",
            detail: faults.count == 1
                ? first?.reason ?? .none
                : Sentence(uk: "не так заповнено полів: \(faults.count)", en: "inputs that are wrong: \(faults.count)"),
            remedy: faults.count == 1 ? first?.remedy ?? .none : .none,
            faults: faults
        )
    }

    /// Why the desk did not do it, for this endpoint.
    init(_ error: DeskError, at endpoint: Endpoint?) {
        let field = error.details["field"]?.string ?? ""
        let fault = Fault(
            path: endpoint?.pointer(field) ?? "",
            code: error.code,
            reason: error.message,
            limit: error.details["limit"],
            remedy: error.remedy
        )
        self.init(
            status: Problem.status(of: error),
            code: error.code,
            detail: error.message,
            remedy: error.remedy,
            faults: fault.path.isEmpty ? [] : [fault],
            members: error.details
        )
    }

    /// The status of an error: by its kind, and where a kind is of several sorts by its code.
    static func status(of error: DeskError) -> Int {
        if let status = statuses[error.code] { return status }
        return error.code.hasPrefix("store.") ? 503 : error.kind.status
    }

    /// Codes that say more than their kind.
    private static let statuses = ["appealLeft": 410, "appealErased": 410, "failed": 500, "store.full": 507]
}

extension Problem {
    /// That a token's owner kept it from this.
    static let beyondScope = Problem(
        status: 403,
        code: "beyondScope",
        detail: Sentence(uk: "цей ключ такого не дозволяє", en: "this token does not cover it")
    )
}

extension DeskError.Kind {
    /// What an error of this kind is in HTTP.
    var status: Int {
        switch self {
        case .failed, .skipped: 409
        case .usage: 422
        case .notFound: 404
        case .permission: 403
        case .configuration, .wrongKey, .wrongVersion, .integrity: 500
        case .notInitialised, .locked, .unreachable, .interrupted: 503
        case .timeout: 504
        }
    }
}

extension Endpoint {
    /// `/text` for an input, for a field of an operation that an input goes into (`body.text`), and for a place in one;
    /// empty for anything else.
    func pointer(_ field: String) -> String {
        if let input = inputs.first(where: { $0.name == field }) { return "/" + input.name }
        let parts = field.split(separator: ".", maxSplits: 1)
        let bare = parts.count == 2 && (parts[0] == "body" || parts[0] == "personal") ? parts[1] : field[...]
        let place = bare.split(separator: "[", maxSplits: 1)
        guard let name = place.first, let input = inputs.first(where: { $0.field == name }) else { return "" }
        guard place.count == 2, let number = Int(place[1].prefix { $0 != "]" }) else { return "/" + input.name }
        return "/\(input.name)/\(number)"
    }
}

extension Problem {
    /// As it is sent.
    func reply(_ language: Language, at endpoint: Endpoint? = nil) -> WebReply {
        let words = { (sentence: Sentence) in JSON.string(APIWords.text(sentence, language, of: endpoint)) }
        var object = members
        object["type"] = .string(Self.type(code))
        object["title"] = .string(Self.title(status).text(language))
        object["status"] = .integer(Int64(status))
        object["code"] = .string(code)
        object["detail"] = words(detail)
        if !remedy.isEmpty { object["remedy"] = words(remedy) }
        object["errors"] = .array(
            faults.map { fault in
                var error: JSONObject = [
                    "path": .string(fault.path), "code": .string(fault.code), "reason": words(fault.reason),
                ]
                error["limit"] = fault.limit
                if !fault.remedy.isEmpty { error["remedy"] = words(fault.remedy) }
                return .object(error)
            }
        )
        var reply = WebReply(status: status, contentType: Self.contentType, body: JSON.object(object).canonicalBytes())
        reply.headers = API.headers + (status == 503 ? [("retry-after", "5")] : [])
        return reply
    }

    /// What a status means here.
    static func title(_ status: Int) -> Label {
        switch status {
        case 304: Label(uk: "Не змінилося", en: "Not changed")
        case 401: Label(uk: "Спершу увійдіть", en: "Sign in first")
        case 403: Label(uk: "Немає такого права", en: "Not allowed")
        case 404: Label(uk: "Такого тут немає", en: "There is no such thing here")
        case 405: Label(uk: "Тут так не роблять", en: "That is not done here")
        case 409: Label(uk: "Не прийнято", en: "Not accepted")
        case 410: Label(uk: "Тут цього вже немає", en: "It is not here any more")
        case 413: Label(uk: "Завелике тіло запиту", en: "The body is too large")
        case 415: Label(uk: "Тіло запиту має бути JSON", en: "The body must be JSON")
        case 400: Label(uk: "Запит не прочитано", en: "The request cannot be read")
        case 422: Label(uk: "Значення не підходять", en: "The values do not fit")
        case 429: Label(uk: "Забагато спроб, повторіть пізніше", en: "Too many attempts, repeat it later")
        case 431: Label(uk: "Заголовок запиту завеликий", en: "The head of the request is too large")
        case 503: Label(uk: "Зараз не можна, повторіть пізніше", en: "Not now, repeat it later")
        case 504: Label(uk: "Не встигли", en: "It took too long")
        case 507: Label(uk: "На диску немає місця", en: "The disk is full")
        default: Label(uk: "У вузла негаразд", en: "The node has trouble")
        }
    }
}

import Appeals
import CanonicalJSON
import Transport
import Web

extension HTTPRefusal {
    /// How the web port refuses before a page or a call is found: problem details (RFC 9457) for programs, a sentence for
    /// whoever looks at it in a browser.
    func webAnswer(_ head: HTTPHead?) -> WebReply {
        let language = Self.language(head)
        let words = webLabel.text(language)
        if head?.header("accept")?.contains("text/html") == true {
            return WebReply(status: status, contentType: "text/plain; charset=utf-8", body: Array((words + "\n").utf8))
        }
        let problem: JSON = [
            "type": "about:blank", "status": .integer(Int64(status)), "code": .string(code), "title": .string(words),
            "detail": .string(sentence), "errors": [],
        ]
        return WebReply(
            status: status,
            contentType: "application/problem+json",
            headers: [("content-language", language.rawValue)],
            body: problem.canonicalBytes() + [10]
        )
    }

    /// Ukrainian, unless English is asked for first.
    private static func language(_ head: HTTPHead?) -> Language {
        head?.header("accept-language")?.lowercased().hasPrefix("en") == true ? .english : .ukrainian
    }

    private var webLabel: Label {
        switch status {
        case 400: Label(uk: "Запит складено не за правилами HTTP", en: "The request is not well-formed HTTP")
        case 403:
            Label(uk: "Запит надіслала не сторінка цього вузла", en: "The request was not sent by a page of this node")
        case 408: Label(uk: "Запит надходив надто повільно", en: "The request came too slowly")
        case 413: Label(uk: "Запит завеликий", en: "The request is too large")
        case 415: Label(uk: "Запити не стискають", en: "Requests are not compressed")
        case 421: Label(uk: "За цією адресою тут нічого немає", en: "Nothing is served here under this address")
        case 431: Label(uk: "Заголовок запиту завеликий", en: "The head of the request is too large")
        case 503: Label(uk: "Вузол зараз зайнятий. Спробуйте ще раз", en: "The node is busy. Try again")
        default: Label(uk: "Запит не прийнято (\(status))", en: "The request is refused (\(status))")
        }
    }
}

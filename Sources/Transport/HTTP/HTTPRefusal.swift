/// Why a request is refused: the status for programs, a code word for logs, a sentence for people.
public struct HTTPRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// 4xx, or 5xx where the server is short of something.
    public let status: Int
    /// A code word that programs know.
    public let code: String
    /// In English; holds nothing of the request that could do harm.
    public let sentence: String

    public init(status: Int, code: String, sentence: String) {
        self.status = status
        self.code = code
        self.sentence = sentence
    }

    public var description: String { "\(status) \(code): \(sentence)" }

    static func malformed(_ code: String, _ sentence: String) -> HTTPRefusal {
        HTTPRefusal(status: 400, code: code, sentence: sentence)
    }

    static func bodyTooLarge(limit: Int) -> HTTPRefusal {
        HTTPRefusal(
            status: 413,
            code: "body_too_large",
            sentence: "the body is longer than the \(limit) bytes this address takes"
        )
    }
}

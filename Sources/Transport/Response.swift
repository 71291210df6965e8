/// An answer.
public struct Response: Sendable {
    /// The status of HTTP.
    public var status: Int
    /// Nil for an answer without a body.
    public var contentType: String?
    /// Besides those that framing and body need, which the writer adds.
    public var headers: [(String, String)]
    /// All of it: what waits to be sent counts against `ServerLimits.bodiesInMemory`.
    public var body: [UInt8]

    public init(status: Int, contentType: String? = nil, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    /// The same with its body compressed, if it is a 200 that is worth it; blocks, so not on the loop's thread.
    public func compressed() -> Response {
        guard status == 200, body.count >= Gzip.worth else { return self }
        var zipped = self
        zipped.body = Gzip.deflate(body)
        zipped.headers.append(("content-encoding", "gzip"))
        return zipped
    }

    /// Whether HTTP lets an answer of this status have one.
    var hasBody: Bool { status >= 200 && status != 204 && status != 304 }

    /// The answer to a refused request: `{"error": code, "message": sentence}`.
    public init(_ refusal: HTTPRefusal, headers: [(String, String)] = []) {
        let text = #"{"error":"\#(Self.quoted(refusal.code))","message":"\#(Self.quoted(refusal.sentence))"}"# + "\n"
        self.init(status: refusal.status, contentType: "application/json", headers: headers, body: Array(text.utf8))
    }

    /// As inside a JSON string; control characters become spaces.
    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

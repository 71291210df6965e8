import CPlatform

/// Writes the heads and chunks of answers.
enum HTTPWriter {
    static let continueLine = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    static let emptyLineChunk = Array("1\r\n\n\r\n".utf8)
    static let lastChunk = Array("0\r\n\r\n".utf8)

    /// The head of an answer whose length is known.
    static func head(_ response: Response, keepsAlive: Bool) -> [UInt8] {
        var text = start(response.status, contentType: response.contentType, keepsAlive: keepsAlive)
        append(response.headers, to: &text)
        // RFC 9110 section 8.6: none with 204 and 304.
        if response.hasBody { text += "content-length: \(response.body.count)\r\n" }
        text += "\r\n"
        return Array(text.utf8)
    }

    /// The head of an answer that will come in pieces.
    static func chunkedHead(
        _ status: Int,
        contentType: String,
        headers: [(String, String)] = [],
        keepsAlive: Bool
    ) -> [UInt8] {
        var text = start(status, contentType: contentType, keepsAlive: keepsAlive)
        append(headers, to: &text)
        return Array((text + "transfer-encoding: chunked\r\n\r\n").utf8)
    }

    static func chunkStart(_ count: Int) -> [UInt8] { Array((String(count, radix: 16) + "\r\n").utf8) }

    private static func start(_ status: Int, contentType: String?, keepsAlive: Bool) -> String {
        var text = "HTTP/1.1 \(status) \(reason(status))\r\ndate: \(date())\r\n"
        if let contentType { append([("content-type", contentType)], to: &text) }
        if !keepsAlive { text += "connection: close\r\n" }
        return text
    }

    /// A header that tries to break out of its line loses its control characters: an answer is never split in two.
    private static func append(_ headers: [(String, String)], to text: inout String) {
        for (name, value) in headers {
            text += printable(name)
            text += ": "
            text += printable(value)
            text += "\r\n"
        }
    }

    private static func printable(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return text }
        let bytes = text.utf8.map { $0 < 0x20 || $0 == 0x7f ? 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func date() -> String {
        String(unsafeUninitializedCapacity: 30) { buffer in
            buffer.withMemoryRebound(to: CChar.self) { kartoteka_http_date($0.baseAddress) }
            return 29
        }
    }

    static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 303: "See Other"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: "Status"
        }
    }
}

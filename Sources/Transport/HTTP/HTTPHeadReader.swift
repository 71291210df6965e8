/// Reads the bytes of a whole head (without the empty line at its end) into an `HTTPHead`.
struct HTTPHeadReader {
    private var headers: [(String, String)] = []
    private var host: Int = 0
    private var length: Int?
    private var transferEncoding: Bool?
    private var awaitsContinue = false
    private var keepsAlive = true

    static func read(_ bytes: [UInt8], maxFields: Int, encodedSlashes: Bool) throws(HTTPRefusal) -> HTTPHead {
        var lines: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: HTTPBytes.carriageReturn) {
            lines.append(bytes[start..<end])
            start = end + 2
        }
        guard let requestLine = lines.first else { throw .malformed("request_line", "the request line is empty") }
        let (method, target, isSpoken) = try Self.requestLine(requestLine, encodedSlashes)
        guard lines.count - 1 <= maxFields else {
            throw HTTPRefusal(status: 431, code: "too_many_fields", sentence: "more than \(maxFields) header fields")
        }
        var reader = HTTPHeadReader()
        for line in lines.dropFirst() { try reader.field(line) }
        guard isSpoken else { throw reader.otherVersion }
        return HTTPHead(
            method: method,
            path: target.path,
            query: target.query,
            authority: target.authority,
            headers: reader.headers,
            framing: try reader.framing(),
            awaitsContinue: reader.awaitsContinue,
            keepsAlive: reader.keepsAlive
        )
    }

    private static func requestLine(
        _ line: ArraySlice<UInt8>,
        _ encodedSlashes: Bool
    ) throws(HTTPRefusal) -> (method: String, target: HTTPTarget, isSpoken: Bool) {
        let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw .malformed("request_line", "the request line must be: method, space, target, space, HTTP/1.1")
        }
        let isSpoken = try version(parts[2])
        guard parts[0].count <= 16, parts[0].allSatisfy(HTTPBytes.isToken), let method = HTTPBytes.text(parts[0]) else {
            throw .malformed("method", "the method is not a token of at most 16 characters")
        }
        return (method, try HTTPTarget(parts[1], encodedSlashes: encodedSlashes), isSpoken)
    }

    /// Whether it is the one that is spoken here.
    private static func version(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) -> Bool {
        if bytes.elementsEqual("HTTP/1.1".utf8) { return true }
        let shape = Array(bytes)
        let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
        guard shape.count == 8, shape.starts(with: "HTTP/".utf8), isDigit(shape[5]), shape[6] == UInt8(ascii: "."),
            isDigit(shape[7])
        else { throw .malformed("version", "the request line does not end in HTTP/1.1") }
        return false
    }

    /// HTTP/1.0 knows no chunked body: such a request has no sure end (RFC 9112 section 6.1).
    private var otherVersion: HTTPRefusal {
        transferEncoding == nil
            ? HTTPRefusal(status: 505, code: "version", sentence: "only HTTP/1.1 is spoken here")
            : .malformed("transfer_encoding", "Transfer-Encoding in a version other than HTTP/1.1")
    }

    private mutating func field(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) {
        guard let first = line.first, !HTTPBytes.isBlank(first) else {
            throw .malformed("obs_fold", "a header field is continued on a second line")
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy(HTTPBytes.isToken)
        else { throw .malformed("field_name", "the name of a header field is not a token followed by a colon") }
        let raw = line[(colon + 1)...]
        guard let name = HTTPBytes.text(HTTPBytes.lowercased(line[..<colon])),
            let value = HTTPBytes.text(HTTPBytes.trimmed(raw))
        else { throw .malformed("field_value", "the value of a header field is not UTF-8") }
        try note(name, value, raw: raw)
        headers.append((name, value))
    }

    /// Records fields that decide about framing and connection, and refuses any that could be read in two ways.
    private mutating func note(_ name: String, _ value: String, raw: ArraySlice<UInt8>) throws(HTTPRefusal) {
        // At most the one usual space: other readers disagree about more.
        let exact = raw.first == 0x20 ? raw.dropFirst() : raw
        switch name {
        case "host":
            host += 1
            guard host == 1, !value.isEmpty, value.utf8.allSatisfy(Self.isHostByte) else {
                throw .malformed("host", "there must be one Host field that names a host")
            }
        case "content-length":
            guard length == nil else { throw .malformed("content_length", "Content-Length is given twice") }
            guard let count = HTTPBytes.decimal(exact) else {
                throw .malformed("content_length", "Content-Length is not a number of digits only")
            }
            length = count
        case "transfer-encoding":
            guard transferEncoding == nil else {
                throw .malformed("transfer_encoding", "Transfer-Encoding is given twice")
            }
            transferEncoding = try Self.coding(exact)
        case "content-encoding":
            throw HTTPRefusal(
                status: 415,
                code: "content_encoding",
                sentence: "request bodies are never compressed: send it without Content-Encoding"
            )
        case "expect":
            guard HTTPBytes.lowercased(value.utf8).elementsEqual("100-continue".utf8) else {
                throw HTTPRefusal(status: 417, code: "expect", sentence: "only 100-continue can be expected")
            }
            awaitsContinue = true
        case "connection":
            let options = HTTPBytes.lowercased(value.utf8).split(separator: UInt8(ascii: ","))
            if options.contains(where: { HTTPBytes.trimmed($0).elementsEqual("close".utf8) }) { keepsAlive = false }
        case "content-type", "authorization":
            guard !headers.contains(where: { $0.0 == name }) else {
                throw .malformed("field_twice", "\(name) is given twice")
            }
        default: break
        }
    }

    /// Whether the body is chunked and nothing else; a body whose last coding is another has no end that could be found.
    private static func coding(_ value: ArraySlice<UInt8>) throws(HTTPRefusal) -> Bool {
        let codings = HTTPBytes.lowercased(value).split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard let last = codings.last, HTTPBytes.trimmed(last).elementsEqual("chunked".utf8) else {
            throw .malformed("transfer_encoding", "the last transfer coding is not chunked")
        }
        return codings.count == 1 && value.count == last.count && last.elementsEqual("chunked".utf8)
    }

    private func framing() throws(HTTPRefusal) -> HTTPHead.Framing {
        guard host == 1 else { throw .malformed("host", "the Host field is missing") }
        switch (length, transferEncoding) {
        case (_?, _?):
            throw .malformed("two_framings", "both Content-Length and Transfer-Encoding are given")
        case (let count?, nil): return count == 0 ? .none : .length(count)
        case (nil, true?): return .chunked
        case (nil, false?):
            throw HTTPRefusal(status: 501, code: "transfer_encoding", sentence: "the only transfer coding is chunked")
        case (nil, nil): return .none
        }
    }

    static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["),
            UInt8(ascii: "]"):
            true
        default: false
        }
    }
}

public import CanonicalJSON
public import Cryptography

/// One request of the protocol, free of any transport.
public struct WireRequest: Sendable, Equatable {
    public var method: String
    public var path: String
    public var query: [(String, String)]
    /// `application/x-ndjson`: a record a line.
    public var body: [UInt8]

    /// A request; query values are as they are meant, not escaped.
    public init(_ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    /// The first value of a query parameter; nil if there is none.
    public subscript(_ name: String) -> String? { query.first { $0.0 == name }?.1 }

    /// A whole number of the query, 0 or more; nil if it is missing or anything else.
    public func number(_ name: String) -> Int64? {
        guard let text = self[name], !text.isEmpty, text.utf8.count <= 16,
            text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
        else {
            return nil
        }
        return Int64(text)
    }

    /// The path with its query; values hold only characters that need no escape but `#`, `:` and `/`.
    public var target: String {
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { $0.0 + "=" + Self.escaped($0.1) }.joined(separator: "&")
    }

    /// Percent-encodes every byte but letters, digits, `-`, `.` and `_`.
    private static func escaped(_ value: String) -> String {
        var text = ""
        for byte in value.utf8 {
            let isPlain =
                (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte == 45
                || byte == 46 || byte == 95
            if isPlain {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return text
    }

    /// Equal as sent: method, target and body.
    public static func == (a: WireRequest, b: WireRequest) -> Bool {
        a.method == b.method && a.target == b.target && a.body == b.body
    }
}

/// One reply of the protocol.
public struct WireResponse: Sendable, Equatable {
    public var status: Int
    public var body: [UInt8]
    /// What `Retry-After` names, in milliseconds: nothing is asked sooner.
    public var retryAfter: Int64?

    /// A reply: an HTTP status, a body of lines, and when to ask again if the office named it.
    public init(status: Int, body: [UInt8], retryAfter: Int64? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }

    /// A refusal of the request itself: a code of protocol.md, a sentence, and what to do.
    public static func refusal(_ status: Int, _ code: ErrorCode, _ message: String) -> WireResponse {
        let object: JSON = [
            "error": ["code": .string(code.rawValue), "message": .string(message), "remedy": .string(code.remedy)]
        ]
        return WireResponse(status: status, body: object.canonicalBytes() + [10])
    }

    /// The code of a refusal; a long poll that had already begun its reply sends it with status 200.
    public var errorCode: ErrorCode? { error?["code"]?.string.flatMap(ErrorCode.init) }

    /// What a refusal says.
    public var errorMessage: String? { error?["message"]?.string }

    private var error: JSON? { Lines.last(body).flatMap { try? JSON(parsing: Array($0)) }?["error"] }
}

/// Codes of errors that concern a whole request; nothing of it was stored.
public enum ErrorCode: String, Sendable, CaseIterable {
    case badRequest, unknownCall, tooLarge, tooManyTries, notAllowed, notApproved, revoked, frozen, unconfirmed
    case foreignStream, officeBehind, evidenceWanted, epochChanged, stopped
    case snapshotNeeded, helloNeeded, clone, trouble

    /// What the peer, or its operator, is to do.
    public var remedy: String {
        switch self {
        case .badRequest: "Mend the request; see protocol.md for its form."
        case .unknownCall: "See protocol.md for the calls of version 1."
        case .tooLarge: "Send smaller pages, down to one record."
        case .tooManyTries: "Wait a minute, then try again with the whole invitation."
        case .notAllowed: "Join the node with an invitation of the office."
        case .notApproved: "Ask the office's operator to approve the renewal: kartoteka node renew NODE."
        case .revoked: "The key was revoked: ask the office for a new invitation."
        case .frozen: "Two copies of this node are running: stop one and ask the office's operator."
        case .unconfirmed: "The office was restored: its operator confirms the node with node confirm."
        case .foreignStream: "Read only your own streams."
        case .officeBehind: "The office was restored from a backup: its operator declares it with restore --declare."
        case .evidenceWanted: "Say hello with the signed last lines that said so, or ask the office's operator."
        case .epochChanged: "Say hello, then take a snapshot in the new epoch."
        case .stopped: "The office waits for its operator: try again later."
        case .snapshotNeeded: "Take a snapshot of the stream."
        case .helloNeeded: "Say hello first."
        case .clone: "Draw a new incarnation and say hello again."
        case .trouble: "Try again later; the office's log says more."
        }
    }
}

/// Lines of a body.
public enum Lines {
    /// The lines of a body without their line feeds; empty lines (a waiting long poll) are passed over.
    public static func split(_ body: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        body.withUnsafeBufferPointer { bytes in
            // The generic `split` would call a closure for every byte.
            for place in bytes.indices where bytes[place] == 10 {
                if place > start { lines.append(body[start..<place]) }
                start = place + 1
            }
        }
        if start < body.count { lines.append(body[start...]) }
        return lines
    }

    /// The last line of a body, which describes the lines above it.
    public static func last(_ body: [UInt8]) -> ArraySlice<UInt8>? {
        guard body.last == 10 else { return nil }
        let whole = body.dropLast()
        let start = whole.lastIndex(of: 10).map { $0 + 1 } ?? 0
        return whole[start...]
    }

    /// SHA-256 of lines, each with its line feed.
    public static func digest(_ lines: some Sequence<ArraySlice<UInt8>>) -> SHA256Digest {
        var hash = SHA256()
        for line in lines {
            hash.update(line)
            hash.update([10])
        }
        return hash.finish()
    }
}

/// A reply as its reader gets it: verified lines above a signed last line.
public struct VerifiedReply: Sendable {
    public let lines: [ArraySlice<UInt8>]
    public let reply: JSONObject
    /// The last line as received, kept as evidence.
    public let evidence: [UInt8]

    /// Splits and verifies a body; nil if the last line is missing or not the office's signature over the rest.
    public init?(_ body: [UInt8], key: [UInt8], verifier: any Verifier) {
        var lines = Lines.split(body)
        guard let last = lines.popLast(), let signed = SignedReply(Array(last)),
            signed.holds(over: Lines.digest(lines), key: key, verifier: verifier)
        else { return nil }
        self.lines = lines
        reply = signed.reply
        evidence = Array(last)
    }
}

extension WireResponse {
    /// Lines, and a last line signed over them.
    package static func signed(_ reply: JSONObject, over lines: [[UInt8]], by signer: any Signer) throws -> WireResponse
    {
        let last = try SignedReply(reply, lines: Lines.digest(lines.map { $0[...] }), signer: signer)
        return WireResponse(status: 200, body: (lines + [last.line]).flatMap { $0 + [10] })
    }

    /// This reply after a change, signed again: how an instrument turns an honest reply into another.
    ///
    /// Nil if `key` has not signed it, or if there was nothing to change.
    package func resigned(
        of key: [UInt8],
        _ verifier: any Verifier,
        by signer: any Signer,
        _ change: (inout [[UInt8]], inout JSONObject) throws -> Bool
    ) throws -> WireResponse? {
        guard let page = VerifiedReply(body, key: key, verifier: verifier) else { return nil }
        var lines = page.lines.map { Array($0) }
        var reply = page.reply
        guard try change(&lines, &reply) else { return nil }
        return try .signed(reply, over: lines, by: signer)
    }
}

/// Collects the lines of a reply within the limits of a page.
struct PageWriter {
    private(set) var body: [UInt8] = []
    private(set) var records = 0
    private var hash = SHA256()
    let limit: Int
    private let bytes: Int

    /// A page of at most `limit` records, 1 to `pageRecords`, that begins no record beyond `pageBytes`.
    init(limit: Int, _ sizes: Sizes) {
        self.limit = max(1, min(limit, sizes.pageRecords))
        bytes = sizes.pageBytes
    }

    /// Whether another record may follow.
    var isFull: Bool { records >= limit || body.count >= bytes }

    /// Adds one canonical line, without its line feed.
    mutating func append(_ line: [UInt8]) {
        let start = body.count
        body += line
        body.append(10)
        hash.update(body[start...])
        records += 1
    }

    /// The page with its signed last line, which repeats what the request asked under: it is a reply to no other.
    func finish(_ reply: JSONObject, to request: WireRequest, signer: any Signer) throws -> WireResponse {
        var hash = hash
        var reply = reply
        reply["ask"] = request["ask"].map(JSON.string)
        let signed = try SignedReply(reply, lines: hash.finish(), signer: signer)
        return WireResponse(status: 200, body: body + signed.line + [10])
    }
}
